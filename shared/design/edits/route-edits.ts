/** Nodes that stand by their names in routers (`routes`, `otherwise`) and in fallback guards: renamed and taken away along with the node. */
import { DESIGN_FILE } from '../project-files';
import type { DesignView, NodeView } from '../design-view';
import { isList } from '../document';
import { isObject } from '../../json/is-object';
import type { Json, JsonObject } from '../../json/json';
import type { Editing } from './editing';

const routesOf = ({ raw }: NodeView): readonly Json[] => (isList(raw['routes']) ? raw['routes'] : []);
const leadsTo = (route: Json): Json | undefined => (isObject(route) ? route['to'] : undefined);
const routersOf = (view: DesignView): readonly NodeView[] => [...view.nodes.values()].filter(({ kind }) => kind === 'router');

/** After the rename of the node itself, and with the view from before it. */
export function renameRoutes(editing: Editing, view: DesignView, id: string, next: string): void {
  for (const router of routersOf(view)) {
    const at = router.id === id ? next : router.id;
    for (const [place, route] of routesOf(router).entries()) if (leadsTo(route) === id) editing.set(DESIGN_FILE, ['nodes', at, 'routes', place, 'to'], next);
    if (router.raw['otherwise'] === id) editing.set(DESIGN_FILE, ['nodes', at, 'otherwise'], next);
  }
  for (const wire of view.wires) renameFallbacks(editing, wire.index, id, next);
}

function renameFallbacks(editing: Editing, wire: number, id: string, next: string): void {
  const guards = editing.at(DESIGN_FILE, ['wires', wire, 'guards']);
  for (const [place, guard] of (isList(guards) ? guards : []).entries()) {
    if (isObject(guard) && guard['kind'] === 'fallback' && guard['to'] === id) editing.set(DESIGN_FILE, ['wires', wire, 'guards', place, 'to'], next);
  }
}

/** A copied router's routes, to the copies of the nodes that were copied along with it. */
export function copyRoutes(raw: JsonObject, names: ReadonlyMap<string, string>): JsonObject {
  const nameOf = (to: Json | undefined): Json | undefined => (typeof to === 'string' ? (names.get(to) ?? to) : to);
  const routes: JsonObject = isList(raw['routes']) ? { routes: raw['routes'].map((route) => (isObject(route) && typeof route['to'] === 'string' ? { ...route, to: nameOf(route['to'])! } : route)) } : {};
  return raw['kind'] !== 'router' ? {} : { ...routes, ...(typeof raw['otherwise'] === 'string' ? { otherwise: nameOf(raw['otherwise'])! } : {}) };
}

/** Routes of routers that stay. What a guard falls back to is left for the check to tell: nobody but a person knows what is to stand in instead. */
export function dropRoutes(editing: Editing, view: DesignView, going: ReadonlySet<string>): void {
  const isGone = (to: Json | undefined): boolean => typeof to === 'string' && going.has(to);
  for (const router of routersOf(view)) {
    if (going.has(router.id)) continue;
    for (const [place, route] of [...routesOf(router).entries()].toReversed()) if (isGone(leadsTo(route))) editing.splice(DESIGN_FILE, ['nodes', router.id, 'routes'], place, 1);
    if (isGone(router.raw['otherwise'])) editing.set(DESIGN_FILE, ['nodes', router.id, 'otherwise'], undefined);
  }
}
