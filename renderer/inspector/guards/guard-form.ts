/** The fields of a guard as a form shows them, made of its schema. Pure. */
import { z } from 'zod';
import { guardSchemas, type GuardKind } from '../../../shared/design/guard';
import type { Json, JsonObject } from '../../../shared/json/json';
import { GUARD_STANDARDS } from '../../words/guard-words';

export type GuardControl = 'number' | 'choice' | 'yes or no' | 'failures' | 'node' | 'answers';
export type GuardField = {
  readonly name: string;
  readonly label: string;
  readonly control: GuardControl;
  /** A sentence of the schema: what the field does. */
  readonly says: string;
  readonly unit?: string;
  readonly standard?: Json;
  readonly options?: readonly string[];
  readonly isRequired: boolean;
  /** Shown before anything else is asked for; the others come when they are wanted, or once they have a value. */
  readonly isMain: boolean;
};

const MAIN: Readonly<Record<GuardKind, readonly string[]>> = {
  timeout: ['ms'],
  retry: ['attempts', 'backoffMs'],
  breaker: ['failures', 'openMs'],
  bulkhead: ['concurrency', 'queue'],
  rateLimit: ['calls', 'perMs', 'queue'],
  fallback: ['to', 'answers'],
};
/** Words where the name of the field alone would not say it. */
const LABELS: Readonly<Record<string, string>> = { ms: 'Time', factor: 'Backoff factor', idempotent: 'Idempotent', to: 'Ask', answers: 'Answer', perMs: 'Within', calls: 'Calls', openMs: 'Stays open', failureRate: 'Failure share' };
/** What holds without the field, where the schema has no default since another field may stand in its place. */
const STANDARDS: Readonly<Record<string, Json>> = { failures: GUARD_STANDARDS.failures };
const ON_LABELS: Readonly<Partial<Record<GuardKind, string>>> = { retry: 'Tries again after', breaker: 'Counts as a failure', fallback: 'Stands in for' };
const CONTROLS: Readonly<Record<string, GuardControl>> = { on: 'failures', to: 'node', answers: 'answers' };
const UNITS: Readonly<Record<string, string>> = { factor: 'times', budget: 'share', failureRate: 'share', attempts: 'calls', failures: 'failures', windowCalls: 'calls', minimumCalls: 'calls', probes: 'calls', concurrency: 'at once', queue: 'may wait' };

/** `maxBackoffMs`: `Max backoff`. */
export function labelOf(name: string): string {
  if (Object.hasOwn(LABELS, name)) return LABELS[name]!;
  const words = name.replace(/Ms$/, '').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function unwrap(schema: z.ZodType): { readonly inner: z.ZodType; readonly standard?: Json; readonly isOptional: boolean; readonly says: string } {
  let at = schema;
  let says = schema.description ?? '';
  let standard: Json | undefined;
  let isOptional = false;
  while (at instanceof z.ZodDefault || at instanceof z.ZodOptional) {
    isOptional = true;
    if (at instanceof z.ZodDefault) standard = at.def.defaultValue as Json;
    at = at.unwrap() as z.ZodType;
    says = says === '' ? (at.description ?? '') : says;
  }
  return { inner: at, isOptional, says, ...(standard === undefined ? {} : { standard }) };
}

const controlOf = (name: string, inner: z.ZodType): GuardControl => {
  if (Object.hasOwn(CONTROLS, name)) return CONTROLS[name]!;
  if (inner instanceof z.ZodEnum) return 'choice';
  return inner instanceof z.ZodBoolean ? 'yes or no' : 'number';
};

/** In the order of the schema. */
export function listGuardFields(kind: GuardKind): readonly GuardField[] {
  const shape: Readonly<Record<string, z.ZodType>> = guardSchemas[kind].shape;
  return Object.entries(shape).filter(([name]) => name !== 'kind').map(([name, schema]) => {
    const { inner, standard = Object.hasOwn(STANDARDS, name) ? STANDARDS[name] : undefined, isOptional, says } = unwrap(schema);
    const unit = name.endsWith('Ms') || name === 'ms' ? 'ms' : Object.hasOwn(UNITS, name) ? UNITS[name] : undefined;
    return {
      name, says, label: name === 'on' ? (ON_LABELS[kind] ?? labelOf(name)) : labelOf(name), control: controlOf(name, inner), isRequired: !isOptional, isMain: MAIN[kind].includes(name),
      ...(standard === undefined ? {} : { standard }), ...(unit === undefined ? {} : { unit }), ...(inner instanceof z.ZodEnum ? { options: inner.options.map(String) } : {}),
    };
  });
}

/** Fields that make no sense beside another one that is set. */
function isBeside(name: string, guard: JsonObject): boolean {
  const isShare = guard['failureRate'] !== undefined;
  if (name === 'failures') return !isShare || guard['failures'] !== undefined;
  if (name === 'failureRate' || name === 'windowCalls' || name === 'minimumCalls') return isShare || guard[name] !== undefined;
  return true;
}

/** The main fields, those that are set, and once they are asked for all others; `hidden` counts what is left. */
export function listShownFields(kind: GuardKind, guard: JsonObject, isMore: boolean): { readonly shown: readonly GuardField[]; readonly hidden: number } {
  const fields = listGuardFields(kind).filter(({ name }) => isBeside(name, guard));
  const shown = fields.filter(({ name, isMain }) => isMore || isMain || guard[name] !== undefined);
  return { shown, hidden: fields.length - shown.length };
}
