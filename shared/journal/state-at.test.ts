import { fc, it } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { beginCheckpoints, extendCheckpoints, firstNeeded, stateAt } from './checkpoints';
import type { JournalEvent, JournalRecord } from './record';
import { applyRecord, EMPTY_STATE, type RecordedState, type Tree } from './state-at';

const TREE: Tree = { root: {}, desk: { parent: 'root', restart: 'permanent' }, pool: { parent: 'root', restart: 'permanent' }, a: { parent: 'pool', restart: 'permanent' }, log: { parent: 'root', restart: 'temporary' } };
const line = (event: JournalEvent, seq: number, host = 'main'): JournalRecord => ({ seq, host, step: seq, atMs: seq * 10, cause: null, ...event });
const started = (node: string, serial: number, incarnation = 1): JournalEvent => ({ type: 'process.started', node, pid: `main#1.${serial}`, incarnation });
const exited = (node: string, serial: number, reason: string): JournalEvent => ({ type: 'process.exited', node, pid: `main#1.${serial}`, reason });
const restarting = (child: string, ...scope: string[]): JournalEvent => ({ type: 'supervisor.restarting', node: 'root', child, scope, count: 1, max: 3 });
const UP: readonly JournalEvent[] = [{ type: 'host.started', life: 1 }, started('desk', 1), started('a', 2), started('log', 3)];

const after = (events: readonly JournalEvent[], tree = TREE): RecordedState => events.reduce((state, event, index) => applyRecord(state, line(event, index + 1), tree), EMPTY_STATE);
const statuses = (state: RecordedState): string => Object.entries(state.processes).map(([name, { status, restarts }]) => `${name} ${status} ${restarts}`).join(', ');

describe('how it stood after', () => {
  it.each<[string, readonly JournalEvent[], string]>([
    ['the start', [], 'desk running 0, a running 0, log running 0'],
    ['a crash', [exited('desk', 1, 'crash: x')], 'desk crashed 0, a running 0, log running 0'],
    ['an orderly exit', [exited('desk', 1, '{shutdown,x}')], 'desk ended 0, a running 0, log running 0'],
    ['the word of its supervisor', [exited('desk', 1, 'crash: x'), restarting('desk', 'desk')], 'desk restarting 0, a running 0, log running 0'],
    ['its new start', [exited('desk', 1, 'crash: x'), restarting('desk', 'desk'), started('desk', 4, 2)], 'desk running 1, a running 0, log running 0'],
    ['a start that failed', [exited('desk', 1, 'crash: x'), restarting('desk', 'desk'), { type: 'process.startFailed', node: 'desk', reason: 'no' }], 'desk crashed 0, a running 0, log running 0'],
    ['the stop of a sibling of the scope', [exited('desk', 1, 'crash: x'), restarting('desk', 'desk', 'pool', 'log'), exited('a', 2, 'shutdown'), exited('log', 3, 'shutdown')], 'desk restarting 0, a restarting 0, log ended 0, pool restarting 0'],
    ['the end of a supervisor', [{ type: 'supervisor.gaveUp', node: 'desk' }, exited('desk', 1, 'shutdown')], 'desk gave up 0, a running 0, log running 0'],
    ['the loss of its host', [{ type: 'host.lost', life: 1, reason: 'main: killed' }], 'desk crashed 0, a crashed 0, log crashed 0'],
    ['the loss of a life that is gone already', [{ type: 'host.lost', life: 0, reason: 'main: killed' }], 'desk running 0, a running 0, log running 0'],
    ['the loss of the engine', [{ type: 'host.lost', life: 1, reason: 'engine: signal SIGKILL' }], 'desk crashed 0, a crashed 0, log crashed 0'],
    ['an exit that is told after the new start', [started('desk', 4, 2), exited('desk', 1, 'crash: x')], 'desk running 1, a running 0, log running 0'],
    ['a name that is one of every object', [started('constructor', 5)], 'desk running 0, a running 0, log running 0, constructor running 0'],
  ])('%s', (_, events, wanted) => {
    expect(statuses(after([...UP, ...events]))).toBe(wanted);
  });

  it('a lost host is down until it starts with its next life', () => {
    const lost = after([...UP, { type: 'host.lost', life: 1, reason: 'main: killed' }]);
    expect(lost.hosts).toEqual({ main: { life: 1, isUp: false } });
    expect(applyRecord(lost, line({ type: 'host.started', life: 2 }, 9)).hosts).toEqual({ main: { life: 2, isUp: true } });
  });

  it('messages wait as far as a trace tells, and die with the process', () => {
    const sent: JournalEvent = { type: 'message.sent', from: 'a', to: 'desk', operation: 'x.y' };
    const traced = [...UP, sent, sent, { type: 'message.handled', node: 'desk', operation: 'x.y' }] as const;
    expect(after(traced).processes['desk']?.mailbox).toBe(1);
    expect(after([...traced, exited('desk', 1, 'crash: x')]).processes['desk']?.mailbox).toBe(0);
    expect(after(UP).processes['desk']?.mailbox).toBeUndefined();
  });
});

describe('random access', () => {
  const names = fc.constantFrom('root', 'desk', 'pool', 'a', 'log', 'k1');
  const event: fc.Arbitrary<JournalEvent> = fc.oneof(
    fc.record({ node: names, serial: fc.integer({ min: 1, max: 5 }), incarnation: fc.integer({ min: 1, max: 5 }) }).map(({ node, serial, incarnation }) => started(node, serial, incarnation)),
    fc.record({ node: names, serial: fc.integer({ min: 1, max: 5 }), reason: fc.constantFrom('normal', 'shutdown', 'crash: x') }).map(({ node, serial, reason }) => exited(node, serial, reason)),
    fc.record({ child: names, scope: fc.uniqueArray(names) }).map(({ child, scope }) => restarting(child, ...scope)),
    fc.record({ type: fc.constant('supervisor.gaveUp' as const), node: names }),
    fc.record({ type: fc.constant('host.started' as const), life: fc.integer({ min: 1, max: 3 }) }),
    fc.record({ type: fc.constant('host.lost' as const), life: fc.integer({ min: 1, max: 3 }), reason: fc.constantFrom('main: killed', 'engine: gone', 'core: core_lost') }),
    fc.record({ type: fc.constant('message.sent' as const), from: names, to: names, operation: fc.constant('x.y') }),
    fc.record({ type: fc.constant('message.handled' as const), node: names, operation: fc.constant('x.y') }),
  );

  it.prop([fc.array(event, { maxLength: 60 }), fc.integer({ min: 1, max: 9 }), fc.array(fc.integer({ min: 1, max: 7 })), fc.nat()])('at any place is what walking there gives, however the records came', (events, every, pieces, wanted) => {
    const records = events.map((one, index) => line(one, index + 1));
    let checkpoints = beginCheckpoints(TREE, every);
    let taken = 0;
    for (const piece of [...pieces, records.length]) {
      checkpoints = extendCheckpoints(checkpoints, records.slice(taken, taken + piece));
      taken = Math.min(records.length, taken + piece);
    }
    const count = wanted % (records.length + 1);
    const walked = records.slice(0, count).reduce((state, record) => applyRecord(state, record, TREE), EMPTY_STATE);
    expect(stateAt(checkpoints, records.slice(firstNeeded(checkpoints, count)), count)).toEqual(walked);
  });
});
