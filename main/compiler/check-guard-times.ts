/** Times of guards against each other, and against what the caller of the caller gives: a time that can never be used up says something that does not hold. */
import type { Guard, GuardOf } from '../../shared/design/guard';
import type { DesignNode } from '../../shared/design/nodes/node';
import type { ProgramWire } from '../../shared/program/program';
import { DEFAULT_CALL_TIMEOUT_MS } from '../../shared/run/call-failure';
import { describeWire, hasOnlyCasts, placeOfGuard, type Protocols, type ResolvedWire } from './resolved-wire';
import type { Problems } from './problems';

type Drawn = { readonly wires: readonly ResolvedWire[]; readonly protocols: Protocols; readonly nodes: ReadonlyMap<string, DesignNode> };
/** The shortest time that somebody gives a node for an answer, and over which wire. */
type Given = { readonly ms: number; readonly by: ProgramWire };

export function checkGuardTimes(guarded: readonly ResolvedWire[], drawn: Drawn, problems: Problems): void {
  const given = listGiven(drawn);
  for (const one of guarded) {
    const mine = given.get(one.wire.from.node);
    checkTimeout(one, mine, problems);
    checkRetries(one, mine, problems);
  }
}

const timesOf = (wire: Pick<ProgramWire, 'guards'>): readonly number[] => wire.guards.flatMap((guard) => (guard.kind === 'timeout' ? [guard.ms] : []));
const shortest = (times: readonly number[]): number => times.reduce((least, ms) => Math.min(least, ms), Infinity);

/** A router hands on the call of whoever calls it, with the time that is left of it. */
function listGiven({ wires, protocols, nodes }: Drawn): ReadonlyMap<string, Given> {
  const direct = new Map<string, Given>();
  const routersOf = new Map<string, string[]>();
  for (const { wire } of wires) {
    if (hasOnlyCasts(protocols, wire)) continue;
    const times = timesOf(wire);
    const isRouter = nodes.get(wire.from.node)?.kind === 'router';
    const ms = times.length > 0 ? shortest(times) : isRouter ? Infinity : DEFAULT_CALL_TIMEOUT_MS;
    if (ms < (direct.get(wire.to)?.ms ?? Infinity)) direct.set(wire.to, { ms, by: wire });
    if (!isRouter) continue;
    const known = routersOf.get(wire.to);
    if (known) known.push(wire.from.node);
    else routersOf.set(wire.to, [wire.from.node]);
  }
  const given = new Map(direct);
  for (const id of routersOf.keys()) {
    for (const router of listRouters(id, routersOf)) {
      const over = direct.get(router);
      if (over && over.ms < (given.get(id)?.ms ?? Infinity)) given.set(id, over);
    }
  }
  return given;
}

/** Looked at for one node: a stranger's design may have thousands, each wired to each. */
const MOST_ROUTERS = 16;

function listRouters(id: string, routersOf: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const found = new Set<string>();
  const ahead = [id];
  for (let at = ahead.pop(); at !== undefined && found.size < MOST_ROUTERS; at = ahead.pop()) {
    for (const router of (routersOf.get(at) ?? []).slice(0, MOST_ROUTERS)) {
      if (found.has(router)) continue;
      found.add(router);
      ahead.push(router);
    }
  }
  return found;
}

const describeGiven = ({ ms, by }: Given): string => `${by.from.node}.${by.from.port} gives ${by.to} ${ms} ms${timesOf(by).length === 0 ? ' (no timeout guard)' : ''}`;

function checkTimeout({ index, wire }: ResolvedWire, given: Given | undefined, problems: Problems): void {
  const ms = shortest(timesOf(wire));
  if (!given || !Number.isFinite(ms) || ms <= given.ms) return;
  const place = wire.guards.findIndex((guard) => guard.kind === 'timeout' && guard.ms === ms);
  problems.add({ code: 'GRD007', at: placeOfGuard(index, place, 'ms'), got: ms, message: `${describeWire(wire)} may take ${ms} ms, and ${describeGiven(given)}: its caller has given up before`, fix: `Use at most ${given.ms}, or give ${wire.from.node} more time.` });
}

/** The shortest time from each place to the last: a stranger's wire may have thousands of guards. */
function shortestAfter(guards: readonly Guard[]): readonly number[] {
  const times = Array.from({ length: guards.length + 1 }, () => Infinity);
  for (let place = guards.length - 1; place >= 0; place -= 1) times[place] = Math.min(times[place + 1]!, ...timesOf({ guards: [guards[place]!] }));
  return times;
}

/** All pauses at their longest. */
function worstOf({ attempts, backoffMs, factor, maxBackoffMs }: GuardOf<'retry'>, attemptMs: number): number {
  return Array.from({ length: attempts - 1 }, (_, retry) => Math.min(maxBackoffMs, backoffMs * factor ** retry)).reduce((sum, pause) => sum + pause, attempts * attemptMs);
}

/** Only where the time of one attempt is drawn: without that, all attempts share what there is. */
function checkRetries({ index, wire }: ResolvedWire, given: Given | undefined, problems: Problems): void {
  const innerMs = shortestAfter(wire.guards);
  let outerMs = Infinity;
  wire.guards.forEach((guard, place) => {
    if (guard.kind === 'timeout') outerMs = Math.min(outerMs, guard.ms);
    if (guard.kind !== 'retry') return;
    const attemptMs = innerMs[place + 1]!;
    if (!Number.isFinite(attemptMs)) return;
    const worst = Math.ceil(worstOf(guard, attemptMs));
    const limit = Math.min(outerMs, given?.ms ?? Infinity);
    if (worst <= limit) return;
    const who = outerMs <= limit || !given ? `a timeout of ${outerMs} ms stands around them` : describeGiven(given);
    problems.add({ code: 'GRD008', at: placeOfGuard(index, place), got: worst, message: `${guard.attempts} attempts of ${attemptMs} ms and the pauses between them take up to ${worst} ms, and ${who}: the last attempts may not come to their end`, fix: 'Give an attempt less time, make fewer attempts, or give all of them more time.' });
  });
}
