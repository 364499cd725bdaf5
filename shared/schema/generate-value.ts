/** A value that fits a schema, drawn from a stream of random numbers: the same numbers, the same value. For answers that stand in for a provider's. */
import type { Json } from '../json/json';
import { fitsSchema } from './fits-schema';
import type { ValueSchema, ValueType } from './value-schema';

/** From 0, below 1, the next of a seeded stream. */
export type Draw = () => number;

/** Where a list or an object may stop, it does: nobody reads more. */
const [MOST_ITEMS, DEEPEST] = [3, 8];
const [FEWEST_LETTERS, MOST_TRIES] = [1, 20];
/** Words that are plainly made up, and safe to show anywhere. */
const WORDS = ['amber', 'birch', 'cedar', 'delta', 'ember', 'fjord', 'grove', 'heron', 'islet', 'jolly', 'kelp', 'lumen', 'maple', 'north', 'olive', 'pearl'];

/** Nothing where no value was found in a few tries: bounds that contradict each other, or meet by chance alone. */
export function generateValue(schema: ValueSchema, draw: Draw): Json | undefined {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const value = make(schema, draw, 0);
    if (fitsSchema(schema, value)) return value;
  }
  return undefined;
}

const pick = <T>(list: readonly T[], draw: Draw): T => list[Math.floor(draw() * list.length)]!;
const between = (least: number, most: number, draw: Draw): number => least + Math.floor(draw() * (most - least + 1));

function make(schema: ValueSchema, draw: Draw, depth: number): Json {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum.length === 0 ? null : pick(schema.enum, draw);
  if (schema.anyOf !== undefined && schema.anyOf.length > 0) return make(withBase(schema, pick(schema.anyOf, draw)), draw, depth);
  const types = schema.type === undefined ? [guessType(schema)] : typeof schema.type === 'string' ? [schema.type] : schema.type;
  return makeOne(pick(types, draw), schema, draw, depth);
}

/** What stands beside `anyOf` holds too. */
const withBase = ({ anyOf: _, ...base }: ValueSchema, chosen: ValueSchema): ValueSchema => ({ ...base, ...chosen });

function guessType({ properties, items, minimum, maximum }: ValueSchema): ValueType {
  if (properties) return 'object';
  if (items) return 'array';
  return minimum !== undefined || maximum !== undefined ? 'number' : 'string';
}

function makeOne(type: ValueType, schema: ValueSchema, draw: Draw, depth: number): Json {
  switch (type) {
    case 'null':
      return null;
    case 'boolean':
      return draw() < 0.5;
    case 'integer':
    case 'number':
      return makeNumber(type, schema, draw);
    case 'string':
      return makeText(schema, draw);
    case 'array':
      return makeList(schema, draw, depth);
    case 'object':
      return makeObject(schema, draw, depth);
  }
}

function makeNumber(type: 'integer' | 'number', { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf }: ValueSchema, draw: Draw): number {
  const step = multipleOf ?? (type === 'integer' ? 1 : 0.01);
  const least = exclusiveMinimum === undefined ? minimum : Math.max(minimum ?? -Infinity, exclusiveMinimum + step);
  const most = exclusiveMaximum === undefined ? maximum : Math.min(maximum ?? Infinity, exclusiveMaximum - step);
  const from = least ?? (most === undefined ? 0 : most - 100 * step);
  const to = most ?? from + 100 * Math.max(step, 1);
  const [first, last] = [Math.ceil(from / step), Math.floor(to / step)];
  if (last < first) return from;
  const value = between(first, last, draw) * step;
  // Hundredths are no binary fractions: 0.07 and not 0.07000000000000001.
  return multipleOf === undefined && type === 'number' ? Number(value.toFixed(2)) : value;
}

function makeText({ minLength = 0, maxLength = Infinity }: ValueSchema, draw: Draw): string {
  let text = Array.from({ length: between(FEWEST_LETTERS, MOST_ITEMS, draw) }, () => pick(WORDS, draw)).join(' ');
  while (text.length < minLength) text = `${text} ${pick(WORDS, draw)}`;
  return text.slice(0, Math.min(text.length, maxLength));
}

function makeList({ items = {}, minItems = 0, maxItems = Infinity }: ValueSchema, draw: Draw, depth: number): Json {
  const most = depth >= DEEPEST ? minItems : Math.max(minItems, Math.min(maxItems, MOST_ITEMS));
  return Array.from({ length: between(minItems, most, draw) }, () => make(items, draw, depth + 1));
}

function makeObject({ properties = {}, required = [], additionalProperties }: ValueSchema, draw: Draw, depth: number): Json {
  const named = Object.entries(properties).filter(([name]) => required.includes(name) || (depth < DEEPEST && draw() < 0.5));
  const others = required.filter((name) => !Object.hasOwn(properties, name)).map((name) => [name, typeof additionalProperties === 'object' ? additionalProperties : {}] as const);
  return Object.fromEntries([...named, ...others].map(([name, inner]) => [name, make(inner, draw, depth + 1)]));
}
