/** `design.json` as values of its schemas: every field checked, defaults filled in, unknown things reported and left out of what runs. */
import { DESIGN_FILE } from '../../shared/design/project-files';
import type { z } from 'zod';
import { DESIGN_FORMAT, designFile, MAX_NODES } from '../../shared/design/design';
import { findRule, listUnknownFields, stepValue } from '../../shared/design/field-rule';
import { GUARD_KINDS, LATER_GUARD_KINDS, timeoutGuard, type Guard } from '../../shared/design/guard';
import { LATER_NODE_KINDS, nodeSchemas, type DesignNode } from '../../shared/design/nodes/node';
import { isNodeKind } from '../../shared/design/nodes/words';
import { wire as wireSchema } from '../../shared/design/wire';
import { NODE_ID } from '../../shared/ids';
import type { Json } from '../../shared/json/json';
import type { Problems } from './problems';

export type ReadWire = { readonly index: number; readonly from: string; readonly to: string; readonly guards: readonly Guard[] };
export type ReadDesign = { readonly name: string; readonly root: string; readonly nodes: ReadonlyMap<string, DesignNode>; readonly wires: readonly ReadWire[]; /** Kept, but not run. */ readonly notRun: ReadonlySet<string> };

export function readDesign(raw: Json, problems: Problems): ReadDesign | undefined {
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
  const nodes = new Map<string, DesignNode>();
  const notRun = new Set<string>();
  for (const id of ids) readNode(id, file.nodes[id]!, nodes, notRun, problems);
  const wires = file.wires.flatMap((one, index) => readWire(one, index, problems));
  return { name: file.name, root: file.root, nodes, wires, notRun };
}

function readNode(id: string, raw: Json, nodes: Map<string, DesignNode>, notRun: Set<string>, problems: Problems): void {
  const at = { file: DESIGN_FILE, node: id };
  if (!NODE_ID.test(id)) problems.add({ code: 'DES002', at, got: id, message: `${JSON.stringify(id)} is no id of a node`, fix: 'Use small letters, digits and "-", beginning with a letter, at most 64.' });
  const kind = stepValue(raw, 'kind');
  if (typeof kind !== 'string' || !isNodeKind(kind)) {
    notRun.add(id);
    const isLater = typeof kind === 'string' && LATER_NODE_KINDS.has(kind);
    problems.add({ code: 'DES008', severity: 'warning', at: { ...at, field: 'kind' }, got: kind, message: isLater ? `this version does not run nodes of kind ${kind}` : `there is no kind of node ${JSON.stringify(kind ?? null)}`, fix: 'It is kept and left out of every run; delete it, or open the design with a version that knows it.' });
    return;
  }
  const node = parseField<DesignNode>(nodeSchemas[kind] as z.ZodType<DesignNode>, raw, { node: id }, problems);
  for (const path of listUnknownFields(nodeSchemas[kind], raw)) warnUnknown(path, id, problems);
  if (node) nodes.set(id, node);
}

function warnUnknown(path: readonly string[], node: string | undefined, problems: Problems): void {
  problems.add({ code: 'DES010', severity: 'warning', at: { file: DESIGN_FILE, field: path.join('.'), ...(node === undefined ? {} : { node }) }, message: `this version does not know the field ${path.join('.')}`, fix: 'It is kept and has no effect; check its spelling.' });
}

function readWire(raw: Json, index: number, problems: Problems): readonly ReadWire[] {
  const parsed = parseField(wireSchema, raw, { field: `wires.${index}` }, problems);
  if (!parsed) return [];
  const guards = parsed.guards.flatMap((one, place) => readGuard(one as Json, `wires.${index}.guards.${place}`, problems));
  return [{ index, from: parsed.from, to: parsed.to, guards }];
}

function readGuard(raw: Json, field: string, problems: Problems): readonly Guard[] {
  const kind = stepValue(raw, 'kind');
  if (typeof kind === 'string' && GUARD_KINDS.has(kind)) {
    const guard = parseField(timeoutGuard, raw, { field }, problems);
    return guard ? [guard] : [];
  }
  const isLater = typeof kind === 'string' && LATER_GUARD_KINDS.has(kind);
  problems.add({ code: 'GRD001', at: { file: DESIGN_FILE, field }, got: kind, message: isLater ? `this version cannot enforce the guard ${kind}, and a policy that is not enforced is worse than none` : `there is no guard ${JSON.stringify(kind ?? null)}`, fix: 'Use timeout, or take the guard off the wire.' });
  return [];
}

/** One value against one schema; each fault told by the rule of its field. */
export function parseField<T>(schema: z.ZodType<T>, raw: Json, place: { readonly node?: string; readonly field?: string; readonly file?: string }, problems: Problems): T | undefined {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    const got = issue.path.reduce<Json | undefined>((value, step) => stepValue(value, step), raw);
    const rule = findRule(schema, issue.path, raw, got);
    const field = [place.field, ...issue.path.map(String)].filter((part) => part !== undefined && part !== '').join('.');
    const name = issue.path.length === 0 ? 'the value' : String(issue.path.at(-1));
    problems.add({ code: rule.code, at: { file: place.file ?? DESIGN_FILE, ...(place.node === undefined ? {} : { node: place.node }), ...(field === '' ? {} : { field }) }, got, message: `${name} is ${got === undefined ? 'missing' : JSON.stringify(got)}; ${rule.because}.`, fix: rule.fix });
  }
  return undefined;
}
