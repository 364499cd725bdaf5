/** Several edits as one: each is made on what the ones before it have left, and all are undone together. */
import { assert } from '../../assert';
import type { ProjectDocument } from '../document';
import { applyEdit } from './apply-edit';
import type { Change, Edit } from './edit';

/** Makers answer `undefined`, or words that say why not, where they have nothing to do. `undefined`: none had. */
export function combineEdits(document: ProjectDocument, label: string, makers: readonly ((document: ProjectDocument) => Edit | string | undefined)[], group?: string): Edit | undefined {
  const changes: Change[] = [];
  let at = document;
  for (const make of makers) {
    const edit = make(at);
    if (edit === undefined || typeof edit === 'string') continue;
    const applied = applyEdit(at, edit);
    assert(applied.ok, `an edit does not fit the document it was made for: ${edit.label}`);
    at = applied.value;
    changes.push(...edit.changes);
  }
  return changes.length === 0 ? undefined : { label, changes, ...(group === undefined ? {} : { group }) };
}
