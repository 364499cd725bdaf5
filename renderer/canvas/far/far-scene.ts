/**
 * The drawing below 20 %: a block for each node in its state's hue, outlines of regions, titles where they have room. All blocks of a
 * state are one path, so that thousands cost what a few do. Pure.
 */
import type { NodeStatus } from '../../../shared/api/run';
import { overlaps, type Box } from '../geometry';
import type { SceneNode } from '../layout/scene';

export type FarBlocks = { readonly status: NodeStatus | 'none'; readonly path: string };
export type FarParts = { readonly regions: string; readonly isolated: string; readonly blocks: readonly FarBlocks[]; readonly crosses: string };
export type StatusOf = (id: string) => NodeStatus | undefined;

const whole = (value: number): number => Math.round(value * 10) / 10;
export const boxPath = ({ x, y, width, height }: Box): string => `M${whole(x)} ${whole(y)}h${whole(width)}v${whole(height)}h${whole(-width)}z`;

/** A cross over a third of a block that has crashed: its shape says so where hue cannot. */
function crossPath({ x, y, width, height }: Box): string {
  const [middleX, middleY, arm] = [x + width / 2, y + height / 2, Math.min(width, height) / 3];
  const [left, top, size] = [whole(middleX - arm), whole(middleY - arm), whole(arm * 2)];
  return `M${left} ${top}l${size} ${size}m0 ${-size}l${-size} ${size}`;
}

export function farParts(nodes: Iterable<SceneNode>, statusOf: StatusOf): FarParts {
  const blocks = new Map<NodeStatus | 'none', string[]>();
  const [regions, isolated, crosses]: [string[], string[], string[]] = [[], [], []];
  for (const { id, shape, box, node } of nodes) {
    if (shape === 'region') {
      (node.isIsolated ? isolated : regions).push(boxPath(box));
      continue;
    }
    const status = statusOf(id) ?? 'none';
    const known = blocks.get(status);
    if (known) known.push(boxPath(box));
    else blocks.set(status, [boxPath(box)]);
    if (status === 'crashed') crosses.push(crossPath(box));
  }
  return { regions: regions.join(''), isolated: isolated.join(''), blocks: [...blocks].map(([status, paths]) => ({ status, path: paths.join('') })), crosses: crosses.join('') };
}

export type FarTitle = { readonly id: string; readonly text: string; readonly x: number; readonly y: number };

/** On the screen, px: mean advance of a title's letter, its line, and how far in from the region's corner it stands. */
const LETTER = 7.2;
const LINE = 17;
const INSET = 6;

/** Titles of regions that have room for theirs, outer ones first; none stands on another. */
export function farTitles(nodes: Iterable<SceneNode>, zoom: number): readonly FarTitle[] {
  const titles: FarTitle[] = [];
  const taken: Box[] = [];
  for (const { id, shape, box, node } of [...nodes].toSorted((a, b) => a.depth - b.depth)) {
    const place: Box = { x: box.x, y: box.y, width: (node.title.length * LETTER + 2 * INSET) / zoom, height: LINE / zoom };
    if (shape !== 'region' || place.width > box.width || place.height > box.height || taken.some((one) => overlaps(one, place))) continue;
    taken.push(place);
    titles.push({ id, text: node.title, x: box.x + INSET / zoom, y: box.y + (LINE - 4) / zoom });
  }
  return titles;
}

/** Most selected nodes that are drawn one by one; the others show by an outline. */
const MOST_LIVELY = 60;

/** The nodes that stay nodes among the blocks: what is selected and what has the keyboard's focus. */
export function livelyNodes(selected: readonly string[], held: string | undefined): ReadonlySet<string> {
  return new Set([...selected.slice(0, MOST_LIVELY), ...(held === undefined ? [] : [held])]);
}
