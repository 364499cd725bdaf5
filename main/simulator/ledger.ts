/** What became of the inputs and effects of a simulated run. Counted from what happened, judged at the end. */
import type { Json } from '../../shared/json/json';
import type { EffectRequest, Settlement } from '../../shared/run/engine-protocol';

type Input = { readonly id: number; settlement?: Settlement };

export class Ledger {
  readonly #inputs = new Map<number, Input>();
  readonly #effects = new Map<string, number>();
  readonly #lastOutputs = new Map<string, Json>();
  readonly #writes = new Map<string, number>();
  #nextId = 1;
  restarts = 0;
  rootReason: string | undefined;

  acknowledge(): number {
    const id = this.#nextId++;
    this.#inputs.set(id, { id });
    return id;
  }

  settle(settlement: Settlement): void {
    const input = this.#inputs.get(settlement.id);
    if (input && !input.settlement) input.settlement = settlement;
  }

  isSettled(id: number): boolean {
    return this.#inputs.get(id)?.settlement !== undefined;
  }

  /** Answers whether the effect is made now; the same key again is answered and not made. */
  makeEffect(effect: EffectRequest): boolean {
    const made = this.#effects.get(effect.key) ?? 0;
    this.#effects.set(effect.key, made + 1);
    if (made > 0) return false;
    // Only what leaves the run is an output; a question to a model is none.
    if (effect.kind !== 'console' && effect.kind !== 'file.append') return true;
    const request = effect.request as { readonly value?: Json; readonly text?: string };
    this.#lastOutputs.set(effect.node, effect.kind === 'console' ? request.value! : (JSON.parse(request.text!) as Json));
    const input = effect.key.slice(0, effect.key.indexOf('/'));
    const written = `${input} ${effect.node} ${JSON.stringify(effect.request)}`;
    this.#writes.set(written, (this.#writes.get(written) ?? 0) + 1);
    return true;
  }

  lastOutput(node: string): Json | undefined {
    return this.#lastOutputs.get(node);
  }

  counts(): { readonly inputs: number; readonly handled: number; readonly failed: number; readonly lost: number; readonly duplicated: number } {
    const all = [...this.#inputs.values()];
    return {
      inputs: all.length,
      handled: all.filter(({ settlement }) => settlement?.ok === true).length,
      failed: all.filter(({ settlement }) => settlement?.ok === false).length,
      lost: all.filter(({ settlement }) => settlement === undefined).length,
      // The same words written twice for the same input under different keys: the keys should have been equal.
      duplicated: [...this.#writes].filter(([written, count]) => count > 1 && !written.includes('#')).length,
    };
  }
}
