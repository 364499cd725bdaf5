import { describe, expect, it } from 'vitest';
import type { Guest } from '../../behaviours/guest';
import { guestOf as guestOfWorld, guestOf, native, run, sandbox, type Body } from './testing/test-guest';

describe.each([['the sandbox', sandbox], ['plain V8', native]] as const)('an honest handler in %s', (_, world) => {
  const guestOf = (body: string, options?: Body): Promise<Guest> => guestOfWorld(body, options, world);

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

  it('may wait later for a cast that it has sent before', async () => {
    const guest = await guestOf('const sent = self.use.out.put(1); await self.use.out.ask(2); return await sent;');
    expect(run(guest).outcome).toEqual({ status: 'waiting' });
    expect(guest.resume(1001, 2, { ok: true, output: 0 }).outcome).toEqual({ status: 'returned', value: null });
  });

  it('waits for several requests at once', async () => {
    const guest = await guestOf('return await Promise.all([self.use.out.ask(1), self.use.out.put(2), self.use.out.ask(3)]);');
    const { ops } = run(guest);
    expect(ops.map((op) => op.kind === 'cast' && op.awaited)).toEqual([false, true, false]);
    expect([3, 2].map((request) => guest.resume(1, request, { ok: true, output: request }).outcome.status)).toEqual(['waiting', 'waiting']);
    expect(guest.resume(1, 1, { ok: true, output: 1 }).outcome).toEqual({ status: 'returned', value: [1, 2, 3] });
  });

  it('that was left behind by terminate has no word any more', async () => {
    const guest = await guestOf("await self.use.out.ask(1); self.log.info('late'); return 'late';", { extra: 'async terminate(reason, self) { await self.use.out.ask(2); return reason; },' });
    run(guest);
    expect(guest.terminate(2, 'shutdown').outcome).toEqual({ status: 'waiting' });
    expect(guest.resume(3, 1, { ok: true, output: 0 })).toEqual({ ops: [], outcome: { status: 'waiting' } });
    expect(guest.resume(4, 2, { ok: true, output: 0 }).outcome).toEqual({ status: 'returned', value: 'shutdown' });
  });

  it.each([
    ['returns nothing', 'return;', null],
    ['returns a promise', 'return Promise.resolve(5);', 5],
    ['returns a thenable', 'return { then(done) { done(6); done(7); throw 8; } };', 6],
  ])('%s', async (_, body, value) => {
    expect(run(await guestOf(body)).outcome).toEqual({ status: 'returned', value });
  });
});

describe('a rejection nobody waits for', () => {
  it.each([
    ['of an async function', "(async () => { throw new TypeError('lost'); })(); return 1;"],
    ['of an async function, after a wait', "(async () => { await null; await null; throw new TypeError('lost'); })(); return 1;"],
    ['of Promise.reject', "Promise.reject(new TypeError('lost')); return 1;"],
    ['of a promise made by hand', "new Promise((_, reject) => reject(new TypeError('lost'))); return 1;"],
    ['at the end of a chain', "Promise.resolve(1).then(() => { throw new TypeError('lost'); }); return 1;"],
    ['of an async generator', "(async function* () { throw new TypeError('lost'); })().next(); return 1;"],
    ['while the handler waits for something else', "(async () => { throw new TypeError('lost'); })(); await self.use.out.ask(1); return 1;"],
    ['among many that are waited for', "for (let i = 0; i < 100; i++) Promise.reject(i).catch(() => 0); Promise.reject(new TypeError('lost')); for (let i = 0; i < 100; i++) Promise.reject(i).catch(() => 0); return 1;"],
  ])('%s is a crash', async (_, body) => {
    const { outcome } = run(await guestOf(body));
    expect(outcome).toEqual({ status: 'crashed', reason: expect.stringMatching(/^crash: TypeError: lost \(handlers\/desk\.ts:1:\d+\)$/) as string });
  });

  it.each([
    ['awaited', "try { await (async () => { throw 1; })(); } catch {} return 1;"],
    ['caught', 'Promise.reject(1).catch(() => 0); return 1;'],
    ['caught later in the same turn', 'const p = Promise.reject(1); await null; await null; try { await p; } catch {} return 1;'],
    ['one of all', 'try { await Promise.all([Promise.reject(1), Promise.reject(2)]); } catch {} return 1;'],
    ['one of all settled', 'await Promise.allSettled([Promise.reject(1), Promise.reject(2)]); return 1;'],
    ['the loser of a race', 'await Promise.race([Promise.resolve(1), Promise.reject(2)]); return 1;'],
  ])('and one that is %s is none', async (_, body) => {
    expect(run(await guestOf(body)).outcome).toEqual({ status: 'returned', value: 1 });
  });

  it('is a crash also while the file is loaded', async () => {
    await expect(guestOf('', { extra: "a: Promise.reject(new Error('at load'))," })).rejects.toThrow('crash: Error: at load');
  });

  it('is heard on plain V8 too, at the next turn', async () => {
    const guest = await guestOf("if (input === 1) (async () => { throw new TypeError('lost'); })(); return 1;", {}, native);
    expect(run(guest, 1).outcome.status).toBe('returned');
    await new Promise((resolve) => setImmediate(resolve));
    expect(run(guest, 2).outcome).toEqual({ status: 'crashed', reason: expect.stringContaining('crash: TypeError: lost (handlers/desk.ts:1:') as string });
  });
});
