import { api } from '../api/studio';
import { projectNow } from '../stores/document';
import { notify } from '../stores/notices';

/** Settles which of two values stays; the other is in the history. */
export async function resolveConflict(conflict: string, keep: 'mine' | 'theirs'): Promise<void> {
  const project = projectNow();
  if (project === undefined) return;
  const answer = await api.request('project.resolve', { project, conflict, keep });
  if (!answer.ok) notify({ kind: 'error', text: answer.error.message, detail: answer.error.fix });
}
