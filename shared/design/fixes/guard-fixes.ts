/** Guards with a wrong value, at a wrong place, or with nothing to do. */
import { nearest } from '../../errors/nearest';
import type { Diagnostic } from '../../errors/diagnostic';
import type { JsonObject } from '../../json/json';
import { CALL_FAILURES } from '../../run/call-failure';
import { viewDesign } from '../design-view';
import { designOf, isList, rawWiresOf, type ProjectDocument } from '../document';
import { isObject } from '../../json/is-object';
import { setGuards } from '../edits/wire-edits';
import { findAnswering } from '../extended';
import { listOperations } from '../protocol-view';
import { textOf, type Fix, type Fixer, type Fixers } from './fix-value';

type Found = { readonly wire: number; readonly place: number; readonly field: readonly string[]; readonly guard: JsonObject; readonly guards: readonly JsonObject[] };

/** The guard that a problem is about, as it stands. */
function findGuard({ at }: Diagnostic, document: ProjectDocument): Found | undefined {
  const [, wire, place, rest = ''] = /^wires\.(\d+)\.guards\.(\d+)(?:\.(.+))?$/.exec(at.field ?? '') ?? [];
  if (wire === undefined || place === undefined) return undefined;
  const raw = rawWiresOf(document)[Number(wire)];
  const guards = isObject(raw) && isList(raw['guards']) ? raw['guards'].filter(isObject) : [];
  const guard = guards[Number(place)];
  return guard && { wire: Number(wire), place: Number(place), field: rest === '' ? [] : rest.split('.'), guard, guards };
}

const withGuards = (label: string, { wire }: Found, guards: readonly JsonObject[]): Fix => ({ label, make: (document) => setGuards(document, wire, guards) });
const without = (guard: JsonObject, name: string): JsonObject => Object.fromEntries(Object.entries(guard).filter(([key]) => key !== name));
const change = (label: string, found: Found, guard: JsonObject): Fix => withGuards(label, found, found.guards.with(found.place, guard));
const takeGuard = (found: Found): Fix => withGuards(`Take the ${textOf(found.guard['kind'])} away`, found, found.guards.toSpliced(found.place, 1));

const of = (fix: (found: Found, problem: Diagnostic, document: ProjectDocument) => readonly Fix[]): Fixer => (problem, document) => {
  const found = findGuard(problem, document);
  return found ? fix(found, problem, document) : [];
};

const takeField = of((found) => {
  const [name] = found.field;
  return name === undefined ? [] : [change(`Take ${name} away`, found, without(found.guard, name))];
});

const sayTwice = of((found) => [change('Say that it is not idempotent', found, { ...found.guard, idempotent: false }), change('Say that twice is as good as once', found, { ...found.guard, idempotent: true })]);

const shorten = of((found, { fix }) => {
  const most = /^Use at most (\d+)/.exec(fix)?.[1];
  return most === undefined ? [] : [change(`Use ${most} ms`, found, { ...found.guard, ms: Number(most) })];
});

const putFirst = of((found) => [withGuards('Put the fallback first', found, [found.guard, ...found.guards.toSpliced(found.place, 1)])]);

const anotherTarget = of((found, problem, document) => {
  const view = viewDesign(designOf(document));
  const wire = view.wires.find(({ index }) => index === found.wire);
  const { protocol } = wire ?? {};
  const others = protocol === undefined ? [] : view.order.filter((id) => id !== wire!.to && id !== wire!.from.node && findAnswering(document, view.nodes.get(id)!.provides, protocol) !== undefined);
  const likely = nearest(textOf(problem.got), others) ?? others[0];
  return [...(likely === undefined ? [] : [change(`Write ${likely}`, found, { ...found.guard, to: likely })]), takeGuard(found)];
});

const takeAnswer = of((found) => {
  const [, name] = found.field;
  const { answers } = found.guard;
  if (name === undefined || !isObject(answers)) return [];
  const rest = without(answers, name);
  return Object.keys(rest).length === 0 ? [takeGuard(found)] : [change(`Take the answer to ${name} away`, found, { ...found.guard, answers: rest })];
});

const oneWay = of((found) => ['failures', 'failureRate'].map((name) => change(`Take ${name} away`, found, without(found.guard, name))));

const knownFailure = of((found, { got }, document) => {
  const { on } = found.guard;
  if (!isList(on)) return [];
  const wire = viewDesign(designOf(document)).wires.find(({ index }) => index === found.wire);
  const declared = wire?.protocol === undefined ? [] : listOperations(document, wire.protocol).flatMap(({ errors }) => errors);
  const meant = nearest(textOf(got), [...CALL_FAILURES, ...declared]);
  const rest = on.filter((code) => code !== got);
  const named = meant === undefined || on.includes(meant) ? [] : [change(`Write ${meant}`, found, { ...found.guard, on: on.map((code) => (code === got ? meant : code)) })];
  return [...named, change(`Take ${textOf(got)} away`, found, rest.length === 0 ? without(found.guard, 'on') : { ...found.guard, on: rest })];
});

const takeAll: Fixer = ({ at }) => {
  const wire = /^wires\.(\d+)\.guards$/.exec(at.field ?? '')?.[1];
  return wire === undefined ? [] : [{ label: 'Take the guards away', make: (document) => setGuards(document, Number(wire), []) }];
};

export const guardFixes: Fixers = {
  GRD004: takeField,
  GRD006: sayTwice,
  GRD007: shorten,
  GRD009: of((found) => [takeGuard(found)]),
  GRD010: putFirst,
  GRD011: anotherTarget,
  GRD012: of((found) => [takeGuard(found)]),
  GRD013: takeAnswer,
  GRD014: oneWay,
  GRD015: knownFailure,
  GRD016: takeAll,
};
