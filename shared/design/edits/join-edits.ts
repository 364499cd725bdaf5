/** Several edits as one: a gesture that does two things is undone in one step. */
import type { ProjectDocument } from '../document';
import { applyEdit } from './apply-edit';
import type { Change, Edit } from './edit';

/** Each step sees what the ones before it have left; a step that has nothing to do, or says why not, is left out. */
export function joinEdits(document: ProjectDocument, label: string, steps: readonly ((document: ProjectDocument) => Edit | string | undefined)[], group?: string): Edit | undefined {
  const changes: Change[] = [];
  let at = document;
  for (const step of steps) {
    const made = step(at);
    const applied = made !== undefined && typeof made !== 'string' ? applyEdit(at, made) : undefined;
    if (made === undefined || typeof made === 'string' || !applied?.ok) continue;
    changes.push(...made.changes);
    at = applied.value;
  }
  return changes.length === 0 ? undefined : { label, changes, ...(group === undefined ? {} : { group }) };
}
