/**
 * What an agent has spent in the window at hand. It trips like a breaker: once all is spent it refuses, until the window has passed. An
 * answer that costs more than was left is still taken, since it is paid; nothing more is asked after it.
 */
import type { ModelAnswer } from '../../../shared/run/model-request';

export type Bound = { readonly tokens?: number; readonly usd?: number; readonly perMs?: number };
export type Spent = { readonly sinceMs: number; readonly tokens: number; readonly usd: number; readonly status: 'closed' | 'open' };

export const nothingSpent = (nowMs: number): Spent => ({ sinceMs: nowMs, tokens: 0, usd: 0, status: 'closed' });

/** A window begins with the first question after the last one has passed. */
export function atTime(spent: Spent, { perMs }: Bound, nowMs: number): Spent {
  return perMs !== undefined && nowMs - spent.sinceMs >= perMs ? nothingSpent(nowMs) : spent;
}

export function spend(spent: Spent, bound: Bound, { usage, costUsd }: Pick<ModelAnswer, 'usage' | 'costUsd'>): Spent {
  const tokens = spent.tokens + usage.inputTokens + usage.outputTokens;
  const usd = spent.usd + (costUsd ?? 0);
  const isOver = (bound.tokens !== undefined && tokens >= bound.tokens) || (bound.usd !== undefined && usd >= bound.usd);
  return { ...spent, tokens, usd, status: isOver ? 'open' : 'closed' };
}

export function wordSpent({ tokens, usd, sinceMs }: Spent, { perMs }: Bound, nowMs: number): string {
  const until = perMs === undefined ? 'until the agent is started anew' : `for ${Math.max(0, sinceMs + perMs - nowMs)} ms more`;
  return `its budget is spent (${tokens} tokens, ${usd} dollars): it refuses ${until}`;
}
