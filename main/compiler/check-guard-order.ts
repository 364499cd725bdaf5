/** Guards that their place or another guard makes useless. The first of a wire stands outermost. */
import type { Guard, GuardOf } from '../../shared/design/guard';
import { describeWire, placeOfGuard, type Protocols, type ResolvedWire } from './resolved-wire';
import type { Problems } from './problems';

export function checkGuardOrder(one: ResolvedWire, protocols: Protocols, problems: Problems): void {
  const { index, wire } = one;
  const { guards } = wire;
  const useless = new Set<number>();
  const tell = (place: number, message: string, fix: string): void => {
    useless.add(place);
    problems.add({ code: 'GRD009', at: placeOfGuard(index, place), got: guards[place]!.kind, message, fix });
  };
  checkTwice(one, tell);
  checkTimeouts(one, tell);
  const place = guards.findIndex(({ kind }) => kind === 'fallback');
  const outside = place < 0 ? [] : guards.slice(0, place);
  const takesAll = place >= 0 && answersAll(guards[place] as GuardOf<'fallback'>, wire.protocol, protocols);
  outside.forEach(({ kind }, at) => {
    if (takesAll && (kind === 'retry' || kind === 'breaker') && !useless.has(at)) tell(at, `the ${kind} of ${describeWire(wire)} stands outside a fallback that always has an answer: it never sees a failure`, 'Put the fallback before it.');
  });
  const late = outside.filter((_, at) => !useless.has(at)).map(({ kind }) => kind);
  if (late.length > 0) problems.add({ code: 'GRD010', at: placeOfGuard(index, place), got: late, message: `the fallback of ${describeWire(wire)} stands inside ${late.join(', ')}: failures of ${late.length === 1 ? 'that guard' : 'those guards'} reach the caller`, fix: 'Put the fallback first, where it is to stand in for those too.' });
}

type Tell = (place: number, message: string, fix: string) => void;

function checkTwice({ wire }: ResolvedWire, tell: Tell): void {
  const [, ...breakers] = placesOf(wire.guards, 'breaker');
  for (const place of breakers) tell(place, `${describeWire(wire)} has more than one breaker: the outer one opens on what the inner one refuses, and they hide each other's state`, 'Leave one breaker on a wire.');
  const retries = placesOf(wire.guards, 'retry');
  const attempts = retries.reduce((product, place) => product * (wire.guards[place] as GuardOf<'retry'>).attempts, 1);
  if (retries.length > 1) tell(retries[1]!, `${describeWire(wire)} has more than one retry: attempts multiply, up to ${attempts} calls for one`, 'Leave one retry on a wire.');
}

const placesOf = (guards: readonly Guard[], kind: Guard['kind']): readonly number[] => guards.flatMap((guard, place) => (guard.kind === kind ? [place] : []));

/** Guards in which time passes, so that what stands around them sees more of it than what stands within. */
const takesTime = (guard: Guard): boolean => guard.kind === 'retry' || guard.kind === 'fallback' || ((guard.kind === 'bulkhead' || guard.kind === 'rateLimit') && guard.queue > 0);

function checkTimeouts({ wire }: ResolvedWire, tell: Tell): void {
  const { guards } = wire;
  const places = placesOf(guards, 'timeout');
  for (const [at, inner] of places.entries()) {
    const outer = places[at - 1];
    if (outer === undefined) continue;
    const [outerMs, innerMs] = [(guards[outer] as GuardOf<'timeout'>).ms, (guards[inner] as GuardOf<'timeout'>).ms];
    if (innerMs >= outerMs) tell(inner, `the timeout of ${innerMs} ms of ${describeWire(wire)} stands inside one of ${outerMs} ms, which is always over first`, 'Leave the shorter one, or let the inner one be shorter.');
    else if (!guards.slice(outer + 1, inner).some(takesTime)) tell(outer, `the timeout of ${outerMs} ms of ${describeWire(wire)} stands around one of ${innerMs} ms, and nothing between them takes time: it is never over first`, 'Leave the shorter one.');
  }
}

function answersAll({ answers, on }: GuardOf<'fallback'>, protocol: string, protocols: Protocols): boolean {
  const operations = Object.entries(protocols.get(protocol)?.operations ?? {});
  return answers !== undefined && on === undefined && operations.length > 0 && operations.every(([name, { kind }]) => kind === 'cast' || Object.hasOwn(answers, name));
}
