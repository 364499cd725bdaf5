/**
 * The tables of a run file, and how an older file becomes a newer one. A run file is known by its `application_id`; its
 * `user_version` counts the migrations it has seen. Each migration is one transaction that ends with the new `user_version`.
 */
import type { SqliteConnection } from './driver';

/** `PRSM` in ASCII. */
export const APPLICATION_ID = 0x5052534d;

/** The first release in which the WAL-reset bug of SQLite 3.7.0-3.51.2 is fixed. */
export const OLDEST_SQLITE = '3.51.3';

export type Migration = { readonly toVersion: number; readonly sql: string };

/**
 * Version 1. `entry` holds everything (`entry.ts` says what its columns mean). `head` repeats the last row's number and hash, so
 * that rows missing at the end are noticed: a chain alone can't tell. The triggers keep our own code from changing the past.
 */
const VERSION_1 = `
CREATE TABLE entry (
  seq INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  stream TEXT NOT NULL,
  version INTEGER NOT NULL,
  last INTEGER NOT NULL,
  body TEXT NOT NULL,
  hash BLOB NOT NULL,
  UNIQUE (kind, stream, version)
) STRICT;
CREATE TABLE head (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  seq INTEGER NOT NULL,
  hash BLOB NOT NULL
) STRICT;
CREATE TRIGGER entry_is_never_updated BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END;
CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END;
CREATE TRIGGER head_is_never_deleted BEFORE DELETE ON head BEGIN SELECT RAISE(ABORT, 'the head stays'); END;
INSERT INTO head (id, seq, hash) VALUES (1, 0, zeroblob(32));
`;

export const MIGRATIONS: readonly Migration[] = [{ toVersion: 1, sql: VERSION_1 }];

export const newestVersion = (migrations: readonly Migration[]): number => migrations.at(-1)?.toVersion ?? 0;

/** Brings the connection's file up to the newest version, one transaction a step. A failure leaves the version before it. */
export function migrate(connection: SqliteConnection, migrations: readonly Migration[] = MIGRATIONS): void {
  for (const migration of migrations) {
    if (Number(connection.pragma('user_version')) >= migration.toVersion) continue;
    connection.exec('BEGIN IMMEDIATE');
    try {
      // Two that are started at once find the same old file; only one of them has this lock first.
      if (Number(connection.pragma('user_version')) < migration.toVersion) connection.exec(`${migration.sql}; PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${migration.toVersion}`);
      connection.exec('COMMIT');
    } catch (error) {
      if (connection.isInTransaction()) connection.exec('ROLLBACK');
      throw error;
    }
  }
}

/** The text of the schema as SQLite keeps it, to compare a file's with ours: a stranger's trigger or view shows here. */
export function readSchema(connection: SqliteConnection): string {
  const rows = connection.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name').all();
  return JSON.stringify(rows.map((row) => [row.type, row.name, row.tbl_name, row.sql]));
}

/** Settings of a connection that writes (security study, store rules). Set in this order: the lock mode before the first read. */
const WRITE_PRAGMAS = `
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA fullfsync = ON;
PRAGMA checkpoint_fullfsync = ON;
PRAGMA foreign_keys = ON;
PRAGMA trusted_schema = OFF;
PRAGMA cell_size_check = ON;
PRAGMA mmap_size = 0;
PRAGMA wal_autocheckpoint = 4000;
PRAGMA journal_size_limit = 33554432;
`;
const READ_PRAGMAS = 'PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA query_only = ON;';

/** Applies the settings, and reads back those on which durability rests: SQLite keeps silent about a setting it can't honour. */
export function configureForWriting(connection: SqliteConnection): void {
  connection.exec(WRITE_PRAGMAS);
  const expected: readonly (readonly [string, string | number])[] = [['journal_mode', 'wal'], ['synchronous', 2], ['locking_mode', 'exclusive']];
  for (const [name, wanted] of expected) {
    const got = connection.pragma(name);
    if (got !== wanted) throw new Error(`SQLite answers ${String(got)} for ${name}; the store needs ${wanted}. Is the folder on a file system without locks?`);
  }
}

export const configureForReading = (connection: SqliteConnection): void => connection.exec(READ_PRAGMAS);
