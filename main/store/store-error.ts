import type { ErrorCode } from '../../shared/errors/catalog';
import type { AppError } from '../../shared/errors/result';
import { SqliteFailure } from './driver';

/** A failure that a person can do something about. Thrown inside the store, handed out as an `AppError`. */
export class StoreError extends Error {
  override name = 'StoreError';
  readonly appError: AppError;

  constructor(code: ErrorCode, message: string, fix: string) {
    super(message);
    this.appError = { code, message, fix };
  }
}

export const damaged = (file: string, what: string): StoreError =>
  new StoreError('STO001', `the run file ${file} is damaged: ${what}. It was left as it is.`, 'Keep a copy of it, and start a new run; `prismatic` never writes into a damaged file.');
export const newer = (file: string, version: number, known: number): StoreError =>
  new StoreError('STO002', `the run file ${file} has version ${version}; this program knows versions up to ${known}. It was left as it is.`, 'Open it with a newer version of the program.');
export const held = (file: string, holder: string): StoreError =>
  new StoreError('STO003', `the run file ${file} is held by ${holder}`, 'Wait for it, or stop that process.');
export const foreign = (file: string): StoreError =>
  new StoreError('STO006', `${file} is no run file of Prismatic Studio. It was left as it is.`, 'Choose another data folder with --data-dir, or move the file away.');

export const ended = (file: string): StoreError => new StoreError('STO010', `the run ${file} has ended`, 'Start a new run.');

/** What SQLite or the file system said, in words with a way out. */
export function toAppError(error: unknown, file: string): AppError {
  if (error instanceof StoreError) return error.appError;
  const code = error instanceof SqliteFailure ? error.family : error instanceof Error && 'code' in error ? String(error.code) : '';
  const said = error instanceof Error ? error.message : 'unknown';
  switch (code) {
    case 'SQLITE_FULL':
    case 'ENOSPC':
      return { code: 'STO004', message: `no room is left on the disk for ${file}; what was acknowledged is safe`, fix: 'Make room, or choose a folder on another disk with --data-dir.' };
    case 'SQLITE_BUSY':
    case 'SQLITE_LOCKED':
      return held(file, 'another process').appError;
    case 'SQLITE_CORRUPT':
    case 'SQLITE_NOTADB':
      return damaged(file, said).appError;
    default:
      return { code: 'STO005', message: `the run file ${file} can't be used: ${said}`, fix: 'Check that the folder exists and can be written, or choose another with --data-dir.' };
  }
}
