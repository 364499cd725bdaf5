/** Calls and awaited casts that have not been answered, of processes and of the outside, and their deadlines: each ends exactly once. */
import { adaptMessage, type AdaptedCall } from '../../shared/adapters/adapt';
import { assert } from '../../shared/assert';
import { DEFAULT_CALL_TIMEOUT_MS } from '../../shared/run/call-failure';
import type { OutsideInput } from '../../shared/run/engine-protocol';
import type { NodeId } from '../../shared/ids';
import { callError, type CallRequest, type CastRequest } from './behaviour';
import { findOperation } from './door';
import { GatheredItems } from './gathered-items';
import type { Calling, Host, OpenCall } from './host';
import { isGuarded, timeoutOf, type Attempt, type Guarding } from './guarding';
import type { Process } from './process';
import { hostOf, OUTSIDE, outsideOf } from './signal';
import type { CallResult, CallSignal, CastSignal, KernelSignal, Origin, Signal, StreamItemSignal } from './signal';

export class Calls implements Calling {
  readonly #host: Host;
  readonly #open = new Map<number, OpenCall>();

  constructor(host: Host) {
    this.#host = host;
  }

  call(process: Process, request: CallRequest): number {
    const host = this.#host;
    const { wire, notAfterMs = Infinity } = request;
    if (isGuarded(wire)) return getGuards(host).call(process, request);
    const timeoutMs = timeoutOf(wire.guards) ?? DEFAULT_CALL_TIMEOUT_MS;
    const ref = host.nextRef();
    const deadlineMs = Math.min(host.nowMs + timeoutMs, notAfterMs);
    const timer = host.timers.set({ atMs: deadlineMs, pid: process.pid, fire: () => this.#expire(ref, timeoutMs) });
    this.#open.set(ref, { process, to: wire.to, wire: wire.to, toHost: host.hostOfNode(wire.to), timer, kind: 'call' });
    return this.#send(process, ref, { request, message: { protocol: wire.protocol, operation: request.operation, input: request.input }, to: wire.to, deadlineMs });
  }

  /** One attempt of a guarded call: its guards keep the time. */
  attempt(process: Process, { request, message, to, deadlineMs, owner }: Attempt): number {
    const ref = this.#host.nextRef();
    this.#open.set(ref, { process, to, wire: to, toHost: this.#host.hostOfNode(to), timer: undefined, kind: 'call', owner });
    return this.#send(process, ref, { request, message, to, deadlineMs });
  }

  #send(process: Process, ref: number, { request, message, to, deadlineMs }: Omit<Attempt, 'owner'>): number {
    (process.openCalls ??= new Set()).add(ref);
    process.countSent(to);
    this.#traceSent(process.name, message, to);
    const { protocol, operation, input } = message;
    this.#host.delivery.send(to, { kind: 'call', ref, from: process.pid, fromNode: process.name, protocol, operation, input, deadlineMs, origin: request.origin });
    return ref;
  }

  cast(process: Process, request: CastRequest): number {
    const host = this.#host;
    const ref = host.nextRef();
    const { wire, origin, awaited } = request;
    const { to } = wire;
    if (awaited) {
      this.#open.set(ref, { process, to, wire: to, toHost: host.hostOfNode(to), timer: undefined, kind: 'cast' });
      (process.openCalls ??= new Set()).add(ref);
    }
    process.countSent(to);
    const signal: CastSignal = { kind: 'cast', from: process.pid, fromNode: process.name, protocol: wire.protocol, operation: request.operation, input: request.input, ref: awaited ? ref : undefined, origin };
    if (wire.adapter) return this.#castAdapted(process, request, { ref, signal });
    this.#traceSent(process.name, signal, to);
    host.delivery.send(to, signal);
    return ref;
  }

  #castAdapted(process: Process, { wire }: CastRequest, { ref, signal }: { readonly ref: number; readonly signal: CastSignal }): number {
    const { delivery } = this.#host;
    const adapted = adaptMessage(wire, signal);
    if (adapted.ok) {
      this.#traceSent(process.name, adapted.value, wire.to);
      delivery.send(wire.to, { ...signal, ...adapted.value });
    } else delivery.refuseCast(signal, wire.to, callError('invalid', adapted.message, wire.to));
    return ref;
  }

  #traceSent(from: string, { protocol, operation }: Pick<AdaptedCall, 'protocol' | 'operation'>, to: NodeId): void {
    if (this.#host.options.trace) this.#host.journal.record({ type: 'message.sent', from, to, operation: `${protocol}.${operation}` });
  }

  reply(process: Process, call: CallSignal, result: CallResult): void {
    if (!process.unanswered?.delete(call)) return;
    this.#host.streams.ended(process, call);
    this.#host.delivery.toPid(call.from, { kind: 'reply', ref: call.ref, result });
  }

  forward(process: Process, message: CallSignal | CastSignal, to: NodeId): void {
    const { delivery, host } = this.#host;
    process.countSent(to);
    // A cast had its place in the router's mailbox: its sender waits no longer.
    if (message.kind === 'cast') return delivery.send(to, { ...message, ref: undefined });
    process.unanswered?.delete(message);
    // The caller has waited on the router's host; from here on it waits on the chosen node's.
    const { ref, from } = message;
    if (hostOf(from) === host) this.retarget(ref, to);
    else delivery.send(from, { kind: 'forwarded', ref, to });
    delivery.send(to, message);
  }

  retarget(ref: number, to: NodeId): void {
    const open = this.#open.get(ref);
    if (!open) return;
    const toHost = this.#host.hostOfNode(to);
    const moved = { ...open, to, toHost };
    this.#open.set(ref, moved);
    if (toHost === this.#host.host || this.#host.links.get(toHost)?.isUp) return;
    this.#answer(ref, moved, { ok: false, error: callError('noconnection', `host ${toHost} is down`, to) });
  }

  abandon(process: Process, ref: number): void {
    if (this.#host.guards?.abandon(process, ref)) return;
    const open = this.close(process, ref, false);
    if (!open) return;
    this.#host.journal.record({ type: 'call.abandoned', from: process.name, to: open.to });
    this.#host.streams.abandoned(process.pid, ref, open);
  }

  drop(process: Process, ref: number, hasFailed: boolean): void {
    const open = this.close(process, ref, hasFailed);
    if (open) this.#host.streams.abandoned(process.pid, ref, open);
  }

  find(process: Process, ref: number): OpenCall | undefined {
    const open = this.#open.get(ref);
    return open?.process === process ? open : undefined;
  }

  demand(process: Process, ref: number, items: number): void {
    if (this.#host.guards?.demand(process, ref, items)) return;
    const provider = this.find(process, ref)?.provider;
    if (provider !== undefined) this.#host.delivery.toPid(provider, { kind: 'demand', ref, from: process.pid, items });
  }

  failAllTo(host: string): void {
    for (const [ref, open] of [...this.#open]) {
      if (open.toHost === host) this.#answer(ref, open, { ok: false, error: callError('noconnection', `host ${host} was lost`, open.to) });
    }
  }

  #expire(ref: number, timeoutMs: number): void {
    const open = this.#open.get(ref);
    if (!open) return;
    if (open.gathered?.isPart) return this.#answer(ref, open, { ok: true, output: null });
    this.#answer(ref, open, { ok: false, error: callError('timeout', `${open.to} did not answer within ${timeoutMs} ms`, open.to) });
  }

  /** Answers an open call from this side, without the callee. */
  #answer(ref: number, open: OpenCall, result: CallResult): void {
    const signal: Signal = open.kind === 'call' ? { kind: 'reply', ref, result } : { kind: 'accepted', ref, ...(result.ok ? {} : { error: result.error }) };
    if (open.process) this.#host.delivery.toProcess(open.process, signal);
    else this.answerOutside(signal);
  }

  close(process: Process | undefined, ref: number, hasFailed: boolean): OpenCall | undefined {
    const open = this.#open.get(ref);
    if (!open || open.process !== process) return undefined;
    this.#open.delete(ref);
    process?.openCalls?.delete(ref);
    if (hasFailed) process?.countFailed(open.wire);
    if (open.timer !== undefined) this.#host.timers.cancel(open.timer);
    return open;
  }

  // ---- the outside: an acknowledged message is a call of the core's ----

  receiveOutside(outside: OutsideInput, incarnation: number | undefined): void {
    const host = this.#host;
    const { id, node, operation, value, protocol, timeoutMs = DEFAULT_CALL_TIMEOUT_MS } = outside;
    host.journal.recordInput({ type: 'input.received', id, node, ...(protocol ? { protocol } : {}), operation, value });
    if (protocol === undefined) return host.delivery.toIncarnation(node, incarnation, { kind: 'item', id, value });
    const ref = host.nextRef();
    const origin: Origin = { input: String(id), attempt: '1' };
    const asked = findOperation(host.program, protocol, operation)?.kind;
    const kind = asked === 'cast' ? 'cast' : 'call';
    const deadlineMs = host.nowMs + timeoutMs;
    const timer = kind === 'call' ? host.timers.set({ atMs: deadlineMs, pid: OUTSIDE, fire: () => this.#expire(ref, timeoutMs) }) : undefined;
    this.#open.set(ref, { process: undefined, input: { id }, to: node, wire: node, toHost: host.host, kind, timer, ...(asked === 'stream' ? { gathered: new GatheredItems(outside.items) } : {}) });
    const message = { ref, from: outsideOf(host.host, host.life), fromNode: OUTSIDE, protocol, operation, input: value, origin };
    host.delivery.toName(node, kind === 'cast' ? { kind, ...message } : { kind, ...message, deadlineMs });
  }

  answerOutside(signal: Signal | KernelSignal): void {
    const { ports, journal } = this.#host;
    if (signal.kind === 'response') return ports.respond(signal.ref, signal.body);
    if (signal.kind === 'forwarded') return this.retarget(signal.ref, signal.to);
    if (signal.kind === 'streamItem') return this.#gather(signal);
    if (signal.kind !== 'reply' && signal.kind !== 'accepted') return;
    const open = this.#open.get(signal.ref);
    const input = open?.input;
    if (!input || !this.close(undefined, signal.ref, false)) return journal.countDrop(OUTSIDE, 'late_reply');
    const result: CallResult = signal.kind === 'reply' ? (open.gathered && signal.result.ok ? { ok: true, output: open.gathered.list } : signal.result) : signal.error ? { ok: false, error: signal.error } : { ok: true, output: null };
    ports.settle({ id: input.id, attempts: 1, ...result }, this.#host.depends());
  }

  /** The outside reads on at once, and takes the stream as one answer at its end. */
  #gather(item: StreamItemSignal): void {
    const { delivery, streams, host, life } = this.#host;
    const open = this.#open.get(item.ref);
    const reader = outsideOf(host, life);
    if (!open?.gathered) return streams.unread(reader, item);
    open.provider = item.from;
    const tooMuch = open.gathered.add(item.value);
    if (tooMuch === undefined && !open.gathered.isEnough) return delivery.toPid(item.from, { kind: 'demand', ref: item.ref, from: reader, items: 1 });
    streams.abandoned(reader, item.ref, open);
    if (tooMuch === undefined) return this.#answer(item.ref, open, { ok: true, output: null });
    this.#answer(item.ref, open, { ok: false, error: callError('overloaded', `the stream of ${open.to} was not read to its end: ${tooMuch}`, open.to) });
  }
}

/** A policy that is drawn and not enforced would be worse than none. */
function getGuards({ guards }: Host): Guarding {
  assert(guards, 'this host was made without guards');
  return guards;
}
