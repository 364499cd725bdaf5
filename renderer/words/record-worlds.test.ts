import { describe, expect, it } from 'vitest';
import type { EffectMode, JournalRecord } from '../../shared/journal/record';
import { worldsOf } from './record-worlds';

let seq = 0;
const at = (cause: number | null, event: object): JournalRecord => ({ seq: (seq += 1), host: 'main', step: 0, atMs: 0, cause, ...event }) as never;
const input = (): JournalRecord => at(null, { type: 'input.received', id: 1, node: 'desk', operation: 'ask', value: 1 });
const asked = (cause: number, key: string): JournalRecord => at(cause, { type: 'effect.requested', key, node: 'brain', kind: 'model', request: 1 });
const settled = (key: string, mode: EffectMode): JournalRecord => at(null, { type: 'effect.settled', key, ok: true, value: 1, mode });
const output = (cause: number): JournalRecord => at(cause, { type: 'output.emitted', node: 'out', port: 'in', value: 1 });

describe('the world of records', () => {
  it('is the mode of an effect, and of what follows from its answer', () => {
    const [one, two, three] = [input(), asked(seq, '1/brain/1'), settled('1/brain/1', 'recorded')];
    expect(worldsOf([one, two, three, output(three.seq)], 'live', false)).toEqual(['live', 'live', 'recorded', 'recorded']);
  });

  it('a later live effect of the same message does not wash it off', () => {
    const first = settled('1/brain/1', 'recorded');
    const second = settled('1/out/1', 'live');
    const third = settled('2/out/1', 'live');
    expect(worldsOf([first, second, output(second.seq), third, output(third.seq)], 'live', false)).toEqual(['recorded', 'live', 'recorded', 'live', 'live']);
  });

  it('in a run with mocks an output never looks live, and an effect is what it is', () => {
    const one = settled('1/brain/1', 'live');
    expect(worldsOf([input(), one, output(one.seq)], 'live', true)).toEqual(['live', 'live', 'with mocks']);
  });

  it('in a simulation all is simulated but what is worse', () => {
    const [one, two] = [settled('1/brain/1', 'simulated'), settled('1/brain/2', 'mocked')];
    expect(worldsOf([input(), one, output(one.seq), two, output(two.seq)], 'simulated', false)).toEqual(['simulated', 'simulated', 'simulated', 'mocked', 'mocked']);
  });

  it('what came before the records that are there is not guessed', () => expect(worldsOf([output(1)], 'live', false)).toEqual(['live']));
});
