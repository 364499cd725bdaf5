/** Guards of a live run, as telemetry tells them, in the order of the wire. Pure. */
import type { GuardSample } from '../../shared/run/engine-protocol';
import { wordCount } from '../canvas/words';

export type BreakerState = NonNullable<GuardSample['state']>;
/** `rate`: how often a second it has acted (retried, stood in) over the last second or so. */
export type LiveGuard = GuardSample & { readonly rate: number; /** What `rate` is counted from. */ readonly since: { readonly atMs: number; readonly acted: number } };
/** By wire, then by place on the wire. */
export type LiveGuards = ReadonlyMap<string, ReadonlyMap<number, LiveGuard>>;
export const NO_GUARDS: LiveGuards = new Map();

const BADNESS: Readonly<Record<BreakerState, number>> = { closed: 0, forcedClosed: 1, halfOpen: 2, open: 3, forcedOpen: 4 };
const SECOND_MS = 1000;

/** Copies of one caller on several hosts have a guard each: counted together, and of their breakers the one that lets least through is shown. */
function joinSamples(a: GuardSample, b: GuardSample): GuardSample {
  const sum = (x: number | undefined, y: number | undefined): number | undefined => (x === undefined && y === undefined ? undefined : (x ?? 0) + (y ?? 0));
  const state = a.state === undefined || b.state === undefined ? (a.state ?? b.state) : BADNESS[a.state] >= BADNESS[b.state] ? a.state : b.state;
  const [running, waiting] = [sum(a.running, b.running), sum(a.waiting, b.waiting)];
  // Each counts for itself: the one that is nearest to its bound is shown.
  const failures = a.failures === undefined || b.failures === undefined ? (a.failures ?? b.failures) : Math.max(a.failures, b.failures);
  return { ...a, passed: a.passed + b.passed, refused: a.refused + b.refused, acted: a.acted + b.acted, ...(state === undefined ? {} : { state }), ...(failures === undefined ? {} : { failures }), ...(running === undefined ? {} : { running }), ...(waiting === undefined ? {} : { waiting }) };
}

/** The newest samples, with rates by those before. A guard of which nothing has changed stays the same value, so that nothing of it is drawn again. */
export function followGuards(before: LiveGuards, samples: readonly GuardSample[], atMs: number): LiveGuards {
  const wires = new Map<string, Map<number, GuardSample>>();
  for (const sample of samples) {
    const wire = wires.get(sample.wire) ?? new Map<number, GuardSample>();
    const known = wire.get(sample.guard);
    wire.set(sample.guard, known ? joinSamples(known, sample) : sample);
    wires.set(sample.wire, wire);
  }
  return new Map([...wires].map(([name, guards]) => {
    const known = before.get(name);
    const followed = new Map([...guards].map(([place, sample]) => [place, follow(known?.get(place), sample, atMs)]));
    const isSame = known !== undefined && known.size === followed.size && [...followed].every(([place, guard]) => known.get(place) === guard);
    return [name, isSame ? known : followed];
  }));
}

function follow(known: LiveGuard | undefined, sample: GuardSample, atMs: number): LiveGuard {
  // A host that began anew counts from nothing.
  if (!known || sample.acted < known.acted || sample.kind !== known.kind) return { ...sample, rate: 0, since: { atMs, acted: sample.acted } };
  const elapsedMs = atMs - known.since.atMs;
  const isDue = elapsedMs >= SECOND_MS;
  const rate = isDue ? ((sample.acted - known.since.acted) * SECOND_MS) / elapsedMs : known.rate;
  const isIdle = rate === known.rate && sample.acted === known.since.acted;
  const since = isDue && !isIdle ? { atMs, acted: sample.acted } : known.since;
  const next: LiveGuard = { ...sample, rate, since };
  return isSameGuard(known, next) ? known : next;
}

const FIELDS = ['passed', 'refused', 'acted', 'state', 'failures', 'running', 'waiting', 'rate', 'since'] as const;
const isSameGuard = (a: LiveGuard, b: LiveGuard): boolean => FIELDS.every((field) => a[field] === b[field]);

export const BREAKER_WORDS: Readonly<Record<BreakerState, string>> = { closed: 'closed', halfOpen: 'half open', open: 'open', forcedOpen: 'held open', forcedClosed: 'held closed' };
/** How the arm stands. */
export const armOf = (state: BreakerState | undefined): 'closed' | 'halfOpen' | 'open' => (state === 'open' || state === 'forcedOpen' ? 'open' : state === 'halfOpen' ? 'halfOpen' : 'closed');

/** What a guard did until now, for its card: `120 passed, 3 refused, 12 retries`. */
export function wordCounts({ kind, passed, refused, acted, running, waiting }: GuardSample): string {
  const acts: Readonly<Record<GuardSample['kind'], readonly [one: string, many: string] | undefined>> = { retry: ['retry', 'retries'], timeout: ['timed out', 'timed out'], fallback: ['stood in', 'stood in'], breaker: undefined, bulkhead: undefined, rateLimit: undefined };
  const act = acts[kind];
  return [
    `${wordCount(passed)} passed`,
    ...(refused > 0 ? [`${wordCount(refused)} refused`] : []),
    ...(act && acted > 0 ? [`${wordCount(acted)} ${acted === 1 ? act[0] : act[1]}`] : []),
    ...(running === undefined ? [] : [`${wordCount(running)} under way`]),
    ...(waiting === undefined || waiting === 0 ? [] : [`${wordCount(waiting)} waiting`]),
  ].join(', ');
}

/** What a chip says while it runs, where that is more than what it is set to: `open 5/5`, `3/8`; `isLoud`: it is shown at every zoom. */
export function wordLive({ state, failures = 0, running, waiting }: GuardSample, set: string): { readonly text: string; readonly isLoud: boolean } {
  if (state === 'closed' && failures > 0) return { text: /^\d+$/.test(set) ? `closed ${failures}/${set}` : `closed, ${wordCount(failures)} failed`, isLoud: true };
  if (state !== undefined) return { text: state === 'open' && /^\d+$/.test(set) ? `open ${set}/${set}` : BREAKER_WORDS[state], isLoud: state !== 'closed' };
  const queue = waiting !== undefined && waiting > 0 ? ` +${wordCount(waiting)}` : '';
  return { text: running === undefined ? `${set}${queue}` : `${wordCount(running)}/${set}${queue}`, isLoud: queue !== '' };
}
