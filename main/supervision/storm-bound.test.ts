import { describe, expect } from 'vitest';
import { fc, it } from '@fast-check/vitest';
import type { ReachNode, ReachTree } from '../../shared/graph/restart-reach';
import { fastestMs, stormBound } from '../../shared/graph/storm-bound';
import { countRestart, type RestartHistory } from './restart-limit';

type Level = { readonly maxRestarts: number; readonly maxSeconds: number };

/** A worker under a chain of supervisors, the innermost first. */
function chain(levels: readonly Level[]): ReachTree {
  const supervisors = levels.map(({ maxRestarts, maxSeconds }, index): readonly [string, ReachNode] => [`s${index}`, { kind: 'supervisor', strategy: 'one_for_one', maxRestarts, maxSeconds, children: [index === 0 ? 'worker' : `s${index - 1}`], restart: 'permanent' }]);
  return { root: `s${levels.length - 1}`, nodes: { worker: { kind: 'process', restart: 'permanent' }, ...Object.fromEntries(supervisors) } };
}

/** The same by counting, with the restart limit of a run: when the worker crashes every `crashMs`, its starts and the time until the root gives up. */
function count(levels: readonly Level[], crashMs: number, most: number): { readonly starts: number; readonly ms: number } | 'never' {
  const histories: RestartHistory[] = levels.map(() => []);
  for (let starts = 1; starts <= most; starts += 1) {
    const nowMs = starts * crashMs;
    const holds = levels.findIndex((level, index) => {
      const { history, isOverLimit } = countRestart(histories[index]!, nowMs, level);
      histories[index] = isOverLimit ? [] : history;
      return !isOverLimit;
    });
    if (holds < 0) return { starts, ms: nowMs };
  }
  return 'never';
}

const level = fc.record({ maxRestarts: fc.integer({ min: 0, max: 4 }), maxSeconds: fc.integer({ min: 1, max: 20 }) });

describe('the bound of a restart storm', () => {
  it.prop([fc.array(level, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 4000 })])('is what counting comes to, crash by crash', (levels, crashMs) => {
    const bound = stormBound(chain(levels), 'worker', crashMs);
    const counted = count(levels, crashMs, 2000);
    const slowest = bound.levels.at(-1)!.slowestCrashMs;
    if (crashMs <= slowest) expect(counted).toEqual({ starts: bound.starts, ms: fastestMs(bound, crashMs) });
    else expect(counted).toBe('never');
  });

  it.each([
    ['permanent', 's1', 6, true],
    ['transient', 's0', 2, false],
    ['temporary', 's0', 2, false],
  ] as const)('goes up through a %s supervisor as far as %s', (restart, last, starts, endsRun) => {
    const tree = chain([{ maxRestarts: 1, maxSeconds: 5 }, { maxRestarts: 2, maxSeconds: 5 }]);
    const bound = stormBound({ ...tree, nodes: { ...tree.nodes, s0: { ...tree.nodes['s0']!, restart } } }, 'worker');
    expect([bound.levels.at(-1)?.supervisor, bound.starts, bound.endsRun]).toEqual([last, starts, endsRun]);
  });

  it('is said with its numbers', () => {
    expect(stormBound(chain([{ maxRestarts: 5, maxSeconds: 10 }, { maxRestarts: 3, maxSeconds: 10 }]), 'worker', 20).sentences).toEqual([
      'If worker always crashes, it is started 24 times (6 × 4) before s1 gives up, and the run ends.',
      'With a crash 20 ms after each start, that takes 480 ms.',
      'Crashes more than 556 ms apart never make s1 give up.',
    ]);
    expect(stormBound({ root: 'root', nodes: { root: { kind: 'supervisor', strategy: 'one_for_one', maxRestarts: 1, maxSeconds: 5, children: ['t'], restart: 'permanent' }, t: { kind: 'process', restart: 'temporary' } } }, 't').sentences).toEqual(['t is not started again: one crash is one crash.']);
  });
});
