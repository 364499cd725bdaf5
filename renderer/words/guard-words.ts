/** Guards in words: what each does, and the value that says most about one. Pure. */
import { isGuardKind, type GuardKind } from '../../shared/design/guard-kinds';
import type { Json, JsonObject } from '../../shared/json/json';
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

/** What holds where a guard does not say it; the schemas have the same, and come later than the canvas. */
export const GUARD_STANDARDS = { attempts: 3, failures: 5, concurrency: 10, calls: 10, perMs: SECOND_MS } as const;

/** Short enough for a chip: `2 s`, `3`, `5`, `50 %`, `8`, `40/s`, the id of a fallback. Nothing where the value is broken or the kind unknown. */
export function wordGuardValue(guard: JsonObject): string {
  const kind = guardKindOf(guard);
  if (!isGuardKind(kind)) return '';
  switch (kind) {
    case 'timeout':
      return wordNumber(guard['ms'], undefined, wordMs);
    case 'retry':
      return wordNumber(guard['attempts'], GUARD_STANDARDS.attempts);
    case 'breaker':
      return guard['failureRate'] === undefined ? wordNumber(guard['failures'], GUARD_STANDARDS.failures) : wordNumber(guard['failureRate'], undefined, percent);
    case 'bulkhead':
      return wordNumber(guard['concurrency'], GUARD_STANDARDS.concurrency);
    case 'rateLimit': {
      const perMs = wordNumber(guard['perMs'], GUARD_STANDARDS.perMs, wordMs);
      const calls = wordNumber(guard['calls'], GUARD_STANDARDS.calls);
      return calls === '' || perMs === '' ? '' : perMs === wordMs(SECOND_MS) ? `${calls}/s` : `${calls} in ${perMs}`;
    }
    case 'fallback':
      return typeof guard['to'] === 'string' ? guard['to'] : '';
  }
}

function wordNumber(value: Json | undefined, standard: number | undefined, word: (number: number) => string = wordCount): string {
  const number = value ?? standard;
  return typeof number === 'number' && number > 0 ? word(number) : '';
}
