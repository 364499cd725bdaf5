/** What a command ends with (contract section 5). */
export const EXIT = { good: 0, failed: 1, usage: 2, unknown: 3, bug: 70 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
