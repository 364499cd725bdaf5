import { describe, expect, it } from 'vitest';
import type { Guest } from '../../behaviours/guest';
import { LIMITS, MOST_SHARERS } from './limits';
import { SandboxPool } from './sandbox-pool';
import { agent, guestOf, programWith, run } from './testing/test-guest';

describe('the instances of a host', () => {
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

  it('gives a further instance to more sharers than one holds', async () => {
    const pool = await SandboxPool.prepare(['sandbox-1']);
    const program = programWith('({ Desk: { run() { return 1; } } })');
    for (let number = 1; number <= MOST_SHARERS + 1; number += 1) {
      const guest = pool.create({ program, agent, seed: 1, name: `desk-${number}`, incarnation: 1, onLost: () => undefined }) as Guest;
      expect(run(guest).outcome).toEqual({ status: 'returned', value: 1 });
      expect(pool.needsRefill).toBe(number > MOST_SHARERS);
    }
  });

  it('throws away what a file spoils while it is loaded', async () => {
    const pool = await SandboxPool.prepare(['sandbox-1']);
    const make = (code: string): unknown => pool.create({ program: programWith(code), agent, seed: 1, name: 'desk', incarnation: 1, onLost: () => undefined });
    expect(make('for (;;);')).toEqual({ loadFailed: 'fuel' });
    expect(make('({})')).not.toHaveProperty('loadFailed');
    expect(pool.needsRefill).toBe(true);
  });

  it('do the same twice with the same seed and the same turns', async () => {
    const body = 'self.state.n = [...(self.state.n ?? []), Math.random(), self.now()]; if (self.random() < 0.3) throw new Error("unlucky"); await self.use.out.ask(self.state.n); return self.state.n;';
    const play = async (): Promise<readonly unknown[]> => {
      const guest = await guestOf(body, { seed: 7 });
      return Array.from({ length: 20 }, (_, index) => [run(guest, index), guest.resume(index, index + 1, { ok: true, output: null })]);
    };
    expect(await play()).toEqual(await play());
  });
});

describe('guests made ahead', () => {
  const makeAll = (pool: SandboxPool): void => {
    while (pool.needsAhead) pool.makeAhead();
  };
  const start = (pool: SandboxPool, code: string, incarnation = 1): Guest => pool.create({ program: programWith(code), agent, seed: 7, name: 'desk', incarnation, onLost: () => undefined }) as Guest;
  const loadedBy = (pool: SandboxPool, code: string): string => {
    const made = pool.create({ program: programWith(code), agent, seed: 7, name: 'desk', incarnation: 2, onLost: () => undefined });
    return 'loadFailed' in made ? made.loadFailed : 'loaded';
  };
  const LOOK = `({ Desk: { run(input, self) {
    return [self.incarnation, self.state, Math.random(), self.random(), Date.now(), typeof globalThis.mark, typeof ({}).mark, [].map.name, Object.keys(globalThis), JSON.stringify({ a: 1 }), Promise.prototype.then === globalThis.then, self.name];
  } } })`;
  const SPOIL = `({ Desk: { run() {
    globalThis.mark = Object.prototype.mark = 1; Array.prototype.map = function spoilt() {}; JSON.stringify = () => '"spoilt"'; Math.random = () => 0.5; globalThis.then = Promise.prototype.then;
    Object.defineProperty(Object.prototype, 'incarnation', { get() { return 'spoilt'; } }); return 1;
  } } })`;

  it('are like those made at once, whatever ran in the instance before and beside them', async () => {
    const [early, late] = [await SandboxPool.prepare(['sandbox-1']), await SandboxPool.prepare(['sandbox-1'])];
    const seen = [early, late].map((pool) => {
      const spoiler = start(pool, SPOIL);
      // One is made while the spoiler lives, before and after it does its work.
      if (pool === early) makeAll(pool);
      run(spoiler);
      if (pool === early) makeAll(pool);
      const outcomes = [run(start(pool, LOOK, 2)).outcome, run(start(pool, LOOK, 3)).outcome];
      spoiler.dispose();
      return [...outcomes, run(start(pool, LOOK, 4)).outcome];
    });
    expect(seen[0]).toEqual(seen[1]);
    expect(seen[0]![0]).toMatchObject({ status: 'returned', value: [2, {}, expect.any(Number), expect.any(Number), 1000, 'undefined', 'undefined', 'map', expect.any(Array), '{"a":1}', false, 'desk'] });
  });

  it('have the same fuel for their file', async () => {
    const limits = { ...LIMITS, fuel: 3 };
    const seen = new Set<string>();
    for (let rounds = 10_000; rounds <= 60_000; rounds += 5000) {
      const [early, late] = [await SandboxPool.prepare(['sandbox-1'], limits), await SandboxPool.prepare(['sandbox-1'], limits)];
      for (const pool of [early, late]) start(pool, '({})').dispose();
      makeAll(early);
      const code = `(() => { for (let i = 0; i < ${rounds}; i += 1); return {}; })()`;
      const [one, other] = [early, late].map((pool) => loadedBy(pool, code));
      expect(one, `${rounds} rounds`).toBe(other);
      seen.add(one!);
    }
    expect([...seen]).toEqual(['loaded', 'fuel']);
  });

  it('are one for each instance that has been used, and the next starts take them', async () => {
    const pool = await SandboxPool.prepare(['sandbox-1']);
    makeAll(pool);
    const first = start(pool, LOOK);
    expect(pool.needsAhead).toBe(true);
    pool.makeAhead();
    expect(pool.needsAhead).toBe(false);
    start(pool, LOOK).dispose();
    expect(pool.needsAhead).toBe(true);
    expect(run(first).outcome.status).toBe('returned');
  });

  it('are not made in an instance that is spent or full, and take nobody along', async () => {
    const pool = await SandboxPool.prepare(['sandbox-1'], { ...LIMITS, memoryPages: 256 });
    const lost: string[] = [];
    const guest = pool.create({ program: programWith('({ Desk: { run() { return 1; } } })'), agent, seed: 1, name: 'desk', incarnation: 1, onLost: () => lost.push('desk') }) as Guest;
    makeAll(pool);
    expect(run(guest).outcome).toEqual({ status: 'returned', value: 1 });
    const bad = start(pool, '({ Desk: { run() { for (;;); } } })');
    expect(run(bad).outcome).toEqual({ status: 'faulted', reason: 'fuel' });
    expect(lost).toEqual(['desk']);
    makeAll(pool);
    await pool.refill();
    expect(run(start(pool, LOOK)).outcome.status).toBe('returned');
  });
});
