/**
 * What the store asks of SQLite, and nothing more: both drivers (better-sqlite3, node:sqlite) offer exactly this.
 * Every failure of SQLite arrives as a `SqliteFailure`, so that the store knows one kind of error.
 */
export type SqlValue = null | number | string | Uint8Array;
export type SqlRow = { readonly [column: string]: unknown };

export interface SqliteStatement {
  run(...values: readonly SqlValue[]): void;
  get(...values: readonly SqlValue[]): SqlRow | undefined;
  all(...values: readonly SqlValue[]): readonly SqlRow[];
  /** Rows one by one; leaving the loop early closes the cursor. */
  iterate(...values: readonly SqlValue[]): Iterable<SqlRow>;
}

export interface SqliteConnection {
  prepare(sql: string): SqliteStatement;
  exec(sql: string): void;
  /** First column of the first row. */
  pragma(text: string): SqlValue | undefined;
  /** SQLite itself ends a transaction after some failures. */
  isInTransaction(): boolean;
  close(): void;
}

export interface SqliteDriver {
  readonly name: 'better-sqlite3' | 'node:sqlite';
  /** A writable connection creates the file if it is absent; a read-only one throws then. */
  open(file: string, mode: 'write' | 'read'): SqliteConnection;
}

/** How long a statement waits for another process's lock. Short: a second process is told within a second who holds the file. */
export const BUSY_TIMEOUT_MS = 250;

/** A failure of SQLite. `code` is its name: `SQLITE_FULL`, `SQLITE_IOERR_FSYNC`, ... */
export class SqliteFailure extends Error {
  override name = 'SqliteFailure';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }

  /** The first two words of the code, which name its family: `SQLITE_IOERR` for `SQLITE_IOERR_FSYNC`. */
  get family(): string {
    return this.code.split('_').slice(0, 2).join('_');
  }
}

/** Runs `work` and turns what a driver throws into a `SqliteFailure`, where `codeOf` knows its code. */
export function guardSqlite<T>(codeOf: (error: unknown) => string | undefined, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined) throw error;
    throw new SqliteFailure(code, error instanceof Error ? error.message : String(error));
  }
}

export function firstColumn(row: SqlRow | undefined): SqlValue | undefined {
  if (row === undefined) return undefined;
  return Object.values(row)[0] as SqlValue | undefined;
}
