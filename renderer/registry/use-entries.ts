import { useState } from 'react';
import { listEntries, newId, without, type Drafts, type Entry, type Kept } from './entries';

export type Entries<D> = {
  readonly all: readonly Entry<D>[];
  readonly shown: Entry<D> | undefined;
  readonly show: (id: string) => void;
  readonly add: (draft: D) => void;
  readonly change: (id: string, part: Partial<D>) => void;
  /** The entry is what was kept under this name; without one it is gone. */
  readonly settle: (id: string, name: string | undefined) => void;
};

/** Drafts over what is kept, and which of them is looked at: the first, until one is chosen. */
export function useEntries<D>(kept: readonly Kept<D>[]): Entries<D> {
  const [drafts, setDrafts] = useState<Drafts<D>>({});
  const [chosen, setChosen] = useState<string>();
  const all = listEntries(kept, drafts);
  const put = (id: string, part: Partial<D>): void =>
    setDrafts((before) => {
      const begin = before[id]?.draft ?? kept.find(({ name }) => name === id)?.draft;
      return begin === undefined ? before : { ...before, [id]: { ...before[id], draft: { ...begin, ...part } } };
    });
  return {
    all,
    shown: all.find(({ id }) => id === chosen) ?? all[0],
    show: setChosen,
    add: (draft) => {
      const id = newId(drafts);
      setDrafts({ ...drafts, [id]: { draft, begin: draft } });
      setChosen(id);
    },
    change: put,
    settle: (id, name) => {
      setDrafts((before) => without(before, id));
      setChosen(name);
    },
  };
}
