/** What a person is asked, and what they may answer: the request of an effect of kind `human`, and its value. */
import { z } from 'zod';
import type { ValueSchema } from '../schema/value-schema';
import type { Json } from '../json/json';
import { anyJson } from '../json/json-schema';

export type HumanRequest = {
  readonly protocol: string;
  readonly operation: string;
  readonly input: Json;
  readonly question?: string | undefined;
  /** What an answer must fit. */
  readonly output: ValueSchema;
  /** Errors that may be answered instead. */
  readonly errors: readonly string[];
  /** From when it is asked. */
  readonly deadlineMs: number;
};

/** What a person answers. As the value of an effect both are answers: a person who says no has not failed. */
export type HumanAnswer = { readonly output: Json } | { readonly error: { readonly name: string; readonly data?: Json | undefined } };

const name = z.string().max(200);
export const humanRequest = z.strictObject({
  protocol: name,
  operation: name,
  input: anyJson,
  question: z.string().max(1000).optional(),
  output: z.custom<ValueSchema>((value) => value !== null && typeof value === 'object' && !Array.isArray(value)),
  errors: z.array(name).max(1000),
  deadlineMs: z.number().min(0),
});
export const humanAnswer = z.union([z.strictObject({ output: anyJson }), z.strictObject({ error: z.strictObject({ name, data: anyJson.optional() }) })]);
