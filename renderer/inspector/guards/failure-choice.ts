/** Which failures a guard counts: those of the contract, and errors that the operations of the wire declare. Pure. */
import type { Json } from '../../../shared/json/json';
import { isList } from '../../../shared/design/document';
import { CALL_FAILURES, PASSING_FAILURES } from '../../../shared/run/call-failure';

/** What `on` is without being written: failures that have nothing to do with what was asked. */
export const STANDARD_ON: readonly string[] = CALL_FAILURES.filter((code) => PASSING_FAILURES.has(code));

export const readOn = (value: Json | undefined): readonly string[] => (isList(value) ? value.filter((one) => typeof one === 'string') : STANDARD_ON);

/** Codes to choose from: the standard ones, those declared, and whatever stands in the file. */
export const listCodes = (declared: readonly string[], value: Json | undefined): readonly string[] => [...new Set([...STANDARD_ON, ...declared, ...readOn(value)])];

const isStandard = (codes: readonly string[]): boolean => codes.length === STANDARD_ON.length && STANDARD_ON.every((code) => codes.includes(code));

/** The field with a code taken in or out: absent where it is the standard again, as it was where it would be empty. */
export function toggleCode(value: Json | undefined, code: string, order: readonly string[]): Json | undefined {
  const now = readOn(value);
  const next = now.includes(code) ? now.filter((one) => one !== code) : order.filter((one) => one === code || now.includes(one));
  if (next.length === 0) return value;
  return isStandard(next) ? undefined : next;
}
