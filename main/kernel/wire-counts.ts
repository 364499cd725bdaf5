/** How much went over each wire that begins on a host, for the screen: two numbers a wire, counted where messages leave. */
import type { NodeId } from '../../shared/ids';
import type { WireSample } from '../../shared/run/engine-protocol';

/** `failed`: calls and awaited casts that came to another end than an answer, declared errors among them. */
export type WireCount = { sent: number; failed: number };

export class WireCounts {
  readonly #nodes = new Map<NodeId, Map<NodeId, WireCount>>();

  /** Counts of what a node sends, by addressee: the same for all its incarnations. */
  of(node: NodeId): Map<NodeId, WireCount> {
    const known = this.#nodes.get(node);
    if (known) return known;
    const counts = new Map<NodeId, WireCount>();
    this.#nodes.set(node, counts);
    return counts;
  }

  list(): readonly WireSample[] {
    return [...this.#nodes].flatMap(([from, counts]) => [...counts].map(([to, { sent, failed }]) => ({ from, to, sent, failed })));
  }
}
