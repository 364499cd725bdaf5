/** Agents that call each other in a circle can wait for each other: one message at a time, also while they wait. */
import { DESIGN_FILE } from '../../shared/design/project-files';
import type { Problems } from './problems';
import { hasOnlyCasts, type Protocols, type ResolvedWire } from './resolved-wire';

const MOST_IN_CIRCLE = 12;

/** Over routers too, which hand on the call of whoever waits, and to where fallbacks lead. */
export function checkCircles(wires: readonly ResolvedWire[], protocols: Protocols, problems: Problems): void {
  const next = listCallees(wires, protocols);
  const reported = new Set<string>();
  const state = new Map<string, 'open' | 'done'>();
  const report = (circle: readonly string[]): void => {
    const key = circle.toSorted().join(' ');
    const shown = circle.length > MOST_IN_CIRCLE ? [...circle.slice(0, MOST_IN_CIRCLE), '...'] : circle;
    if (!reported.has(key)) problems.add({ code: 'WIR011', at: { file: DESIGN_FILE, node: circle[0]! }, got: circle, message: `${[...shown, circle[0]!].join(' -> ')}: if these are calls, each can wait for the next for ever`, fix: 'Make one of them a cast, or call in one direction only.' });
    reported.add(key);
  };
  // A way that is gone step by step, not a call each: it may be thousands long.
  const way: { readonly id: string; tried: number }[] = [];
  const enter = (id: string): void => {
    if (state.get(id) === 'open') report(way.slice(way.findIndex((step) => step.id === id)).map((step) => step.id));
    if (state.has(id)) return;
    state.set(id, 'open');
    way.push({ id, tried: 0 });
  };
  for (const id of next.keys()) {
    enter(id);
    for (let step = way.at(-1); step; step = way.at(-1)) {
      const to = next.get(step.id)?.[step.tried++];
      if (to !== undefined) enter(to);
      else state.set(way.pop()!.id, 'done');
    }
  }
}

/** Node -> whom it may wait for. */
function listCallees(wires: readonly ResolvedWire[], protocols: Protocols): ReadonlyMap<string, readonly string[]> {
  const next = new Map<string, string[]>();
  for (const { wire } of wires) {
    if (hasOnlyCasts(protocols, wire)) continue;
    const substitutes = wire.guards.flatMap((guard) => (guard.kind === 'fallback' && guard.to !== undefined && guard.to !== wire.from.node ? [guard.to] : []));
    const known = next.get(wire.from.node);
    if (known) known.push(wire.to, ...substitutes);
    else next.set(wire.from.node, [wire.to, ...substitutes]);
  }
  return next;
}
