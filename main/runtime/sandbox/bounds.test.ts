import { describe, expect, it } from 'vitest';
import { LIMITS } from './limits';
import { guestOf, run } from './testing/test-guest';

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

  it('where the clock counts, a turn ends by it, long before its fuel', async () => {
    let looks = 0;
    const limits = { ...LIMITS, turnTime: { mostMs: 50, nowMs: () => (looks += 1) } };
    const body = 'for (let i = 0; i < 1e7; i++) { try { missing(); } catch {} } return 1;';
    const guest = await guestOf(body, { limits });
    looks = 0;
    expect(run(guest).outcome).toEqual({ status: 'faulted', reason: 'fuel' });
    // One look at the beginning, and one for each tick after it.
    expect(looks).toBe(52);
    expect(run(await guestOf('for (let i = 0; i < 1e5; i++); return 1;', { limits })).outcome).toEqual({ status: 'returned', value: 1 });
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
});

describe('a hostile throw', () => {
  it.each([
    ['getters that throw', "throw { get name() { throw 1; }, get message() { throw 2; }, get stack() { throw 3; } };", 'crash: unprintable error'],
    ['a revoked proxy', 'const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); throw proxy;', 'crash: unprintable error'],
    ['a proxy that answers with itself', 'const p = new Proxy(function () {}, { get: () => p, apply: () => p }); throw { name: p, message: p, stack: p };', 'crash: unprintable error'],
    ['a symbol', "throw Symbol('s');", 'crash: thrown: Symbol(s)'],
    ['nothing', 'throw undefined;', 'crash: thrown: undefined'],
    ['a long message', "throw new Error('x'.repeat(1e6));", /^crash: Error: x{400,}.* \(handlers\/desk\.ts:1:\d+\)$/],
    ['line ends and escape codes', "throw new Error('a\\u001b[31m\\u202eb');", /^crash: Error: a \[31m b \(handlers/],
    ['a place of another file', "throw { name: 'E', message: 'm', stack: 'at x (/etc/passwd.ts:1:1)\\nat boot.js:2:2' };", 'crash: E: m'],
  ])('of %s is one bounded line', async (_, body, reason) => {
    const { outcome } = run(await guestOf(body));
    expect(outcome).toEqual({ status: 'crashed', reason: typeof reason === 'string' ? reason : (expect.stringMatching(reason) as string) });
    expect(outcome.status === 'crashed' && outcome.reason.length).toBeLessThanOrEqual(LIMITS.reasonLength);
  });

  it('of a getter without end costs its instance, and no more', async () => {
    expect(run(await guestOf('throw { get message() { for (;;); } };')).outcome).toEqual({ status: 'faulted', reason: 'fuel' });
  });
});

describe('the door', () => {
  it.each([
    ['a timer without end', 'self.after(Infinity, "run");'],
    ['a timer in the past', 'self.after(-1, "run");'],
    ['a timer that a patched prototype makes', 'Object.prototype.toJSON = () => undefined; self.after(1, "run", {});'],
    ['a timer that is no number', 'self.cancel("x");'],
    ['an empty reason', 'self.stop(" ");'],
    ['a reason of objects', 'self.stop({ toString() { return "normal"; } });'],
    ['a port that turns into another', 'self.use[{ n: 0, toString() { return this.n++ ? "out" : "secret"; } }].put(1);'],
    ['a value 65 levels deep', 'let v = 1; for (let i = 0; i < 65; i++) v = [v]; self.use.out.put(v);'],
  ])('refuses %s', async (_, body) => {
    const turn = run(await guestOf(body));
    expect(turn).toMatchObject({ ops: [], outcome: { status: 'crashed' } });
  });

  it('takes 4 MB of values for a message, and no more', async () => {
    const turn = run(await guestOf("for (let i = 0; i < 5; i++) self.use.out.put('x'.repeat(1e6 - 2));"));
    expect(turn.outcome).toMatchObject({ status: 'crashed', reason: expect.stringContaining('4000000 characters') as string });
    expect(turn.ops).toHaveLength(4);
  });

  it.each(['op', 'name', 'json', 'then', 'status', 'ok'])('is no wider where the guest has a setter for every "%s"', async (key) => {
    const turn = run(await guestOf(`Object.defineProperty(Object.prototype, '${key}', { get() { return 'secret'; }, set() {}, configurable: true }); self.use.out.put(1); return [1];`));
    expect(turn.ops).toEqual([{ kind: 'cast', request: 1, port: 'out', operation: 'put', input: 1, awaited: false }]);
    expect(Object.hasOwn(Object.prototype, key)).toBe(false);
  });

  it('leaves no name of itself behind, and nothing that tells the time', async () => {
    const names = ['__host', 'host', 'process', 'require', 'console', 'setTimeout', 'WeakRef', 'FinalizationRegistry', 'SharedArrayBuffer', 'Atomics', 'performance', 'WebAssembly', 'Intl'];
    const turn = run(await guestOf(`return [${JSON.stringify(names)}.filter((name) => name in globalThis), Date.now(), new Date().toISOString(), new Date(2000, 0, 1).getTime(), Object.isFrozen(self.use.out), Object.keys(self.use)];`));
    expect(turn.outcome).toEqual({ status: 'returned', value: [[], 1000, '1970-01-01T00:00:01.000Z', 946684800000, true, ['out']] });
  });
});
