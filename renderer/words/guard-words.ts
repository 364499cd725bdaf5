/** Guards in words: what each does, and the value that says most about one. Pure. */
import { guardSchemas, isGuardKind, type GuardKind } from '../../shared/design/guard';
import type { JsonObject } from '../../shared/json/json';
import { wordCount, wordMs } from '../canvas/words';

export type GuardWords = { readonly title: string; /** One line, in menus. */ readonly says: string };

export const GUARD_WORDS: Readonly<Record<GuardKind, GuardWords>> = {
  timeout: { title: 'Timeout', says: 'Gives up on a call after a time' },
  retry: { title: 'Retry', says: 'Makes a failed call again, with pauses' },
  breaker: { title: 'Breaker', says: 'Stops calling what keeps failing' },
  bulkhead: { title: 'Bulkhead', says: 'Bounds how many calls run at once' },
  rateLimit: { title: 'Rate limit', says: 'Bounds how many calls go out in a time' },
  fallback: { title: 'Fallback', says: 'Asks another, or answers itself, when a call fails' },
};

/** `unknown` for what names no kind. */
export const guardKindOf = ({ kind }: JsonObject): string => (typeof kind === 'string' ? kind : 'unknown');
export const wordGuard = (kind: string): string => (isGuardKind(kind) ? GUARD_WORDS[kind].title : kind);

const SECOND_MS = 1000;
const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** Short enough for a chip: `2 s`, `3`, `5`, `50 %`, `8`, `40/s`, the id of a fallback. Nothing where the guard is broken or of an unknown kind. */
export function wordGuardValue(guard: JsonObject): string {
  const kind = guardKindOf(guard);
  if (!isGuardKind(kind)) return '';
  const parsed = guardSchemas[kind].safeParse(guard);
  if (!parsed.success) return '';
  const value = parsed.data;
  switch (value.kind) {
    case 'timeout':
      return wordMs(value.ms);
    case 'retry':
      return String(value.attempts);
    case 'breaker':
      return value.failureRate === undefined ? String(value.failures ?? STANDARD_FAILURES) : percent(value.failureRate);
    case 'bulkhead':
      return wordCount(value.concurrency);
    case 'rateLimit':
      return value.perMs === SECOND_MS ? `${wordCount(value.calls)}/s` : `${wordCount(value.calls)} in ${wordMs(value.perMs)}`;
    case 'fallback':
      return value.to ?? '';
  }
}

/** Of a breaker that says neither how many failures open it nor which share. */
export const STANDARD_FAILURES = 5;
