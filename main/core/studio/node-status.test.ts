import { describe, expect, it } from 'vitest';
import type { NodeStatus } from '../../../shared/api/run';
import type { RecordedStatus } from '../../../shared/journal/state-at';
import type { ProcessSample } from '../../../shared/run/engine-protocol';
import { nodeStatusOf } from './node-status';

type Live = ProcessSample['status'] | 'absent';

describe('the word for a node', () => {
  it.each<[RecordedStatus | 'unknown', Live, number, boolean, NodeStatus]>([
    ['running', 'idle', 0, false, 'idle'],
    ['running', 'idle', 0, true, 'running'],
    ['running', 'ready', 1, false, 'running'],
    ['running', 'waiting', 0, false, 'running'],
    ['running', 'waiting', 1, false, 'busy'],
    ['running', 'ready', 5, true, 'running'],
    ['running', 'ready', 6, true, 'busy'],
    ['running', 'absent', 0, false, 'restarting'],
    ['unknown', 'absent', 0, false, 'idle'],
    ['unknown', 'idle', 0, false, 'idle'],
    ['unknown', 'starting', 0, false, 'running'],
    ['crashed', 'absent', 0, false, 'crashed'],
    ['restarting', 'absent', 0, false, 'restarting'],
    ['gave up', 'absent', 0, false, 'gave up'],
    ['ended', 'absent', 0, false, 'idle'],
  ])('%s by the journal, %s with %i of 10 by its host, handled: %s -> %s', (status, live, mailbox, hasHandled, word) => {
    const recorded = status === 'unknown' ? undefined : { status, pid: 'main#1.1', incarnation: 1, starts: 1, restarts: 0 };
    const sample = live === 'absent' ? undefined : { name: 'a', node: 'a', status: live, mailbox, handled: 0, incarnation: 1 };
    expect(nodeStatusOf({ recorded, sample, bound: 10, hasHandled })).toBe(word);
  });

  it('of a later incarnation is its host’s, where the journal is behind', () => {
    const recorded = { status: 'crashed', pid: 'main#1.1', incarnation: 1, starts: 1, restarts: 0 } as const;
    const sample = { name: 'a', node: 'a', status: 'idle', mailbox: 0, handled: 0, incarnation: 2 } as const;
    expect(nodeStatusOf({ recorded, sample, bound: 10, hasHandled: false })).toBe('idle');
    expect(nodeStatusOf({ recorded, sample: { ...sample, incarnation: 1 }, bound: 10, hasHandled: false })).toBe('crashed');
    expect(nodeStatusOf({ recorded, sample: { ...sample, status: 'starting' }, bound: 10, hasHandled: false })).toBe('crashed');
  });
});
