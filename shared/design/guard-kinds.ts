/** The kinds of guards, without their schemas: what draws them comes before what checks them. */
export const GUARD_KINDS = ['timeout', 'retry', 'breaker', 'bulkhead', 'rateLimit', 'fallback'] as const;
export type GuardKind = (typeof GUARD_KINDS)[number];
export const isGuardKind = (kind: unknown): kind is GuardKind => GUARD_KINDS.some((one) => one === kind);
