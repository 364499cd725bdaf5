import type { Depends, EffectAnswer, EffectRequest } from '../../../shared/run/engine-protocol';
import type { Json } from '../../../shared/json/json';
import type { RunStore } from '../../store/run-store';
import type { Gate } from '../run/gate';
import type { AppendFiles } from './append-file';

export type EffectOutput = { readonly node: string; readonly port: string; readonly value: Json };

export type EffectMakerOptions = {
  readonly store: RunStore;
  readonly gate: Gate;
  readonly files: AppendFiles;
  readonly nowMs: () => number;
  readonly onOutput: (output: EffectOutput) => void;
};

/**
 * Makes effects: first what they follow from is committed, then the intent, then the effect itself, then its answer. A key that
 * was answered is answered again and not made again; a key under way is waited for.
 */
export class EffectMaker {
  readonly #options: EffectMakerOptions;
  readonly #underWay = new Map<string, Promise<EffectAnswer | undefined>>();
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
    const making = this.#makeOnce(effect, depends).finally(() => this.#underWay.delete(effect.key));
    this.#underWay.set(effect.key, making);
    return making;
  }

  async #makeOnce(effect: EffectRequest, depends: Depends): Promise<EffectAnswer | undefined> {
    const { store, gate, nowMs } = this.#options;
    if (!(await gate.pass(depends))) return undefined;
    const state = await store.intendEffect(effect, nowMs());
    if (state.status === 'settled') return state.answer;
    const answer = state.status === 'new' ? await this.#perform(effect) : unknownAnswer(effect);
    await store.settleEffect(answer, nowMs());
    return answer;
  }

  async #perform(effect: EffectRequest): Promise<EffectAnswer> {
    const { key } = effect;
    const request = effect.request as { readonly port: string; readonly value: Json; readonly path: string; readonly text: string };
    if (effect.kind === 'console') this.#options.onOutput({ node: effect.node, port: request.port, value: request.value });
    else {
      const written = await this.#options.files.append(request.path, request.text);
      if (!written.ok) return { key, mode: 'live', ok: false, error: { code: 'effect_failed', message: `${written.error.code}: ${written.error.message}. ${written.error.fix}`, node: effect.node } };
    }
    this.made += 1;
    return { key, mode: 'live', ok: true, value: null };
  }
}

/** An intent without an answer, from a core that died between the two: nobody can say whether the effect was made. */
const unknownAnswer = ({ key, node }: EffectRequest): EffectAnswer => ({
  key,
  mode: 'live',
  ok: false,
  error: { code: 'unknown', message: 'it was about to be made when the core was lost; whether it was, is unknown', node },
});
