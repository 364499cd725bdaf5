/** How long the model's stops take and what ends in them, decided beforehand: nothing else happens meanwhile. */
import type { Shutdown } from '../../../shared/program/program';
import type { CaseNode } from './case';

export type ModelChildState = 'running' | 'restarting' | 'undefined';
/** A record of a supervisor. */
export type ModelChild = { readonly id: string; readonly node: CaseNode; state: ModelChildState; process?: ModelProcess };
export type ModelProcess = { readonly id: string; readonly inc: number; readonly node: CaseNode; readonly parent: ModelProcess | undefined; children: ModelChild[] };

type IsAlive = (process: ModelProcess) => boolean;
type Stop = { readonly process: ModelProcess; readonly reason: string; readonly atMs: number };
/** `endMs`: when whoever asked goes on; orphans may end later. */
export type StopPlan = { readonly stops: readonly Stop[]; readonly endMs: number };
/** With the moments at which a supervisor asks each of its children. */
type EndPlan = StopPlan & { readonly asked: ReadonlyMap<ModelProcess, number> };

const childrenOf = (process: ModelProcess): readonly { readonly process: ModelProcess; readonly shutdown: Shutdown }[] =>
  process.children.flatMap(({ state, process: own, node }) => (state === 'running' && own ? [{ process: own, shutdown: node.shutdown ?? (node.kind === 'supervisor' ? 'infinity' : 5000) }] : []));

/** A supervisor stops a child at `atMs`. */
export function stopPlan(process: ModelProcess, atMs: number, shutdown: Shutdown, isAlive: IsAlive): StopPlan {
  if (!isAlive(process)) return { stops: [], endMs: atMs };
  if (shutdown === 'brutal_kill') return killPlan(process, atMs);
  const asked = endPlan(process, atMs, 'shutdown', isAlive);
  if (shutdown === 'infinity' || asked.endMs <= atMs + shutdown) return asked;
  return killPlan(process, atMs + shutdown, asked);
}

/** It ends at leisure: a worker after its delay, a supervisor after its children. */
function endPlan(process: ModelProcess, atMs: number, reason: string, isAlive: IsAlive): EndPlan {
  const { node } = process;
  const asked = new Map<ModelProcess, number>();
  if (node.kind !== 'supervisor') {
    const endMs = atMs + (node.trapExit ? (node.terminateDelay ?? 0) : 0);
    return { stops: [{ process, reason, atMs: endMs }], endMs, asked };
  }
  const isDynamic = node.strategy === 'simple_one_for_one';
  const stops: Stop[] = [];
  let endMs = atMs;
  for (const child of childrenOf(process).toReversed()) {
    const askedMs = isDynamic ? atMs : endMs;
    asked.set(child.process, askedMs);
    const plan = stopPlan(child.process, askedMs, child.shutdown, isAlive);
    stops.push(...plan.stops);
    endMs = Math.max(endMs, plan.endMs);
  }
  return { stops: [...stops, { process, reason, atMs: endMs }], endMs, asked };
}

/** It is killed, perhaps in the middle of its end: children that were asked end as asked, the others learn of it, and nobody hurries them. */
export function killPlan(process: ModelProcess, atMs: number, interrupted?: EndPlan): StopPlan {
  const before = (interrupted?.stops ?? []).filter((stop) => stop.process !== process && stop.atMs <= atMs).toSorted((a, b) => a.atMs - b.atMs);
  const gone = new Set(before.map((stop) => stop.process));
  const orphans = childrenOf(process).filter((child) => !gone.has(child.process)).flatMap((child) => {
    const askedMs = interrupted?.asked.get(child.process);
    const isAsked = askedMs !== undefined && askedMs <= atMs;
    return endPlan(child.process, isAsked ? askedMs : atMs, isAsked ? 'shutdown' : 'killed', () => true).stops;
  });
  // Who of them is dead already is left out when the plan is carried out.
  return { stops: [...before, { process, reason: 'killed', atMs }, ...orphans], endMs: atMs };
}
