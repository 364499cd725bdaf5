/** The driver of exported bundles: SQLite inside Node itself, no dependency. The app's own entries never import this file. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { BUSY_TIMEOUT_MS, firstColumn, guardSqlite, type SqliteConnection, type SqliteDriver, type SqliteStatement } from './driver';

/** SQLite's primary result codes, whose number is the low byte of an extended one (sqlite.org/rescode.html). */
const PRIMARY_CODES: { readonly [code: number]: string } = {
  1: 'SQLITE_ERROR', 2: 'SQLITE_INTERNAL', 3: 'SQLITE_PERM', 4: 'SQLITE_ABORT', 5: 'SQLITE_BUSY', 6: 'SQLITE_LOCKED', 7: 'SQLITE_NOMEM',
  8: 'SQLITE_READONLY', 9: 'SQLITE_INTERRUPT', 10: 'SQLITE_IOERR', 11: 'SQLITE_CORRUPT', 12: 'SQLITE_NOTFOUND', 13: 'SQLITE_FULL',
  14: 'SQLITE_CANTOPEN', 15: 'SQLITE_PROTOCOL', 17: 'SQLITE_SCHEMA', 18: 'SQLITE_TOOBIG', 19: 'SQLITE_CONSTRAINT', 20: 'SQLITE_MISMATCH',
  21: 'SQLITE_MISUSE', 22: 'SQLITE_NOLFS', 23: 'SQLITE_AUTH', 25: 'SQLITE_RANGE', 26: 'SQLITE_NOTADB',
};

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined;
  return PRIMARY_CODES[error.errcode & 0xff] ?? `SQLITE_${error.errcode}`;
}
const guard = <T>(work: () => T): T => guardSqlite(codeOf, work);

export const nodeSqlite: SqliteDriver = {
  name: 'node:sqlite',
  open(file, mode) {
    const options = { readOnly: mode === 'read', timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: true, allowExtension: false };
    // Asked for when it is needed: an older Node has no such module, and a bundle tells that in one line instead of failing to load.
    const sqlite = process.getBuiltinModule('node:sqlite');
    return wrapConnection(guard(() => new sqlite.DatabaseSync(file, options)));
  },
};

function wrapConnection(database: DatabaseSync): SqliteConnection {
  return {
    prepare: (sql) => wrapStatement(guard(() => database.prepare(sql))),
    exec: (sql) => guard(() => database.exec(sql)),
    pragma: (text) => firstColumn(guard(() => database.prepare(`PRAGMA ${text}`).get())),
    isInTransaction: () => database.isTransaction,
    close: () => guard(() => database.close()),
  };
}

function wrapStatement(statement: StatementSync): SqliteStatement {
  return {
    run: (...values) => void guard(() => statement.run(...values)),
    get: (...values) => guard(() => statement.get(...values)),
    all: (...values) => guard(() => statement.all(...values)),
    *iterate(...values) {
      const rows = guard(() => statement.iterate(...values));
      try {
        for (let next = guard(() => rows.next()); next.done !== true; next = guard(() => rows.next())) yield next.value;
      } finally {
        rows.return?.();
      }
    },
  };
}
