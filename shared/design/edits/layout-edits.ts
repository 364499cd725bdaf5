/** Where nodes stand. These edits touch `layout.json` and nothing else: moving a node changes no meaning. */
import { LAYOUT_FILE } from '../project-files';
import { layoutOf, findFile, type ProjectDocument } from '../document';
import { isObject } from '../../json/is-object';
import type { JsonObject } from '../../json/json';
import type { Edit } from './edit';
import { Editing } from './editing';

export type ViewName = 'tree' | 'flow';
export type Place = { readonly x: number; readonly y: number };
export type Places = { readonly [node: string]: Place };

/** From the middle, px: beyond it nothing is placed, and what a file says so is taken for absent. */
export const FARTHEST_PLACE = 1_000_000;
const isCoordinate = (value: unknown): value is number => typeof value === 'number' && Math.abs(value) <= FARTHEST_PLACE;

export function placesOf(document: ProjectDocument, view: ViewName): Places {
  const views = layoutOf(document)['views'];
  const places = isObject(views) ? views[view] : undefined;
  if (!isObject(places)) return {};
  return Object.fromEntries(Object.entries(places).flatMap(([id, at]) => (isObject(at) && isCoordinate(at['x']) && isCoordinate(at['y']) ? [[id, { x: at['x'], y: at['y'] }]] : [])));
}

/** Whole pixels: a finer place is noise in a diff. */
const rounded = ({ x, y }: Place): { readonly x: number; readonly y: number } => ({ x: Math.round(x), y: Math.round(y) });

/** Beyond this many places the view is set as a whole: one change instead of one for each node. */
const MOST_SINGLE_PLACES = 32;

export function placeIn(editing: Editing, view: ViewName, places: Places): void {
  if (!isObject(editing.json(LAYOUT_FILE))) editing.file(LAYOUT_FILE, { kind: 'json', value: { format: 'prismatic-layout/1', views: {} } });
  if (!isObject(editing.at(LAYOUT_FILE, ['views']))) editing.set(LAYOUT_FILE, ['views'], {});
  if (!isObject(editing.at(LAYOUT_FILE, ['views', view]))) editing.set(LAYOUT_FILE, ['views', view], {});
  const entries = Object.entries(places).map(([id, place]) => [id, rounded(place)] as const);
  if (entries.length <= MOST_SINGLE_PLACES) for (const [id, place] of entries) editing.set(LAYOUT_FILE, ['views', view, id], place);
  else editing.set(LAYOUT_FILE, ['views', view], { ...(editing.at(LAYOUT_FILE, ['views', view]) as JsonObject), ...Object.fromEntries(entries) });
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
