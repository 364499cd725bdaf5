/** A guard: policy on a wire. */
import { z } from 'zod';
import { ruled } from './field-rule';

const LONGEST_TIMEOUT_MS = 86_400_000;

export const timeoutGuard = z.object({
  kind: z.literal('timeout'),
  ms: ruled(z.int().min(1).max(LONGEST_TIMEOUT_MS).describe('How long a call may take, in milliseconds. Without this guard it is OTP’s 5000.'), {
    code: 'GRD003',
    because: 'ms is a time in whole milliseconds from 1 to a day',
    fix: 'Write it like 2000; without a timeout guard a call has 5000 ms.',
  }),
});
export type Guard = z.infer<typeof timeoutGuard>;

export const GUARD_KINDS: ReadonlySet<string> = new Set(['timeout']);
/** Kinds that the format names and this version cannot enforce yet. */
export const LATER_GUARD_KINDS: ReadonlySet<string> = new Set(['retry', 'breaker', 'bulkhead', 'rateLimit', 'fallback']);
