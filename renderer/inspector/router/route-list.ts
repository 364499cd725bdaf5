/** The routes of a router as lists of a form. Pure: the next list goes out. */
import { isList } from '../../../shared/design/document';
import { isObject } from '../../../shared/json/is-object';
import type { Json, JsonObject } from '../../../shared/json/json';

export const readRoutes = (value: Json | undefined): readonly JsonObject[] => (isList(value) ? value.map((one) => (isObject(one) ? one : {})) : []);

export type Weight = { readonly to: string; /** Its place in `routes`; none: it has no route yet. */ readonly index?: number; readonly weight: Json | undefined; readonly isWired: boolean };

/** One row for each wired node, and for each route that leads elsewhere. */
export function listWeights(routes: readonly JsonObject[], wired: readonly string[]): readonly Weight[] {
  const rows = routes.map(({ to, weight }, index): Weight => ({ to: typeof to === 'string' ? to : '', index, weight, isWired: typeof to === 'string' && wired.includes(to) }));
  const known = new Set(rows.map(({ to }) => to));
  return [...rows, ...wired.filter((id) => !known.has(id)).map((to): Weight => ({ to, weight: undefined, isWired: true }))];
}

/** `undefined` takes the weight away; a node without a route gets one. */
export function withWeight(routes: readonly JsonObject[], { to, index }: Pick<Weight, 'to' | 'index'>, weight: Json | undefined): readonly JsonObject[] {
  if (index === undefined) return weight === undefined ? routes : [...routes, { to, weight }];
  const { weight: _, ...rest } = routes[index]!;
  return routes.with(index, weight === undefined ? rest : { ...rest, weight });
}

export function moveRoute(routes: readonly JsonObject[], from: number, to: number): readonly JsonObject[] {
  const route = routes[from];
  return route && to >= 0 && to < routes.length ? routes.toSpliced(from, 1).toSpliced(to, 0, route) : routes;
}

/** A new one leads to the first node that none leads to yet. */
export const newRoute = (routes: readonly JsonObject[], wired: readonly string[], path: string): JsonObject => ({ to: wired.find((id) => !routes.some(({ to }) => to === id)) ?? wired[0] ?? '', when: { path, equals: '' } });
