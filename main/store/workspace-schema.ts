/**
 * Tables of `workspace.db`: recent projects with the log of their edits, confirmed capabilities, window state.
 *
 * - `edit` is append-only; rows go only from the beginning, up to the project's `dropped`. `hash` chains each row to the one before.
 * - `file` holds what each file of the document was as last written or read: the common beginning of a merge with an outside change.
 * - `holder` says which process has the project open.
 *
 * Several processes may have the file open (an app and a server), so its lock mode is SQLite's normal one; a project is held by one.
 */
import { migrate, OLDEST_SQLITE, type Migration } from './schema';
import type { SqliteConnection } from './driver';

const VERSION_1 = `
CREATE TABLE project (
  id INTEGER PRIMARY KEY,
  dir TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  nodes INTEGER NOT NULL,
  is_forgotten INTEGER NOT NULL DEFAULT 0,
  has_run INTEGER NOT NULL DEFAULT 0,
  written INTEGER NOT NULL DEFAULT 0,
  dropped INTEGER NOT NULL DEFAULT 0,
  dropped_hash BLOB NOT NULL DEFAULT (zeroblob(32)),
  conflicts TEXT NOT NULL DEFAULT '[]',
  holder TEXT
) STRICT;
CREATE TABLE edit (
  project INTEGER NOT NULL REFERENCES project (id),
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  seen TEXT NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (project, seq)
) STRICT;
CREATE TABLE file (
  project INTEGER NOT NULL REFERENCES project (id),
  path TEXT NOT NULL,
  hash TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (project, path)
) STRICT;
CREATE TABLE confirmation (
  dir TEXT NOT NULL,
  hash TEXT NOT NULL,
  body TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (dir, hash)
) STRICT;
CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  body TEXT NOT NULL
) STRICT;
CREATE TRIGGER edit_is_never_updated BEFORE UPDATE ON edit BEGIN SELECT RAISE(ABORT, 'edits are append-only'); END;
CREATE TRIGGER edit_is_never_deleted BEFORE DELETE ON edit
  WHEN OLD.seq > (SELECT dropped FROM project WHERE id = OLD.project)
  BEGIN SELECT RAISE(ABORT, 'edits are append-only'); END;
`;

export const WORKSPACE_MIGRATIONS: readonly Migration[] = [{ toVersion: 1, sql: VERSION_1 }];

// Other processes write to it too, and a slow disk takes its time: whoever waits is a thread of its own.
const PRAGMAS = `
PRAGMA busy_timeout = 5000;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA fullfsync = ON;
PRAGMA checkpoint_fullfsync = ON;
PRAGMA foreign_keys = ON;
PRAGMA trusted_schema = OFF;
PRAGMA cell_size_check = ON;
PRAGMA mmap_size = 0;
PRAGMA journal_size_limit = 33554432;
`;

/** Settings, then the tables. Reads back what durability rests on: SQLite keeps silent about a setting it can't honour. */
export function prepareWorkspace(connection: SqliteConnection): void {
  const version = String(connection.prepare('SELECT sqlite_version() AS version').get()?.['version']);
  if (version.localeCompare(OLDEST_SQLITE, 'en', { numeric: true }) < 0) throw new Error(`SQLite ${version} is older than ${OLDEST_SQLITE}, which mends a bug that can damage a database`);
  connection.exec(PRAGMAS);
  for (const [name, wanted] of [['journal_mode', 'wal'], ['synchronous', 2], ['foreign_keys', 1]] as const) {
    const got = connection.pragma(name);
    if (got !== wanted) throw new Error(`SQLite answers ${String(got)} for ${name}; the store needs ${wanted}. Is the folder on a file system without locks?`);
  }
  migrate(connection, WORKSPACE_MIGRATIONS);
}
