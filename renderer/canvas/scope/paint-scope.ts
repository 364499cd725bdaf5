/**
 * What is painted for an exit, from what it reaches: `start 1`, `start 2` on those that start, `stop 1` on those that only stop.
 * Pure. A supervisor that is selected is asked about the child whose exit reaches furthest: its first.
 */
import type { DesignView } from '../../../shared/design/design-view';
import { restartReach, type Reach } from '../../../shared/graph/restart-reach';
import { stormBound, type StormBound } from '../../../shared/graph/storm-bound';
import { reachTreeOf } from './reach-tree';
import { NO_SCOPE, type Scope } from './scope-store';

export type Told = { readonly exited: string; readonly reach: Reach; readonly storm: StormBound; readonly strategy: string };

/** Whose exit is told: the hovered child; else a selected child, or the first child of a selected supervisor. */
export function chooseExit(design: DesignView, { hovered, selected }: { readonly hovered: string | undefined; readonly selected: string | undefined }): string | undefined {
  const over = hovered === undefined ? undefined : design.nodes.get(hovered);
  if (over?.parent !== undefined && over.kind !== 'supervisor') return over.id;
  const node = selected === undefined ? undefined : design.nodes.get(selected);
  if (!node) return undefined;
  if (node.kind === 'supervisor') return node.children.find((id) => design.nodes.get(id)?.parent === node.id);
  return node.parent === undefined ? undefined : node.id;
}

export function tellExit(design: DesignView, exited: string): Told {
  const tree = reachTreeOf(design);
  const reach = restartReach(tree, exited);
  return { exited, reach, storm: stormBound(tree, exited), strategy: design.nodes.get(reach.supervisor ?? '')?.strategy ?? '' };
}

export function paintScope({ exited, reach }: Told): Scope {
  const tabs = new Map<string, string>();
  reach.stops.forEach((id, index) => tabs.set(id, `stop ${index + 1}`));
  reach.starts.forEach((id, index) => tabs.set(id, `start ${index + 1}`));
  return { exited, tabs, links: new Set([...reach.starts, ...reach.stops]) };
}

/** All that a supervisor could restart, without an order: painted where its children's exits differ. */
export function paintStorm({ exited, storm }: Told): Scope {
  const tabs = new Map<string, string>(storm.levels.map(({ supervisor, starts }) => [supervisor, `gives up at ${starts}`]));
  tabs.set(exited, `${storm.starts} ${storm.starts === 1 ? 'start' : 'starts'}`);
  return { exited, tabs, links: new Set([exited, ...storm.levels.map(({ supervisor }) => supervisor)]) };
}

/** The host of each node as a tab: `main`, or the isolated node it runs with. Supervisors without an isolated ancestor live on `control`. */
export function paintHosts(design: DesignView): Scope {
  const tabs = new Map<string, string>();
  for (const id of design.order) {
    const node = design.nodes.get(id)!;
    const above = node.parent === undefined ? undefined : tabs.get(node.parent);
    const inherited = above === undefined || above === 'control' ? undefined : above;
    tabs.set(id, node.isIsolated ? id : (inherited ?? (node.kind === 'supervisor' ? 'control' : 'main')));
  }
  return { ...NO_SCOPE, tabs };
}
