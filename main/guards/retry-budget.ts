/**
 * How many retries a wire may make: a share of its calls of the last 10 s beyond a floor, so that an outage is not answered with a storm
 * (the retry budget of Finagle and of Google's SRE book). A sliding window counter: two windows, the older one weighted by what is left of it.
 */
export const BUDGET_WINDOW_MS = 10_000;
export const BUDGET_FLOOR = 10;

export type RetryBudget = { readonly startMs: number; readonly calls: number; readonly retries: number; readonly callsBefore: number; readonly retriesBefore: number };
export const freshBudget = (nowMs: number): RetryBudget => ({ startMs: nowMs, calls: 0, retries: 0, callsBefore: 0, retriesBefore: 0 });

export function budgetAt(budget: RetryBudget, nowMs: number): RetryBudget {
  const agoMs = nowMs - budget.startMs;
  if (agoMs < BUDGET_WINDOW_MS) return budget;
  if (agoMs >= 2 * BUDGET_WINDOW_MS) return freshBudget(nowMs);
  return { startMs: budget.startMs + BUDGET_WINDOW_MS, calls: 0, retries: 0, callsBefore: budget.calls, retriesBefore: budget.retries };
}

export const afterCall = (budget: RetryBudget): RetryBudget => ({ ...budget, calls: budget.calls + 1 });
export const afterRetry = (budget: RetryBudget): RetryBudget => ({ ...budget, retries: budget.retries + 1 });

/** Whether one more retry is within `share`. `budget` is that of `nowMs`. */
export function allowsRetry(budget: RetryBudget, share: number, nowMs: number): boolean {
  const left = 1 - (nowMs - budget.startMs) / BUDGET_WINDOW_MS;
  const calls = budget.calls + budget.callsBefore * left;
  const retries = budget.retries + budget.retriesBefore * left;
  return retries + 1 <= BUDGET_FLOOR + share * calls;
}
