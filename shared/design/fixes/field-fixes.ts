/** Fields with a wrong value, and fields that nobody knows. */
import type { Diagnostic } from '../../errors/diagnostic';
import { nearest } from '../../errors/nearest';
import type { Json, JsonObject } from '../../json/json';
import { valueAt } from '../../json/value-at';
import { findStandard } from '../check-field';
import { DESIGN_FILE } from '../project-files';
import { findJson, isList, rawNodesOf } from '../document';
import { isObject } from '../../json/is-object';
import type { JsonPath } from '../edits/edit';
import { Editing } from '../edits/editing';
import { renameKey, setNodeField } from '../edits/node-edits';
import { nodeSchemas } from '../nodes/node';
import { isNodeKind } from '../nodes/words';
import type { Fix, Fixer, Fixers } from './fix-value';

/** `behaviour.rules.0.delayMs` as a path into a value: numbers where a list stands. */
export function pathOf(whole: Json | undefined, field: string): JsonPath {
  let at = whole;
  return field.split('.').map((step) => {
    const key = isList(at) ? Number(step) : step;
    at = valueAt(at, [key]);
    return key;
  });
}

/** Values for fields whose schema has no default, because they must be written. */
const WRITTEN: Readonly<Record<string, Json>> = { everyMs: 1000 };

/** The field gets its default; one that may be missing goes. */
const writeStandard: Fixer = ({ at }, document) => {
  const raw = at.node === undefined ? undefined : rawNodesOf(document)[at.node];
  const kind = raw?.['kind'];
  if (!raw || at.node === undefined || at.field === undefined || typeof kind !== 'string' || !isNodeKind(kind)) return [];
  const { node, field } = at;
  const path = pathOf(raw, field);
  const standard = findStandard(nodeSchemas[kind], path.map(String), raw) ?? WRITTEN[field];
  const write: readonly Fix[] = standard === undefined || isObject(standard) ? [] : [{ label: `Write ${JSON.stringify(standard).replace(/^"|"$/g, '')}`, make: (now) => setNodeField(now, node, path, standard) }];
  if (valueAt(raw, path) === undefined || write.length > 0) return write;
  return [{ label: `Take ${String(path.at(-1))} away`, make: (now) => setNodeField(now, node, path, undefined) }];
};

/** Edits one place of `design.json`. */
const editDesign = (label: string, edit: (editing: Editing) => void): Fix['make'] => (document) => {
  const editing = new Editing(document);
  edit(editing);
  return editing.finish(label);
};

/** A field that this version does not know is often one that it does, misspelt. */
const renameUnknown: Fixer = ({ at }, document) => {
  const whole = findJson(document, DESIGN_FILE);
  const base: JsonPath = at.node === undefined ? [] : ['nodes', at.node];
  const holder = valueAt(whole, base);
  if (at.field === undefined || !isObject(holder)) return [];
  const path = [...base, ...pathOf(holder, at.field)];
  const name = String(path.at(-1));
  const known = knownFields(holder, path.length - base.length);
  const near = nearest(name, known.filter((one) => !Object.hasOwn(holder, one)));
  const take: Fix = { label: `Take ${name} away`, make: editDesign(`take ${name} away`, (editing) => editing.set(DESIGN_FILE, path, undefined)) };
  if (near === undefined) return [take];
  return [{ label: `Rename to ${near}`, make: editDesign(`rename ${name} to ${near}`, (editing) => renameKey(editing, DESIGN_FILE, path.slice(0, -1), name, near)) }, take];
};

function knownFields(node: JsonObject, depth: number): readonly string[] {
  const kind = node['kind'];
  if (depth !== 1 || typeof kind !== 'string' || !isNodeKind(kind)) return [];
  return Object.keys((nodeSchemas[kind] as unknown as { readonly shape: Readonly<Record<string, unknown>> }).shape);
}

/** A file name that leads out of the output folder, without what leads out. */
const stayInside: Fixer = ({ at, got }) => {
  const name = String(got).split(/[\\/]/).filter((part) => part !== '' && part !== '..' && part !== '.').join('/') || 'output.jsonl';
  const { node } = at;
  return node === undefined ? [] : [{ label: `Write ${name}`, make: (document) => setNodeField(document, node, ['behaviour', 'path'], name) }];
};

const guardOf = ({ at }: Diagnostic): { readonly wire: number; readonly guard: number } | undefined => {
  const found = /^wires\.(\d+)\.guards\.(\d+)/.exec(at.field ?? '');
  return found ? { wire: Number(found[1]), guard: Number(found[2]) } : undefined;
};

/** OTP's own time for a call. */
const STANDARD_TIMEOUT_MS = 5000;

const takeGuardOff = (problem: Diagnostic): readonly Fix[] => {
  const place = guardOf(problem);
  if (!place) return [];
  return [{ label: 'Take the guard off', make: takeGuard(place) }];
};

const takeGuard = ({ wire, guard }: { readonly wire: number; readonly guard: number }): Fix['make'] => (document) => {
  const editing = new Editing(document);
  if (!isList(editing.at(DESIGN_FILE, ['wires', wire, 'guards']))) return undefined;
  editing.splice(DESIGN_FILE, ['wires', wire, 'guards'], guard, 1);
  return editing.finish('take a guard off a wire');
};

const mendTimeout: Fixer = (problem) => {
  const place = guardOf(problem);
  if (!place) return [];
  const path = ['wires', place.wire, 'guards', place.guard, 'ms'];
  return [{ label: `Write ${STANDARD_TIMEOUT_MS}`, make: editDesign('set the time of a timeout', (editing) => editing.set(DESIGN_FILE, path, STANDARD_TIMEOUT_MS)) }, ...takeGuardOff(problem)];
};

/** A list of guards that is none. */
const clearGuards: Fixer = ({ at }) => {
  const index = /^wires\.(\d+)\.guards/.exec(at.field ?? '')?.[1];
  return index === undefined ? [] : [{ label: 'Take the guards off', make: editDesign('take the guards off a wire', (editing) => editing.set(DESIGN_FILE, ['wires', Number(index), 'guards'], undefined)) }];
};

/** A field of a file as a whole: what may be missing goes, a name becomes text. */
const mendFileField: Fixer = ({ at, got }, document) => {
  const { file, field } = at;
  const whole = findJson(document, file);
  if (field === undefined || !isObject(whole) || at.node !== undefined) return [];
  const path = pathOf(whole, field);
  const name = String(path.at(-1));
  const make = (value: Json | undefined): Fix['make'] => (now) => {
    const editing = new Editing(now);
    if (editing.at(file, path) === undefined) return undefined;
    editing.set(file, path, value);
    return editing.finish(value === undefined ? `take ${name} away` : `write ${name}`);
  };
  if (file === DESIGN_FILE && field === 'name') {
    const text = (typeof got === 'string' ? got.slice(0, LONGEST_NAME) : typeof got === 'number' ? String(got) : '') || 'untitled';
    return [{ label: `Write ${text.slice(0, 20)}`, make: make(text) }];
  }
  // A design without nodes is none.
  return file === DESIGN_FILE && field === 'nodes' ? [] : [{ label: `Take ${name} away`, make: make(undefined) }];
};
const LONGEST_NAME = 100;

export const fieldFixes: Fixers = {
  PRJ013: mendFileField,
  SUP001: writeStandard,
  SUP003: writeStandard,
  SUP004: writeStandard,
  SUP005: writeStandard,
  SUP006: writeStandard,
  MDL026: writeStandard,
  MDL027: writeStandard,
  SUP007: writeStandard,
  SUP008: writeStandard,
  DES013: writeStandard,
  HUM001: writeStandard,
  RTR006: writeStandard,
  RTR007: writeStandard,
  RTR011: writeStandard,
  RTR012: writeStandard,
  RTR013: writeStandard,
  DES010: renameUnknown,
  DES011: stayInside,
  GRD001: takeGuardOff,
  GRD002: clearGuards,
  GRD003: mendTimeout,
};
