/** A guard: policy on a wire. A call meets those of its wire in drawn order; each stands around all that come after it, and the provider. */
import { z } from 'zod';
import { anyJson } from '../json/json-schema';
import { ruled } from './field-rule';
import type { GuardKind } from './guard-kinds';

const LONGEST_MS = 86_400_000;
const MOST_ATTEMPTS = 20;
const MOST_AT_ONCE = 1_000_000;

const time = (words: string): z.ZodInt => z.int().min(1).max(LONGEST_MS).describe(words);
const count = (words: string): z.ZodInt => z.int().min(1).max(MOST_AT_ONCE).describe(words);
const ruleOf = (because: string, fix: string) => ({ code: 'GRD004', because, fix }) as const;
const timeRule = ruleOf('this is a time in whole milliseconds from 1 to a day', 'Write it like 2000.');
const countRule = ruleOf(`this is a whole number from 1 to ${MOST_AT_ONCE}`, 'Write it like 5.');

/** Codes of failures: those of the contract, or errors that the operation declares. */
const codes = (words: string) => ruled(z.array(z.string()).min(1).optional().describe(words), ruleOf('on is a list of failures: timeout, noproc, callee_exit, noconnection, overloaded, or names of declared errors', 'Write it like ["timeout", "RateLimited"], or leave it out.'));

export const timeoutGuard = z.object({
  kind: z.literal('timeout'),
  ms: ruled(z.int().min(1).max(LONGEST_MS).describe('How long a call may take, in milliseconds. Without this guard it is OTP’s 5000.'), {
    code: 'GRD003',
    because: 'ms is a time in whole milliseconds from 1 to a day',
    fix: 'Write it like 2000; without a timeout guard a call has 5000 ms.',
  }),
});

export const retryGuard = z.object({
  kind: z.literal('retry'),
  attempts: ruled(z.int().min(2).max(MOST_ATTEMPTS).default(3).describe('How often a call is made at most, the first time included.'), ruleOf(`attempts counts all calls, the first one too: from 2 to ${MOST_ATTEMPTS}`, 'Use 3, the default.')),
  backoffMs: ruled(time('Pause before the second attempt, in milliseconds.').default(100), timeRule),
  factor: ruled(z.number().min(1).max(10).default(2).describe('Each pause is so many times the one before.'), ruleOf('factor is a number from 1 to 10', 'Use 2, the default.')),
  maxBackoffMs: ruled(time('No pause is longer, in milliseconds.').default(10_000), timeRule),
  jitter: ruled(z.enum(['full', 'none']).default('full').describe('`full`: each pause is drawn at random between 0 and its length, so that callers do not come back together.'), ruleOf('jitter is full or none', 'Use full, the default.')),
  on: codes('Failures that are tried again. Without it: timeout, noproc, callee_exit, noconnection, overloaded.'),
  idempotent: ruled(z.boolean().optional().describe('Whether calling twice is the same as calling once. Without it, as the operation says; where it is not, only failures of calls that never began (noproc, overloaded) and declared errors that `on` names are tried again.'), ruleOf('idempotent is true or false', 'Leave it out: the operation says it.')),
  budget: ruled(z.number().min(0).max(1).default(0.2).describe('Share of the wire’s calls of the last 10 s that may be retries, beyond a floor of 10: what keeps an outage from becoming a storm.'), ruleOf('budget is a share from 0 to 1', 'Use 0.2, the default.')),
});

export const breakerGuard = z.object({
  kind: z.literal('breaker'),
  failures: ruled(count('So many failures open it: in a row, or within `windowMs`.').optional(), countRule),
  failureRate: ruled(z.number().gt(0).max(1).optional().describe('So large a share of failures in the window opens it. One of `failures` and `failureRate` is given; without both it is 5 failures in a row.'), ruleOf('failureRate is a share above 0, at most 1', 'Write it like 0.5.')),
  windowMs: ruled(time('What is looked at: so many milliseconds back.').optional(), timeRule),
  windowCalls: ruled(count('What is looked at: so many calls back (with `failureRate`).').optional(), countRule),
  minimumCalls: ruled(count('A rate of fewer calls than this says nothing.').default(10), countRule),
  openMs: ruled(time('How long it stays open before it lets probes through.').default(10_000), timeRule),
  probes: ruled(count('So many calls are let through when half open; as many must succeed for it to close, one failure opens it again.').default(1), countRule),
  on: codes('What counts as a failure. Without it: timeout, noproc, callee_exit, noconnection, overloaded.'),
});

export const bulkheadGuard = z.object({
  kind: z.literal('bulkhead'),
  concurrency: ruled(count('Calls under way at once.').default(10), countRule),
  queue: ruled(z.int().min(0).max(MOST_AT_ONCE).default(0).describe('Calls that may wait for a place; one more fails with `overloaded`.'), ruleOf(`queue is a whole number from 0 to ${MOST_AT_ONCE}`, 'Use 0: then nothing waits.')),
});

export const rateLimitGuard = z.object({
  kind: z.literal('rateLimit'),
  calls: ruled(count('So many calls within `perMs`, and at once.').default(10), countRule),
  perMs: ruled(time('The time in which `calls` may be made, in milliseconds.').default(1000), timeRule),
  queue: ruled(z.int().min(0).max(MOST_AT_ONCE).default(0).describe('Calls that may wait for their turn; one more fails with `overloaded`.'), ruleOf(`queue is a whole number from 0 to ${MOST_AT_ONCE}`, 'Use 0: then nothing waits.')),
});

export const fallbackGuard = z.object({
  kind: z.literal('fallback'),
  to: ruled(z.string().optional().describe('Id of another node that provides the protocol of the wire: it is asked once instead.'), ruleOf('to is the id of a node', 'Write it like "spare-brain".')),
  answers: ruled(z.record(z.string(), anyJson).optional().describe('Operation -> the answer that is given instead. One of `to` and `answers`.'), ruleOf('answers gives operations an answer each', 'Write it like { "complete": { "text": "" } }.')),
  on: codes('Failures that it stands in for. Without it: timeout, noproc, callee_exit, noconnection, overloaded.'),
});

export { GUARD_KINDS, isGuardKind, type GuardKind } from './guard-kinds';

export const guardSchemas = { timeout: timeoutGuard, retry: retryGuard, breaker: breakerGuard, bulkhead: bulkheadGuard, rateLimit: rateLimitGuard, fallback: fallbackGuard } as const;
export type Guard = { readonly [K in GuardKind]: Readonly<z.infer<(typeof guardSchemas)[K]>> }[GuardKind];
export type GuardOf<K extends GuardKind> = Extract<Guard, { kind: K }>;
