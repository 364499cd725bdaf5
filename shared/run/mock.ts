/**
 * Mocks, format `prismatic-mock/1`: what stands in for a node in one run, without touching the design. Answers by rules (`scripted`), made up
 * from the output schema (`generated`), as recorded before (`recorded`), and with `faults` before any of these.
 */
import { z } from 'zod';
import { scriptedRule } from '../design/nodes/agent';
import { anyJson } from '../json/json-schema';
import type { Json } from '../json/json';

export const MOCK_FORMAT = 'prismatic-mock/1';
export const MOCK_KINDS = ['scripted', 'generated', 'recorded', 'faults'] as const;
export type MockKind = (typeof MOCK_KINDS)[number];

const LONGEST_DELAY_MS = 86_400_000;
/** A file of more has a mistake in it, or belongs into a cassette. */
const [MOST_RULES, MOST_ANSWERS, MOST_FAULTS] = [1000, 10_000, 100];

const delayMs = z.int().min(0).max(LONGEST_DELAY_MS);
const seed = z.int().min(0).max(2 ** 32 - 1).optional().describe('Another seed, other values; without it the run’s own.');

export const recordedAnswer = z.strictObject({
  operation: z.string().describe('Name of the operation.'),
  input: anyJson.optional().describe('What was asked. With `match: order` it is not looked at.'),
  output: anyJson.optional().describe('What was answered.'),
  error: z.strictObject({ code: z.string(), message: z.string().optional(), data: anyJson.optional() }).optional().describe('Or how it failed: a declared error, or `timeout`, `overloaded` and the like.'),
  delayMs: delayMs.optional().describe('How long the answer takes, in milliseconds.'),
});
export type RecordedAnswer = Readonly<z.infer<typeof recordedAnswer>>;

const rate = z.number().min(0).max(1).default(1).describe('The share of calls that it happens to.');
export const mockFault = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('error').describe('The call fails.'), rate, code: z.string().describe('A declared error, or `timeout`, `overloaded` and the like.'), message: z.string().optional().describe('Its words.'), data: anyJson.optional().describe('Data of a declared error.') }),
  z.strictObject({ kind: z.literal('delay').describe('The answer takes longer.'), rate, ms: delayMs.describe('How much longer, in milliseconds.') }),
  z.strictObject({ kind: z.literal('garbage').describe('The node answers what its schema does not allow: it crashes like every node that does, and callers hear `callee_exit`.'), rate }),
  z.strictObject({ kind: z.literal('silence').describe('No answer ever: callers hear `timeout`.'), rate }),
]);
export type MockFault = Readonly<z.infer<typeof mockFault>>;

const scripted = z.strictObject({ kind: z.literal('scripted'), rules: z.array(scriptedRule.strict()).max(MOST_RULES).describe('As those of a scripted agent: the first that fits answers.') });
const generated = z.strictObject({ kind: z.literal('generated'), seed, delayMs: delayMs.optional().describe('How long each answer takes, in milliseconds.') });
const recorded = z.strictObject({
  kind: z.literal('recorded'),
  match: z.enum(['input', 'order']).default('input').describe('`input`: the answer to the same input of the same operation; several to the same one come in turn, and the last stays. `order`: the answers of an operation one after the other.'),
  answers: z.array(recordedAnswer).max(MOST_ANSWERS).describe('What was asked and answered.'),
});
const faults = z.strictObject({
  kind: z.literal('faults'),
  seed,
  faults: z.array(mockFault).min(1).max(MOST_FAULTS).describe('Each is drawn for each call, in this order; a delay goes on to the next, the others end it.'),
  answers: z.discriminatedUnion('kind', [scripted, generated, recorded]).default({ kind: 'generated' }).describe('Where the answers come from that no fault takes away.'),
});

export const mock = z.discriminatedUnion('kind', [scripted, generated, recorded, faults]);
export type Mock = Readonly<z.infer<typeof mock>>;
export type AnsweringMock = Exclude<Mock, { kind: 'faults' }>;
/** By the node that it stands in for. */
export type Mocks = { readonly [node: string]: Mock };
export const mocks = z.record(z.string().max(100), mock);

const mockFile = z.object({ format: z.literal(MOCK_FORMAT) }).loose();

/** The mock that a file's value is: of this format, or a bare list of rules or of recorded answers (which have an `input`). */
export function readMock(value: Json): { readonly ok: true; readonly mock: Mock } | { readonly ok: false; readonly where: string; readonly why: string } {
  const whole: Json = Array.isArray(value) ? toMock(value as readonly Json[]) : value;
  const isTagged = mockFile.safeParse(whole).success;
  if (!Array.isArray(value) && !isTagged) return { ok: false, where: 'format', why: `a mock is an object of the format ${MOCK_FORMAT}, or a list of rules` };
  const { format: _, ...rest } = whole as { readonly [key: string]: Json };
  const parsed = mock.safeParse(rest);
  if (parsed.success) return { ok: true, mock: parsed.data };
  const [issue] = parsed.error.issues;
  const where = issue!.path.join('.');
  return { ok: false, where: Array.isArray(value) ? where.replace(/^(rules|answers)\.?/, '') : where, why: issue!.path[0] === 'kind' ? `kind is one of ${MOCK_KINDS.join(', ')}` : issue!.message };
}

const isRecorded = (one: Json): boolean => one !== null && typeof one === 'object' && Object.hasOwn(one, 'input');
const toMock = (list: readonly Json[]): Json => (list.length > 0 && list.every(isRecorded) ? { kind: 'recorded', answers: list } : { kind: 'scripted', rules: list });
