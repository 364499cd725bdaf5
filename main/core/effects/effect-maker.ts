import type { Json } from '../../../shared/json/json';
import type { Depends, EffectAnswer, EffectKind, EffectRequest } from '../../../shared/run/engine-protocol';
import type { RunStore } from '../../store/run-store';
import type { Gate } from '../run/gate';
import { NOBODY_READS, notDone, type EffectOutcome, type EffectPerformer, type EffectPerformers } from './perform-effect';

export type EffectMakerOptions = {
  readonly store: RunStore;
  readonly gate: Gate;
  readonly performers: EffectPerformers;
  readonly nowMs: () => number;
  /** A piece of an answer that is still on its way. */
  readonly onItem: (key: string, item: Json) => void;
};
/** `over`: aborted when the run ends, or nobody waits for it any more. */
type UnderWay = { readonly kind: EffectKind; readonly making: Promise<EffectAnswer | undefined>; readonly over: AbortController; isAbandoned: boolean };

/** How often a repeatable effect may have failed, or been lost, under one key before it is answered as it was the last time. */
const MOST_ATTEMPTS = 1000;

/**
 * Makes effects: first what they follow from is committed, then the intent, then the effect itself, then its answer. A key that
 * was answered is answered again and not made again; a key under way is waited for. A repeatable one that was not done is made
 * again under a key of its own (`<key>~2`), so that every attempt is on record.
 */
export class EffectMaker {
  readonly #options: EffectMakerOptions;
  readonly #underWay = new Map<string, UnderWay>();
  #isClosed = false;
  /** Outputs made: what left the run. */
  made = 0;

  constructor(options: EffectMakerOptions) {
    this.#options = options;
  }

  get pending(): number {
    return this.#underWay.size;
  }

  /** `undefined`: what it follows from was lost with its host, so it was never asked for; or it was abandoned. */
  make(effect: EffectRequest, depends: Depends): Promise<EffectAnswer | undefined> {
    const known = this.#underWay.get(effect.key);
    // Asked for anew while it is given up: that has to be on record first.
    if (known?.isAbandoned === true) return known.making.then(() => this.make(effect, depends));
    if (known) {
      this.#options.performers[effect.kind]?.askedAgain?.(effect);
      return known.making;
    }
    const over = new AbortController();
    const making = this.#makeGated(effect, depends, over.signal).finally(() => this.#underWay.delete(effect.key));
    const underWay: UnderWay = { kind: effect.kind, over, isAbandoned: false, making: making.then((answer) => (underWay.isAbandoned ? undefined : answer)) };
    this.#underWay.set(effect.key, underWay);
    return underWay.making;
  }

  /** Nobody waits for its answer: it is given up, and made again if it is asked for again. One that may not be made twice goes on. */
  abandon(key: string): void {
    const known = this.#underWay.get(key);
    if (!known || this.#options.performers[known.kind]?.isRepeatable !== true) return;
    known.isAbandoned = true;
    known.over.abort(NOBODY_READS);
  }

  /** Gives up what is under way, and waits until that is on record. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const underWay = [...this.#underWay.values()];
    for (const { over } of underWay) over.abort();
    for (const { making } of underWay) await making.catch(() => undefined);
    await Promise.allSettled(Object.values(this.#options.performers).map(async (performer) => performer.close?.()));
  }

  async #makeGated(effect: EffectRequest, depends: Depends, signal: AbortSignal): Promise<EffectAnswer | undefined> {
    if (!(await this.#options.gate.pass(depends)) || signal.aborted || this.#isClosed) return undefined;
    const tell = (item: Json): void => {
      if (!signal.aborted) this.#options.onItem(effect.key, item);
    };
    const performer = this.#options.performers[effect.kind];
    const { answer } = await (performer?.isRepeatable === true ? this.#makeAgain({ effect, signal, tell }, performer) : this.#makeOnce({ effect, signal, tell }, performer));
    return { ...answer, key: effect.key };
  }

  async #makeOnce(making: Making, performer: EffectPerformer | undefined): Promise<Made> {
    const { store, nowMs } = this.#options;
    const { effect } = making;
    const state = await store.intendEffect(effect, nowMs());
    if (state.status === 'settled') return { answer: state.answer, isNew: false };
    const isNew = state.status === 'new';
    if (!isNew && performer?.isRepeatable === true) performer.noteLost?.(effect);
    const answer = isNew ? { key: effect.key, ...(await this.#perform(making, performer)) } : unknownAnswer(effect);
    await store.settleEffect(answer, nowMs());
    return { answer, isNew };
  }

  /** Attempts in order, to the first that was done or is made now. */
  async #makeAgain(making: Making, performer: EffectPerformer): Promise<Made> {
    for (let attempt = 1; ; attempt += 1) {
      const key = attempt === 1 ? making.effect.key : `${making.effect.key}~${attempt}`;
      const made = await this.#makeOnce({ ...making, effect: { ...making.effect, key } }, performer);
      if (made.answer.ok || made.isNew || attempt >= MOST_ATTEMPTS) return made;
    }
  }

  async #perform({ effect, signal, tell }: Making, performer: EffectPerformer | undefined): Promise<EffectOutcome> {
    if (!performer) return notDone(effect, 'effect_failed', `this run makes no effects of kind ${effect.kind}`);
    const outcome = await performer.perform(effect, signal, tell);
    if (outcome.ok && performer.isOutput) this.made += 1;
    return outcome;
  }
}

type Making = { readonly effect: EffectRequest; readonly signal: AbortSignal; readonly tell: (item: Json) => void };
/** `isNew`: it was made now, and not answered from the record. */
type Made = { readonly answer: EffectAnswer; readonly isNew: boolean };

/** An intent without an answer, from a core that died between the two: nobody can say whether the effect was made. */
const unknownAnswer = ({ key, node }: EffectRequest): EffectAnswer => ({
  key,
  mode: 'live',
  ok: false,
  error: { code: 'unknown', message: 'it was about to be made when the core was lost; whether it was, is unknown', node },
});
