import type { EditConflict } from '../../../shared/design/edits/edit';
import type { AppError } from '../../../shared/errors/result';

const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value)).slice(0, 200);

/** Something else stands where the edit expected a value: somebody changed it meanwhile. */
export const editConflict = ({ file, path, expected, found }: EditConflict): AppError => ({
  code: 'EDT001',
  message: `${[file, ...path].join('/')} is ${shown(found)} by now, and the edit expected ${shown(expected)}; nothing was changed`,
  fix: 'Look at what stands there now, and edit again.',
});
export const NOTHING_TO_UNDO: AppError = { code: 'EDT002', message: 'there is nothing to undo', fix: 'Edit first.' };
export const NOTHING_TO_REDO: AppError = { code: 'EDT002', message: 'there is nothing to redo', fix: 'Redo brings again what was undone just before.' };
export const editRefused = (message: string, fix: string): AppError => ({ code: 'EDT003', message, fix });
export const OUT_OF_ORDER: AppError = { code: 'EDT004', message: 'an edit of this window came after a later one', fix: 'This is a bug of ours: please report it. Open the project again.' };
export const NO_CONFLICT: AppError = { code: 'EDT005', message: 'this conflict is settled by now', fix: 'Nothing is left to do.' };
export const placeGone = (place: string): AppError => ({ code: 'EDT006', message: `${place} is no more, so the other value has no place`, fix: 'Keep your own value, or bring the place back with Undo.' });
export const NOT_OPEN: AppError = { code: 'OPN007', message: 'this project is not open', fix: 'Open it again.' };
export const UNKNOWN_HANDLE: AppError = { code: 'OPN008', message: 'this name of a folder is not known any more', fix: 'Choose the folder again.' };
export const notWritten = (reason: string): AppError => ({ code: 'OPN009', message: `the files can't be written: ${reason}; your edits are kept in the edit log`, fix: 'Make room or give the right to write; it is tried again by itself.' });
