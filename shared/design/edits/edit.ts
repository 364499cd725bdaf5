/**
 * An edit: what one gesture of a person does to a project, as a value. It says what was there before, so it has an inverse, and so
 * that it is refused where something else stands there by now. Undo, redo, autosave, the edit log and every open window use this
 * one value.
 */
import type { Json } from '../../json/json';
import type { DocumentFile } from '../document';

/** Keys of objects and indices of lists, from the file's top. */
export type JsonPath = readonly (string | number)[];

export type Change =
  /**
   * A key of an object, or a place of a list, gets another value. `before` absent: the key was not there; `after` absent: it goes.
   * `at` is where the key stands among its siblings when it comes or goes, so that undo restores the order of keys.
   */
  | { readonly kind: 'set'; readonly file: string; readonly path: JsonPath; readonly before?: Json; readonly after?: Json; readonly at?: number }
  /** Items of the list at `path` go and others come, from `index` on. */
  | { readonly kind: 'splice'; readonly file: string; readonly path: JsonPath; readonly index: number; readonly removed: readonly Json[]; readonly inserted: readonly Json[] }
  /** A piece of a text file; `offset` counts UTF-16 units. */
  | { readonly kind: 'text'; readonly file: string; readonly offset: number; readonly removed: string; readonly inserted: string }
  /** A whole file comes, goes or is replaced. */
  | { readonly kind: 'file'; readonly file: string; readonly before?: DocumentFile; readonly after?: DocumentFile };

export type Edit = {
  /** In the words of the history: `add code agent desk`. */
  readonly label: string;
  readonly changes: readonly Change[];
  /** Edits with the same group in a row are undone together: the letters typed into one field, the steps of one drag. */
  readonly group?: string;
};

/** Why an edit does not fit the document: another value stands where it expected one. */
export type EditConflict = { readonly file: string; readonly path: JsonPath; readonly expected?: Json; readonly found?: Json };

export function invertEdit(edit: Edit): Edit {
  return { ...edit, changes: edit.changes.toReversed().map(invertChange) };
}

function invertChange(change: Change): Change {
  switch (change.kind) {
    case 'set':
    case 'file': {
      const { before, after, ...rest } = change;
      return { ...rest, ...(after === undefined ? {} : { before: after }), ...(before === undefined ? {} : { after: before }) } as Change;
    }
    case 'splice':
    case 'text':
      return { ...change, removed: change.inserted, inserted: change.removed } as Change;
  }
}
