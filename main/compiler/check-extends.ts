/**
 * A protocol that extends another stands in for it at every wire, so what it says anew of an operation has to do for the one it extends:
 * it takes all inputs that the other takes, and answers nothing that the other would not.
 */
import type { ProgramOperation, ProgramProtocol } from '../../shared/program/program';
import { isAccepted, type Allowance } from '../../shared/schema/compatible';
import { findMismatch, formatMismatch } from '../../shared/schema/validate-value';
import type { ValueSchema } from '../../shared/schema/value-schema';
import type { Problems } from './problems';

type Operations = ProgramProtocol['operations'];

export function checkExtends(name: string, operations: Operations, bases: ReadonlyMap<string, ProgramProtocol>, problems: Problems, allowance: Allowance): void {
  for (const [base, { operations: inherited }] of bases) {
    for (const [operation, asBefore] of Object.entries(inherited)) {
      const own = operations[operation];
      if (own && own !== asBefore) checkOverride({ name, base, operation }, { asBefore, own }, problems, allowance);
    }
  }
}

type Where = { readonly name: string; readonly base: string; readonly operation: string };
type Pair = { readonly asBefore: ProgramOperation; readonly own: ProgramOperation };

function checkOverride({ name, base, operation }: Where, { asBefore, own }: Pair, problems: Problems, allowance: Allowance): void {
  const field = `operations.${operation}`;
  const file = `protocols/${name}.json`;
  const said = `${name}.${operation}`;
  if (own.kind !== asBefore.kind) return problems.add({ code: 'PRO016', at: { file, field: `${field}.kind` }, got: own.kind, message: `${said} is a ${own.kind}, and ${base}.${operation}, which it stands in for, is a ${asBefore.kind}`, fix: `Make it a ${asBefore.kind}, or give it another name.` });
  const strange = own.errors.filter((error) => !asBefore.errors.includes(error));
  if (strange.length > 0) problems.add({ code: 'PRO016', at: { file, field: `${field}.errors` }, got: strange, message: `${said} may answer with ${strange.join(', ')}, which callers of ${base}.${operation} do not expect`, fix: `Declare it in ${base} too, or take it away.` });
  checkSide({ file, field: `${field}.input`, sent: asBefore.input, accepted: own.input, said: `${said} refuses an input that ${base}.${operation} takes`, unknown: `whether ${said} takes every input of ${base}.${operation}`, fix: `Let it take all that ${base} takes, or give it another name.`, allowance }, problems);
  if (own.kind !== 'cast') checkSide({ file, field: `${field}.output`, sent: own.output, accepted: asBefore.output, said: `${said} may answer what ${base}.${operation} never does`, unknown: `whether every answer of ${said} is one of ${base}.${operation}`, fix: `Let it answer only what ${base} answers, or give it another name.`, allowance }, problems);
}

type Side = { readonly file: string; readonly field: string; readonly sent: ValueSchema; readonly accepted: ValueSchema; readonly said: string; readonly unknown: string; readonly fix: string; readonly allowance: Allowance };

function checkSide({ file, field, sent, accepted, said, unknown, fix, allowance }: Side, problems: Problems): void {
  const answer = isAccepted(sent, accepted, allowance);
  const at = { file, field };
  if (answer.kind === 'unknown') problems.add({ code: 'PRO017', at, message: `${unknown} could not be decided`, fix: 'Write its schema more simply; values are checked at the door all the same.' });
  if (answer.kind !== 'refuses') return;
  const { counterexample } = answer;
  const why = findMismatch(accepted, counterexample);
  problems.add({ code: 'PRO016', at, got: counterexample, message: `${said}: ${JSON.stringify(counterexample)}${why && why.path !== '' ? ` (${formatMismatch(why)})` : ''}`, fix });
}
