/** The engine with threads that stand in for real ones, on a clock of the test's own: what becomes of the spare. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FromEngine, ToEngine } from '../../shared/run/engine-protocol';
import type { Program } from '../../shared/program/program';
import { EngineRun } from './engine-run';
import { LONGEST_QUIET_MS, QUIET_MS } from './spare-host';
import { StandInWorker } from './testing/stand-in-worker';

vi.mock('node:worker_threads', async (original) => ({ ...(await original<object>()), Worker: (await import('./testing/stand-in-worker')).StandInWorker }));
vi.mock('node:os', async (original) => ({ ...(await original<object>()), loadavg: () => [0, 0, 0] }));

const programOf = (hosts: readonly string[]): Program => ({
  format: 'prismatic-program/1', hash: 'sha256:test', name: 'test', root: 'root', nodes: {}, protocols: {}, wires: [], modules: {}, files: [],
  hosts: hosts.map((id) => ({ id, instances: id === 'far' ? ['one'] : [] })),
});
type Start = Extract<ToEngine, { type: 'start' }>;
const HOSTS = ['control', 'main', 'far'] as const;

let said: FromEngine[];
let engine: EngineRun;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'setTimeout', 'clearInterval', 'clearTimeout', 'hrtime'] });
  StandInWorker.all = [];
  StandInWorker.isLively = true;
  said = [];
});
afterEach(() => vi.useRealTimers());

const start = async (hosts: readonly string[] = HOSTS): Promise<void> => {
  const options: Start = { type: 'start', program: programOf(hosts), seed: 1, engineLife: 1, epochMs: 0, elapsedMs: 0, trace: false, nativeHandlers: false };
  engine = new EngineRun(options, (message) => said.push(message));
  await vi.advanceTimersByTimeAsync(0);
};
const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
const threads = (): readonly StandInWorker[] => StandInWorker.all;
const threadOf = (host: string): StandInWorker => threads().findLast(({ birth }) => birth?.host === host)!;
/** A thread that is no host. */
const spares = (): readonly StandInWorker[] => threads().filter(({ birth, terminated }) => birth === undefined && terminated === 0);
const lost = (): readonly FromEngine[] => said.filter(({ type }) => type === 'hostLost');
const kill = async (host: string): Promise<void> => {
  const thread = threadOf(host);
  engine.receive({ type: 'operator', command: { action: 'killHost', host } });
  thread.emit('exit', 1);
  await pass(0);
};
const startWithSpare = async (): Promise<StandInWorker> => {
  await start();
  await pass(2 * QUIET_MS);
  spares()[0]!.say({ type: 'warm' });
  return spares()[0]!;
};

describe('a spare host', () => {
  it('is made once the run has been quiet for a while, with sandboxes for the isolated host that has most', async () => {
    await start();
    await pass(QUIET_MS - 100);
    expect(spares()).toEqual([]);
    await pass(200);
    expect(spares()).toHaveLength(1);
    expect(spares()[0]!.workerData.sandboxes).toBe(2);
    expect(engine.hasSpare).toBe(false);
    spares()[0]!.say({ type: 'warm' });
    expect(engine.hasSpare).toBe(true);
    await pass(10_000);
    expect(threads()).toHaveLength(HOSTS.length + 1);
  });

  it('is not made where no host is isolated', async () => {
    await start(['control', 'main']);
    await pass(60_000);
    expect(threads()).toHaveLength(2);
  });

  it.each(['far', 'main'])('becomes %s when that is lost, at once and with its next life; the loss is told as ever', async (host) => {
    const spare = await startWithSpare();
    const before = threads().length;
    await kill(host);
    expect(spare.birth).toMatchObject({ host, life: 2 });
    expect(threads()).toHaveLength(before);
    expect(said.slice(-2)).toEqual([{ type: 'hostLost', host, life: 1, reason: 'killed' }, { type: 'hostStarted', host, life: 2 }]);
    expect(threadOf('control').told.filter(({ type }) => type === 'down' || type === 'up').slice(-2)).toEqual([{ type: 'down', host, life: 1, reason: 'killed' }, { type: 'up', host, life: 2 }]);
  });

  it('is used only when the thread of the lost life has ended', async () => {
    const spare = await startWithSpare();
    engine.receive({ type: 'operator', command: { action: 'killHost', host: 'far' } });
    await pass(1000);
    expect(spare.birth).toBeUndefined();
    threadOf('far').emit('exit', 1);
    expect(spare.birth).toMatchObject({ host: 'far' });
  });

  it('is followed by another, after a quiet time again; a host lost before that begins cold', async () => {
    await startWithSpare();
    await kill('far');
    expect(spares()).toEqual([]);
    await kill('far');
    expect(threadOf('far').workerData.sandboxes).toBe(0);
    expect(threadOf('far').birth).toMatchObject({ life: 3 });
    await pass(2 * QUIET_MS);
    expect(spares()).toHaveLength(1);
  });

  it('that is not warm yet is left alone: the lost host begins cold', async () => {
    await start();
    await pass(2 * QUIET_MS);
    const spare = spares()[0]!;
    await kill('far');
    expect(spare.birth).toBeUndefined();
    expect(threadOf('far').birth).toMatchObject({ life: 2 });
  });

  it('is never judged: it is asked nothing and may be silent for an hour', async () => {
    const spare = await startWithSpare();
    await pass(3_600_000);
    expect(spare.posted).toEqual([]);
    expect(spare.terminated).toBe(0);
    expect(engine.hasSpare).toBe(true);
  });

  it('that ends by itself is no loss, and each that follows it waits twice as long, a minute at most', async () => {
    await start();
    const waits: number[] = [];
    for (let failure = 0; failure < 10; failure += 1) {
      const before = threads().length;
      let waitedMs = 0;
      for (; threads().length === before; waitedMs += 50) await pass(50);
      waits.push(waitedMs);
      StandInWorker.last.emit('error', new Error('boom'));
      StandInWorker.last.emit('exit', 1);
    }
    expect(waits.slice(1, 4)).toEqual([2 * QUIET_MS, 4 * QUIET_MS, 8 * QUIET_MS]);
    expect(waits.at(-1)).toBe(LONGEST_QUIET_MS);
    expect(lost()).toEqual([]);
    expect(engine.hasSpare).toBe(false);
  });

  it('ends with an ordered stop, and no other is made', async () => {
    const spare = await startWithSpare();
    engine.receive({ type: 'stop' });
    expect(spare.terminated).toBe(1);
    expect(engine.hasSpare).toBe(false);
    spare.emit('exit', 1);
    await pass(60_000);
    expect(spares()).toEqual([]);
    expect(lost()).toEqual([]);
  });

  it('has the program of the last edit, before it is anybody', async () => {
    const spare = await startWithSpare();
    const program = { ...programOf(HOSTS), hash: 'sha256:next' };
    engine.receive({ type: 'apply', token: 1, program, replace: [] });
    expect(spare.told).toEqual([{ type: 'input', input: { type: 'program', program } }]);
  });
});
