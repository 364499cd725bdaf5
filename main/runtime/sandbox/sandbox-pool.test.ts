import { describe, expect, it } from 'vitest';
import type { Json } from '../../../shared/json/json';
import type { Program, ProgramAgent } from '../../../shared/program/program';
import type { Guest, GuestTurn } from '../../behaviours/guest';
import { LIMITS, type Limits } from './limits';
import { SandboxPool } from './sandbox-pool';

const agent: ProgramAgent = {
  kind: 'agent',
  id: 'desk',
  host: 'main',
  restart: 'permanent',
  shutdown: 5000,
  significant: false,
  provides: ['Desk'],
  requires: { out: 'Port' },
  mailbox: 1000,
  behaviour: { type: 'code', file: 'handlers/desk.ts', module: 'desk', instance: 'sandbox-1', hasInit: true, hasTerminate: true },
};
const operation = (kind: 'call' | 'cast') => ({ kind, input: {}, output: {}, errors: [], idempotent: false });
const programWith = (code: string): Program => ({
  format: 'prismatic-program/1',
  hash: 'sha256:test',
  name: 'test',
  root: 'root',
  nodes: { desk: agent },
  protocols: { Port: { operations: { ask: operation('call'), put: operation('cast') } } },
  wires: [{ from: { node: 'desk', port: 'out' }, to: 'sink', protocol: 'Port', guards: [] }],
  modules: { desk: { file: 'handlers/desk.ts', code } },
  hosts: [],
  files: [],
});

async function guestOf(body: string, options: { readonly limits?: Limits; readonly extra?: string; readonly seed?: number } = {}): Promise<Guest> {
  const pool = await SandboxPool.prepare(['sandbox-1'], options.limits ?? LIMITS);
  const code = `({ ${options.extra ?? ''} Desk: { async run(input, self) { ${body} } } })`;
  const guest = pool.create({ program: programWith(code), agent, seed: options.seed ?? 1, name: 'desk', incarnation: 1, onLost: () => undefined });
  if ('loadFailed' in guest) throw new Error(guest.loadFailed);
  return guest;
}
const run = (guest: Guest, input: Json = null): GuestTurn => guest.handle(1000, { protocol: 'Desk', operation: 'run', input });

describe('an honest handler', () => {
  it('answers with data', async () => {
    expect(run(await guestOf('return { twice: input.n * 2 };'), { n: 21 }).outcome).toEqual({ status: 'returned', value: { twice: 42 } });
  });

  it('keeps its state between messages', async () => {
    const guest = await guestOf('self.state.n = (self.state.n ?? 0) + 1; return self.state.n;');
    expect([1, 2, 3].map(() => run(guest).outcome)).toEqual([1, 2, 3].map((value) => ({ status: 'returned', value })));
  });

  it('waits for a call and goes on with the answer', async () => {
    const guest = await guestOf("const a = await self.use.out.ask({ q: 1 }); return a.text + '!';");
    const asked = run(guest);
    expect(asked).toEqual({ ops: [{ kind: 'call', request: 1, port: 'out', operation: 'ask', input: { q: 1 } }], outcome: { status: 'waiting' } });
    expect(guest.resume(1001, 1, { ok: true, output: { text: 'yes' } }).outcome).toEqual({ status: 'returned', value: 'yes!' });
  });

  it('catches a failed call by its code', async () => {
    const guest = await guestOf('try { await self.use.out.ask(1); } catch (e) { return [e.code, e.message, e.node]; }');
    run(guest);
    const error = { code: 'timeout', message: 'late', node: 'sink' };
    expect(guest.resume(1001, 1, { ok: false, error }).outcome).toEqual({ status: 'returned', value: ['timeout', 'late', 'sink'] });
  });

  it('crashes where it does not catch one', async () => {
    const guest = await guestOf('await self.use.out.ask(1);');
    run(guest);
    expect(guest.resume(1001, 1, { ok: false, error: { code: 'noproc', message: 'nobody' } }).outcome).toMatchObject({ status: 'crashed', reason: expect.stringContaining('CallError: nobody') as string });
  });

  it('crashes by a failed call that it did not wait for', async () => {
    const guest = await guestOf('self.use.out.ask(1); await self.use.out.ask(2);');
    run(guest);
    expect(guest.resume(1001, 1, { ok: false, error: { code: 'noproc', message: 'nobody' } }).outcome.status).toBe('crashed');
  });

  it.each([
    ['await self.use.out.put(1);', true, 'waiting'],
    ['self.use.out.put(1);', false, 'returned'],
    ['self.use.out.put(1).catch(() => 0);', true, 'returned'],
  ])('%s is awaited: %s', async (body, awaited, status) => {
    const turn = run(await guestOf(body));
    expect(turn.ops).toEqual([{ kind: 'cast', request: 1, port: 'out', operation: 'put', input: 1, awaited }]);
    expect(turn.outcome.status).toBe(status);
  });

  it('answers its caller with a declared error only if it throws it', async () => {
    expect(run(await guestOf("throw self.error('NotFound', { id: 7 });")).outcome).toMatchObject({ status: 'error', name: 'NotFound', data: { id: 7 } });
    expect(run(await guestOf("self.error('NotFound'); return 1;")).outcome).toEqual({ status: 'returned', value: 1 });
  });

  it('names file, line and column of a throw', async () => {
    const guest = await guestOf("\nnull.x;");
    expect(run(guest).outcome).toEqual({ status: 'crashed', reason: expect.stringMatching(/^crash: TypeError: .*\(handlers\/desk\.ts:2:\d+\)$/) as string });
  });

  it('has timers, a log, a stop, a clock and a seeded random', async () => {
    const guest = await guestOf("const t = self.after(50, 'run', { n: 1 }); self.cancel(t); self.log.warn('hm'); self.stop('done'); return [self.now(), Date.now(), self.random() < 1, self.id, self.name, self.incarnation];");
    const turn = run(guest);
    expect(turn.ops).toEqual([
      { kind: 'after', timer: 1, ms: 50, operation: 'run', input: { n: 1 } },
      { kind: 'cancel', timer: 1 },
      { kind: 'log', level: 'warn', text: 'hm' },
      { kind: 'stop', reason: 'done' },
    ]);
    expect(turn.outcome).toEqual({ status: 'returned', value: [1000, 1000, true, 'desk', 'desk', 1] });
  });

  it('draws the same random numbers from the same seed and others from another', async () => {
    const draw = async (seed: number): Promise<unknown> => run(await guestOf('return [self.random(), Math.random()];', { seed })).outcome;
    expect(await draw(5)).toEqual(await draw(5));
    expect(await draw(5)).not.toEqual(await draw(6));
  });

  it('that awaits what can never happen has crashed', async () => {
    expect(run(await guestOf('await new Promise(() => {});')).outcome).toMatchObject({ status: 'crashed', reason: expect.stringContaining('never happen') as string });
  });

  it('runs init and terminate where it has them', async () => {
    const guest = await guestOf('return self.state;', { extra: 'init(self, args) { self.state = { args }; }, terminate(reason, self) { self.log.info(reason); },' });
    expect(guest.init(1, { a: 1 }).outcome).toEqual({ status: 'returned', value: null });
    expect(run(guest).outcome).toEqual({ status: 'returned', value: { args: { a: 1 } } });
    expect(guest.terminate(2, 'shutdown').ops).toEqual([{ kind: 'log', level: 'info', text: 'shutdown' }]);
  });
});

describe('the bounds of a guest', () => {
  it.each([
    ['an endless loop', 'for (;;);', 'fuel'],
    ['endless promises', 'for (;;) await null;', 'fuel'],
    ['work that goes on after the end', '(async () => { for (;;) await null; })(); return 1;', 'fuel'],
    ['an array without end', 'const a = []; for (;;) a.push(new Array(1000).fill(1.5));', 'memory'],
    ['recursion without end', 'const f = () => f() + 1; return f();', 'fault'],
  ])('%s: the instance is thrown away (%s)', async (_, body, reason) => {
    expect(run(await guestOf(body)).outcome).toEqual({ status: 'faulted', reason });
  });

  it('an endless loop is not stopped by fuel where fuel is switched off (control)', async () => {
    const body = 'for (let i = 0; i < 3e7; i++); return 1;';
    expect(run(await guestOf(body)).outcome).toEqual({ status: 'faulted', reason: 'fuel' });
    expect(run(await guestOf(body, { limits: { ...LIMITS, fuel: 1e9 } })).outcome).toEqual({ status: 'returned', value: 1 });
  });

  it('memory beyond 32 MiB is to be had where the cap is lifted (control)', async () => {
    const body = 'const b = new Uint8Array(60e6); b.fill(1); return b.length;';
    expect(run(await guestOf(body)).outcome.status).not.toBe('returned');
    expect(run(await guestOf(body, { limits: { ...LIMITS, memoryPages: 2048 } })).outcome).toEqual({ status: 'returned', value: 60e6 });
  });

  it('at most 1,000 operations a message pass the door', async () => {
    const turn = run(await guestOf('let n = 0; for (let i = 0; i < 5000; i++) { try { self.use.out.put(i); n++; } catch {} } return n;'));
    expect(turn.outcome).toEqual({ status: 'returned', value: 1000 });
    expect(turn.ops).toHaveLength(1000);
  });

  it.each([
    ['a port that is not wired', "self.use.secret.put(1);"],
    ['an operation that the protocol has not', "self.use.out.steal(1);"],
    ['a value over 1 MB', "await self.use.out.put('x'.repeat(1 << 20));"],
    ['a key that reaches a prototype', "await self.use.out.put(JSON.parse('{\"__proto__\": {\"x\": 1}}'));"],
    ['the same key, escaped', "await self.use.out.put({ [String.fromCharCode(95) + '_proto_' + '_']: 1 });"],
    ['a value without end', 'const a = {}; a.a = a; await self.use.out.put(a);'],
  ])('%s is refused', async (_, body) => {
    const turn = run(await guestOf(body));
    expect(turn.outcome.status).toBe('crashed');
    expect(turn.ops).toEqual([]);
  });

  it('those who share an instance with a culprit are told, once', async () => {
    const pool = await SandboxPool.prepare(['sandbox-1']);
    const program = programWith('({ Desk: { run(input) { if (input === "bad") for (;;); return 1; } } })');
    const lost: string[] = [];
    const [bad, good] = ['bad', 'good'].map((name) => pool.create({ program, agent, seed: 1, name, incarnation: 1, onLost: () => lost.push(name) })) as [Guest, Guest];
    expect(run(good).outcome).toEqual({ status: 'returned', value: 1 });
    expect(run(bad, 'bad').outcome).toEqual({ status: 'faulted', reason: 'fuel' });
    expect(lost).toEqual(['good']);
    await pool.refill();
    const again = pool.create({ program, agent, seed: 1, name: 'bad', incarnation: 2, onLost: () => undefined }) as Guest;
    expect(run(again).outcome).toEqual({ status: 'returned', value: 1 });
  });

  it('a healthy instance serves one incarnation after the other', async () => {
    const pool = await SandboxPool.prepare(['sandbox-1']);
    const program = programWith("({ Desk: { run() { throw new Error('boom'); } } })");
    for (let incarnation = 1; incarnation <= 50; incarnation += 1) {
      const guest = pool.create({ program, agent, seed: 1, name: 'desk', incarnation, onLost: () => expect.unreachable() }) as Guest;
      expect(run(guest).outcome.status).toBe('crashed');
      guest.dispose();
    }
    expect(pool.needsRefill).toBe(false);
  });

  it('a file that throws while it is loaded says where', async () => {
    const pool = await SandboxPool.prepare(['sandbox-1']);
    const created = pool.create({ program: programWith("(() => { throw new Error('at load'); })()"), agent, seed: 1, name: 'desk', incarnation: 1, onLost: () => undefined });
    expect(created).toEqual({ loadFailed: expect.stringContaining('crash: Error: at load') as string });
  });
});
