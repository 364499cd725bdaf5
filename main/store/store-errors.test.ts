/** Every code of the store is provoked, by what really goes wrong with a file, a disk, a lock or a thread. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { storeCatalog } from '../../shared/errors/catalog-store';
import type { AppError } from '../../shared/errors/result';
import type { JournalHeader } from '../../shared/journal/record';
import type { SqliteDriver } from './driver';
import { nodeSqlite } from './driver-node-sqlite';
import { RunDatabase } from './run-database';
import { openRunStore } from './store-client';
import { toAppError } from './store-error';
import type { StoreAnswer, StoreCommand } from './store-protocol';
import { StoreService } from './store-service';

const header: JournalHeader = { format: 'prismatic-journal/1', program: 'sha256:x', world: 'real', seed: 1, scenario: null };
const input = { id: 1, node: 'desk', operation: 'classify', value: 'PAYLOAD', atMs: 1 };
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'prismatic-store-errors-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The service as its thread runs it: commands in, one answer each. */
class Served {
  readonly #waiting = new Map<number, (answer: StoreAnswer) => void>();
  readonly #service: StoreService;
  #next = 1;
  constructor(driver: SqliteDriver) {
    this.#service = new StoreService(driver, (answer) => this.#waiting.get(answer.id)!(answer));
  }
  ask(command: StoreCommand): Promise<StoreAnswer> {
    const id = this.#next++;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#service.receive({ id, command });
    });
  }
  async errorOf(command: StoreCommand): Promise<AppError> {
    const answer = await this.ask(command);
    if (answer.ok) throw new Error(`${command.kind} did not fail`);
    return answer.error;
  }
}

const file = (): string => join(folder, 'run.db');
const open = (more: { readonly file?: string; readonly onlyIfUnended?: boolean } = {}): StoreCommand => ({ kind: 'open', run: { file: file(), header, ...more } });

async function writeRun(more: readonly StoreCommand[] = []): Promise<void> {
  const service = new Served(nodeSqlite);
  for (const command of [open(), { kind: 'acknowledgeInputs', inputs: [input] }, ...more, { kind: 'close' }] satisfies readonly StoreCommand[]) expect(await service.ask(command)).toMatchObject({ ok: true });
}

function alter(sql: string): void {
  const connection = nodeSqlite.open(file(), 'write');
  connection.exec(`PRAGMA journal_mode = DELETE; ${sql}`);
  connection.close();
}

/** A driver that does the same, and one thing more with each connection that writes. */
const driverWith = (change: (connection: ReturnType<SqliteDriver['open']>) => ReturnType<SqliteDriver['open']>): SqliteDriver => ({
  name: 'node:sqlite',
  open: (path, mode) => (mode === 'write' ? change(nodeSqlite.open(path, mode)) : nodeSqlite.open(path, mode)),
});

const openError = (driver = nodeSqlite, more: Parameters<typeof open>[0] = {}): Promise<AppError> => new Served(driver).errorOf(open(more));

const cases: Readonly<Record<keyof typeof storeCatalog, { readonly says: RegExp; readonly provoke: () => Promise<AppError> }>> = {
  STO001: {
    says: /run\.db is damaged: row 2 is not what was written\. It was left as it is/,
    provoke: async () => {
      await writeRun();
      const bytes = readFileSync(file());
      for (let at = bytes.indexOf('PAYLOAD'); at >= 0; at = bytes.indexOf('PAYLOAD', at + 1)) bytes[at] = 'Q'.charCodeAt(0);
      writeFileSync(file(), bytes);
      return openError();
    },
  },
  STO002: {
    says: /run\.db has version 99; this program knows versions up to 1/,
    provoke: async () => {
      await writeRun();
      alter('PRAGMA user_version = 99');
      return openError();
    },
  },
  STO003: {
    says: new RegExp(`run\\.db is held by process ${process.ppid}`),
    provoke: async () => {
      await writeRun();
      writeFileSync(`${file()}.lock`, JSON.stringify({ pid: process.ppid, startedAt: '' }));
      return openError();
    },
  },
  STO004: {
    says: /no room is left on the disk for .*run\.db/,
    provoke: async () => {
      // SQLite's own bound on a file's pages stands for the end of the disk: the same failure, from the same place.
      const service = new Served(driverWith((connection) => {
        connection.exec('PRAGMA max_page_count = 20');
        return connection;
      }));
      expect(await service.ask(open())).toMatchObject({ ok: true });
      return service.errorOf({ kind: 'acknowledgeInputs', inputs: [{ ...input, value: 'x'.repeat(200_000) }] });
    },
  },
  STO005: {
    says: /file.run\.db can't be used: (ENOTDIR|EEXIST)/,
    provoke: async () => {
      writeFileSync(join(folder, 'file'), '');
      return openError(nodeSqlite, { file: join(folder, 'file/run.db') });
    },
  },
  STO006: {
    says: /run\.db is no run file of Prismatic Studio/,
    provoke: async () => {
      alter('CREATE TABLE bookmark (url TEXT)');
      return openError();
    },
  },
  STO007: {
    says: /SQLite 3\.40\.1 is older than 3\.51\.3/,
    provoke: () =>
      openError(driverWith((connection) => ({
        ...connection,
        prepare: (sql) => (sql.includes('sqlite_version') ? { ...connection.prepare(sql), get: () => ({ version: '3.40.1' }) } : connection.prepare(sql)),
      }))),
  },
  STO008: {
    says: /the store's thread ended/,
    provoke: async () => {
      const worker = join(folder, 'worker.mjs');
      writeFileSync(worker, "import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => process.exit(1));");
      const opened = await openRunStore({ file: file(), header }, worker);
      if (opened.ok) throw new Error('it did not fail');
      return opened.error;
    },
  },
  STO009: {
    says: /a chunk of main#1 begins with record 5 where 1 is next/,
    provoke: async () => {
      const service = new Served(nodeSqlite);
      await service.ask(open());
      return service.errorOf({ kind: 'appendChunk', chunk: { host: 'main', life: 1, first: 5, last: 5, text: '{}' } });
    },
  },
  STO010: {
    says: /the run .*run\.db has ended/,
    provoke: async () => {
      await writeRun([{ kind: 'end', reason: 'drained', atMs: 2 }]);
      return openError(nodeSqlite, { onlyIfUnended: true });
    },
  },
};

describe('the store', () => {
  it.each(Object.entries(cases))('says %s, with the file and a way out', async (code, { says, provoke }) => {
    const error = await provoke();
    expect(error).toMatchObject({ code, message: expect.stringMatching(says) as unknown });
    expect(error.fix).toMatch(/^[A-Z].{10,}\.$/);
  });

  it('tells a file that is no database at all as damaged, and leaves it', async () => {
    const bytes = Buffer.from('this is no database, and long enough to be looked at as one'.repeat(20));
    writeFileSync(file(), bytes);
    expect(await openError()).toMatchObject({ code: 'STO001' });
    expect(readFileSync(file()).equals(bytes)).toBe(true);
  });

  it('answers a bug with its words and not with a stack', () => {
    expect(toAppError(new TypeError('x is not a function'), file())).toMatchObject({ code: 'STO005', message: expect.stringContaining('x is not a function') as unknown });
  });

  it('goes on after a refusal: what was acknowledged before is there', async () => {
    await writeRun();
    const database = RunDatabase.open({ file: file(), driver: nodeSqlite, header });
    expect(database.state.counts().inputs).toBe(1);
    database.close();
  });
});
