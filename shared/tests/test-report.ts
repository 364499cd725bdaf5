/** What `prismatic test --json` prints, and the Tests panel shows (contract section 5). No wall time, path or date in it. */
import { z } from 'zod';
import type { Json } from '../json/json';

const json: z.ZodType<Json> = z.json();
const verdict = z.enum(['pass', 'fail', 'unknown']);

/** What only somebody outside could have said: a model, a person, a tool, or a script that has no rule for it. */
export const missingAnswer = z.strictObject({ node: z.string(), kind: z.string(), request: json });
export type MissingAnswer = z.infer<typeof missingAnswer>;

/**
 * Where the answers of a node came from that were not its own. `mocked`: a mock stood in for it. `recorded`: from cassettes. `generated`:
 * made up to fit what its protocol says. A verdict says what holds with such answers.
 */
export const ANSWER_ORIGINS = ['mocked', 'recorded', 'generated'] as const;
export type AnswerOrigin = (typeof ANSWER_ORIGINS)[number];
const from = z.enum(ANSWER_ORIGINS);
const heardNode = z.strictObject({ node: z.string(), from });
export type HeardNode = z.infer<typeof heardNode>;
/** `call`: of the counterexample, from 1. */
const givenAnswer = z.strictObject({ call: z.int().min(1), node: z.string(), from, answer: json });
export type GivenAnswer = z.infer<typeof givenAnswer>;

export const TEST_KINDS = ['contract', 'invalid', 'example', 'property'] as const;

/** `contract`: valid input is answered. `invalid`: the rest is refused at the door. `property`: a person's own, of `tests/`. */
export const testResult = z.strictObject({
  name: z.string(),
  kind: z.enum(TEST_KINDS),
  verdict,
  /** Of a person's own: the file that holds it. */
  file: z.string().optional(),
  /** Absent where the test is about more than one. */
  operation: z.string().optional(),
  /** Cases that were tried, those of shrinking not counted. */
  runs: z.int().min(0),
  /** The smallest input found with which it fails; several, in order, where it takes that many. */
  counterexample: z.array(json).optional(),
  /** What the world outside answered while it failed, in order. */
  answers: z.array(givenAnswer).optional(),
  /** Nodes that did not answer themselves in any of its cases. Absent where all did. */
  heard: z.array(heardNode).optional(),
  message: z.string().optional(),
  /** Why the verdict is unknown. */
  missing: missingAnswer.optional(),
});
export type TestResult = z.infer<typeof testResult>;

export const providerReport = z.strictObject({ node: z.string(), protocol: z.string(), verdict, tests: z.array(testResult) });
export type ProviderReport = z.infer<typeof providerReport>;

export const testReport = z.strictObject({
  ok: z.boolean(),
  verdict,
  /** With mocks it is another than the design's. */
  program: z.string(),
  /** Nodes for which mocks stood in: they are not tested themselves. Absent where there are none. */
  mocked: z.array(z.string()).optional(),
  /** With it, `--seed` tries the same cases again. */
  seed: z.int().min(0),
  providers: z.array(providerReport),
});
export type TestReport = z.infer<typeof testReport>;
