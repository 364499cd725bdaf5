/** Copy, paste and duplicate: nodes with all below them, the wires among them, and the files that only they use. */
import { DESIGN_FILE } from '../project-files';
import { viewDesign, listSubtree, listTopsOf, type DesignView } from '../design-view';
import { designOf, findFile, isList, type DocumentFile, type ProjectDocument } from '../document';
import { isObject } from '../../json/is-object';
import type { Json, JsonObject } from '../../json/json';
import { NODE_ID } from '../../ids';
import type { Edit } from './edit';
import { Editing } from './editing';
import { freeId } from './free-id';
import { fileBehind } from './own-file';
import { copyRoutes } from './route-edits';

/** What the clipboard holds, as JSON text; `tops` are the nodes that were selected, the others hang below them. */
export type Clip = { readonly format: 'prismatic-clip/1'; readonly tops: readonly string[]; readonly nodes: { readonly [id: string]: JsonObject }; readonly wires: readonly JsonObject[]; readonly files: { readonly [path: string]: DocumentFile } };

export function copyNodes(document: ProjectDocument, ids: readonly string[]): Clip {
  const view = viewDesign(designOf(document));
  const all = new Set(ids.flatMap((id) => listSubtree(view, id)));
  const nodes = Object.fromEntries([...all].map((id) => [id, view.nodes.get(id)!.raw]));
  const raw = designOf(document)['wires'];
  const wires = view.wires.filter(({ from, to }) => all.has(from.node) && all.has(to)).map(({ index }) => (isList(raw) ? raw[index] : undefined) as JsonObject);
  const paths = Object.values(nodes).flatMap((node) => fileBehind(node)?.path ?? []);
  const files = Object.fromEntries(paths.flatMap((path) => [[path, findFile(document, path)] as const]).filter((entry): entry is readonly [string, DocumentFile] => entry[1] !== undefined));
  return { format: 'prismatic-clip/1', tops: listTopsOf(view, ids.filter((id) => all.has(id))), nodes, wires, files };
}

/** What somebody's clipboard says, if it is a clip of ours. */
export function parseClip(text: string): Clip | undefined {
  try {
    const value = JSON.parse(text) as Clip;
    const isClip = value?.format === 'prismatic-clip/1' && Array.isArray(value.tops) && typeof value.nodes === 'object' && Array.isArray(value.wires) && typeof value.files === 'object';
    return isClip && Object.keys(value.nodes).every((id) => NODE_ID.test(id)) ? value : undefined;
  } catch {
    // Any other text in the clipboard is no clip.
    return undefined;
  }
}

/** Fresh ids for all; a handler or prompt of one's own is copied when its node is named after it, shared ones are shared. */
export function pasteNodes(document: ProjectDocument, clip: Clip, parent: string, verb = 'paste'): { readonly edit: Edit; readonly ids: readonly string[] } | undefined {
  const editing = new Editing(document);
  const view = viewDesign(designOf(document));
  const names = nameCopies(view, clip);
  if (names.size === 0) return undefined;
  if (!isObject(editing.at(DESIGN_FILE, ['nodes']))) editing.set(DESIGN_FILE, ['nodes'], {});
  for (const [id, name] of names) editing.set(DESIGN_FILE, ['nodes', name], renamed(clip.nodes[id]!, id, names, editing, clip));
  const children = editing.at(DESIGN_FILE, ['nodes', parent, 'children']);
  const tops = clip.tops.map((id) => names.get(id)!);
  if (isList(children)) editing.splice(DESIGN_FILE, ['nodes', parent, 'children'], children.length, 0, ...tops);
  else editing.set(DESIGN_FILE, ['nodes', parent, 'children'], tops);
  if (!isList(editing.at(DESIGN_FILE, ['wires']))) editing.set(DESIGN_FILE, ['wires'], []);
  for (const wire of clip.wires) {
    const [node = '', port = ''] = textOf(wire['from']).split('.', 2);
    const [from, to] = [names.get(node), names.get(textOf(wire['to']))];
    if (from !== undefined && to !== undefined) editing.splice(DESIGN_FILE, ['wires'], (editing.at(DESIGN_FILE, ['wires']) as readonly unknown[]).length, 0, { ...wire, from: `${from}.${port}`, to });
  }
  const edit = editing.finish(`${verb} ${names.size === 1 ? [...names.values()][0] : `${names.size} nodes`}`);
  return edit && { edit, ids: tops };
}

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

function nameCopies(view: DesignView, clip: Clip): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set(view.nodes.keys());
  for (const id of Object.keys(clip.nodes)) {
    const name = freeId(id.replace(/-\d+$/, ''), (one) => taken.has(one));
    taken.add(name);
    names.set(id, name);
  }
  return names;
}

function renamed(raw: JsonObject, id: string, names: ReadonlyMap<string, string>, editing: Editing, clip: Clip): JsonObject {
  const children: JsonObject = isList(raw['children']) ? { children: raw['children'].map((child) => names.get(textOf(child)) ?? child) } : {};
  const routes = copyRoutes(raw, names);
  const behind = fileBehind(raw);
  if (!behind) return { ...raw, ...children, ...routes };
  const { field, path, pathFor } = behind;
  const source = clip.files[path];
  if (path !== pathFor(id)) {
    if (source && !findFile(editing.document, path)) editing.file(path, source);
    return { ...raw, ...children };
  }
  const own = pathFor(names.get(id)!);
  if (source) editing.file(own, source);
  return { ...raw, ...children, behaviour: { ...(raw['behaviour'] as JsonObject), [field]: own } };
}

/** The copy stands beside the original, under the same supervisor. */
export function duplicateNodes(document: ProjectDocument, ids: readonly string[]): { readonly edit: Edit; readonly ids: readonly string[] } | undefined {
  const view = viewDesign(designOf(document));
  const copied = ids.filter((id) => id !== view.root);
  const parent = copied[0] === undefined ? undefined : view.nodes.get(copied[0])?.parent;
  return parent === undefined ? undefined : pasteNodes(document, copyNodes(document, copied), parent, 'duplicate');
}
