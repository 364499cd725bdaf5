import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fc, test } from '@fast-check/vitest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JournalHeader } from '../../shared/journal/record';
import { betterSqlite3 } from './driver-better-sqlite3';
import { nodeSqlite } from './driver-node-sqlite';
import { JournalMerge } from './journal-merge';
import { RunDatabase } from './run-database';
import { StoreError } from './store-error';

const header: JournalHeader = { format: 'prismatic-journal/1', program: 'sha256:x', world: 'real', seed: 1, scenario: null };
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'prismatic-store-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const chunk = (first: number, last: number) => ({
  host: 'main',
  life: 1,
  first,
  last,
  text: Array.from({ length: last - first + 1 }, (_, index) => JSON.stringify({ number: first + index, step: 0, atMs: 1, cause: first + index > 1 ? 1 : null, type: 'log', node: 'a', level: 'info', text: `record ${first + index}` })).join('\n'),
});

describe.each([betterSqlite3, nodeSqlite])('a run file on $name', (driver) => {
  const open = (name = 'run.db'): RunDatabase => RunDatabase.open({ file: join(folder, name), driver, header });
  const codeOf = (work: () => unknown): string => {
    try {
      work();
    } catch (error) {
      return error instanceof StoreError ? error.appError.code : String(error);
    }
    return 'no error';
  };

  it('holds what was committed after it is opened again', () => {
    const first = open();
    first.transact(() => {
      first.acknowledgeInputs([{ id: 1, node: 'a', operation: 'op', value: { x: 1 }, atMs: 5 }, { id: 2, node: 'a', operation: 'op', value: null, atMs: 5 }]);
      first.settleInput({ id: 1, attempts: 1, ok: true, output: 'yes' }, false);
      first.appendChunk(chunk(1, 3));
      first.intendEffect({ key: '1/sink/1', node: 'sink', kind: 'console', request: { port: 'put', value: 1 } }, 6);
    });
    first.close();
    const again = open();
    expect(again.state.counts()).toEqual({ inputs: 2, handled: 1, failed: 0, unsettled: 1, deadLetters: 0, effects: { requested: 1, settled: 0, unknown: 0 } });
    expect(again.state.unsettled()).toEqual([{ id: 2, node: 'a', operation: 'op', value: null }]);
    expect(again.state.effect('1/sink/1')).toEqual({ status: 'intended' });
    const answer = { key: '1/sink/1', mode: 'live', ok: true, value: null } as const;
    again.transact(() => again.settleEffect(answer, 7));
    expect(again.state.effect('1/sink/1')).toEqual({ status: 'settled', answer });
    again.verify();
    again.close();
  });

  it('holds nothing of a transaction that failed, on disk or in memory', () => {
    const run = open();
    expect(codeOf(() => run.transact(() => {
      run.acknowledgeInputs([{ id: 1, node: 'a', operation: 'op', value: 1, atMs: 1 }]);
      run.appendChunk(chunk(5, 6));
    }))).toBe('STO009');
    expect(run.state.counts().inputs).toBe(0);
    run.transact(() => run.acknowledgeInputs([{ id: 1, node: 'a', operation: 'op', value: 1, atMs: 1 }]));
    run.verify();
    run.close();
  });

  it('gives one order of records, with causes as numbers of that order', () => {
    const run = open();
    run.transact(() => run.appendChunk(chunk(1, 2)));
    run.transact(() => run.appendCoreEvent({ atMs: 2, event: { type: 'host.lost', life: 1, reason: 'x' } }));
    run.transact(() => run.appendChunk(chunk(3, 3)));
    const merge = new JournalMerge();
    const lines = run.page(0).flatMap((entry) => [...merge.add(entry)]);
    expect(lines[0]).toEqual(header);
    expect(lines.slice(1).map((line) => 'seq' in line && [line.seq, line.host, line.cause])).toEqual([[1, 'main', null], [2, 'main', 1], [3, 'core', null], [4, 'main', 1]]);
    run.close();
  });

  it('seals what a lost core left open, once', () => {
    const run = open();
    run.transact(() => run.intendEffect({ key: 'k', node: 'sink', kind: 'console', request: { port: 'put', value: 1 } }, 1));
    expect(run.transact(() => run.seal(9))).toBe(1);
    expect(run.transact(() => run.seal(9))).toBe(0);
    expect(run.state.counts().effects).toEqual({ requested: 1, settled: 0, unknown: 1 });
    expect(run.state.isEnded).toBe(true);
    run.close();
  });

  it.each([
    ['no database at all', Buffer.from('this is no database, and long enough to be looked at as one'.repeat(20)), ['SQLITE_NOTADB', 'SqliteFailure']],
  ])('refuses %s and leaves its bytes as they are', (_, bytes, words) => {
    const file = join(folder, 'run.db');
    writeFileSync(file, bytes);
    expect(words.some((word) => codeOf(() => open()).includes(word))).toBe(true);
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  it.each([
    ['a newer version', 'PRAGMA user_version = 99', 'STO002'],
    ["somebody else's file", 'PRAGMA application_id = 7', 'STO006'],
  ])('refuses %s and leaves its bytes as they are', (_, sql, code) => {
    open().close();
    const file = join(folder, 'run.db');
    const connection = driver.open(file, 'write');
    connection.exec(`PRAGMA journal_mode = DELETE; ${sql}`);
    connection.close();
    const before = readFileSync(file);
    expect(codeOf(() => open())).toBe(code);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('refuses to change or delete what is written', () => {
    const run = open();
    run.transact(() => run.appendChunk(chunk(1, 1)));
    run.close();
    const connection = driver.open(join(folder, 'run.db'), 'write');
    expect(() => connection.exec("UPDATE entry SET body = 'x'")).toThrow('append-only');
    expect(() => connection.exec('DELETE FROM entry')).toThrow('append-only');
    connection.close();
  });

  it('notices flipped bits in what was acknowledged', () => {
    const run = open();
    for (let index = 0; index < 50; index += 1) run.transact(() => run.acknowledgeInputs([{ id: index + 1, node: 'a', operation: 'op', value: `PAYLOAD-${index}-${'y'.repeat(200)}`, atMs: 1 }]));
    run.close();
    const file = join(folder, 'run.db');
    const whole = readFileSync(file);
    let noticed = 0;
    const flips = 60;
    for (let flip = 0; flip < flips; flip += 1) {
      const bytes = Buffer.from(whole);
      const payload = `PAYLOAD-${flip % 50}-`;
      // A page that was split keeps an old copy of its rows in free space, which nobody reads: the bit is flipped in every copy.
      for (let at = whole.indexOf(payload); at >= 0; at = whole.indexOf(payload, at + 1)) bytes[at + 4 + ((flip * 37) % 180)]! ^= 1 << flip % 8;
      writeFileSync(file, bytes);
      const outcome = codeOf(() => {
        const opened = open();
        try {
          opened.verify();
        } finally {
          opened.close();
        }
      });
      if (outcome !== 'no error') noticed += 1;
    }
    expect(noticed).toBe(flips);
  });

  test.prop([fc.array(fc.oneof(fc.record({ kind: fc.constant('ack' as const), id: fc.integer({ min: 1, max: 20 }) }), fc.record({ kind: fc.constant('settle' as const), id: fc.integer({ min: 1, max: 20 }) }), fc.record({ kind: fc.constant('reopen' as const), id: fc.constant(0) })), { maxLength: 40 })], { numRuns: 15 })('agrees with two sets, however often it is opened again', (operations) => {
    const file = `run-${Math.trunc(performance.now() * 1000)}.db`;
    let run = open(file);
    const [acknowledged, settled] = [new Set<number>(), new Set<number>()];
    for (const { kind, id } of operations) {
      if (kind === 'reopen') {
        run.close();
        run = open(file);
      } else if (kind === 'ack') {
        run.transact(() => run.acknowledgeInputs([{ id, node: 'a', operation: 'op', value: id, atMs: 0 }]));
        acknowledged.add(id);
      } else if (acknowledged.has(id)) {
        run.transact(() => run.settleInput({ id, attempts: 1, ok: true, output: null }, false));
        settled.add(id);
      }
    }
    expect(run.state.counts()).toMatchObject({ inputs: acknowledged.size, handled: settled.size });
    run.verify();
    run.close();
  });
});
