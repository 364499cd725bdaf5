/** Edits of the guards of one wire, named by its place in `design.json`. Each is undone as one. */
import type { Json, JsonObject } from '../../json/json';
import { sampleAnswer } from '../../program/answer-schema';
import { viewDesign, type WireView } from '../design-view';
import { designOf, type ProjectDocument } from '../document';
import { isGuardKind, type GuardKind } from '../guard-kinds';
import { listOperations, wantsAnswer } from '../protocol-view';
import type { Edit } from './edit';
import { setGuards } from './wire-edits';

/** OTP's own time for a call, and where a new timeout begins. */
const STANDARD_TIMEOUT_MS = 5000;

/**
 * Where a new guard goes, outermost first. A fallback stands in for whatever the others refuse, so it is around them all; a timeout
 * bounds all attempts together; each attempt passes the breaker, and what the breaker lets through waits for its place.
 */
const FROM_OUTSIDE: readonly GuardKind[] = ['fallback', 'timeout', 'retry', 'breaker', 'bulkhead', 'rateLimit'];
const rankOf = (kind: Json | undefined): number => (isGuardKind(kind) ? FROM_OUTSIDE.indexOf(kind) : FROM_OUTSIDE.length);

export function placeOfGuard(guards: readonly JsonObject[], kind: GuardKind): number {
  const before = guards.findLastIndex((guard) => rankOf(guard['kind']) <= rankOf(kind));
  return before + 1;
}

/** Other nodes that provide what a wire calls for. */
export function listFallbacks(document: ProjectDocument, wire: Pick<WireView, 'from' | 'to' | 'protocol'>): readonly string[] {
  const { protocol } = wire;
  const view = viewDesign(designOf(document));
  return protocol === undefined ? [] : view.order.filter((id) => id !== wire.to && id !== wire.from.node && view.nodes.get(id)!.provides.includes(protocol));
}

/** An answer for each call of a protocol, of the simplest shape, and a list of one item for each stream: what a fallback without another provider begins with. */
export function sampleAnswers(document: ProjectDocument, protocol: string | undefined): JsonObject {
  const operations = protocol === undefined ? [] : listOperations(document, protocol).filter(wantsAnswer);
  return Object.fromEntries(operations.map((operation) => [operation.name, sampleAnswer(operation)]));
}

/** A guard as it is when it is dropped on a wire: its defaults, and for a fallback another provider where there is one. */
export function newGuard(document: ProjectDocument, wire: WireView, kind: GuardKind): JsonObject {
  if (kind === 'timeout') return { kind, ms: STANDARD_TIMEOUT_MS };
  if (kind !== 'fallback') return { kind };
  const [to] = listFallbacks(document, wire);
  return to === undefined ? { kind, answers: sampleAnswers(document, wire.protocol) } : { kind, to };
}

const kindOf = (guard: JsonObject | undefined): string => (typeof guard?.['kind'] === 'string' ? guard['kind'] : 'a guard');
const wireAt = (document: ProjectDocument, index: number): WireView | undefined => viewDesign(designOf(document)).wires.find((wire) => wire.index === index);

export function addGuard(document: ProjectDocument, index: number, kind: GuardKind): Edit | undefined {
  const wire = wireAt(document, index);
  return wire && setGuards(document, index, wire.guards.toSpliced(placeOfGuard(wire.guards, kind), 0, newGuard(document, wire, kind)), { label: `add ${kind} to a wire` });
}

export function removeGuard(document: ProjectDocument, index: number, place: number): Edit | undefined {
  const wire = wireAt(document, index);
  return wire && setGuards(document, index, wire.guards.toSpliced(place, 1), { label: `take ${kindOf(wire.guards[place])} off a wire` });
}

/** `to`: its place among all of them once it has moved. */
export function moveGuard(document: ProjectDocument, index: number, from: number, to: number): Edit | undefined {
  const wire = wireAt(document, index);
  const guard = wire?.guards[from];
  if (!guard || to < 0 || to >= wire.guards.length) return undefined;
  return setGuards(document, index, wire.guards.toSpliced(from, 1).toSpliced(to, 0, guard), { label: `move ${kindOf(guard)} on a wire` });
}
