/**
 * The wires that fallbacks draw: a guard `fallback` with `to` stands on a wire and leads to another provider. Such a wire is no wire of the
 * file; it has a key of its own, so that it can be selected, and that key says whose it is. Pure.
 */
import type { DesignView, WireView } from './design-view';

export type FallbackWire = {
  /** As a wire of the file is drawn, with a key of its own and no guards. */
  readonly wire: WireView;
  /** The wire that it stands in for, and the place of its guard there. */
  readonly owner: WireView;
  readonly guard: number;
};

const SEPARATOR = ' fallback ';
export const fallbackKey = (wire: string, guard: number): string => `${wire}${SEPARATOR}${guard}`;

/** Wires that have not changed keep theirs, so that nothing of them is drawn again. */
const known = new WeakMap<WireView, readonly FallbackWire[]>();

function fallbacksOf(owner: WireView): readonly FallbackWire[] {
  const before = known.get(owner);
  if (before) return before;
  const { index, from, protocol } = owner;
  const found = owner.guards.flatMap(({ kind, to }, guard): readonly FallbackWire[] => {
    if (kind !== 'fallback' || typeof to !== 'string') return [];
    return [{ owner, guard, wire: { index, from, to, key: fallbackKey(owner.key, guard), guards: [], ...(protocol === undefined ? {} : { protocol }) } }];
  });
  known.set(owner, found);
  return found;
}

/** Those whose provider is in the design. */
export const listFallbackWires = ({ wires, nodes }: DesignView): readonly FallbackWire[] => wires.flatMap((owner) => (owner.guards.length === 0 ? [] : fallbacksOf(owner).filter(({ wire }) => nodes.has(wire.to))));

/** The wire of the file that a key speaks of, and for a fallback's wire the place of its guard. */
export function findWireOf(design: DesignView, key: string): { readonly wire: WireView; readonly guard?: number } | undefined {
  const own = design.wires.find((wire) => wire.key === key);
  if (own) return { wire: own };
  const fallback = key.includes(SEPARATOR) ? listFallbackWires(design).find(({ wire }) => wire.key === key) : undefined;
  return fallback && { wire: fallback.owner, guard: fallback.guard };
}
