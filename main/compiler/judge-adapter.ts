/** Whether what an adapter builds fits, as far as schemas prove it or a value disproves it. */
import { evaluate, TooLarge } from '../../shared/adapters/evaluate';
import { inferTemplate, type RootSchemas } from '../../shared/adapters/template-schema';
import type { Adapter } from '../../shared/design/adapter';
import type { Json } from '../../shared/json/json';
import type { ProgramOperation } from '../../shared/program/program';
import { isAccepted, sampleValues, type Allowance } from '../../shared/schema/compatible';
import { findMismatch, formatMismatch } from '../../shared/schema/validate-value';
import type { ValueSchema } from '../../shared/schema/value-schema';

/** `wrong`: a value that may come, and what is built of it. */
export type Judged = { readonly kind: 'fits' } | { readonly kind: 'open' } | { readonly kind: 'wrong'; readonly from: Json; readonly built: Json; readonly why: string };
type Pair = { readonly adapted: Adapter['operations'][string]; readonly asked: ProgramOperation; readonly answering: ProgramOperation };

const MOST_INPUTS = 60;
const FEW_INPUTS = 4;

export function judgeInput({ adapted, asked, answering }: Pair, allowance: Allowance): Judged {
  const tries = sampleValues(asked.input, MOST_INPUTS, allowance).map((input) => ({ shown: input, roots: { input } }));
  return judge({ template: adapted.input, as: { $: 'input' }, schemas: { input: asked.input }, wanted: answering.input, tries }, allowance);
}

export function judgeOutput({ adapted, asked, answering }: Pair, allowance: Allowance): Judged {
  const inputs = sampleValues(asked.input, FEW_INPUTS, allowance);
  const tries = sampleValues(answering.output, MOST_INPUTS, allowance).flatMap((output) => inputs.map((input) => ({ shown: output, roots: { input, output } })));
  return judge({ template: adapted.output, as: { $: 'output' }, schemas: { input: asked.input, output: answering.output }, wanted: asked.output, tries }, allowance);
}

type Question = {
  readonly template: Json | undefined;
  /** What it is as a template, where nothing is said. */
  readonly as: Json;
  readonly schemas: RootSchemas;
  readonly wanted: ValueSchema;
  readonly tries: readonly { readonly shown: Json; readonly roots: { readonly input: Json; readonly output?: Json } }[];
};

function judge({ template, as, schemas, wanted, tries }: Question, allowance: Allowance): Judged {
  const { schema, mayMiss } = inferTemplate(template ?? as, schemas);
  const answer = isAccepted(mayMiss ? { anyOf: [schema, { const: null }] } : schema, wanted, allowance);
  if (answer.kind === 'accepts') return { kind: 'fits' };
  // What goes on as it is, the counterexample itself may be.
  const isPlain = template === undefined && answer.kind === 'refuses';
  const wrong = isPlain ? { shown: answer.counterexample, built: answer.counterexample } : findWrong(template ?? as, wanted, tries);
  if (!wrong) return { kind: 'open' };
  return { kind: 'wrong', from: wrong.shown, built: wrong.built, why: formatMismatch(findMismatch(wanted, wrong.built)!) };
}

function findWrong(template: Json, wanted: ValueSchema, tries: Question['tries']): { readonly shown: Json; readonly built: Json } | undefined {
  for (const { shown, roots } of tries) {
    const built = tryBuild(template, roots);
    if (built !== undefined && findMismatch(wanted, built)) return { shown, built };
  }
  return undefined;
}

function tryBuild(template: Json, roots: { readonly input: Json; readonly output?: Json }): Json | undefined {
  try {
    return evaluate(template, roots);
  } catch (error) {
    if (error instanceof TooLarge) return undefined;
    throw error;
  }
}
