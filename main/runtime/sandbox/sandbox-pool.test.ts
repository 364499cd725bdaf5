import { describe, expect, it } from 'vitest';
import type { Guest } from '../../behaviours/guest';
import { MOST_SHARERS } from './limits';
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
