/** What the rows of a run add up to, kept in memory: built from the file on opening, and again after a transaction that failed. */
import type { EffectAnswer, OutsideInput, Settlement } from '../../shared/run/engine-protocol';
import type { Entry } from './entry';
import type { DeadLetter, EffectState, RunCounts } from './run-store';

export type KeptInput = OutsideInput & { readonly atMs: number };
export type KeptSettlement = Settlement & { readonly deadLetter: boolean };

export class RunState {
  readonly inputs = new Map<number, KeptInput>();
  readonly settlements = new Map<number, KeptSettlement>();
  readonly intents = new Set<string>();
  readonly answers = new Map<string, EffectAnswer>();
  readonly chunks = new Map<string, number>();
  coreEvents = 0;
  openings = 0;
  isEnded = false;

  apply(entry: Pick<Entry, 'kind' | 'stream' | 'version' | 'last' | 'body'>): void {
    switch (entry.kind) {
      case 'run.opened':
        this.openings += 1;
        return;
      case 'chunk':
        this.chunks.set(entry.stream, entry.last);
        return;
      case 'core.event':
        this.coreEvents += 1;
        this.isEnded ||= entry.body.includes('"type":"run.ended"');
        return;
      case 'input.acknowledged':
        this.inputs.set(entry.version, JSON.parse(entry.body) as KeptInput);
        return;
      case 'input.settled':
        this.settlements.set(entry.version, JSON.parse(entry.body) as KeptSettlement);
        return;
      case 'effect.intended':
        this.intents.add(entry.stream);
        return;
      case 'effect.settled': {
        const { atMs: _, ...answer } = JSON.parse(entry.body) as EffectAnswer & { readonly atMs: number };
        this.answers.set(entry.stream, answer);
        return;
      }
    }
  }

  effect(key: string): EffectState {
    const answer = this.answers.get(key);
    if (answer) return { status: 'settled', answer };
    return { status: this.intents.has(key) ? 'intended' : 'new' };
  }

  unsettled(): readonly OutsideInput[] {
    return [...this.inputs.values()].filter(({ id }) => !this.settlements.has(id)).map(({ atMs: _, ...input }) => input).toSorted((a, b) => a.id - b.id);
  }

  deadLetters(): readonly DeadLetter[] {
    return [...this.settlements.values()].flatMap((settlement) => {
      const input = this.inputs.get(settlement.id);
      return settlement.deadLetter && !settlement.ok && input ? [{ input: input.id, node: input.node, value: input.value, error: settlement.error }] : [];
    });
  }

  counts(): RunCounts {
    const settlements = [...this.settlements.values()];
    const handled = settlements.filter(({ ok }) => ok).length;
    const unknown = [...this.answers.values()].filter((answer) => !answer.ok && answer.error.code === 'unknown').length;
    return {
      inputs: this.inputs.size,
      handled,
      failed: settlements.length - handled,
      unsettled: this.inputs.size - settlements.length,
      deadLetters: settlements.filter(({ deadLetter }) => deadLetter).length,
      effects: { requested: this.intents.size, settled: this.answers.size - unknown, unknown },
    };
  }
}
