/**
 * Things of a person's list as a dialog edits them: providers, tools. What is typed stays with its entry while another is looked at, and
 * is gone with the dialog. Pure.
 */
export type Kept<D> = { readonly name: string; readonly draft: D };

/** `id`: the name of one that is kept, and something no name can be of a new one. */
export type Entry<D> = { readonly id: string; readonly begin: D; readonly draft: D; readonly isKept: boolean; readonly isChanged: boolean };

/** Drafts by entry; `begin` stands in those that are new. */
export type Drafts<D> = Readonly<Record<string, { readonly draft: D; readonly begin?: D }>>;

export function listEntries<D>(kept: readonly Kept<D>[], drafts: Drafts<D>): readonly Entry<D>[] {
  const old = kept.map(({ name, draft: begin }): Entry<D> => {
    const draft = drafts[name]?.draft ?? begin;
    return { id: name, begin, draft, isKept: true, isChanged: JSON.stringify(draft) !== JSON.stringify(begin) };
  });
  const fresh = Object.entries(drafts).flatMap(([id, { draft, begin }]): readonly Entry<D>[] => (begin === undefined ? [] : [{ id, begin, draft, isKept: false, isChanged: JSON.stringify(draft) !== JSON.stringify(begin) }]));
  return [...old, ...fresh];
}

/** No name has a space. */
export const newId = (drafts: Drafts<unknown>): string => {
  const taken = Object.keys(drafts);
  let count = 1;
  while (taken.includes(`new ${count}`)) count += 1;
  return `new ${count}`;
};

export function without<D>(drafts: Drafts<D>, id: string): Drafts<D> {
  const { [id]: _, ...rest } = drafts;
  return rest;
}
