// One entry of the log.
const SEVERITIES = ['DEBUG', 'INFO', 'WARN', 'ERROR'] as const
export type Severity = (typeof SEVERITIES)[number]

/** `atMs` is the log's own time. */
export type Entry = { atMs: number; severity: Severity; service: string; message: string }

export const isSeverity = (word: string): word is Severity => SEVERITIES.some((severity) => severity === word)
