/** Where nodes stand. These edits touch `layout.json` and nothing else: moving a node changes no meaning. */
import { LAYOUT_FILE } from '../project-files';
import { isObject, layoutOf, findFile, type ProjectDocument } from '../document';
import type { Edit } from './edit';
import { Editing } from './editing';

export type ViewName = 'tree' | 'flow';
export type Place = { readonly x: number; readonly y: number };
export type Places = { readonly [node: string]: Place };

export function placesOf(document: ProjectDocument, view: ViewName): Places {
  const views = layoutOf(document)['views'];
  const places = isObject(views) ? views[view] : undefined;
  if (!isObject(places)) return {};
  return Object.fromEntries(Object.entries(places).flatMap(([id, at]) => (isObject(at) && typeof at['x'] === 'number' && typeof at['y'] === 'number' ? [[id, { x: at['x'], y: at['y'] }]] : [])));
}

/** Whole pixels: a finer place is noise in a diff. */
const rounded = ({ x, y }: Place): { readonly x: number; readonly y: number } => ({ x: Math.round(x), y: Math.round(y) });

export function placeIn(editing: Editing, view: ViewName, places: Places): void {
  if (!isObject(editing.json(LAYOUT_FILE))) editing.file(LAYOUT_FILE, { kind: 'json', value: { format: 'prismatic-layout/1', views: {} } });
  if (!isObject(editing.at(LAYOUT_FILE, ['views']))) editing.set(LAYOUT_FILE, ['views'], {});
  if (!isObject(editing.at(LAYOUT_FILE, ['views', view]))) editing.set(LAYOUT_FILE, ['views', view], {});
  for (const [id, place] of Object.entries(places)) editing.set(LAYOUT_FILE, ['views', view, id], rounded(place));
}

/** Steps of one drag, or of the arrow keys, share a group. */
export function placeNodes(document: ProjectDocument, view: ViewName, places: Places, group?: string): Edit | undefined {
  const editing = new Editing(document);
  placeIn(editing, view, places);
  const ids = Object.keys(places);
  return editing.finish(ids.length === 1 ? `move ${ids[0]}` : `move ${ids.length} nodes`, group);
}

/** Lays a view out anew: its places go, and nodes stand where the automatic layout puts them. */
export function forgetPlaces(document: ProjectDocument, view: ViewName): Edit | undefined {
  if (findFile(document, LAYOUT_FILE)?.kind !== 'json') return undefined;
  const editing = new Editing(document);
  editing.set(LAYOUT_FILE, ['views', view], undefined);
  return editing.finish(`lay out the ${view} anew`);
}
