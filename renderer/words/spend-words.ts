/** Money and tokens in words. Pure. */
import { wordCount } from '../canvas/words';

/** `$0.0012`, `$0.34`, `$12.50`: at least two significant figures, and cents from a cent on. */
export function wordUsd(usd: number): string {
  if (usd === 0) return '$0';
  if (usd < 0.000_1) return '< $0.0001';
  if (usd >= 0.1) return `$${usd.toFixed(2)}`;
  return `$${Number(usd.toPrecision(2))}`;
}

type Sums = { readonly calls: number; readonly failed: number; readonly recorded: number; readonly inputTokens: number; readonly outputTokens: number; readonly usd: number; readonly unpriced: number; readonly estimated?: number; readonly repeated: number };

/** `12 calls, 3 400 in, 900 out`; what failed, came from cassettes or has no price is said beside it. */
export function wordSpend({ calls, failed, recorded, inputTokens, outputTokens, unpriced, estimated = 0, repeated }: Sums): string {
  return [
    `${wordCount(calls)} ${calls === 1 ? 'call' : 'calls'}`,
    `${wordCount(inputTokens)} tokens in`,
    `${wordCount(outputTokens)} out`,
    ...(failed > 0 ? [`${wordCount(failed)} failed`] : []),
    ...(recorded > 0 ? [`${wordCount(recorded)} recorded`] : []),
    ...(unpriced > 0 ? [`${wordCount(unpriced)} without a price`] : []),
    ...(estimated > 0 ? [`${wordCount(estimated)} broken off and estimated`] : []),
    ...(repeated > 0 ? [`${wordCount(repeated)} asked twice`] : []),
  ].join(', ');
}
