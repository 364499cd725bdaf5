/**
 * Conditions on a message, as JSON: what a router's `routes` ask of the input. Total: every condition has an answer for every value, in
 * time bounded by its size. No code, no pattern, no clock. One object holds one test, or one of `and`, `or`, `not`:
 *
 *   { "path": "ticket.priority", "equals": "high" }
 *   { "and": [{ "path": "total", "greater": 100 }, { "not": { "path": "coupon", "exists": true } }] }
 */
import { isJson } from '../json/json-schema';
import type { Json, JsonObject } from '../json/json';
import { equalJson } from '../schema/validate-value';

export type Test =
  | { readonly path: string; readonly equals: Json }
  | { readonly path: string; readonly in: readonly Json[] }
  /** A text that holds the text, case ignored; or a list that holds the value. */
  | { readonly path: string; readonly contains: Json }
  /** Numbers with numbers, texts with texts (by code unit, so that dates of ISO 8601 compare); all else is neither. */
  | { readonly path: string; readonly greater: number | string }
  | { readonly path: string; readonly less: number | string }
  | { readonly path: string; readonly exists: boolean };
export type Condition = Test | { readonly and: readonly Condition[] } | { readonly or: readonly Condition[] } | { readonly not: Condition };

export const TESTS = ['equals', 'in', 'contains', 'greater', 'less', 'exists'] as const;
export type TestName = (typeof TESTS)[number];
/** A person reads them; a stranger's file may hold anything. */
const [DEEPEST, MOST_PARTS] = [16, 200];

/** Steps into a value: `ticket.lines.0.text`; a number is a place in a list. */
export function valueAtPath(value: Json, path: string): Json | undefined {
  let at: Json | undefined = value;
  for (const step of path.split('.')) {
    if (at === null || typeof at !== 'object') return undefined;
    if (Array.isArray(at)) at = /^\d{1,9}$/.test(step) ? (at as readonly Json[])[Number(step)] : undefined;
    else at = Object.hasOwn(at, step) ? (at as JsonObject)[step] : undefined;
  }
  return at;
}

export function holds(condition: Condition, input: Json): boolean {
  if ('and' in condition) return condition.and.every((one) => holds(one, input));
  if ('or' in condition) return condition.or.some((one) => holds(one, input));
  if ('not' in condition) return !holds(condition.not, input);
  return testHolds(condition, valueAtPath(input, condition.path));
}

/** Of the value at the path; one that is not there fits nothing but `exists: false`. */
export function testHolds(test: Test, value: Json | undefined): boolean {
  if ('exists' in test) return (value !== undefined) === test.exists;
  if (value === undefined) return false;
  if ('equals' in test) return equalJson(value, test.equals);
  if ('in' in test) return test.in.some((one) => equalJson(value, one));
  if ('contains' in test) return containsValue(value, test.contains);
  if ('greater' in test) return isBelow(test.greater, value);
  return isBelow(value, test.less);
}

function containsValue(value: Json, part: Json): boolean {
  if (Array.isArray(value)) return (value as readonly Json[]).some((one) => equalJson(one, part));
  return typeof value === 'string' && typeof part === 'string' && value.toLowerCase().includes(part.toLowerCase());
}

const isBelow = (a: Json, b: Json): boolean => (typeof a === 'number' && typeof b === 'number') || (typeof a === 'string' && typeof b === 'string') ? a < b : false;

/** What is wrong with a value that should be a condition, in words; nothing where it is one. */
export function findConditionFault(raw: unknown): string | undefined {
  const count = { parts: 0 };
  return faultOf(raw, 0, count) ?? (count.parts > MOST_PARTS ? `a condition has at most ${MOST_PARTS} parts` : undefined);
}

export const isCondition = (raw: unknown): raw is Condition => findConditionFault(raw) === undefined;

function faultOf(raw: unknown, depth: number, count: { parts: number }): string | undefined {
  count.parts += 1;
  if (depth > DEEPEST || count.parts > MOST_PARTS) return `a condition has at most ${MOST_PARTS} parts, ${DEEPEST} deep`;
  if (raw === null || typeof raw !== 'object' || Array.isArray(raw)) return 'a condition is an object like { "path": "priority", "equals": "high" }';
  const given = raw as { readonly [key: string]: unknown };
  const [word, ...more] = Object.keys(given).filter((key) => key !== 'path');
  if (word === undefined) return `a condition has one of ${TESTS.join(', ')}, and, or, not`;
  if (more.length > 0) return `a condition asks one thing, and this asks ${[word, ...more].join(' and ')}: put them into an "and"`;
  const value = given[word];
  if (word === 'not') return Object.hasOwn(given, 'path') ? 'the path stands in the condition that is negated' : faultOf(value, depth + 1, count);
  if (word === 'and' || word === 'or') return faultOfList(word, given, depth, count);
  if (!TESTS.some((test) => test === word)) return `there is no test ${word}; there are ${TESTS.join(', ')}, and, or, not`;
  const { path } = given;
  if (typeof path !== 'string' || path === '' || path.split('.').includes('')) return `${word} needs a path into the input, like "ticket.priority"`;
  return faultOfOperand(word as TestName, value);
}

function faultOfList(word: 'and' | 'or', given: { readonly [key: string]: unknown }, depth: number, count: { parts: number }): string | undefined {
  const list = given[word];
  if (Object.hasOwn(given, 'path')) return `the paths stand in the conditions of ${word}`;
  if (!Array.isArray(list) || list.length === 0) return `${word} is a list of conditions`;
  for (const one of list as readonly unknown[]) {
    const fault = faultOf(one, depth + 1, count);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function faultOfOperand(word: TestName, value: unknown): string | undefined {
  if (word === 'exists') return typeof value === 'boolean' ? undefined : 'exists is true or false';
  if (word === 'greater' || word === 'less') return (typeof value === 'number' && Number.isFinite(value)) || typeof value === 'string' ? undefined : `${word} compares with a number or a text`;
  if (word === 'in') return Array.isArray(value) && value.length > 0 && isJson(value) ? undefined : 'in is a list of values';
  return isJson(value) ? undefined : `${word} compares with a value`;
}

/** All tests of a condition, in the order in which they stand. */
export function testsOf(condition: Condition): readonly Test[] {
  if ('and' in condition) return condition.and.flatMap(testsOf);
  if ('or' in condition) return condition.or.flatMap(testsOf);
  return 'not' in condition ? testsOf(condition.not) : [condition];
}

/** As a person reads it: `total > 100 and not coupon exists`. */
export function sayCondition(condition: Condition): string {
  if ('and' in condition) return condition.and.map(sayPart).join(' and ');
  if ('or' in condition) return condition.or.map(sayPart).join(' or ');
  if ('not' in condition) return `not ${sayPart(condition.not)}`;
  const { path } = condition;
  if ('exists' in condition) return `${path} ${condition.exists ? 'is there' : 'is not there'}`;
  if ('equals' in condition) return `${path} = ${JSON.stringify(condition.equals)}`;
  if ('in' in condition) return `${path} is one of ${condition.in.map((one) => JSON.stringify(one)).join(', ')}`;
  if ('contains' in condition) return `${path} contains ${JSON.stringify(condition.contains)}`;
  return 'greater' in condition ? `${path} > ${JSON.stringify(condition.greater)}` : `${path} < ${JSON.stringify(condition.less)}`;
}

const sayPart = (condition: Condition): string => ('and' in condition || 'or' in condition ? `(${sayCondition(condition)})` : sayCondition(condition));
