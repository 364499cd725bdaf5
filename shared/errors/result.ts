import type { ErrorCode } from './catalog';

/** The answer of an operation that may fail for reasons outside our code. A thrown error is a bug; this is not. */
export type Result<T, E = AppError> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

/** What went wrong, where, with which value, and what to do. `catalog.ts` says what the code means. */
export type AppError = { readonly code: ErrorCode; readonly message: string; readonly fix: string };

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });
export const failed = <E>(error: E): { readonly ok: false; readonly error: E } => ({ ok: false, error });
