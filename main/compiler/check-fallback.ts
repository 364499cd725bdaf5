/** Where a fallback leads, or what it answers instead. */
import type { GuardOf } from '../../shared/design/guard';
import { providedBy } from '../../shared/design/nodes/provided';
import { answerSchemaOf } from '../../shared/program/answer-schema';
import { mismatchOf } from '../../shared/schema/fits-schema';
import { formatMismatch } from '../../shared/schema/validate-value';
import type { ReadDesign } from './read-design';
import { answers, describeWire, placeOfGuard, type Protocols, type ResolvedWire } from './resolved-wire';
import { suggest, type Problems } from './problems';

type Known = { readonly design: ReadDesign; readonly protocols: Protocols; readonly unread: ReadonlySet<string> };

export function checkFallback(guard: GuardOf<'fallback'>, place: number, one: ResolvedWire, known: Known, problems: Problems): void {
  const { index, wire } = one;
  if ((guard.to === undefined) === (guard.answers === undefined)) problems.add({ code: 'GRD012', at: placeOfGuard(index, place), message: `the fallback of ${describeWire(wire)} has ${guard.to === undefined ? 'neither "to" nor "answers": it has nothing to fall back to' : 'both "to" and "answers": which of them counts is not said'}`, fix: 'Give it one of them.' });
  if (guard.to !== undefined) checkTarget(guard.to, place, one, known, problems);
  if (guard.answers !== undefined && !known.unread.has(wire.protocol)) checkAnswers(guard.answers, place, one, known, problems);
}

function checkTarget(to: string, place: number, { index, wire }: ResolvedWire, { design, protocols }: Known, problems: Problems): void {
  const node = design.nodes.get(to);
  if (!node && (design.unread.has(to) || design.notRun.has(to))) return;
  const provides = node ? providedBy(node) : [];
  const why = !node
    ? 'which is no node'
    : to === wire.to
      ? 'which is the node that has just failed'
      : to === wire.from.node
        ? 'which is the caller itself, and that waits'
        : answers(protocols, provides, wire.protocol)
          ? undefined
          : `which provides ${provides.join(', ') || 'nothing'}, and not ${wire.protocol}`;
  if (why === undefined) return;
  const others = [...design.nodes].filter(([id, other]) => id !== wire.to && id !== wire.from.node && answers(protocols, providedBy(other), wire.protocol)).map(([id]) => id);
  problems.add({ code: 'GRD011', at: placeOfGuard(index, place, 'to'), got: to, message: `the fallback of ${describeWire(wire)} leads to ${to}, ${why}`, fix: suggest(to, others, others.length > 0 ? `Name another node that provides ${wire.protocol}, like ${others[0]!}.` : `Draw another node that provides ${wire.protocol}.`) });
}

function checkAnswers(given: NonNullable<GuardOf<'fallback'>['answers']>, place: number, { index, wire }: ResolvedWire, { protocols }: Known, problems: Problems): void {
  const operations = protocols.get(wire.protocol)?.operations ?? {};
  const calls = Object.entries(operations).filter(([, { kind }]) => kind !== 'cast').map(([name]) => name);
  for (const [name, answer] of Object.entries(given)) {
    const at = placeOfGuard(index, place, `answers.${name}`);
    if (!calls.includes(name)) {
      problems.add({ code: 'GRD013', at, got: name, message: `${wire.protocol} has no call ${name} that could be answered`, fix: suggest(name, calls, 'Take it away.') });
      continue;
    }
    const operation = operations[name]!;
    const mismatch = mismatchOf(answerSchemaOf(operation), answer);
    if (mismatch) problems.add({ code: 'GRD013', at, got: answer, message: `what the fallback answers to ${name} is no answer of ${wire.protocol}.${name}: ${formatMismatch(mismatch)}`, fix: operation.kind === 'stream' ? 'Give it a list of items, each of which fits the output of the operation.' : 'Give it a value that fits the output of the operation.' });
  }
}
