import type { Depends, EffectAnswer, EffectRequest } from '../../../shared/run/engine-protocol';
import type { RunStore } from '../../store/run-store';
import type { Gate } from '../run/gate';
import { notDone, type EffectOutcome, type EffectPerformer, type EffectPerformers } from './perform-effect';

export type EffectMakerOptions = {
  readonly store: RunStore;
  readonly gate: Gate;
  readonly performers: EffectPerformers;
  readonly nowMs: () => number;
};

/** How often a repeatable effect may have failed, or been lost, under one key before it is answered as it was the last time. */
const MOST_ATTEMPTS = 1000;

/**
 * Makes effects: first what they follow from is committed, then the intent, then the effect itself, then its answer. A key that
 * was answered is answered again and not made again; a key under way is waited for. A repeatable one that was not done is made
 * again under a key of its own (`<key>~2`), so that every attempt is on record.
 */
export class EffectMaker {
  readonly #options: EffectMakerOptions;
  readonly #underWay = new Map<string, Promise<EffectAnswer | undefined>>();
  readonly #end = new AbortController();
  /** Outputs made: what left the run. */
  made = 0;

  constructor(options: EffectMakerOptions) {
    this.#options = options;
  }

  get pending(): number {
    return this.#underWay.size;
  }

  /** `undefined`: what it follows from was lost with its host, so it was never asked for. */
  make(effect: EffectRequest, depends: Depends): Promise<EffectAnswer | undefined> {
    const known = this.#underWay.get(effect.key);
    if (known) return known;
    const making = this.#makeGated(effect, depends).finally(() => this.#underWay.delete(effect.key));
    this.#underWay.set(effect.key, making);
    return making;
  }

  /** Gives up what is under way, and waits until that is on record. */
  async close(): Promise<void> {
    this.#end.abort();
    await Promise.allSettled(this.#underWay.values());
    await Promise.allSettled(Object.values(this.#options.performers).map((performer) => performer.close?.()));
  }

  async #makeGated(effect: EffectRequest, depends: Depends): Promise<EffectAnswer | undefined> {
    if (!(await this.#options.gate.pass(depends)) || this.#end.signal.aborted) return undefined;
    const performer = this.#options.performers[effect.kind];
    const { answer } = await (performer?.isRepeatable === true ? this.#makeAgain(effect, performer) : this.#makeOnce(effect, performer));
    return { ...answer, key: effect.key };
  }

  async #makeOnce(effect: EffectRequest, performer: EffectPerformer | undefined): Promise<Made> {
    const { store, nowMs } = this.#options;
    const state = await store.intendEffect(effect, nowMs());
    if (state.status === 'settled') return { answer: state.answer, isNew: false };
    const isNew = state.status === 'new';
    if (!isNew && performer?.isRepeatable === true) performer.noteLost?.(effect);
    const answer = isNew ? { key: effect.key, ...(await this.#perform(effect, performer)) } : unknownAnswer(effect);
    await store.settleEffect(answer, nowMs());
    return { answer, isNew };
  }

  /** Attempts in order, to the first that was done or is made now. */
  async #makeAgain(effect: EffectRequest, performer: EffectPerformer): Promise<Made> {
    for (let attempt = 1; ; attempt += 1) {
      const key = attempt === 1 ? effect.key : `${effect.key}~${attempt}`;
      const made = await this.#makeOnce({ ...effect, key }, performer);
      if (made.answer.ok || made.isNew || attempt >= MOST_ATTEMPTS) return made;
    }
  }

  async #perform(effect: EffectRequest, performer: EffectPerformer | undefined): Promise<EffectOutcome> {
    if (!performer) return notDone(effect, 'effect_failed', `this run makes no effects of kind ${effect.kind}`);
    const outcome = await performer.perform(effect, this.#end.signal);
    if (outcome.ok && performer.isOutput) this.made += 1;
    return outcome;
  }
}

/** `isNew`: it was made now, and not answered from the record. */
type Made = { readonly answer: EffectAnswer; readonly isNew: boolean };

/** An intent without an answer, from a core that died between the two: nobody can say whether the effect was made. */
const unknownAnswer = ({ key, node }: EffectRequest): EffectAnswer => ({
  key,
  mode: 'live',
  ok: false,
  error: { code: 'unknown', message: 'it was about to be made when the core was lost; whether it was, is unknown', node },
});
