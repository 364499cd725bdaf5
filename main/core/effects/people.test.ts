import { describe, expect, it } from 'vitest';
import type { EffectRequest } from '../../../shared/run/engine-protocol';
import { HandWorld } from '../testing/hand-world';
import { People } from './people';
import type { EffectOutcome } from './perform-effect';

const effect = (key: string, deadlineMs = 500): EffectRequest => ({
  key,
  node: 'boss',
  kind: 'human',
  request: { protocol: 'Approval', operation: 'approve', input: { text: 'a' }, question: 'Good?', output: { type: 'object', properties: { isGood: { type: 'boolean' } }, required: ['isGood'] }, errors: ['Rejected'], deadlineMs },
});
function begin(isAttended = true, deadlineMs = 500): { readonly world: HandWorld; readonly people: People; readonly changes: number[]; readonly outcomes: EffectOutcome[]; readonly ask: (key: string, signal?: AbortSignal) => Promise<void> } {
  const world = new HandWorld();
  const changes: number[] = [];
  const outcomes: EffectOutcome[] = [];
  const people: People = new People({ world, isAttended, onChange: () => void changes.push(people.questions.length) });
  return { world, people, changes, outcomes, ask: (key, signal = new AbortController().signal) => people.perform(effect(key, deadlineMs), signal).then((outcome) => void outcomes.push(outcome)) };
}

describe('what a person is asked', () => {
  it('waits with its deadline, and an answer that fits ends it', async () => {
    const { world, people, changes, outcomes, ask } = begin();
    const asked = ask('1/boss/1');
    expect(people.questions).toMatchObject([{ key: '1/boss/1', node: 'boss', askedAtUnixMs: 1000, deadlineAtUnixMs: 1500, request: { question: 'Good?' } }]);
    expect(people.answer('1/boss/1', { output: { isGood: 'yes' } })).toMatchObject({ ok: false, error: { code: 'HUM007', message: 'the answer does not fit approve: /isGood: expected boolean, got "yes"' } });
    expect(people.answer('1/boss/1', { error: { name: 'Rejectd' } })).toMatchObject({ ok: false, error: { code: 'HUM008', fix: 'Did you mean Rejected?' } });
    expect(people.questions).toHaveLength(1);
    expect(people.answer('1/boss/1', { output: { isGood: true } })).toEqual({ ok: true, value: null });
    await asked;
    expect(outcomes).toEqual([{ mode: 'live', ok: true, value: { output: { isGood: true } } }]);
    expect(people.answer('1/boss/1', { output: { isGood: true } })).toMatchObject({ ok: false, error: { code: 'HUM006' } });
    expect([world.timers, changes]).toEqual([0, [1, 0]]);
  });

  it('may be answered with a declared error, which is an answer', async () => {
    const { people, outcomes, ask } = begin();
    const asked = ask('a');
    people.answer('a', { error: { name: 'Rejected', data: 'why' } });
    await asked;
    expect(outcomes).toMatchObject([{ ok: true, value: { error: { name: 'Rejected', data: 'why' } } }]);
  });

  it('is late after its deadline, and may then be asked again', async () => {
    const { world, people, outcomes, ask } = begin();
    const asked = ask('a');
    world.pass(499);
    expect(people.questions).toHaveLength(1);
    world.pass(1);
    await asked;
    expect(outcomes).toMatchObject([{ ok: false, error: { code: 'timeout', node: 'boss' } }]);
    expect([people.questions, people.isRepeatable]).toEqual([[], true]);
  });

  it('is late at once where nobody can answer', async () => {
    const { people, outcomes, ask } = begin(false);
    await ask('a');
    expect(outcomes).toMatchObject([{ ok: false, error: { code: 'timeout', message: 'nobody is here to answer approve for boss' } }]);
    expect(people.questions).toEqual([]);
  });

  it('is taken back some time after its node is gone, unless it is asked again', async () => {
    const { world, people, outcomes, ask } = begin(true, 100_000);
    const [lost, kept] = [ask('1/boss/1~2'), ask('2/boss/1~2')];
    people.left('somebody-else');
    world.pass(31_000);
    expect(people.questions).toHaveLength(2);
    people.left('boss');
    people.askedAgain(effect('2/boss/1'));
    // The record of the end may be heard of after who came next has asked.
    people.left();
    people.askedAgain(effect('2/boss/1'));
    world.pass(30_000);
    await lost;
    expect(outcomes).toMatchObject([{ ok: false, error: { code: 'noconnection', message: 'whoever asked is gone' } }]);
    expect(people.questions).toMatchObject([{ key: '2/boss/1~2' }]);
    people.answer('2/boss/1~2', { output: { isGood: true } });
    await kept;
  });

  it('is taken back when the run ends', async () => {
    const { world, people, outcomes, ask } = begin();
    const end = new AbortController();
    const asked = ask('a', end.signal);
    end.abort();
    await asked;
    expect(outcomes).toMatchObject([{ ok: false, error: { code: 'noconnection' } }]);
    expect([people.questions, world.timers]).toEqual([[], 0]);
  });
});
