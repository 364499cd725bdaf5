/**
 * Whether every value that fits one schema also fits another: asked along a wire, of what may be sent and what is accepted. The answer is
 * never a guess. `refuses` comes with a value that really fits the one and not the other; where the question is too hard for the time
 * it may take, it is `unknown`.
 */
import type { Json } from '../json/json';
import { Budget } from './compatible/budget';
import { listValues } from './compatible/case-values';
import { fitsClosed } from './compatible/closed';
import { decide } from './compatible/decide';
import { equalJson, MAX_DEPTH } from './validate-value';
import type { ValueSchema } from './value-schema';

export type Compatibility = { readonly kind: 'accepts' } | { readonly kind: 'refuses'; readonly counterexample: Json } | { readonly kind: 'unknown' };

/** Some tenths of a second at the worst; what people write takes some hundreds, and well below a millisecond. */
const MOST_STEPS = 20_000;

/** What many questions may cost together: a check asks as often as a stranger's design makes it. */
export class Allowance {
  left = 5 * MOST_STEPS;
}

/** `sent`: what may come; `accepted`: what it has to fit. */
export function isAccepted(sent: ValueSchema, accepted: ValueSchema, allowance = new Allowance()): Compatibility {
  if (sent === accepted || equalJson(sent, accepted)) return { kind: 'accepts' };
  const before = Math.min(MOST_STEPS, allowance.left);
  const budget = new Budget(before);
  const found = decide([sent], accepted, budget);
  allowance.left -= before - budget.left;
  // A value is too deep for a schema of more levels than a check goes down: then a value might be refused for that alone.
  if (found.kind === 'accepts') return isDeeper(accepted, MAX_DEPTH) ? { kind: 'unknown' } : found;
  if (found.kind === 'unknown') return found;
  return fitsClosed(sent, found.value) && !fitsClosed(accepted, found.value) ? { kind: 'refuses', counterexample: found.value } : { kind: 'unknown' };
}

/** Values that fit a schema, the simplest first, each as far as it may be from the others; perhaps none is found. */
export function sampleValues(schema: ValueSchema, limit: number, allowance = new Allowance()): readonly Json[] {
  const before = Math.min(MOST_STEPS, allowance.left);
  const budget = new Budget(before);
  const { values } = listValues([schema], limit, budget);
  allowance.left -= before - budget.left;
  return values.filter((value) => fitsClosed(schema, value));
}

function isDeeper(schema: ValueSchema, levels: number): boolean {
  if (levels < 0) return true;
  const { properties = {}, additionalProperties, items, anyOf = [] } = schema;
  return [...Object.values(properties), ...(typeof additionalProperties === 'object' ? [additionalProperties] : []), ...(items ? [items] : []), ...anyOf].some((inner) => isDeeper(inner, levels - 1));
}
