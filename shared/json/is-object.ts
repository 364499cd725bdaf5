import type { Json, JsonObject } from './json';

/** Neither a list nor `null`. */
export const isObject = (value: Json | undefined): value is JsonObject => value !== null && typeof value === 'object' && !Array.isArray(value);
