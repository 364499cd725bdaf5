import type { AppError } from '../../shared/errors/result';
import { SqliteFailure } from './driver';

/** A failure of the workspace store that a person can do something about. */
export class WorkspaceFailure extends Error {
  override name = 'WorkspaceFailure';
  readonly appError: AppError;

  constructor(error: AppError) {
    super(error.message);
    this.appError = error;
  }
}

export const heldProject = (dir: string, pid: number): WorkspaceFailure =>
  new WorkspaceFailure({ code: 'OPN003', message: `${dir} is open in another Prismatic Studio (process ${pid})`, fix: 'Go on there, or close it there first.' });

/** What SQLite or the file system said, in words with a way out. */
export function toWorkspaceError(error: unknown, file: string): AppError {
  if (error instanceof WorkspaceFailure) return error.appError;
  const code = error instanceof SqliteFailure ? error.family : error instanceof Error && 'code' in error ? String(error.code) : '';
  const said = error instanceof Error ? error.message : 'unknown';
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') return { code: 'WSP001', message: `no room is left on the disk for ${file}; what was acknowledged is safe`, fix: 'Make room, or choose a folder on another disk with --data-dir.' };
  if (code === 'SQLITE_BUSY' || code === 'SQLITE_LOCKED') return { code: 'WSP002', message: `another process keeps ${file} busy`, fix: 'Try again; if it stays so, stop that process.' };
  return { code: 'WSP003', message: `${file} can't be used: ${said}`, fix: 'Check that the folder exists and can be written, or choose another with --data-dir.' };
}
