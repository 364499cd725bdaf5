/** The engine as it ships: a child process under its flags, driven over its one channel. Needs the build (`npm test` makes it). */
import { fork, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import type { FromEngine, ToEngine } from '../../shared/run/engine-protocol';
import type { Program, ProgramAgent, ProgramNode, ProgramSupervisor } from '../../shared/program/program';
import { TROUBLE } from './testing/trouble';

const engineFolder = fileURLToPath(new URL('../../dist/engine/', import.meta.url));
const FLAGS = ['--permission', '--allow-worker', `--allow-fs-read=${engineFolder}*`, '--no-addons', '--no-experimental-sqlite', '--disallow-code-generation-from-strings', '--disable-proto=throw', '--no-warnings'];

const base = { restart: 'permanent', significant: false } as const;
const supervisor = (id: string, children: readonly string[], parent?: string): ProgramSupervisor => ({
  ...base, kind: 'supervisor', id, host: 'control', shutdown: 'infinity', strategy: 'one_for_one', maxRestarts: 10, maxSeconds: 5, autoShutdown: 'never', children, ...(parent === undefined ? {} : { parent }),
});
const agent = (id: string, host: string): ProgramAgent => ({
  ...base, kind: 'agent', id, host, shutdown: 1000, parent: 'root', provides: ['Work'], requires: {}, mailbox: 1000,
  behaviour: { type: 'code', file: 'handlers/work.ts', module: 'work', instance: `sandbox-${id}`, hasInit: false, hasTerminate: false },
});
const CODE = `({ Work: ${TROUBLE} })`;

function programOf(agents: readonly ProgramAgent[]): Program {
  const nodes: readonly ProgramNode[] = [supervisor('root', agents.map(({ id }) => id)), ...agents];
  const hosts = ['control', 'main', ...agents.map(({ host }) => host).filter((host) => host !== 'main')];
  return {
    format: 'prismatic-program/1', hash: 'sha256:test', name: 'test', root: 'root',
    nodes: Object.fromEntries(nodes.map((node) => [node.id, node])),
    protocols: { Work: { operations: { run: { kind: 'call', input: {}, output: {}, errors: [], idempotent: false } } } },
    wires: [], modules: { work: { file: 'handlers/work.ts', code: CODE } },
    hosts: hosts.map((id) => ({ id, instances: agents.filter(({ host }) => host === id).map((one) => `sandbox-${one.id}`) })),
    files: [],
  };
}

class TestEngine {
  readonly #child: ChildProcess;
  readonly messages: FromEngine[] = [];
  readonly #waiters = new Set<() => void>();
  #nextId = 1;

  constructor(program: Program) {
    this.#child = fork(`${engineFolder}engine.js`, { execArgv: FLAGS, env: { TZ: 'UTC' }, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    this.#child.on('message', (message: FromEngine) => {
      this.messages.push(message);
      for (const wake of this.#waiters) wake();
    });
    this.send({ type: 'start', program, seed: 1, engineLife: 1, epochMs: 0, elapsedMs: 0, trace: false, nativeHandlers: false });
  }

  send(message: ToEngine): void {
    this.#child.send(message);
  }

  get pid(): number {
    return this.#child.pid!;
  }

  /** The first message that fits, from now on or before. */
  async until<T extends FromEngine['type']>(type: T, fits: (message: Extract<FromEngine, { type: T }>) => boolean = () => true): Promise<Extract<FromEngine, { type: T }>> {
    for (;;) {
      const found = this.messages.find((message): message is Extract<FromEngine, { type: T }> => message.type === type && fits(message as Extract<FromEngine, { type: T }>));
      if (found) return found;
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          this.#waiters.delete(wake);
          resolve();
        };
        this.#waiters.add(wake);
      });
    }
  }

  async ask(node: string, what: string): Promise<Extract<FromEngine, { type: 'settled' }>['settlement']> {
    const id = this.#nextId++;
    this.send({ type: 'input', input: { id, node, protocol: 'Work', operation: 'run', value: { do: what } } });
    return (await this.until('settled', ({ settlement }) => settlement.id === id)).settlement;
  }

  records(type: string): readonly Record<string, unknown>[] {
    return this.messages.flatMap((message) => (message.type === 'chunk' ? message.chunk.text.split('\n').map((line) => JSON.parse(line) as Record<string, unknown>) : [])).filter((record) => record['type'] === type);
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }
}

let engine: TestEngine | undefined;
afterEach(() => engine?.kill());

/** Threads of a process; 0 where the system does not list them. */
const threadsOf = (pid: number): number => (existsSync(`/proc/${pid}/task`) ? readdirSync(`/proc/${pid}/task`).length : 0);

const start = async (agents: readonly ProgramAgent[]): Promise<TestEngine> => {
  engine = new TestEngine(programOf(agents));
  await engine.until('rootStarted');
  return engine;
};

describe('the engine process', () => {
  it('starts the tree, answers, says that it is idle, and stops in order', async () => {
    const running = await start([agent('one', 'main'), agent('two', 'two')]);
    expect(await running.ask('one', 'work')).toMatchObject({ ok: true, output: { count: 1, incarnation: 1 } });
    expect(await running.ask('two', 'work')).toMatchObject({ ok: true, output: { count: 1, incarnation: 1 } });
    running.send({ type: 'probe', token: 7 });
    expect(await running.until('probed')).toMatchObject({ token: 7, idle: true });
    running.send({ type: 'stop' });
    expect(await running.until('rootExited')).toMatchObject({ reason: 'shutdown' });
    // Chunks of two hosts come in either order; the clock is the same.
    const exits = running.records('process.exited');
    const times = ['two', 'one', 'root'].map((id) => Number(exits.find(({ node }) => node === id)!.atMs));
    expect(exits).toHaveLength(3);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  it.each([
    ['throw', 'crash: Error: boom'],
    ['loop', 'fuel'],
    ['memory', 'memory'],
  ])('restarts an agent after %s, and its neighbours keep their state', async (what, reason) => {
    const running = await start([agent('bad', 'main'), agent('good', 'main')]);
    await running.ask('good', 'work');
    expect(await running.ask('bad', what)).toMatchObject({ ok: false, error: { code: 'callee_exit' } });
    expect(await running.ask('good', 'work')).toMatchObject({ ok: true, output: { count: 2, incarnation: 1 } });
    await running.until('chunk', ({ chunk }) => chunk.text.includes('"node":"bad"') && chunk.text.includes('"incarnation":2'));
    expect(await running.ask('bad', 'work')).toMatchObject({ ok: true, output: { count: 1, incarnation: 2 } });
    expect(running.records('process.exited')).toEqual([expect.objectContaining({ node: 'bad', reason: expect.stringContaining(reason) as string })]);
    expect(running.messages.some(({ type }) => type === 'hostLost')).toBe(false);
  });

  it('ends a host that hangs where fuel cannot stop it, and brings it back; other hosts never notice', async () => {
    const running = await start([agent('bad', 'bad'), agent('good', 'main')]);
    await running.ask('good', 'work');
    expect(await running.ask('bad', 'hang')).toMatchObject({ ok: false, error: { code: 'noconnection' } });
    expect(await running.until('hostLost')).toMatchObject({ host: 'bad', life: 1, reason: 'heartbeat' });
    await running.until('hostStarted', ({ host, life }) => host === 'bad' && life === 2);
    await running.until('chunk', ({ chunk }) => chunk.host === 'bad' && chunk.life === 2 && chunk.text.includes('process.started'));
    expect(await running.ask('bad', 'work')).toMatchObject({ ok: true, output: { count: 1, incarnation: 2 } });
    expect(await running.ask('good', 'work')).toMatchObject({ ok: true, output: { count: 2, incarnation: 1 } });
  });

  it('loses no host when everything is stopped for longer than the watchdog waits', async () => {
    const running = await start([agent('one', 'main'), agent('two', 'two')]);
    await running.ask('two', 'work');
    process.kill(running.pid, 'SIGSTOP');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    process.kill(running.pid, 'SIGCONT');
    expect(await running.ask('two', 'work')).toMatchObject({ ok: true, output: { count: 2, incarnation: 1 } });
    const beats = running.messages.filter(({ type }) => type === 'heartbeat').length;
    await running.until('heartbeat', () => running.messages.filter(({ type }) => type === 'heartbeat').length >= beats + 4);
    expect(running.messages.some(({ type }) => type === 'hostLost')).toBe(false);
  });

  it('counts a host loss once, however many children it took', async () => {
    const running = await start([agent('one', 'main'), agent('two', 'main'), agent('three', 'main')]);
    running.send({ type: 'operator', command: { action: 'killHost', host: 'main' } });
    await running.until('chunk', ({ chunk }) => chunk.host === 'main' && chunk.life === 2 && chunk.text.includes('"three"'));
    running.send({ type: 'probe', token: 1 });
    await running.until('probed');
    expect(running.records('supervisor.restarting')).toEqual([expect.objectContaining({ node: 'root', scope: ['one', 'two', 'three'], count: 1 })]);
    for (const node of ['one', 'two', 'three']) await running.until('chunk', ({ chunk }) => chunk.text.includes(`"node":"${node}"`) && chunk.text.includes('"incarnation":2'));
    for (const node of ['one', 'two', 'three']) expect(await running.ask(node, 'work')).toMatchObject({ ok: true, output: { incarnation: 2 } });
  });

  it('replaces a lost host by the spare thread, which has started nothing before, and makes another', async () => {
    const running = await start([agent('one', 'one'), agent('two', 'two')]);
    const warmed = async (after: number): Promise<number> => {
      await running.until('heartbeat', (beat) => beat.hasSpare && running.messages.indexOf(beat) >= after);
      return threadsOf(running.pid);
    };
    const threads = await warmed(0);
    await running.ask('one', 'work');
    for (const life of [2, 3]) {
      const before = running.messages.length;
      running.send({ type: 'operator', command: { action: 'killHost', host: 'one' } });
      await running.until('hostStarted', (started) => started.host === 'one' && started.life === life);
      await running.until('chunk', ({ chunk }) => chunk.host === 'one' && chunk.life === life && chunk.text.includes('process.started'));
      expect(await running.ask('one', 'work')).toMatchObject({ ok: true, output: { count: 1, incarnation: life } });
      // As many as before: the spare has become the host, and one has been made in its place.
      expect(await warmed(before + 1)).toBe(threads);
    }
    expect(await running.ask('two', 'work')).toMatchObject({ ok: true, output: { count: 1, incarnation: 1 } });
    expect(running.messages.filter(({ type }) => type === 'hostLost')).toEqual([expect.objectContaining({ host: 'one', life: 1, reason: 'killed' }), expect.objectContaining({ host: 'one', life: 2, reason: 'killed' })]);
    expect(running.records('host.started').filter(({ life }) => life === 1)).toHaveLength(4);
    expect(running.records('supervisor.restarting')).toHaveLength(2);
  });

  it('stops in order with a spare there, and without its having been anybody', async () => {
    const running = await start([agent('one', 'one')]);
    await running.until('heartbeat', ({ hasSpare }) => hasSpare);
    running.send({ type: 'stop' });
    expect(await running.until('rootExited')).toMatchObject({ reason: 'shutdown' });
    await running.until('heartbeat', (beat) => !beat.hasSpare && running.messages.indexOf(beat) > running.messages.findIndex(({ type }) => type === 'rootExited'));
    expect(running.messages.some(({ type }) => type === 'hostLost')).toBe(false);
  });
});
