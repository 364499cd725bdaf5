/** Edits of nodes: they come, go, move under another supervisor, are renamed, and get other fields. */
import { DESIGN_FILE, LAYOUT_FILE } from '../project-files';
import { viewDesign, listSubtree, type DesignView } from '../design-view';
import { designOf, findFile, isList, layoutOf, type ProjectDocument } from '../document';
import { isObject } from '../../json/is-object';
import type { Json, JsonObject } from '../../json/json';
import { NODE_ID } from '../../ids';
import type { Edit, JsonPath } from './edit';
import { Editing } from './editing';
import { findModel, SCRIPTED_MODEL } from './new-model';
import { EMPTY_HANDLER, ID_STEMS, newNode, type PaletteKind } from './new-node';
import { promptFor } from './new-prompt';
import { fileBehind, type OwnFile } from './own-file';
import { freeId } from './free-id';
import { dropRoutes, renameRoutes } from './route-edits';
import { placeIn, type Place, type ViewName } from './layout-edits';

/** Where a new node hangs: under what is selected if that can have children, else beside it. */
export function parentFor(view: DesignView, selected: string | undefined): string | undefined {
  const node = selected === undefined ? undefined : view.nodes.get(selected);
  if (node?.kind === 'supervisor') return canAdopt(view, node.id) ? node.id : node.parent;
  return node?.parent ?? (view.nodes.has(view.root) ? view.root : undefined);
}

/** A `simple_one_for_one` supervisor has one child, its template. */
export const canAdopt = (view: DesignView, id: string): boolean => {
  const node = view.nodes.get(id);
  return node?.kind === 'supervisor' && (node.strategy !== 'simple_one_for_one' || node.children.length === 0);
};

export type NewNode = { readonly kind: PaletteKind; readonly parent?: string; readonly index?: number; readonly place?: { readonly view: ViewName; readonly at: Place } };

/** The edit, and the id of the new node. The first supervisor of a design becomes its root. */
export function addNode(document: ProjectDocument, { kind, parent, index, place }: NewNode): { readonly edit: Edit; readonly id: string } {
  const editing = new Editing(document);
  const view = viewDesign(designOf(document));
  const id = freeId(ID_STEMS[kind], (one) => view.nodes.has(one) || isTaken(document, fileBehind(newNode(kind, one))?.path));
  ensureObject(editing, ['nodes']);
  const node = newNode(kind, id);
  editing.set(DESIGN_FILE, ['nodes', id], node);
  const file = fileBehind(node);
  if (file) editing.file(file.path, { kind: 'text', text: file.field === 'file' ? EMPTY_HANDLER : promptFor([]) });
  if (parent !== undefined) adopt(editing, parent, id, index);
  else if (!view.nodes.has(view.root) && kind === 'supervisor') editing.set(DESIGN_FILE, ['root'], id);
  if (kind === 'model agent') giveModel(editing, view, id, parent);
  if (place) placeIn(editing, place.view, { [id]: place.at });
  return { edit: editing.finish(`add ${kind} ${id}`)!, id };
}

const isTaken = (document: ProjectDocument, path: string | undefined): boolean => path !== undefined && findFile(document, path) !== undefined;

/** A wire to the model that is there; where there is none, a scripted one comes along, and starts before the agent that asks it. */
function giveModel(editing: Editing, view: DesignView, id: string, parent: string | undefined): void {
  const known = findModel(view);
  if (known === undefined && (parent === undefined || view.nodes.get(parent)?.strategy === 'simple_one_for_one')) return;
  const model = known ?? freeId('model', (one) => view.nodes.has(one) || one === id);
  if (known === undefined) {
    editing.set(DESIGN_FILE, ['nodes', model], SCRIPTED_MODEL);
    adopt(editing, parent!, model, (editing.at(DESIGN_FILE, ['nodes', parent!, 'children']) as readonly Json[]).indexOf(id));
  }
  if (!isList(editing.at(DESIGN_FILE, ['wires']))) editing.set(DESIGN_FILE, ['wires'], []);
  editing.splice(DESIGN_FILE, ['wires'], (editing.at(DESIGN_FILE, ['wires']) as readonly Json[]).length, 0, { from: `${id}.model`, to: model });
}

function ensureObject(editing: Editing, path: JsonPath): void {
  if (!isObject(editing.at(DESIGN_FILE, path))) editing.set(DESIGN_FILE, path, {});
}

function adopt(editing: Editing, parent: string, id: string, index: number | undefined): void {
  const path = ['nodes', parent, 'children'];
  const children = editing.at(DESIGN_FILE, path);
  if (!Array.isArray(children)) return editing.set(DESIGN_FILE, path, [id]);
  editing.splice(DESIGN_FILE, path, Math.min(index ?? children.length, children.length), 0, id);
}

function orphan(editing: Editing, parent: string, id: string): void {
  const children = editing.at(DESIGN_FILE, ['nodes', parent, 'children']);
  const index = Array.isArray(children) ? (children as readonly Json[]).indexOf(id) : -1;
  if (index >= 0) editing.splice(DESIGN_FILE, ['nodes', parent, 'children'], index, 1);
}

/** Takes nodes away with all below them, their wires, their places, and handlers and prompts of their own that nobody else uses. The root stays. */
export function deleteNodes(document: ProjectDocument, ids: readonly string[]): Edit | undefined {
  const view = viewDesign(designOf(document));
  const going = new Set(ids.filter((id) => id !== view.root && view.nodes.has(id)).flatMap((id) => listSubtree(view, id)));
  if (going.size === 0) return undefined;
  const editing = new Editing(document);
  for (const wire of view.wires.toReversed()) if (going.has(wire.from.node) || going.has(wire.to)) editing.splice(DESIGN_FILE, ['wires'], wire.index, 1);
  for (const id of going) {
    const parent = view.nodes.get(id)?.parent;
    if (parent !== undefined && !going.has(parent)) orphan(editing, parent, id);
    forgetPlaces(editing, id);
  }
  dropRoutes(editing, view, going);
  for (const id of going) editing.set(DESIGN_FILE, ['nodes', id], undefined);
  for (const path of ownFiles(view, going)) editing.file(path, undefined);
  return editing.finish(going.size === 1 ? `delete ${[...going][0]}` : `delete ${going.size} nodes`);
}

function ownFiles(view: DesignView, going: ReadonlySet<string>): readonly string[] {
  const fileOf = (id: string): OwnFile | undefined => fileBehind(view.nodes.get(id)?.raw);
  const kept = new Set([...view.nodes.keys()].filter((id) => !going.has(id)).map((id) => fileOf(id)?.path));
  const own = [...going].map(fileOf).filter((file) => file !== undefined && !kept.has(file.path) && file.path === file.pathFor(file.path.split('/').at(-1)!.replace(/\.[a-z]+$/, '')));
  return [...new Set(own.map((file) => file!.path))];
}

function forgetPlaces(editing: Editing, id: string): void {
  const views = layoutOf(editing.document)['views'];
  if (!isObject(views)) return;
  for (const [view, places] of Object.entries(views)) if (isObject(places) && Object.hasOwn(places, id)) editing.set(LAYOUT_FILE, ['views', view, id], undefined);
}

/** Why a node cannot be moved under another, or nothing. */
export function refuseMove(view: DesignView, id: string, parent: string): string | undefined {
  const target = view.nodes.get(parent);
  if (target?.kind !== 'supervisor') return `${parent} is no supervisor, so nothing can hang below it`;
  if (id === view.root) return 'the root hangs below nothing';
  if (listSubtree(view, id).includes(parent)) return `${parent} hangs below ${id}`;
  if (view.nodes.get(id)?.parent !== parent && !canAdopt(view, parent)) return `${parent} is simple_one_for_one and has its template already`;
  return undefined;
}

/** Under another supervisor, or to another place in start order. `index` counts among the children without the node itself. */
export function moveNode(document: ProjectDocument, id: string, parent: string, index?: number): Edit | undefined {
  const view = viewDesign(designOf(document));
  const node = view.nodes.get(id);
  if (!node || refuseMove(view, id, parent) !== undefined) return undefined;
  const editing = new Editing(document);
  if (node.parent !== undefined) orphan(editing, node.parent, id);
  adopt(editing, parent, id, index);
  const isSame = node.parent === parent && JSON.stringify(editing.at(DESIGN_FILE, ['nodes', parent, 'children'])) === JSON.stringify(view.nodes.get(parent)?.raw['children']);
  return isSame ? undefined : editing.finish(node.parent === parent ? `reorder ${id}` : `move ${id} under ${parent}`);
}

/** One field of a node, by its path inside the node; `undefined` takes it away. */
export function setNodeField(document: ProjectDocument, id: string, path: JsonPath, value: Json | undefined, group?: string): Edit | undefined {
  const editing = new Editing(document);
  if (!isObject(editing.at(DESIGN_FILE, ['nodes', id]))) return undefined;
  for (let depth = 1; depth < path.length; depth += 1) {
    const holder: JsonPath = ['nodes', id, ...path.slice(0, depth)];
    if (editing.at(DESIGN_FILE, holder) === undefined && value !== undefined) editing.set(DESIGN_FILE, holder, {});
  }
  editing.set(DESIGN_FILE, ['nodes', id, ...path], value);
  return editing.finish(`set ${id}.${path.join('.')}`, group);
}

/** Another id, everywhere it stands: children, wires, places, the root. Answers why not as a text. */
export function renameNode(document: ProjectDocument, id: string, next: string): Edit | string {
  const view = viewDesign(designOf(document));
  if (!NODE_ID.test(next)) return 'an id has small letters, digits and "-", begins with a letter, and has at most 64';
  if (view.nodes.has(next)) return `there is a node ${next} already`;
  const node = view.nodes.get(id);
  if (!node) return `there is no node ${id}`;
  const editing = new Editing(document);
  renameKey(editing, DESIGN_FILE, ['nodes'], id, next);
  if (view.root === id) editing.set(DESIGN_FILE, ['root'], next);
  if (node.parent !== undefined) {
    const index = view.nodes.get(node.parent)!.children.indexOf(id);
    editing.splice(DESIGN_FILE, ['nodes', node.parent, 'children'], index, 1, next);
  }
  for (const { index, from, to } of view.wires) {
    if (from.node === id) editing.set(DESIGN_FILE, ['wires', index, 'from'], `${next}.${from.port}`);
    if (to === id) editing.set(DESIGN_FILE, ['wires', index, 'to'], next);
  }
  renameRoutes(editing, view, id, next);
  const views = layoutOf(document)['views'];
  for (const [name, places] of Object.entries(isObject(views) ? views : {})) if (isObject(places) && Object.hasOwn(places, id)) renameKey(editing, LAYOUT_FILE, ['views', name], id, next);
  return editing.finish(`rename ${id} to ${next}`)!;
}

/** The key keeps its place among its siblings, so that the diff is one line. Says nothing of the siblings: they may be thousands. */
export function renameKey(editing: Editing, file: string, path: JsonPath, key: string, next: string): void {
  const holder = editing.at(file, path) as JsonObject;
  const place = Object.keys(holder).indexOf(key);
  editing.set(file, [...path, key], undefined);
  editing.set(file, [...path, next], holder[key], place);
}
