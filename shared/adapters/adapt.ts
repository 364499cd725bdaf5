/** What an adapter makes of a call and its answer: asked by the kernel for each, so pure and quick. */
import type { Json } from '../json/json';
import type { OperationName, ProtocolName } from '../ids';
import { mismatchOf } from '../schema/fits-schema';
import { formatMismatch } from '../schema/validate-value';
import type { ValueSchema } from '../schema/value-schema';
import { evaluate, TooLarge } from './evaluate';

/** As it stands in a program: every operation of the protocol that the port requires. */
export type ProgramAdapter = {
  /** What the node at the end provides. */
  readonly protocol: ProtocolName;
  readonly operations: { readonly [operation: OperationName]: AdaptedOperation };
};
export type AdaptedOperation = {
  readonly to: OperationName;
  /** Absent: the input goes on as it is. */
  readonly input?: Json;
  /** Absent: the answer comes as it is. */
  readonly output?: Json;
  /** Error of the provider -> error of the caller's protocol. */
  readonly errors: { readonly [error: string]: string };
  /** What the answer has to fit; absent where the check has proved that it does. */
  readonly answer?: ValueSchema;
};

export type Adapted<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };
export type AdaptedCall = { readonly protocol: ProtocolName; readonly operation: OperationName; readonly input: Json };

/** The call to make instead. What fails is `invalid` for the caller, as an input that does not fit. */
export function adaptInput(adapter: ProgramAdapter, operation: OperationName, input: Json): Adapted<AdaptedCall> {
  const adapted = find(adapter, operation);
  if (!adapted) return { ok: false, message: `the adapter knows no operation ${operation}` };
  const built = adapted.input === undefined ? { ok: true as const, value: input } : build(adapted.input, { input });
  return built.ok ? { ok: true, value: { protocol: adapter.protocol, operation: adapted.to, input: built.value } } : built;
}

/** What goes over a wire, which may have an adapter. */
export function adaptMessage({ protocol, adapter }: { readonly protocol: ProtocolName; readonly adapter?: ProgramAdapter }, { operation, input }: Omit<AdaptedCall, 'protocol'>): Adapted<AdaptedCall> {
  return adapter ? adaptInput(adapter, operation, input) : { ok: true, value: { protocol, operation, input } };
}

/** The answer for the caller, of that of the provider; `input` is the caller's own. What fails is `invalid`: the answer is none of the protocol's. */
export function adaptOutput(adapter: ProgramAdapter, operation: OperationName, answered: { readonly input: Json; readonly output: Json }): Adapted<Json> {
  const adapted = find(adapter, operation);
  if (!adapted) return { ok: false, message: `the adapter knows no operation ${operation}` };
  const built = adapted.output === undefined ? { ok: true as const, value: answered.output } : build(adapted.output, answered);
  const mismatch = built.ok && adapted.answer ? mismatchOf(adapted.answer, built.value) : undefined;
  return mismatch ? { ok: false, message: `the adapted answer of ${operation}: ${formatMismatch(mismatch)}` } : built;
}

/** The code for the caller, of that of a failure: failures of calls keep theirs. */
export function adaptError(adapter: ProgramAdapter, operation: OperationName, code: string): string {
  const errors = find(adapter, operation)?.errors;
  return errors && Object.hasOwn(errors, code) ? errors[code]! : code;
}

const find = ({ operations }: ProgramAdapter, operation: OperationName): AdaptedOperation | undefined => (Object.hasOwn(operations, operation) ? operations[operation] : undefined);

function build(template: Json, roots: { readonly input: Json; readonly output?: Json }): Adapted<Json> {
  try {
    return { ok: true, value: evaluate(template, roots) };
  } catch (error) {
    if (error instanceof TooLarge) return { ok: false, message: error.message };
    throw error;
  }
}
