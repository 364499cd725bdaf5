/**
 * Values that surely do not fit a schema: values that would, changed in one place, and values of other kinds. Each is looked at with the
 * validator before it is used, so that a refusal is all that may follow. Nothing for a schema that takes every value.
 */
import * as fc from 'fast-check';
import type { Json, JsonObject } from '../../../shared/json/json';
import { findMismatch } from '../../../shared/schema/validate-value';
import type { ValueSchema } from '../../../shared/schema/value-schema';
import { anyValues, MOST_OPTIONAL, onlyWhere, valuesOf } from './value-arbitrary';

type Values = fc.Arbitrary<Json>;
/** Deeper, what is wrong is wrong in the same way as higher up. */
const MOST_LEVELS = 6;
/** Of a schema with more places than this, so many are changed: the first of them, as they stand in it. */
const MOST_PLACES = 200;

export function invalidValuesOf(schema: ValueSchema): Values | undefined {
  const candidates = mutationsOf(schema, 0).slice(0, MOST_PLACES).flatMap((values) => onlyWhere(values, (value) => findMismatch(schema, value) !== undefined) ?? []);
  return candidates.length > 0 ? fc.oneof(...candidates) : undefined;
}

/** Some of these fit after all, for instance another alternative. */
function mutationsOf(schema: ValueSchema, depth: number): readonly Values[] {
  if (depth > MOST_LEVELS) return [];
  const alternatives = (schema.anyOf ?? []).flatMap((one) => mutationsOf(one, depth + 1));
  return [anyValues(), ...numberMutations(schema), ...textMutations(schema), ...listMutations(schema, depth), ...objectMutations(schema, depth), ...alternatives];
}

function numberMutations({ type, minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf }: ValueSchema): readonly Values[] {
  const beside = [
    ...(minimum === undefined ? [] : [minimum - 1, minimum - 0.5]),
    ...(maximum === undefined ? [] : [maximum + 1, maximum + 0.5]),
    ...(exclusiveMinimum === undefined ? [] : [exclusiveMinimum]),
    ...(exclusiveMaximum === undefined ? [] : [exclusiveMaximum]),
    ...(multipleOf === undefined ? [] : [multipleOf * 1.5, multipleOf / 2]),
    ...([type].flat().includes('integer') ? [0.5, (minimum ?? 0) + 0.5, 1e-7] : []),
  ];
  return beside.length > 0 ? [fc.constantFrom(...beside)] : [];
}

function textMutations({ minLength, maxLength }: ValueSchema): readonly Values[] {
  const beside = [...(minLength !== undefined && minLength > 0 && minLength < 50_000 ? ['a'.repeat(minLength - 1), ''] : []), ...(maxLength !== undefined && maxLength < 50_000 ? ['a'.repeat(maxLength + 1), '💎'.repeat(maxLength + 1)] : [])];
  return beside.length > 0 ? [fc.constantFrom(...beside)] : [];
}

function listMutations(schema: ValueSchema, depth: number): readonly Values[] {
  const { items, minItems = 0, maxItems = Infinity } = schema;
  const isAbout = items !== undefined || schema.minItems !== undefined || schema.maxItems !== undefined;
  const item = isAbout ? valuesOf(items ?? {}) : undefined;
  const listOf = (count: number): readonly Values[] => (item && count >= 0 && count <= 1000 ? [fc.array(item, { minLength: count, maxLength: count, size: 'max' })] : []);
  const wrong = items ? mutationsOf(items, depth + 1).map((values) => fc.array(values, { minLength: Math.max(1, minItems), maxLength: Math.max(1, minItems), size: 'max' })) : [];
  return [...listOf(minItems - 1), ...listOf(maxItems + 1), ...wrong];
}

function objectMutations(schema: ValueSchema, depth: number): readonly Values[] {
  const { properties = {}, required = [], additionalProperties } = schema;
  if (Object.keys(properties).length === 0 && required.length === 0 && additionalProperties === undefined) return [];
  const valid = valuesOf({ ...schema, type: 'object' });
  if (!valid) return [];
  const objects = valid as fc.Arbitrary<JsonObject>;
  const without = required.length > 0 ? [fc.tuple(objects, fc.constantFrom(...required)).map(([value, name]) => omit(value, name))] : [];
  const wrong = Object.entries(properties).slice(0, MOST_OPTIONAL).flatMap(([name, inner]) => mutationsOf(inner, depth + 1).map((values) => fc.tuple(objects, values).map(([value, changed]): Json => ({ ...value, [name]: changed }))));
  const more = additionalProperties === undefined || additionalProperties === true ? [] : additionalProperties === false ? [anyValues()] : mutationsOf(additionalProperties, depth + 1);
  return [...without, ...wrong, ...more.map((values) => fc.tuple(objects, values).map(([value, added]): Json => ({ ...value, unexpected: added })))];
}

const omit = (value: JsonObject, name: string): Json => Object.fromEntries(Object.entries(value).filter(([key]) => key !== name));
