/**
 * Leads each call over a guarded wire through the layers of its guards: inwards (`enter`) until an attempt is sent to the provider, and
 * outwards (`leave`) with what came back, until the caller is answered. A layer may turn a call round (retry), let it wait (bulkhead,
 * rate limit, the pause of a retry) or answer for the provider. Whatever happens, the caller is answered once.
 */
import type { Guard } from '../../shared/design/guard';
import type { GuardForce, GuardSample } from '../../shared/run/engine-protocol';
import type { ProgramWire } from '../../shared/program/program';
import { nameOfWire } from '../../shared/program/wire-name';
import { equalJson } from '../../shared/schema/validate-value';
import { assertNever } from '../../shared/assert';
import type { CallRequest } from '../kernel/behaviour';
import type { GuardedHost, Guarding, GuardsFactory } from '../kernel/guarding';
import type { Process } from '../kernel/process';
import { BreakerLayer } from './breaker-layer';
import { BulkheadLayer } from './bulkhead-layer';
import { GuardedCall } from './guarded-call';
import type { GuardedWire, Layer, Passing } from './layer';
import { FallbackLayer, RetryLayer, TimeoutLayer } from './layers';
import { RateLimitLayer } from './rate-limit-layer';

/** Given to a host when it is made. */
export const guardWires: GuardsFactory = (host) => new GuardedWires(host);

class GuardedWires implements Guarding {
  readonly #host: GuardedHost;
  readonly #wires = new Map<ProgramWire, GuardedWire>();
  readonly #byName = new Map<string, GuardedWire>();
  readonly #calls = new Map<number, GuardedCall>();
  /** Calls whose place in a bulkhead has become free. In a list, since one that goes on may free the next. */
  #freed: { readonly call: GuardedCall; readonly place: number }[] = [];
  #isGoingOn = false;

  constructor(host: GuardedHost) {
    this.#host = host;
  }

  call(process: Process, request: CallRequest): number {
    const ref = this.#host.nextRef();
    const call = new GuardedCall({ host: this.#host, ref, process, request, wire: this.#wireOf(request.wire), onEnd: () => this.#forget(process, ref), onMoved: () => this.#goOn() });
    this.#calls.set(ref, call);
    (process.guardedCalls ??= new Set()).add(ref);
    call.begin();
    return ref;
  }

  abandon(process: Process, ref: number): boolean {
    const call = this.#calls.get(ref);
    if (!call || call.process !== process) return false;
    call.cancel();
    return true;
  }

  demand(process: Process, ref: number, items: number): boolean {
    const call = this.#calls.get(ref);
    if (!call || call.process !== process) return false;
    call.demand(items);
    return true;
  }

  bury(process: Process): void {
    if (!process.guardedCalls) return;
    // What one of its calls held must not go to another of them.
    this.#isGoingOn = true;
    for (const ref of [...process.guardedCalls]) this.#calls.get(ref)!.cancel();
    this.#isGoingOn = false;
    this.#goOn();
  }

  force({ wire, guard, force }: GuardForce): void {
    const known = this.#byName.get(wire);
    const drawn = known?.wire ?? this.#host.wires.find((one) => nameOfWire(one) === wire);
    if (drawn) this.#wireOf(drawn).layers[guard]?.force?.(force);
  }

  samples(): readonly GuardSample[] {
    return [...this.#byName.values()].flatMap(({ name, layers }) => layers.map((layer, guard) => ({ wire: name, guard, ...layer.sample(this.#host.nowMs) })));
  }

  #forget(process: Process, ref: number): void {
    this.#calls.delete(ref);
    process.guardedCalls?.delete(ref);
  }

  #goOn(): void {
    if (this.#isGoingOn) return;
    this.#isGoingOn = true;
    for (let next = this.#freed.shift(); next; next = this.#freed.shift()) next.call.goOnFrom(next.place + 1);
    this.#isGoingOn = false;
  }

  /** After an edit the program's wires are others; guards that are the same keep what they know. */
  #wireOf(wire: ProgramWire): GuardedWire {
    const known = this.#wires.get(wire);
    if (known) return known;
    const name = this.#freeName(wire);
    const before = this.#byName.get(name);
    const isSame = before !== undefined && equalJson(before.wire.guards, wire.guards);
    const layers = isSame ? before.layers : wire.guards.map((guard, place) => this.#makeLayer(guard, place, { name, wire }));
    const guarded = { name, wire, layers, limits: layers.flatMap((limit, place) => (limit instanceof TimeoutLayer ? [{ place, limit }] : [])) };
    if (before) this.#wires.delete(before.wire);
    this.#wires.set(wire, guarded);
    this.#byName.set(name, guarded);
    return guarded;
  }

  /** A router may have two wires to one node; a name whose wire the program has no more is free. */
  #freeName(wire: ProgramWire): string {
    const name = nameOfWire(wire);
    for (let number = 1; ; number += 1) {
      const numbered = number === 1 ? name : `${name} ${number}`;
      const holder = this.#byName.get(numbered);
      if (!holder || !this.#host.wires.includes(holder.wire)) return numbered;
    }
  }

  #makeLayer(guard: Guard, place: number, { name, wire }: { readonly name: string; readonly wire: ProgramWire }): Layer {
    const { nowMs } = this.#host;
    const on = { wire: name, provider: wire.to };
    switch (guard.kind) {
      case 'timeout':
        return new TimeoutLayer(guard);
      case 'retry':
        return new RetryLayer(guard, nowMs);
      case 'breaker':
        return new BreakerLayer({ guard, ...on, onChange: (from, to) => this.#host.record({ type: 'guard.changed', wire: name, guard: `breaker ${place}`, from, to }) });
      case 'bulkhead':
        return new BulkheadLayer({ guard, ...on, resume: (call: Passing, at) => this.#freed.push({ call: call as GuardedCall, place: at }) });
      case 'rateLimit':
        return new RateLimitLayer({ guard, ...on });
      case 'fallback':
        return new FallbackLayer(guard);
      default:
        return assertNever(guard);
    }
  }
}
