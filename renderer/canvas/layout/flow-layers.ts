/**
 * The quick layout of the Flow: layers along the wires, inside each region and then of the regions themselves. Linear but for sorting,
 * so it answers at once for any size; the better layout (`elk-client.ts`) takes over for designs it can lay out in a moment.
 */
import type { Point } from '../geometry';

export type LayerItem = { readonly id: string; readonly width: number; readonly height: number };
export type LayerLink = { readonly from: string; readonly to: string };
export type Layered = { readonly places: ReadonlyMap<string, Point>; readonly width: number; readonly height: number };

const COLUMN_GAP = 64;
const ROW_GAP = 26;
/** A layer taller than this goes on in a second column: many items without wires make a block, no tower. */
const TALLEST = 1400;
/** Width to height of the block that very many make, about that of the canvas. */
const ASPECT = 1.6;

/** Layer of each item: one past the furthest that calls it; a wire that would close a circle counts for nothing. */
export function assignLayers(items: readonly LayerItem[], links: readonly LayerLink[]): ReadonlyMap<string, number> {
  const next = new Map<string, string[]>(items.map(({ id }) => [id, []]));
  for (const { from, to } of links) if (from !== to && next.has(to)) next.get(from)?.push(to);
  const finished: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const forward = new Map<string, string[]>();
  for (const { id: start } of items) {
    const stack = state.has(start) ? [] : [{ id: start, at: 0 }];
    while (stack.length > 0) {
      const top = stack.at(-1)!;
      if (top.at === 0) state.set(top.id, 'open');
      const to = next.get(top.id)![top.at];
      top.at += 1;
      if (to === undefined) {
        state.set(top.id, 'done');
        finished.push(top.id);
        stack.pop();
      } else if (state.get(to) !== 'open') {
        append(forward, top.id, to);
        if (!state.has(to)) stack.push({ id: to, at: 0 });
      }
    }
  }
  const layers = new Map<string, number>(items.map(({ id }) => [id, 0]));
  for (const id of finished.toReversed()) for (const to of forward.get(id) ?? []) layers.set(to, Math.max(layers.get(to)!, layers.get(id)! + 1));
  return layers;
}

function append(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

export function layoutLayers(items: readonly LayerItem[], links: readonly LayerLink[]): Layered {
  const layers = assignLayers(items, links);
  const columns: LayerItem[][] = [];
  for (const item of items) (columns[layers.get(item.id)!] ??= []).push(item);
  const callers = new Map<string, string[]>();
  for (const { from, to } of links) if ((layers.get(from) ?? 0) < (layers.get(to) ?? 0)) append(callers, to, from);
  const places = new Map<string, Point>();
  let x = 0;
  let height = 0;
  for (const column of columns) {
    const wish = (id: string): number => {
      const from = (callers.get(id) ?? []).flatMap((caller) => places.get(caller)?.y ?? []);
      return from.length === 0 ? Number.MAX_SAFE_INTEGER : from.reduce((sum, y) => sum + y, 0) / from.length;
    };
    const wishes = new Map(column.map(({ id }) => [id, wish(id)]));
    const placed = stackColumn(column.toSorted((a, b) => wishes.get(a.id)! - wishes.get(b.id)!), x, places);
    x = placed.right + COLUMN_GAP;
    height = Math.max(height, placed.bottom);
  }
  return { places, width: Math.max(0, x - COLUMN_GAP), height };
}

function stackColumn(column: readonly LayerItem[], left: number, places: Map<string, Point>): { readonly right: number; readonly bottom: number } {
  let [x, y, widest, bottom] = [left, 0, 0, 0];
  const area = column.reduce((sum, { width, height }) => sum + (width + ROW_GAP) * (height + ROW_GAP), 0);
  const tallest = Math.max(TALLEST, Math.sqrt(area / ASPECT));
  for (const { id, width, height } of column) {
    if (y > 0 && y + height > tallest) {
      x += widest + ROW_GAP;
      [y, widest] = [0, 0];
    }
    places.set(id, { x, y });
    widest = Math.max(widest, width);
    y += height + ROW_GAP;
    bottom = Math.max(bottom, y - ROW_GAP);
  }
  return { right: x + widest, bottom };
}
