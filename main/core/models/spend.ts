/** What models were asked in a run and what it cost, per node and in all. Answers from cassettes cost nothing, and are counted apart. */
import type { NodeId } from '../../../shared/ids';
import type { EffectMode } from '../../../shared/journal/record';
import type { ModelAnswer } from '../../../shared/run/model-request';
import type { NodeSpend, RunSpend } from '../../../shared/run/run-spend';

const NOTHING: Omit<NodeSpend, 'node'> = { calls: 0, failed: 0, recorded: 0, inputTokens: 0, outputTokens: 0, usd: 0, unpriced: 0, estimated: 0, repeated: 0 };

export class Spend {
  readonly #nodes = new Map<NodeId, NodeSpend>();

  answered(node: NodeId, { usage, costUsd }: Pick<ModelAnswer, 'usage' | 'costUsd'>, mode: EffectMode): void {
    const { inputTokens, outputTokens } = usage;
    if (mode !== 'live') return this.#add(node, { calls: 1, recorded: 1 });
    this.#add(node, { calls: 1, inputTokens, outputTokens, ...(costUsd === null ? { unpriced: 1 } : { usd: costUsd }) });
  }

  /** It may have cost something all the same: nobody says how much. */
  failed(node: NodeId): void {
    this.#add(node, { calls: 1, failed: 1 });
  }

  /** A stream that did not come to its end: what came of it is paid all the same. `isFailed`: not because its reader went away. */
  brokenOff(node: NodeId, { usage, costUsd }: Pick<ModelAnswer, 'usage' | 'costUsd'>, isFailed: boolean): void {
    const { inputTokens, outputTokens } = usage;
    this.#add(node, { calls: 1, failed: isFailed ? 1 : 0, estimated: 1, inputTokens, outputTokens, ...(costUsd === null ? { unpriced: 1 } : { usd: costUsd }) });
  }

  /** Asked again, since what became of the first time is unknown: its price may have been paid twice. */
  repeated(node: NodeId): void {
    this.#add(node, { repeated: 1 });
  }

  #add(node: NodeId, more: Partial<Omit<NodeSpend, 'node'>>): void {
    const known = this.#nodes.get(node) ?? { node, ...NOTHING };
    this.#nodes.set(node, addUp(known, { ...NOTHING, ...more }));
  }

  /** `undefined` where no model was asked. */
  sum(): RunSpend | undefined {
    const nodes = [...this.#nodes.values()].toSorted((a, b) => (a.node < b.node ? -1 : 1));
    if (nodes.length === 0) return undefined;
    const { node: _, ...total } = nodes.reduce(addUp, { node: '', ...NOTHING });
    return { ...total, nodes };
  }
}

function addUp(known: NodeSpend, more: Omit<NodeSpend, 'node'>): NodeSpend {
  const sumOf = (field: keyof typeof NOTHING): number => known[field] + more[field];
  return {
    node: known.node,
    calls: sumOf('calls'),
    failed: sumOf('failed'),
    recorded: sumOf('recorded'),
    inputTokens: sumOf('inputTokens'),
    outputTokens: sumOf('outputTokens'),
    usd: roundUsd(sumOf('usd')),
    unpriced: sumOf('unpriced'),
    estimated: sumOf('estimated'),
    repeated: sumOf('repeated'),
  };
}

/** A ten-billionth of a dollar is less than any token costs; sums of binary fractions are not shown further. */
const roundUsd = (usd: number): number => Math.round(usd * 1e10) / 1e10;
