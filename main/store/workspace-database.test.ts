import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LogEntry } from '../../shared/design/history';
import type { SqliteDriver } from './driver';
import { betterSqlite3 } from './driver-better-sqlite3';
import { nodeSqlite } from './driver-node-sqlite';
import { processStart, type ProcessMark } from './process-alive';
import { WorkspaceDatabase } from './workspace-database';
import { toWorkspaceError } from './workspace-error';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'prismatic-workspace-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const me: ProcessMark = { pid: process.pid, startedAt: processStart(process.pid), token: 'me' };
const entry = (seq: number, label = `edit ${seq}`): LogEntry => ({ seq, atUnixMs: 1000 + seq, kind: 'edit', edit: { label, changes: [{ kind: 'text', file: 'prompts/a.md', offset: 0, removed: '', inserted: `${seq}` }] } });
const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'no error';
  } catch (error) {
    return toWorkspaceError(error, 'workspace.db').code;
  }
};

describe.each([betterSqlite3, nodeSqlite])('the workspace on $name', (driver) => {
  const file = (): string => join(folder, 'workspace.db');
  const open = (): WorkspaceDatabase => WorkspaceDatabase.open(file(), driver, 0);
  const withEdits = (count: number): void => {
    const database = open();
    const { id } = database.transact(() => database.openProject('/p', me));
    for (let seq = 1; seq <= count; seq += 1) database.transact(() => database.append(id, entry(seq), undefined));
    database.transact(() => database.markWritten(id, { seq: count - 1, files: [{ path: 'design.json', hash: 'h', body: '{}' }, { path: 'gone.md', hash: 'h', body: '' }], gone: [] }));
    database.transact(() => database.markWritten(id, { seq: count - 1, files: [], gone: ['gone.md'] }));
    database.transact(() => database.closeProject(id));
    database.close();
  };

  it('has every edit, what is written, and what the files were, after it is opened again', () => {
    withEdits(3);
    const database = open();
    const log = database.openProject('/p', me);
    expect(log).toMatchObject({ lastSeq: 3, written: 2, isNew: false, hasRun: false, conflicts: [], files: [{ path: 'design.json', hash: 'h', body: '{}' }] });
    expect(log.entries).toEqual([entry(1), entry(2), entry(3)]);
    expect(log.notice).toBeUndefined();
    database.close();
  });

  it('takes no edit that does not follow the one before, and none of a transaction that failed', () => {
    const database = open();
    const { id } = database.openProject('/p', me);
    const bad = codeOf(() => database.transact(() => {
      database.append(id, entry(1), undefined);
      database.append(id, entry(3), undefined);
    }));
    expect(bad).toBe('WSP003');
    database.transact(() => database.append(id, entry(1, 'again'), undefined));
    expect(database.openProject('/p', me).entries).toEqual([entry(1, 'again')]);
    database.close();
  });

  it('of two programs that find no file at once, is made by one, and opened by the other', () => {
    let others = 0;
    const meanwhile: SqliteDriver = {
      name: driver.name,
      open: (path, mode) => {
        const connection = driver.open(path, mode);
        const exec = (sql: string): void => {
          if (sql === 'BEGIN IMMEDIATE' && (others += 1) === 1) open().close();
          connection.exec(sql);
        };
        return { ...connection, prepare: (sql) => connection.prepare(sql), pragma: (text) => connection.pragma(text), isInTransaction: () => connection.isInTransaction(), close: () => connection.close(), exec };
      },
    };
    const second = WorkspaceDatabase.open(file(), meanwhile, 0);
    expect(others).toBeGreaterThan(0);
    expect(second.openProject('/p', me)).toMatchObject({ isNew: true });
    second.close();
  });

  it('changes and deletes no edit', () => {
    withEdits(2);
    const connection = driver.open(file(), 'write');
    expect(() => connection.exec("UPDATE edit SET body = 'x'")).toThrow('append-only');
    expect(() => connection.exec('DELETE FROM edit')).toThrow('append-only');
    connection.close();
  });

  it('keeps a project to one process, tells its number, and lets a dead one go', () => {
    const dead = spawnSync(process.execPath, ['-e', 'process.stdout.write(String(process.pid))'], { encoding: 'utf8' });
    const database = open();
    const first = database.openProject('/p', { pid: Number(dead.stdout), startedAt: '1', token: 'x' });
    expect(database.openProject('/p', me).id).toBe(first.id);
    expect(codeOf(() => database.openProject('/p', { ...me, token: 'another core in this process' }))).toBe('OPN003');
    // The id of a dead process may be somebody else's by now: the start tells.
    const other = database.openProject('/q', { pid: process.pid, startedAt: 'before', token: 'x' });
    expect(process.platform === 'linux' ? database.openProject('/q', me).id : other.id).toBe(other.id);
    database.closeProject(first.id);
    expect(database.openProject('/p', { ...me, token: 'later' }).id).toBe(first.id);
    database.close();
  });

  it('lets a process that lost a project write nothing more to it', () => {
    const [mine, theirs] = [open(), open()];
    const { id } = mine.openProject('/p', { pid: 2 ** 22 + 1, startedAt: '1', token: 'thought dead' });
    theirs.openProject('/p', me);
    expect(codeOf(() => mine.transact(() => mine.append(id, entry(1), undefined)))).toBe('OPN003');
    expect(codeOf(() => mine.transact(() => mine.markWritten(id, { seq: 1, files: [], gone: [] })))).toBe('OPN003');
    theirs.transact(() => theirs.append(id, entry(1), undefined));
    mine.close();
    theirs.close();
  });

  it('drops the oldest edits that are written, and the chain holds from there', () => {
    withEdits(10);
    const database = open();
    const { id } = database.openProject('/p', me);
    expect(database.transact(() => database.compact(id, 4, 1e9))).toBe(7);
    expect(database.transact(() => database.compact(id, 0, 1e9))).toBe(10);
    database.transact(() => database.append(id, entry(11), undefined));
    const log = database.openProject('/p', me);
    expect([log.entries.map(({ seq }) => seq), log.lastSeq, log.notice]).toEqual([[10, 11], 11, undefined]);
    database.close();
  });

  it('drops by bytes too', () => {
    withEdits(10);
    const database = open();
    const { id } = database.openProject('/p', me);
    const bytes = JSON.stringify(entry(9).edit).length;
    expect(database.transact(() => database.compact(id, 100, bytes * 3 + 10))).toBe(8);
    database.close();
  });

  it('with an edit that is not what was written keeps the log aside, begins a new one, and says so', () => {
    withEdits(5);
    const connection = driver.open(file(), 'write');
    connection.exec("DROP TRIGGER edit_is_never_updated; UPDATE edit SET body = replace(body, 'edit 3', 'edit X') WHERE seq = 3");
    connection.close();
    const database = open();
    const log = database.openProject('/p', me);
    expect(log).toMatchObject({ entries: [], lastSeq: 0, isNew: true });
    expect(log.notice).toContain('edit 3');
    database.close();
    const kept = driver.open(file(), 'read');
    expect(kept.prepare('SELECT count(*) AS count FROM edit').get()?.['count']).toBe(5);
    kept.close();
  });

  it('that is damaged is kept aside, and a new one begun, and said once', () => {
    withEdits(5);
    writeFileSync(file(), Buffer.from('this is no database, and long enough to be looked at as one'.repeat(100)));
    const database = open();
    expect(database.openProject('/p', me).notice).toContain('.corrupt-19700101T000000000');
    expect(database.openProject('/q', me).notice).toBeUndefined();
    database.close();
    expect(readdirSync(folder)).toContain('workspace.db.corrupt-19700101T000000000');
  });

  it.each([
    ['of a newer program', 'PRAGMA user_version = 99', 'WSP005'],
    ["that is somebody else's", 'PRAGMA application_id = 7', 'WSP004'],
  ])('%s is refused and left as it is', (_, sql, code) => {
    withEdits(1);
    const connection = driver.open(file(), 'write');
    connection.exec(`PRAGMA journal_mode = DELETE; ${sql}`);
    connection.close();
    const before = readFileSync(file());
    expect(codeOf(open)).toBe(code);
    expect(readFileSync(file()).equals(before)).toBe(true);
  });

  it('lists recent projects, the newest first, without the forgotten', () => {
    const database = open();
    for (const [index, dir] of ['/a', '/b', '/c'].entries()) {
      const { id } = database.openProject(dir, me);
      database.touchProject({ id, name: dir.slice(1), nodes: index, atUnixMs: index + 1.5 });
    }
    database.forget('/b');
    expect(database.recent()).toEqual([{ dir: '/c', name: 'c', openedAtMs: 3, nodes: 2 }, { dir: '/a', name: 'a', openedAtMs: 1, nodes: 0 }]);
    database.close();
  });

  it('keeps what was confirmed for a folder, that it ran, and settings', () => {
    const database = open();
    database.confirm('/p', { hash: 'sha256:a', atUnixMs: 1, body: { list: [] } });
    database.confirm('/p', { hash: 'sha256:b', atUnixMs: 2, body: null });
    database.confirm('/p', { hash: 'sha256:a', atUnixMs: 3, body: { list: [1] } });
    expect(database.confirmations('/p')).toEqual([{ hash: 'sha256:a', atUnixMs: 3, body: { list: [1] } }, { hash: 'sha256:b', atUnixMs: 2, body: null }]);
    expect(database.confirmations('/q')).toEqual([]);
    database.openProject('/p', me);
    database.markRun('/p');
    expect(database.openProject('/p', me).hasRun).toBe(true);
    database.keepSetting('window', { width: 1 });
    database.keepSetting('window', { width: 2 });
    expect([database.setting('window'), database.setting('none')]).toEqual([{ width: 2 }, undefined]);
    database.close();
  });
});
