import { describe, expect, it } from 'vitest';
import type { Program } from '../program/program';
import { listMocksBehind, originOfKey, worldOfAnswer, worseMode } from './answer-world';

const wire = (from: string, to: string, fallback?: string): object => ({ from: { node: from, port: 'out' }, to, protocol: 'P', guards: fallback === undefined ? [] : [{ kind: 'fallback', to: fallback, on: [] }] });
/** desk asks route; route asks a and b; b asks desk again; desk falls back on spare; other asks nobody. */
const program = (...mocked: readonly string[]): Pick<Program, 'wires' | 'mocks'> => ({ wires: [wire('desk', 'route', 'spare'), wire('route', 'a'), wire('route', 'b'), wire('b', 'desk'), wire('a', 'far')], mocks: Object.fromEntries(mocked.map((id) => [id, {}])) }) as never;

describe('what stood behind an answer', () => {
  it('is the worst of the effects that were made for it', () => {
    expect(worldOfAnswer(program(), 'desk', [])).toEqual({ mode: 'live', mayBeMocked: [] });
    expect(worldOfAnswer(program(), 'desk', ['live', 'recorded', 'live'])).toEqual({ mode: 'recorded', mayBeMocked: [] });
    expect(worldOfAnswer(program(), 'desk', ['recorded', 'mocked'])).toEqual({ mode: 'mocked', mayBeMocked: [] });
    expect((['mocked', 'simulated', 'recorded', 'live'] as const).map((mode) => worseMode(mode, 'recorded'))).toEqual(['mocked', 'simulated', 'recorded', 'recorded']);
  });

  it('is a mock where one answers itself', () => expect(worldOfAnswer(program('desk', 'a'), 'desk', ['live'])).toEqual({ mode: 'mocked', mayBeMocked: [] }));

  it('may be a mock that can be reached: by a router, in a circle, by a fallback', () => {
    expect(worldOfAnswer(program('b'), 'desk', [])).toEqual({ mode: 'live', mayBeMocked: ['b'] });
    expect(listMocksBehind(program('spare'), 'route')).toEqual(['spare']);
    expect(listMocksBehind(program('desk'), 'a')).toEqual([]);
  });

  it('is not what stands behind a mock, which asks nobody', () => expect(listMocksBehind(program('far', 'a'), 'desk')).toEqual(['a']));
});

it.each([['12/desk/1', '12'], ['end-in/desk/2~3', 'end-in'], ['main#1.4/2', 'main#1.4'], ['none', '']])('the key %s follows from %j', (key, origin) => expect(originOfKey(key)).toBe(origin));
