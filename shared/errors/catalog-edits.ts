import type { CatalogPart } from './catalog-entry';

/** Codes of edits and of changes that meet: EDT0xx and MRG0xx. */
export const editsCatalog = {
  MRG001: {
    severity: 'warning',
    title: 'a field was changed here and outside at the same time',
    meaning: 'An outside change of the files and an edit that was not yet written touch one field. The value from here stands, both are kept, and a person chooses.',
    in: 'words',
    wrong: 'maxRestarts is set to 2 in the inspector, and to 3 in an editor, within 250 ms',
    right: 'one of the two is chosen in Problems',
  },
  EDT001: {
    severity: 'error',
    title: 'something else stands where the edit expected a value',
    meaning: 'An edit names the value it replaces. If another one stands there by now, somebody changed it meanwhile, and nothing is written over it.',
    in: 'words',
    wrong: 'an edit of maxRestarts from 1 to 2, where 3 stands by now',
    right: 'the same edit, made after a look at the 3',
  },
  EDT002: {
    severity: 'error',
    title: 'there is nothing to undo or redo',
    meaning: 'Undo takes back the edits of this project one by one; redo brings again what was undone just before, until another edit is made.',
    in: 'words',
    wrong: 'Redo after an edit',
    right: 'Undo, then Redo',
  },
  EDT003: {
    severity: 'error',
    title: 'an edit was refused',
    meaning: 'The edit would leave the design in a state that its format cannot hold. Nothing was changed; the message says which rule it is.',
    in: 'words',
    wrong: 'a node is given the id of another',
    right: 'a node is given an id of its own',
  },
  EDT004: {
    severity: 'error',
    title: 'an edit came out of order',
    meaning: 'A window numbers its edits, and one that comes after a later one is not applied: it could undo what a person did since. This is a bug of ours.',
    in: 'words',
    wrong: 'edit 7 of a window after its edit 8',
    right: 'the project opened again',
  },
  EDT005: {
    severity: 'error',
    title: 'the conflict is settled by now',
    meaning: 'Another window, or an undo, has chosen already.',
    in: 'words',
    wrong: 'a value chosen for a conflict that is gone',
    right: 'nothing: it is settled',
  },
  EDT006: {
    severity: 'error',
    title: 'the other value of a conflict has no place any more',
    meaning: 'What holds the field was deleted meanwhile, so the value from outside cannot be put there.',
    in: 'words',
    wrong: 'the outside value of a field whose node is deleted',
    right: 'Undo of the deletion, then the outside value',
  },
} as const satisfies CatalogPart;
