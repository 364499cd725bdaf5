import type { Json, JsonObject } from '../../json/json';

/** What was changed or left out, and where in the text that was given. */
export type ImportNote = { readonly place: string; readonly message: string };

/** `names`: operation -> its name where it comes from, for those that had to be called otherwise. */
export type Imported = { readonly name: string; readonly protocol: JsonObject; readonly notes: readonly ImportNote[]; readonly names: { readonly [operation: string]: string } };

/** Nothing could be made of the text. */
export type NotImported = { readonly message: string; readonly fix: string };

export const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);
export const textAt = (value: JsonObject, key: string): string | undefined => (typeof value[key] === 'string' && value[key] !== '' ? value[key] : undefined);

/** Operations of one protocol, and parameters of one operation: more than people read, and few enough to find each a name of its own. */
export const [MOST_OPERATIONS, MOST_PARAMETERS] = [2000, 200];

/** The first of them; what is left out is a note. */
export function firstOf<T>(list: readonly T[], most: number, { notes, place, what }: { readonly notes: Notes; readonly place: string; readonly what: string }): readonly T[] {
  if (list.length > most) notes.add(place, `there are ${list.length} ${what}: the first ${most} are read, and the others left out`);
  return list.slice(0, most);
}

/** Notes beyond this are counted only: a document may have a hundred thousand losses. */
const MOST_NOTES = 500;

export class Notes {
  readonly list: ImportNote[] = [];
  #more = 0;

  add(place: string, message: string): void {
    if (this.list.some((one) => one.place === place && one.message === message)) return;
    if (this.list.length < MOST_NOTES) this.list.push({ place, message });
    else this.#more += 1;
  }

  end(): readonly ImportNote[] {
    return this.#more === 0 ? this.list : [...this.list, { place: '', message: `and ${this.#more} more` }];
  }
}
