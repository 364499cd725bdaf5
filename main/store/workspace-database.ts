/** `workspace.db` itself, synchronous: opened with care, each change inside a transaction of the service above. */
import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { assert } from '../../shared/assert';
import type { FieldConflict } from '../../shared/design/edits/merge-documents';
import type { LogEntry } from '../../shared/design/history';
import type { Json } from '../../shared/json/json';
import { SqliteFailure, type SqliteConnection, type SqliteDriver, type SqlRow } from './driver';
import { hashEdit, readChain, toEditRow, toLogEntry } from './edit-chain';
import { isProcessAlive, type ProcessMark } from './process-alive';
import { APPLICATION_ID, newestVersion } from './schema';
import { heldProject, WorkspaceFailure } from './workspace-error';
import { prepareWorkspace, WORKSPACE_MIGRATIONS } from './workspace-schema';
import type { Confirmation, KeptFile, KnownProject, OpenedLog } from './workspace-store';

const MOST_RECENT = 50;

export class WorkspaceDatabase {
  readonly #connection: SqliteConnection;
  readonly #tails = new Map<number, { seq: number; hash: Uint8Array }>();
  readonly #mine = new Map<number, string>();
  #notice: string | undefined;

  private constructor(connection: SqliteConnection, notice: string | undefined) {
    this.#connection = connection;
    this.#notice = notice;
  }

  /** A damaged file is kept beside a new one and said once; a newer or foreign one is refused and left as it is. */
  static open(file: string, driver: SqliteDriver, unixMs: number): WorkspaceDatabase {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const damage = existsSync(file) && statSync(file).size > 0 ? findDamage(file, driver) : undefined;
    const kept = `${file}.corrupt-${new Date(unixMs).toISOString().replace(/[-:.Z]/g, '')}`;
    if (damage !== undefined) for (const end of ['', '-wal', '-shm']) if (existsSync(file + end)) renameSync(file + end, kept + end);
    const connection = driver.open(file, 'write');
    try {
      prepareWorkspace(connection);
    } catch (error) {
      connection.close();
      throw error;
    }
    return new WorkspaceDatabase(connection, damage === undefined ? undefined : `The history of edits was damaged (${damage}); it is kept as ${kept}, and a new one was begun.`);
  }

  transact<T>(work: () => T): T {
    const tails = new Map([...this.#tails].map(([id, tail]) => [id, { ...tail }]));
    this.#connection.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#connection.exec('COMMIT');
      return result;
    } catch (error) {
      if (this.#connection.isInTransaction()) this.#connection.exec('ROLLBACK');
      this.#tails.clear();
      for (const [id, tail] of tails) this.#tails.set(id, tail);
      throw error;
    }
  }

  #get(sql: string, ...values: readonly (string | number)[]): SqlRow | undefined {
    return this.#connection.prepare(sql).get(...values);
  }

  #run(sql: string, ...values: readonly (string | number | Uint8Array | null)[]): void {
    this.#connection.prepare(sql).run(...values);
  }

  // ---- projects ----

  openProject(dir: string, holder: ProcessMark): OpenedLog {
    const known = this.#get('SELECT id, holder FROM project WHERE dir = ?', dir);
    const other = known && parseHolder(known['holder']);
    if (other && !isSameMark(other, holder) && isProcessAlive(other)) throw heldProject(dir, other.pid);
    if (!known) this.#insertProject(dir);
    const id = Number(this.#get('SELECT id FROM project WHERE dir = ?', dir)?.['id']);
    const opened = this.#readLog(id);
    const usable = opened.brokenAt === undefined ? opened.log : this.#beginAnew(dir, id, opened.brokenAt);
    this.#run('UPDATE project SET holder = ? WHERE id = ?', JSON.stringify(holder), usable.id);
    this.#mine.set(usable.id, JSON.stringify(holder));
    const notice = usable.notice ?? this.#notice;
    this.#notice = undefined;
    return { ...usable, ...(notice === undefined ? {} : { notice }) };
  }

  #insertProject(dir: string): void {
    this.#run("INSERT INTO project (dir, name, opened_at, nodes) VALUES (?, '', 0, 0)", dir);
  }

  /** A log with a broken chain can't be trusted: it is kept under another name, and a new one begins from the files. */
  #beginAnew(dir: string, id: number, brokenAt: number): OpenedLog {
    const aside = `${dir}#damaged-${id}`;
    this.#run('UPDATE project SET dir = ?, is_forgotten = 1, holder = NULL WHERE id = ?', aside, id);
    this.#insertProject(dir);
    const { log } = this.#readLog(Number(this.#get('SELECT id FROM project WHERE dir = ?', dir)?.['id']));
    return { ...log, notice: `The history of edits was damaged at edit ${brokenAt}; it is kept, and a new one was begun from the files.` };
  }

  #readLog(id: number): { readonly log: OpenedLog; readonly brokenAt?: number } {
    const project = this.#get('SELECT written, dropped, dropped_hash, conflicts, has_run FROM project WHERE id = ?', id);
    assert(project, 'the project was just found');
    const from = { seq: Number(project['dropped']), hash: project['dropped_hash'] as Uint8Array };
    const rows = this.#connection.prepare('SELECT seq, at, kind, body, seen, hash FROM edit WHERE project = ? AND seq > ? ORDER BY seq').iterate(id, from.seq);
    const { rows: whole, brokenAt } = readChain(rows, from);
    const last = whole.at(-1);
    this.#tails.set(id, last ? { seq: last.seq, hash: last.hash } : from);
    const files = this.#connection.prepare('SELECT path, hash, body FROM file WHERE project = ? ORDER BY path').all(id) as unknown as readonly KeptFile[];
    const log = { id, entries: whole.map(toLogEntry), lastSeq: last?.seq ?? from.seq, written: Number(project['written']), files, conflicts: JSON.parse(String(project['conflicts'])) as readonly FieldConflict[], hasRun: project['has_run'] === 1, isNew: last === undefined && from.seq === 0 && files.length === 0 };
    return { log, ...(brokenAt === undefined ? {} : { brokenAt }) };
  }

  touchProject({ id, name, nodes, atUnixMs }: { readonly id: number; readonly name: string; readonly nodes: number; readonly atUnixMs: number }): void {
    this.#run('UPDATE project SET name = ?, nodes = ?, opened_at = ?, is_forgotten = 0 WHERE id = ?', name, nodes, Math.trunc(atUnixMs), id);
  }

  append(id: number, entry: LogEntry, conflicts: readonly FieldConflict[] | undefined): void {
    this.#checkHeld(id);
    const tail = this.#tails.get(id);
    assert(tail && entry.seq === tail.seq + 1, `edit ${entry.seq} does not follow ${tail?.seq}`);
    const row = toEditRow(entry);
    const hash = hashEdit(tail.hash, row);
    this.#run('INSERT INTO edit (project, seq, at, kind, body, seen, hash) VALUES (?, ?, ?, ?, ?, ?, ?)', id, row.seq, row.at, row.kind, row.body, row.seen, hash);
    if (conflicts) this.keepConflicts(id, conflicts);
    this.#tails.set(id, { seq: entry.seq, hash });
  }

  /** Another process that took the project over (this one was thought dead) ends what this one may write. */
  #checkHeld(id: number): void {
    const holder = this.#get('SELECT dir, holder FROM project WHERE id = ?', id);
    if (holder?.['holder'] === this.#mine.get(id)) return;
    throw heldProject(String(holder?.['dir']), parseHolder(holder?.['holder'])?.pid ?? 0);
  }

  markWritten(id: number, { seq, files, gone }: { readonly seq: number; readonly files: readonly KeptFile[]; readonly gone: readonly string[] }): void {
    this.#checkHeld(id);
    for (const { path, hash, body } of files) this.#run('INSERT INTO file (project, path, hash, body) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET hash = excluded.hash, body = excluded.body', id, path, hash, body);
    for (const path of gone) this.#run('DELETE FROM file WHERE project = ? AND path = ?', id, path);
    this.#run('UPDATE project SET written = ? WHERE id = ?', seq, id);
  }

  keepConflicts(id: number, conflicts: readonly FieldConflict[]): void {
    this.#run('UPDATE project SET conflicts = ? WHERE id = ?', JSON.stringify(conflicts), id);
  }

  compact(id: number, keep: number, keepBytes: number): number {
    this.#checkHeld(id);
    const written = Number(this.#get('SELECT written FROM project WHERE id = ?', id)?.['written']);
    let [count, bytes, last] = [0, 0, 0];
    for (const row of this.#connection.prepare('SELECT seq, length(body) AS bytes FROM edit WHERE project = ? ORDER BY seq DESC').iterate(id)) {
      count += 1;
      bytes += Number(row['bytes']);
      if (count <= keep && bytes <= keepBytes) continue;
      last = Math.min(Number(row['seq']), written);
      break;
    }
    const end = last > 0 ? this.#get('SELECT hash FROM edit WHERE project = ? AND seq = ?', id, last) : undefined;
    if (end) {
      this.#run('UPDATE project SET dropped = ?, dropped_hash = ? WHERE id = ?', last, end['hash'] as Uint8Array, id);
      this.#run('DELETE FROM edit WHERE project = ? AND seq <= ?', id, last);
    }
    return Number(this.#get('SELECT dropped FROM project WHERE id = ?', id)?.['dropped']) + 1;
  }

  closeProject(id: number): void {
    this.#run('UPDATE project SET holder = NULL WHERE id = ? AND holder = ?', id, this.#mine.get(id) ?? '');
    this.#mine.delete(id);
    this.#tails.delete(id);
  }

  recent(): readonly KnownProject[] {
    const rows = this.#connection.prepare(`SELECT dir, name, opened_at, nodes FROM project WHERE is_forgotten = 0 AND opened_at > 0 ORDER BY opened_at DESC, id DESC LIMIT ${MOST_RECENT}`).all();
    return rows.map((row) => ({ dir: String(row['dir']), name: String(row['name']), openedAtMs: Number(row['opened_at']), nodes: Number(row['nodes']) }));
  }

  forget(dir: string): void {
    this.#run('UPDATE project SET is_forgotten = 1 WHERE dir = ?', dir);
  }

  markRun(dir: string): void {
    this.#run('UPDATE project SET has_run = 1 WHERE dir = ?', dir);
  }

  // ---- what a person confirmed, and where windows were ----

  confirm(dir: string, { hash, atUnixMs, body }: Confirmation): void {
    this.#run('INSERT INTO confirmation (dir, hash, body, at) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET body = excluded.body, at = excluded.at', dir, hash, JSON.stringify(body), Math.trunc(atUnixMs));
  }

  confirmations(dir: string): readonly Confirmation[] {
    const rows = this.#connection.prepare('SELECT hash, body, at FROM confirmation WHERE dir = ? ORDER BY at DESC').all(dir);
    return rows.map((row) => ({ hash: String(row['hash']), atUnixMs: Number(row['at']), body: JSON.parse(String(row['body'])) as Json }));
  }

  setting(key: string): Json | undefined {
    const row = this.#get('SELECT body FROM setting WHERE key = ?', key);
    return row && (JSON.parse(String(row['body'])) as Json);
  }

  keepSetting(key: string, value: Json): void {
    this.#run('INSERT INTO setting (key, body) VALUES (?, ?) ON CONFLICT DO UPDATE SET body = excluded.body', key, JSON.stringify(value));
  }

  close(): void {
    this.#connection.close();
  }
}

function parseHolder(raw: unknown): ProcessMark | undefined {
  return typeof raw === 'string' ? (JSON.parse(raw) as ProcessMark) : undefined;
}

const isSameMark = (a: ProcessMark, b: ProcessMark): boolean => a.pid === b.pid && a.token === b.token;

/** Looks at an existing file without writing: what is damaged about it. Throws for one that is foreign or newer. */
function findDamage(file: string, driver: SqliteDriver): string | undefined {
  try {
    const connection = driver.open(file, 'read');
    try {
      const version = Number(connection.pragma('user_version'));
      if (version > 0 && Number(connection.pragma('application_id')) !== APPLICATION_ID) throw new WorkspaceFailure({ code: 'WSP004', message: `${file} is no workspace of Prismatic Studio. It was left as it is.`, fix: 'Choose another data folder with --data-dir, or move the file away.' });
      if (version > newestVersion(WORKSPACE_MIGRATIONS)) throw new WorkspaceFailure({ code: 'WSP005', message: `${file} has version ${version}; this program knows versions up to ${newestVersion(WORKSPACE_MIGRATIONS)}. It was left as it is.`, fix: 'Open it with a newer version of the program, or choose another data folder with --data-dir.' });
      const check = connection.pragma('quick_check');
      return check === 'ok' ? undefined : String(check);
    } finally {
      connection.close();
    }
  } catch (error) {
    if (error instanceof SqliteFailure && (error.family === 'SQLITE_CORRUPT' || error.family === 'SQLITE_NOTADB')) return error.message;
    throw error;
  }
}
