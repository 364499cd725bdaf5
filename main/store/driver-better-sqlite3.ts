/** The app's driver. Needs Node 22 or newer: on an older one the native module ends the process without a word. */
import Database from 'better-sqlite3';
import { BUSY_TIMEOUT_MS, firstColumn, guardSqlite, type SqliteConnection, type SqliteDriver, type SqliteStatement, type SqlRow } from './driver';

const codeOf = (error: unknown): string | undefined => (error instanceof Database.SqliteError ? error.code : undefined);
const guard = <T>(work: () => T): T => guardSqlite(codeOf, work);

export const betterSqlite3: SqliteDriver = {
  name: 'better-sqlite3',
  open(file, mode) {
    const database = guard(() => new Database(file, { readonly: mode === 'read', fileMustExist: mode === 'read', timeout: BUSY_TIMEOUT_MS }));
    return wrapConnection(database);
  },
};

function wrapConnection(database: Database.Database): SqliteConnection {
  const prepare = (sql: string) => wrapStatement(guard(() => database.prepare<unknown[], SqlRow>(sql)));
  return {
    prepare,
    exec: (sql) => void guard(() => database.exec(sql)),
    pragma: (text) => firstColumn(guard(() => database.prepare<[], SqlRow>(`PRAGMA ${text}`).get())),
    isInTransaction: () => database.inTransaction,
    close: () => void guard(() => database.close()),
  };
}

function wrapStatement(statement: Database.Statement<unknown[], SqlRow>): SqliteStatement {
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
