/** What an answer of the model leads to. Pure. */
import type { Json } from '../../../shared/json/json';
import { readStrictJson } from '../../../shared/json/strict-json';
import type { ModelAnswer, ModelToolCall } from '../../../shared/run/model-request';
import { mismatchOf } from '../../../shared/schema/fits-schema';
import { formatMismatch } from '../../../shared/schema/validate-value';
import type { ValueSchema } from '../../../shared/schema/value-schema';

/** Where the model does not come to an answer; a call is answered so if its operation declares it. */
export const MODEL_AGENT_ERRORS = { tooManySteps: 'TooManySteps', invalidAnswer: 'InvalidAnswer' } as const;

export type Bounds = {
  /** Questions that may still be put to the model for this message. */
  readonly stepsLeft: number;
  readonly repairsLeft: number;
  /** All of them must be fitted; none: the answer is text. */
  readonly schemas: readonly ValueSchema[];
  /** Tool calls are the agent's to make; where it only passes on what it is asked, they are its caller's. */
  readonly makesCalls: boolean;
};

export type Decision =
  | { readonly kind: 'answer'; readonly output: Json }
  | { readonly kind: 'tools'; readonly calls: readonly ModelToolCall[] }
  /** `words`: what is wrong, for the model. */
  | { readonly kind: 'repair'; readonly words: string }
  | { readonly kind: 'fail'; readonly code: string; readonly message: string };

export function decideNext(answer: ModelAnswer, bounds: Bounds): Decision {
  if (bounds.makesCalls && answer.toolCalls.length > 0) {
    if (bounds.stepsLeft > 0) return { kind: 'tools', calls: answer.toolCalls };
    return { kind: 'fail', code: MODEL_AGENT_ERRORS.tooManySteps, message: 'the model asks for tools, and no step is left in which it could answer' };
  }
  const output = readOutput(answer, bounds.schemas);
  if (output.ok) return { kind: 'answer', output: output.value };
  if (bounds.stepsLeft > 0 && bounds.repairsLeft > 0) return { kind: 'repair', words: `This is no answer: ${output.why}. Answer with one JSON value that fits, and nothing else.` };
  return { kind: 'fail', code: MODEL_AGENT_ERRORS.invalidAnswer, message: `the model's answer does not fit: ${output.why}` };
}

type Output = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly why: string };

function readOutput(answer: ModelAnswer, schemas: readonly ValueSchema[]): Output {
  if (schemas.length === 0) return { ok: true, value: answer.output ?? answer.text };
  if (answer.output !== undefined) return fit(answer.output, schemas);
  const json = readJson(answer.text);
  const read = json === undefined ? undefined : fit(json, schemas);
  if (read?.ok) return read;
  // A protocol that wants a text gets it as it was said.
  const plain = fit(answer.text, schemas);
  return plain.ok ? plain : (read ?? { ok: false, why: answer.finish === 'length' ? 'it was cut off at the bound of its length' : 'it is no JSON' });
}

function fit(value: Json, schemas: readonly ValueSchema[]): Output {
  for (const schema of schemas) {
    const mismatch = mismatchOf(schema, value);
    if (mismatch) return { ok: false, why: formatMismatch(mismatch) };
  }
  return { ok: true, value };
}

const FENCED = /^```[a-z]*\s*\n([\s\S]*?)\n?```$/;

/** Models like to put JSON between fences. */
function readJson(text: string): Json | undefined {
  const trimmed = text.trim();
  const { value, faults } = readStrictJson(FENCED.exec(trimmed)?.[1] ?? trimmed);
  return faults.length === 0 ? value : undefined;
}
