/** What the models of a run were asked, and what it cost by the prices that the person gives. */
import type { NodeId } from '../ids';

type Sums = {
  /** Asked, with whatever outcome. */
  readonly calls: number;
  /** Of them: failed, and perhaps paid for all the same. */
  readonly failed: number;
  /** Of them: answered from cassettes, for nothing. */
  readonly recorded: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly usd: number;
  /** Answers of models without a price: they are in the tokens and not in `usd`. */
  readonly unpriced: number;
  /** Streams that did not come to their end, though something had come: nobody says what they cost, so their tokens and price are guessed. */
  readonly estimated: number;
  /** Asked again because the first answer was lost with the core: perhaps paid for twice. */
  readonly repeated: number;
};
export type NodeSpend = Sums & { readonly node: NodeId };
export type RunSpend = Sums & { readonly nodes: readonly NodeSpend[] };
