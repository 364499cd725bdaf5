/** `design.json` as values of its schemas: every field checked, defaults filled in, unknown things reported and left out of what runs. */
import { DESIGN_FILE } from '../../shared/design/project-files';
import type { z } from 'zod';
import { DESIGN_FORMAT, designFile, MAX_NODES } from '../../shared/design/design';
import { adapter as adapterSchema, type Adapter } from '../../shared/design/adapter';
import { findRule, stepValue } from '../../shared/design/field-rule';
import { GUARD_KINDS, guardSchemas, isGuardKind, type Guard } from '../../shared/design/guard';
import { LATER_NODE_KINDS, nodeSchemas, type DesignNode } from '../../shared/design/nodes/node';
import { isNodeKind } from '../../shared/design/nodes/words';
import { listUnknownFields } from '../../shared/design/unknown-fields';
import { wire as wireSchema } from '../../shared/design/wire';
import { NODE_ID } from '../../shared/ids';
import type { Json } from '../../shared/json/json';
import type { CheckMemory, ParsedWire } from './check-memory';
import type { Problems } from './problems';

export type ReadWire = { readonly index: number; readonly from: string; readonly to: string; readonly guards: readonly Guard[]; readonly adapter?: Adapter; /** It has an adapter that could not be read. */ readonly isAdapterUnread?: boolean };
export type ReadDesign = { readonly name: string; readonly root: string; readonly nodes: ReadonlyMap<string, DesignNode>; readonly wires: readonly ReadWire[]; /** Kept, but not run. */ readonly notRun: ReadonlySet<string>; /** Nodes with a fault so deep that nothing is known of them: others may name them all the same. */ readonly unread: ReadonlySet<string>; /** Some supervisor's children could not be read, so a node without a supervisor may have one. */ readonly hasUnreadChildren: boolean; /** Some wire could not be read, so a port without a wire may have one. */ readonly hasUnreadWires: boolean };
type Gathered = { readonly nodes: Map<string, DesignNode>; readonly notRun: Set<string>; readonly unread: Set<string>; hasUnreadChildren: boolean };

export function readDesign(raw: Json, memory: CheckMemory, problems: Problems): ReadDesign | undefined {
  const format = stepValue(raw, 'format');
  if (format !== DESIGN_FORMAT) {
    const isNewer = typeof format === 'string' && /^prismatic\/\d+$/.test(format);
    problems.add({ code: 'PRJ012', at: { file: DESIGN_FILE, field: 'format' }, got: format, message: isNewer ? `the format is ${format}; this version reads ${DESIGN_FORMAT}` : `format is ${JSON.stringify(format ?? null)}, so this is no design of ours`, fix: isNewer ? 'Open it with a newer version.' : `Write "format": "${DESIGN_FORMAT}".` });
    return undefined;
  }
  const file = parseField(designFile, raw, {}, problems);
  if (!file) return undefined;
  for (const path of listUnknownFields(designFile, raw)) if (path[0] !== 'nodes' && path[0] !== 'wires') warnUnknown(path, undefined, problems);
  const ids = Object.keys(file.nodes);
  if (ids.length > MAX_NODES) {
    problems.add({ code: 'PRJ014', at: { file: DESIGN_FILE, field: 'nodes' }, got: ids.length, message: `the design has ${ids.length} nodes; at most ${MAX_NODES} are read`, fix: 'Split the design.' });
    return undefined;
  }
  const gathered: Gathered = { nodes: new Map(), notRun: new Set(), unread: new Set(), hasUnreadChildren: false };
  for (const id of ids) readNode(id, file.nodes[id]!, { gathered, memory, problems });
  const read = file.wires.map((one, index) => readWire(one, index, memory, problems));
  const wires = read.flatMap((one) => one ?? []);
  return { name: file.name, root: file.root, wires, hasUnreadWires: wires.length < read.length, ...gathered };
}

type Reading = { readonly gathered: Gathered; readonly memory: CheckMemory; readonly problems: Problems };

function readNode(id: string, raw: Json, { gathered, memory, problems }: Reading): void {
  const at = { file: DESIGN_FILE, node: id };
  if (!NODE_ID.test(id)) problems.add({ code: 'DES002', at, got: id, message: `${JSON.stringify(id)} is no id of a node`, fix: 'Use small letters, digits and "-", beginning with a letter, at most 64.' });
  const known = memory.nodes.get(id, raw);
  if (known) return void gathered.nodes.set(id, known);
  const kind = stepValue(raw, 'kind');
  if (typeof kind !== 'string' || !isNodeKind(kind)) {
    gathered.notRun.add(id);
    const isLater = typeof kind === 'string' && LATER_NODE_KINDS.has(kind);
    problems.add({ code: 'DES008', at: { ...at, field: 'kind' }, got: kind, message: isLater ? `this version does not run nodes of kind ${kind}` : `there is no kind of node ${JSON.stringify(kind ?? null)}`, fix: 'It is kept and left out of every run; delete it, or open the design with a version that knows it.' });
    return;
  }
  const schema = nodeSchemas[kind] as z.ZodType<DesignNode>;
  const before = problems.list.length;
  const node = parseField(schema, raw, { node: id }, problems) ?? readWithoutFaults(schema, raw, gathered);
  for (const path of listUnknownFields(schema, raw)) warnUnknown(path, id, problems);
  if (!node) return void gathered.unread.add(id);
  gathered.nodes.set(id, node);
  if (problems.list.length === before) memory.nodes.keep(id, raw, node);
}

/** The node with defaults where its fields are at fault, which has been said: so that one fault is not told again of all that names it. */
function readWithoutFaults(schema: z.ZodType<DesignNode>, raw: Json, gathered: Gathered): DesignNode | undefined {
  const faulty = new Set(schema.safeParse(raw).error?.issues.map(({ path }) => String(path[0])));
  if (faulty.has('children')) gathered.hasUnreadChildren = true;
  const sound = Object.entries(raw as { readonly [field: string]: Json }).filter(([field]) => !faulty.has(field));
  return schema.safeParse(Object.fromEntries(sound)).data;
}

function warnUnknown(path: readonly string[], node: string | undefined, problems: Problems): void {
  problems.add({ code: 'DES010', at: { file: DESIGN_FILE, field: path.join('.'), ...(node === undefined ? {} : { node }) }, message: `this version does not know the field ${path.join('.')}`, fix: 'It is kept and has no effect; check its spelling.' });
}

function readWire(raw: Json, index: number, memory: CheckMemory, problems: Problems): ReadWire | undefined {
  const ends = JSON.stringify([stepValue(raw, 'from'), stepValue(raw, 'to')]);
  const known = memory.wires.get(ends, raw);
  if (known) return { index, ...known };
  const before = problems.list.length;
  const wire = parseWire(raw, index, problems);
  if (wire && problems.list.length === before) memory.wires.keep(ends, raw, wire);
  return wire && { index, ...wire };
}

function parseWire(raw: Json, index: number, problems: Problems): ParsedWire | undefined {
  const whole = parseField(wireSchema, raw, { field: `wires.${index}` }, problems);
  // With guards at fault, where it begins and ends is known all the same.
  const parsed = whole ?? wireSchema.pick({ from: true, to: true }).safeParse(raw).data;
  if (!parsed) return undefined;
  const guards = (whole?.guards ?? []).flatMap((one, place) => readGuard(one as Json, `wires.${index}.guards.${place}`, problems));
  const adapter = whole?.adapter;
  if (adapter) for (const path of listUnknownFields(adapterSchema, stepValue(raw, 'adapter')!)) warnUnknown([`wires.${index}.adapter`, ...path], undefined, problems);
  const isAdapterUnread = !whole && stepValue(raw, 'adapter') !== undefined;
  return { from: parsed.from, to: parsed.to, guards, ...(adapter ? { adapter } : {}), ...(isAdapterUnread ? { isAdapterUnread } : {}) };
}

function readGuard(raw: Json, field: string, problems: Problems): readonly Guard[] {
  const kind = stepValue(raw, 'kind');
  if (isGuardKind(kind)) {
    const schema = guardSchemas[kind] as z.ZodType<Guard>;
    for (const path of listUnknownFields(schema, raw)) warnUnknown([field, ...path], undefined, problems);
    const guard = parseField(schema, raw, { field }, problems);
    return guard ? [guard] : [];
  }
  problems.add({ code: 'GRD001', at: { file: DESIGN_FILE, field }, got: kind, message: `there is no guard ${JSON.stringify(kind ?? null)}, and a policy that is not enforced is worse than none`, fix: `Use one of ${GUARD_KINDS.join(', ')}, or take the guard off the wire.` });
  return [];
}

/** One value against one schema; each fault told by the rule of its field. */
export function parseField<T>(schema: z.ZodType<T>, raw: Json, place: { readonly node?: string; readonly field?: string; readonly file?: string }, problems: Problems): T | undefined {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    const whole = issue.path.reduce<Json | undefined>((value, step) => stepValue(value, step), raw);
    const strange = issue.code === 'unrecognized_keys' ? issue.keys.join(', ') : undefined;
    const got = strange ?? whole;
    const rule = findRule(schema, issue.path, raw, got);
    const field = [place.field, ...issue.path.map(String)].filter((part) => part !== undefined && part !== '').join('.');
    problems.add({ code: rule.code, at: { file: place.file ?? DESIGN_FILE, ...(place.node === undefined ? {} : { node: place.node }), ...(field === '' ? {} : { field }) }, got, message: `${strange !== undefined ? `${strange} has no place here` : `${nameOf(issue.path)} is ${got === undefined ? 'missing' : shorten(JSON.stringify(got))}`}; ${rule.because}.`, fix: rule.fix });
  }
  return undefined;
}

/** The field, or the item of a list: `maxRestarts`, `guards[0]`. */
function nameOf(path: readonly PropertyKey[]): string {
  const last = path.at(-1);
  if (last === undefined) return 'the value';
  return typeof last === 'number' ? `${path.length > 1 ? String(path.at(-2)) : 'item'}[${last}]` : String(last);
}

const LONGEST_SHOWN = 200;
const shorten = (json: string): string => (json.length > LONGEST_SHOWN ? `${json.slice(0, LONGEST_SHOWN)}...` : json);
