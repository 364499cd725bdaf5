/** Two sides changed one list, of children (names) or of wires (each known by its port): taken together item by item. */
import type { Json } from '../../json/json';
import { isObject } from '../../json/is-object';
import { isSameJson } from './diff-documents';
import { joinOrders } from './join-orders';

/** `undefined` where items have no names of their own, where both changed one item, or where both gave the items another order. */
export function mergeKeyed(base: readonly Json[], mine: readonly Json[], theirs: readonly Json[]): readonly Json[] | undefined {
  const [b, m, t] = [indexItems(base), indexItems(mine), indexItems(theirs)];
  if (!b || !m || !t) return undefined;
  const order = mergeOrders([...b.keys()], [...m.keys()], [...t.keys()]);
  if (!order) return undefined;
  const merged: Json[] = [];
  for (const key of order) {
    const [was, ours, other] = [b.get(key), m.get(key), t.get(key)];
    if (!isSameJson(ours, other) && !isSameJson(was, ours) && !isSameJson(was, other)) return undefined;
    const value = isSameJson(was, ours) ? other : ours;
    if (value !== undefined) merged.push(value);
  }
  return merged;
}

function mergeOrders(base: readonly string[], mine: readonly string[], theirs: readonly string[]): readonly string[] | undefined {
  const known = new Set(base);
  const isMoved = (side: readonly string[]): boolean => {
    const there = new Set(side);
    const kept = base.filter((key) => there.has(key));
    return side.filter((key) => known.has(key)).some((key, index) => key !== kept[index]);
  };
  if (!isMoved(mine)) return joinOrders(theirs, mine);
  return isMoved(theirs) ? undefined : joinOrders(mine, theirs);
}

/** By name: a text names itself, a wire is named by where it comes from. Names must be there once. */
function indexItems(items: readonly Json[]): ReadonlyMap<string, Json> | undefined {
  const index = new Map<string, Json>();
  for (const item of items) {
    const name = typeof item === 'string' ? item : isObject(item) && typeof item['from'] === 'string' ? item['from'] : undefined;
    if (name === undefined || index.has(name)) return undefined;
    index.set(name, item);
  }
  return index;
}
