/** The tree as rows: what is shown where, with what a screen reader is told of levels and places. Pure. */
import type { DesignView } from '../../shared/design/design-view';

export type OutlineRow = {
  readonly id: string;
  /** From 1, as `aria-level`. */
  readonly level: number;
  /** From 1, among its siblings. */
  readonly place: number;
  readonly siblings: number;
  readonly hasChildren: boolean;
  readonly isFolded: boolean;
};

/** Whatever hangs below no supervisor follows after the root, at its level. Every node comes once, also where a broken design says otherwise. */
export function listRows(design: DesignView, folded: ReadonlySet<string>): readonly OutlineRow[] {
  const rows: OutlineRow[] = [];
  const seen = new Set<string>();
  const tops = listTops(design);
  // A list, not a call each: a stranger's tree may be thousands deep.
  const ahead: Pick<OutlineRow, 'id' | 'level' | 'place' | 'siblings'>[] = [];
  const putAhead = (ids: readonly string[], level: number): void => {
    for (let index = ids.length - 1; index >= 0; index -= 1) ahead.push({ id: ids[index]!, level, place: index + 1, siblings: ids.length });
  };
  putAhead(tops, 1);
  for (let row = ahead.pop(); row; row = ahead.pop()) {
    const { id, level } = row;
    const node = design.nodes.get(id);
    if (!node || seen.has(id)) continue;
    seen.add(id);
    const children = node.children.filter((child) => design.nodes.get(child)?.parent === id && child !== design.root);
    const isFolded = children.length > 0 && folded.has(id);
    rows.push({ ...row, hasChildren: children.length > 0, isFolded });
    if (!isFolded) putAhead(children, level + 1);
    else for (const child of children) markSeen(design, child, seen);
  }
  return rows;
}

function markSeen(design: DesignView, id: string, seen: Set<string>): void {
  const ahead = [id];
  for (let at = ahead.pop(); at !== undefined; at = ahead.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    for (const child of design.nodes.get(at)?.children ?? []) ahead.push(child);
  }
}

/** The root, then nodes without a supervisor, then one of each circle. */
function listTops(design: DesignView): readonly string[] {
  const reached = new Set<string>();
  const tops: string[] = [];
  const take = (id: string): void => {
    if (reached.has(id)) return;
    tops.push(id);
    markSeen(design, id, reached);
  };
  if (design.nodes.has(design.root)) take(design.root);
  for (const id of design.order) {
    const { parent } = design.nodes.get(id)!;
    if (parent === undefined || !design.nodes.has(parent)) take(id);
  }
  for (const id of design.order) take(id);
  return tops;
}

/** The next row whose id or title begins with the typed letters, from the one after `from` on and round. */
export function findTyped(rows: readonly OutlineRow[], from: number, typed: string, titleOf: (id: string) => string): number | undefined {
  const wanted = typed.toLowerCase();
  const fits = ({ id }: OutlineRow): boolean => id.startsWith(wanted) || titleOf(id).toLowerCase().startsWith(wanted);
  // One letter again and again goes round; a word stays where it fits.
  const first = typed.length === 1 ? from + 1 : from;
  for (let step = 0; step < rows.length; step += 1) {
    const index = (first + step) % rows.length;
    if (fits(rows[index]!)) return index;
  }
  return undefined;
}

/** All rows between two, both included, in the order of the tree. */
export function listBetween(rows: readonly OutlineRow[], a: string, b: string): readonly string[] {
  const [from, to] = [rows.findIndex(({ id }) => id === a), rows.findIndex(({ id }) => id === b)];
  if (from < 0 || to < 0) return [b];
  return rows.slice(Math.min(from, to), Math.max(from, to) + 1).map(({ id }) => id);
}
