/** What a person is asked, and what their answer becomes. Pure. */
import { isList } from '../../shared/design/document';
import { isObject } from '../../shared/json/is-object';
import type { Json } from '../../shared/json/json';
import { sampleValue } from '../../shared/schema/sample-value';
import type { ValueSchema } from '../../shared/schema/value-schema';

/** Where yes or no stands in an answer: the answer itself, or its one boolean. */
export type Verdict = { readonly kind: 'whole' } | { readonly kind: 'field'; readonly name: string };

/** Nothing where an answer holds no boolean, or more than one: which of them is meant only a person knows. */
export function findVerdict(output: ValueSchema): Verdict | undefined {
  if (output.type === 'boolean') return { kind: 'whole' };
  const booleans = Object.entries(output.properties ?? {}).filter(([, { type }]) => type === 'boolean');
  const [only, ...more] = booleans;
  return only && more.length === 0 ? { kind: 'field', name: only[0] } : undefined;
}

export function withVerdict(value: Json, verdict: Verdict, isApproved: boolean): Json {
  if (verdict.kind === 'whole') return isApproved;
  return { ...(isObject(value) ? value : {}), [verdict.name]: isApproved };
}

/** The answer that the form begins with. */
export const beginAnswer = (output: ValueSchema): Json => sampleValue(output);

/** Longer than this is read in the whole value below. */
const MOST_ROWS = 40;
export type InputRow = { readonly name: string; readonly text: string; readonly isLong: boolean };
const LONG = 60;

/** The input field by field, texts as they are; of anything but an object one row without a name. */
export function listInputRows(input: Json): readonly InputRow[] {
  const row = (name: string, value: Json): InputRow => {
    const text = typeof value === 'string' ? value : isList(value) || isObject(value) ? JSON.stringify(value, null, 2) : JSON.stringify(value);
    return { name, text, isLong: text.length > LONG || text.includes('\n') };
  };
  if (!isObject(input)) return [row('', input)];
  return Object.entries(input).slice(0, MOST_ROWS).map(([name, value]) => row(name, value));
}

const [SECOND_MS, MINUTE_MS, HOUR_MS, DAY_MS] = [1000, 60_000, 3_600_000, 86_400_000];
const two = (number: number): string => String(number).padStart(2, '0');

/** Time left, of one width at every size: `4:59`, `1 h 02`, `3 d 04 h`; `late` when there is none. */
export function wordLeft(ms: number): string {
  if (ms <= 0) return 'late';
  if (ms < HOUR_MS) return `${Math.floor(ms / MINUTE_MS)}:${two(Math.floor(ms / SECOND_MS) % 60)}`;
  if (ms < DAY_MS) return `${Math.floor(ms / HOUR_MS)} h ${two(Math.floor(ms / MINUTE_MS) % 60)}`;
  return `${Math.floor(ms / DAY_MS)} d ${two(Math.floor(ms / HOUR_MS) % 24)} h`;
}

/** From here on the time left is told in the hue of what wants attention. */
export const isUrgent = (ms: number): boolean => ms < MINUTE_MS;
