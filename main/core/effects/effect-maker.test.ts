import { describe, expect, it } from 'vitest';
import type { EffectAnswer, EffectRequest } from '../../../shared/run/engine-protocol';
import type { EffectState, RunStore } from '../../store/run-store';
import { Gate } from '../run/gate';
import { EffectMaker } from './effect-maker';
import { done, notDone, type EffectOutcome, type EffectPerformer } from './perform-effect';

/** What the store keeps of effects, in memory. */
class KeptEffects {
  readonly intents: string[] = [];
  readonly answers = new Map<string, EffectAnswer>();

  intendEffect({ key }: EffectRequest): Promise<EffectState> {
    const answer = this.answers.get(key);
    if (answer) return Promise.resolve({ status: 'settled', answer });
    if (this.intents.includes(key)) return Promise.resolve({ status: 'intended' });
    this.intents.push(key);
    return Promise.resolve({ status: 'new' });
  }
  settleEffect(answer: EffectAnswer): Promise<void> {
    if (!this.answers.has(answer.key)) this.answers.set(answer.key, answer);
    return Promise.resolve();
  }
}

const EFFECT: EffectRequest = { key: '1/brain/1', node: 'brain', kind: 'model', request: {} };

function maker(outcomes: readonly EffectOutcome[], isRepeatable: boolean, kept = new KeptEffects()): { readonly make: () => Promise<EffectAnswer | undefined>; readonly kept: KeptEffects; readonly asked: string[]; readonly lost: string[] } {
  const [asked, lost]: [string[], string[]] = [[], []];
  const performer: EffectPerformer = { isRepeatable, isOutput: false, perform: ({ key }) => Promise.resolve(outcomes[asked.push(key) - 1]!), noteLost: ({ key }) => void lost.push(key) };
  const made = new EffectMaker({ store: kept as unknown as RunStore, gate: new Gate(), performers: { model: performer }, nowMs: () => 0, onItem: () => undefined });
  return { make: () => made.make(EFFECT, {}), kept, asked, lost };
}
const FAILED = notDone(EFFECT, 'Unavailable', 'no');

describe('an effect that may be repeated', () => {
  it('is made once while it is done, and answered the same again', async () => {
    const { make, asked } = maker([done('one'), done('two')], true);
    expect([await make(), await make()]).toEqual([{ key: EFFECT.key, mode: 'live', ok: true, value: 'one' }, { key: EFFECT.key, mode: 'live', ok: true, value: 'one' }]);
    expect(asked).toEqual([EFFECT.key]);
  });

  it('is made again where it failed, each attempt on record, and answered under its own key', async () => {
    const { make, asked, kept } = maker([FAILED, FAILED, done('three')], true);
    expect(await make()).toMatchObject({ key: EFFECT.key, ok: false });
    expect(await make()).toMatchObject({ key: EFFECT.key, ok: false });
    expect(await make()).toEqual({ key: EFFECT.key, mode: 'live', ok: true, value: 'three' });
    expect(await make()).toMatchObject({ value: 'three' });
    expect(asked).toEqual(['1/brain/1', '1/brain/1~2', '1/brain/1~3']);
    expect([...kept.answers.keys()]).toEqual(asked);
  });

  it('is made again where the core was lost before its answer: the first stays unknown, and the doubt is counted', async () => {
    const kept = new KeptEffects();
    await kept.intendEffect(EFFECT);
    const { make, asked, lost } = maker([done('again')], true, kept);
    expect(await make()).toMatchObject({ key: EFFECT.key, ok: true, value: 'again' });
    expect([asked, lost]).toEqual([['1/brain/1~2'], ['1/brain/1']]);
    expect(kept.answers.get(EFFECT.key)).toMatchObject({ ok: false, error: { code: 'unknown' } });
  });
});

describe('an effect that nobody waits for any more', () => {
  /** Asked, it waits until it is given up; `answer` answers the last one. */
  function slow(isRepeatable = true): { readonly maker: EffectMaker; readonly kept: KeptEffects; readonly asked: string[]; readonly items: unknown[]; readonly answer: (outcome: EffectOutcome) => void; readonly tell: (item: string) => void } {
    const [kept, asked, items] = [new KeptEffects(), [] as string[], [] as unknown[]];
    let [answer, tell]: [(outcome: EffectOutcome) => void, (item: string) => void] = [() => undefined, () => undefined];
    const perform: EffectPerformer['perform'] = (effect, signal, say) =>
      new Promise((resolve) => {
        asked.push(effect.key);
        [answer, tell] = [resolve, say];
        signal.addEventListener('abort', () => resolve(notDone(effect, 'Unavailable', String(signal.reason))));
      });
    const made = new EffectMaker({ store: kept as unknown as RunStore, gate: new Gate(), performers: { model: { isRepeatable, isOutput: false, perform } }, nowMs: () => 0, onItem: (key, item) => items.push([key, item]) });
    return { maker: made, kept, asked, items, answer: (outcome) => answer(outcome), tell: (item) => tell(item) };
  }

  it('is given up, on record, and not answered; asked for again, it is made again, and tells its pieces under its own key', async () => {
    const { maker, kept, asked, items, answer, tell } = slow();
    const first = maker.make(EFFECT, {});
    await expect.poll(() => asked.length).toBe(1);
    tell('a');
    maker.abandon(EFFECT.key);
    tell('late');
    const second = maker.make(EFFECT, {});
    expect(await first).toBeUndefined();
    await expect.poll(() => asked).toEqual(['1/brain/1', '1/brain/1~2']);
    expect(kept.answers.get(EFFECT.key)).toMatchObject({ ok: false, error: { message: 'nobody reads it any more' } });
    tell('b');
    answer(done('whole'));
    expect(await second).toMatchObject({ key: EFFECT.key, ok: true, value: 'whole' });
    expect([items, maker.pending]).toEqual([[[EFFECT.key, 'a'], [EFFECT.key, 'b']], 0]);
  });

  it('before it was begun is never begun', async () => {
    const { maker, kept, asked } = slow();
    const made = maker.make(EFFECT, {});
    maker.abandon(EFFECT.key);
    expect([await made, asked, kept.intents]).toEqual([undefined, [], []]);
  });

  it('goes on where it may not be made twice', async () => {
    const { maker, asked, answer } = slow(false);
    const made = maker.make(EFFECT, {});
    await expect.poll(() => asked.length).toBe(1);
    maker.abandon(EFFECT.key);
    answer(done('sent'));
    expect(await made).toMatchObject({ ok: true, value: 'sent' });
  });

  it('is nothing that it knows: the word of it changes nothing', () => {
    const { maker } = slow();
    maker.abandon('9/nobody/1');
    expect(maker.pending).toBe(0);
  });
});

describe('any other effect', () => {
  it('is made once, whatever became of it', async () => {
    const { make, asked } = maker([FAILED, done('two')], false);
    expect([await make(), await make()]).toMatchObject([{ ok: false }, { ok: false }]);
    expect(asked).toHaveLength(1);
  });

  it('is unknown where the core was lost before its answer', async () => {
    const kept = new KeptEffects();
    await kept.intendEffect(EFFECT);
    const { make, asked } = maker([done('again')], false, kept);
    expect([await make(), asked]).toMatchObject([{ ok: false, error: { code: 'unknown' } }, []]);
  });

  it('of a kind that the run does not make fails, and says so', async () => {
    const kept = new KeptEffects();
    const made = new EffectMaker({ store: kept as unknown as RunStore, gate: new Gate(), performers: {}, nowMs: () => 0, onItem: () => undefined });
    expect(await made.make(EFFECT, {})).toMatchObject({ ok: false, error: { code: 'effect_failed' } });
  });
});
