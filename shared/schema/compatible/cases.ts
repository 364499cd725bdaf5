/**
 * A schema as cases: each of one type, without alternatives. All values of the cases together are those that the schema lets in. Several
 * schemas at once mean values that fit them all: what stands for one field under several rules.
 */
import type { Json } from '../../json/json';
import type { ValueSchema } from '../value-schema';
import type { Budget } from './budget';
import { fitsClosed, listClosed } from './closed';
import { intersectRanges, rangeOf, ALL_NUMBERS, type NumberRange } from './number-range';

/** Values that fit all of these. */
export type Every = readonly ValueSchema[];
export type Lengths = { readonly least: number; readonly most: number };
type Rule = Pick<ValueSchema, 'properties' | 'additionalProperties'>;
export type Case = { /** The schemas it is a case of, without their alternatives. */ readonly every: Every } & (
  | { readonly kind: 'finite'; readonly values: readonly Json[] }
  | { readonly kind: 'number'; readonly range: NumberRange }
  | { readonly kind: 'string'; readonly lengths: Lengths }
  | { readonly kind: 'array'; readonly lengths: Lengths; readonly items: Every }
  | { readonly kind: 'object'; readonly required: ReadonlySet<string>; readonly rules: readonly Rule[]; readonly names: ReadonlySet<string> }
);
export type CaseOf<K extends Case['kind']> = Extract<Case, { readonly kind: K }>;

/** No value fits it. */
export const NEVER: ValueSchema = { enum: [] };
/** Alternatives inside alternatives multiply; beyond this it is not known what they say. */
const MOST_CASES = 128;

const withoutChoice = new WeakMap<ValueSchema, ValueSchema>();

function baseOf(schema: ValueSchema): ValueSchema {
  const known = withoutChoice.get(schema);
  if (known) return known;
  const { anyOf: _, ...base } = schema;
  withoutChoice.set(schema, base);
  return base;
}

/** Nothing where there are too many. */
export function casesOf(every: Every, budget: Budget): readonly Case[] | undefined {
  if (!budget.spend(every.length + 1)) return undefined;
  const closed = every.find((one) => listClosed(one) !== undefined);
  if (closed) return finiteCase(listClosed(closed)!, every, budget);
  const choice = every.findIndex((one) => one.anyOf !== undefined);
  if (choice < 0) return plainCases(every);
  const { anyOf } = every[choice]!;
  const cases: Case[] = [];
  for (const branch of anyOf!) {
    const more = casesOf([...every.slice(0, choice), baseOf(every[choice]!), branch, ...every.slice(choice + 1)], budget);
    if (!more) return undefined;
    cases.push(...more);
    if (cases.length > MOST_CASES) return undefined;
  }
  return cases;
}

function finiteCase(all: readonly Json[], every: Every, budget: Budget): readonly Case[] | undefined {
  if (!budget.spend(all.length * every.length)) return undefined;
  const values = all.filter((value) => every.every((one) => fitsClosed(one, value)));
  return values.length === 0 ? [] : [{ kind: 'finite', every, values }];
}

const KINDS = ['null', 'boolean', 'number', 'string', 'array', 'object'] as const;

function plainCases(every: Every): readonly Case[] {
  return KINDS.filter((kind) => every.every(({ type }) => type === undefined || allows(type, kind) || (kind === 'number' && allows(type, 'integer')))).map((kind): Case => {
    switch (kind) {
      case 'null':
        return { kind: 'finite', every, values: [null] };
      case 'boolean':
        return { kind: 'finite', every, values: [false, true] };
      case 'number':
        return { kind: 'number', every, range: every.map(numbersOf).reduce(intersectRanges, ALL_NUMBERS) };
      case 'string':
        return { kind: 'string', every, lengths: every.map(({ minLength, maxLength }) => lengthsOf(minLength, maxLength)).reduce(intersectLengths, lengthsOf()) };
      case 'array':
        return { kind: 'array', every, lengths: every.map(({ minItems, maxItems }) => lengthsOf(minItems, maxItems)).reduce(intersectLengths, lengthsOf()), items: every.flatMap(({ items }) => items ?? []) };
      case 'object':
        return objectCase(every);
    }
  });
}

const allows = (type: NonNullable<ValueSchema['type']>, one: string): boolean => (typeof type === 'string' ? type === one : (type as readonly string[]).includes(one));

/** What a schema says of numbers, its type included. */
export function numbersOf(schema: ValueSchema): NumberRange {
  const isInteger = schema.type !== undefined && allows(schema.type, 'integer') && !allows(schema.type, 'number');
  return { ...rangeOf(schema), isInteger };
}

export const lengthsOf = (least = 0, most = Infinity): Lengths => ({ least: Math.max(0, Math.ceil(least)), most: Math.floor(most) });
const intersectLengths = (a: Lengths, b: Lengths): Lengths => ({ least: Math.max(a.least, b.least), most: Math.min(a.most, b.most) });

function objectCase(every: Every): Case {
  const rules = every.filter(({ properties, additionalProperties }) => properties !== undefined || (additionalProperties !== undefined && additionalProperties !== true));
  return { kind: 'object', every, rules, required: new Set(every.flatMap(({ required }) => required ?? [])), names: new Set(rules.flatMap(({ properties }) => Object.keys(properties ?? {}))) };
}

/** What a field of that name has to fit; `undefined` stands for any name that no rule has. */
export function fieldOf({ rules }: CaseOf<'object'>, name: string | undefined): Every {
  return rules.flatMap(({ properties, additionalProperties: others }) => {
    if (name !== undefined && properties && Object.hasOwn(properties, name)) return [properties[name]!];
    return others === undefined || others === true ? [] : [others === false ? NEVER : others];
  });
}
