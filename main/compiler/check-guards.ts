/** Guards of wires: what each says for itself, and whether their order makes sense. Times are looked at in `check-guard-times.ts`. */
import type { Guard, GuardOf } from '../../shared/design/guard';
import { DESIGN_FILE } from '../../shared/design/project-files';
import { CALL_FAILURES, PASSING_FAILURES, UNBEGUN_FAILURES } from '../../shared/run/call-failure';
import { checkFallback } from './check-fallback';
import { checkGuardOrder } from './check-guard-order';
import { checkGuardTimes } from './check-guard-times';
import type { ReadDesign } from './read-design';
import { describeWire, factsOf, hasOnlyCasts, placeOfGuard, type Protocols, type ResolvedWire } from './resolved-wire';
import { suggest, type Problems } from './problems';

type Known = { readonly design: ReadDesign; readonly protocols: Protocols; readonly unread: ReadonlySet<string> };

export function checkGuards(wires: readonly ResolvedWire[], known: Known, problems: Problems): void {
  const guarded = wires.filter(({ wire }) => wire.guards.length > 0);
  if (guarded.length === 0) return;
  for (const one of guarded) checkWire(one, known, problems);
  checkGuardTimes(guarded.filter(({ wire }) => !hasOnlyCasts(known.protocols, wire)), { wires, protocols: known.protocols, nodes: known.design.nodes }, problems);
}

function checkWire(one: ResolvedWire, known: Known, problems: Problems): void {
  const { index, wire } = one;
  if (hasOnlyCasts(known.protocols, wire)) {
    problems.add({ code: 'GRD016', at: { file: DESIGN_FILE, field: `wires.${index}.guards` }, got: wire.guards.map(({ kind }) => kind), message: `${describeWire(wire)} carries only casts (${wire.protocol} has nothing else), and guards stand around calls: these do nothing`, fix: 'Take them away, or make the operations calls.' });
    return;
  }
  wire.guards.forEach((guard, place) => {
    if (guard.kind === 'breaker') checkBreaker(guard, place, one, problems);
    if (guard.kind === 'retry') checkRetry(guard, place, one, known, problems);
    if (guard.kind === 'fallback') checkFallback(guard, place, one, known, problems);
    if ('on' in guard) checkListed(guard, place, one, known, problems);
  });
  checkGuardOrder(one, known.protocols, problems);
}

function checkBreaker(guard: GuardOf<'breaker'>, place: number, { index, wire }: ResolvedWire, problems: Problems): void {
  if (guard.failures !== undefined && guard.failureRate !== undefined) problems.add({ code: 'GRD014', at: placeOfGuard(index, place, 'failureRate'), got: guard.failureRate, message: `the breaker of ${describeWire(wire)} opens after ${guard.failures} failures and also at a rate of ${guard.failureRate}: which of the two counts is not said`, fix: 'Leave one of them.' });
  if (!wire.guards.slice(0, place).some(({ kind }) => kind === 'fallback')) problems.add({ code: 'GRD005', at: placeOfGuard(index, place), message: `while the breaker of ${describeWire(wire)} is open, every call fails with overloaded: no fallback stands outside it`, fix: `Put a fallback before it, or see that ${wire.from.node} can do without the answer.` });
}

/** What it leaves out, where the operations are not said to be idempotent. */
function checkRetry(guard: GuardOf<'retry'>, place: number, { index, wire }: ResolvedWire, { protocols }: Known, problems: Problems): void {
  if (guard.idempotent !== undefined) return;
  const { once } = factsOf(protocols, wire.protocol);
  const skipped = [...(guard.on ?? PASSING_FAILURES)].filter((code) => PASSING_FAILURES.has(code) && !UNBEGUN_FAILURES.has(code));
  if (once.length === 0 || skipped.length === 0) return;
  const names = once.length > MOST_NAMED ? `${once.length} operations of ${wire.protocol}` : once.map((name) => `${wire.protocol}.${name}`).join(', ');
  problems.add({ code: 'GRD006', at: placeOfGuard(index, place), got: once.slice(0, MOST_NAMED), message: `${names} ${once.length === 1 ? 'is' : 'are'} not marked idempotent, so after ${skipped.join(', ')} nothing is tried again: the call may have been handled. Only calls that never began are (noproc, overloaded)`, fix: 'Say "idempotent": true on the operation (or here) if twice is as good as once, else "idempotent": false here.' });
}

const MOST_NAMED = 3;

function checkListed(guard: Extract<Guard, { readonly on?: unknown }>, place: number, { index, wire }: ResolvedWire, { protocols, unread }: Known, problems: Problems): void {
  if (unread.has(wire.protocol) || guard.on === undefined) return;
  const { errors } = factsOf(protocols, wire.protocol);
  const isKnown = (code: string): boolean => errors.has(code) || CALL_FAILURES.some((one) => one === code);
  const known = guard.on.every(isKnown) ? [] : [...CALL_FAILURES, ...errors];
  for (const code of guard.on) if (!isKnown(code)) problems.add({ code: 'GRD015', at: placeOfGuard(index, place, 'on'), got: code, message: `${code} is no failure, and no operation of ${wire.protocol} declares it: it never comes`, fix: suggest(code, known, `Use some of ${known.join(', ')}.`) });
}
