/** An edit as it enters from a window or from the edit log: bounded, with safe paths. */
import { z } from 'zod';
import { POISONED_KEYS } from '../../ids';
import type { Json } from '../../json/json';
import { isProjectFile } from '../project-files';
import type { Edit } from './edit';

const MOST_CHANGES = 50_000;
const DEEPEST_PATH = 64;
const LONGEST_TEXT = 4 * 1024 * 1024;

const json: z.ZodType<Json> = z.json().refine((value) => !holdsPoison(value), 'a key reaches a prototype');
const file = z.string().refine(isProjectFile, 'no file that a project holds');
const step = z.union([z.string().max(1000).refine((key) => !POISONED_KEYS.has(key), 'a key reaches a prototype'), z.int().min(0)]);
const path = z.array(step).max(DEEPEST_PATH);
const text = z.string().max(LONGEST_TEXT);
const documentFile = z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('json'), value: json }), z.strictObject({ kind: z.literal('text'), text })]);

const change = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('set'), file, path, before: json.optional(), after: json.optional(), at: z.int().min(0).optional() }),
  z.strictObject({ kind: z.literal('splice'), file, path, index: z.int().min(0), removed: z.array(json), inserted: z.array(json) }),
  z.strictObject({ kind: z.literal('text'), file, offset: z.int().min(0), removed: text, inserted: text }),
  z.strictObject({ kind: z.literal('file'), file, before: documentFile.optional(), after: documentFile.optional() }),
]);

export const editSchema = z.strictObject({
  label: z.string().min(1).max(300),
  changes: z.array(change).min(1).max(MOST_CHANGES),
  group: z.string().max(200).optional(),
}) as z.ZodType<Edit>;

function holdsPoison(value: Json): boolean {
  if (value === null || typeof value !== 'object') return false;
  if (Array.isArray(value)) return (value as readonly Json[]).some(holdsPoison);
  return Object.entries(value).some(([key, inner]) => POISONED_KEYS.has(key) || holdsPoison(inner));
}
