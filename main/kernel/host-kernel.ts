/**
 * One host: its processes, their mailboxes, links, monitors and timers, and one turn at a time. It knows no thread, no clock
 * and no disk: time enters with inputs, everything leaves through `HostPorts`, so that the same inputs at the same steps
 * give the same host, in a worker thread and in the simulator.
 */
import { assert } from '../../shared/assert';
import { DEFAULT_CALL_TIMEOUT_MS } from '../../shared/run/call-failure';
import { isOrderlyExit, type ExitReason } from '../../shared/run/exit-reason';
import type { CallError } from '../../shared/run/call-failure';
import type { Depends, OutsideInput } from '../../shared/run/engine-protocol';
import type { NodeId } from '../../shared/ids';
import type { Program } from '../../shared/program/program';
import { callError, type BehaviourFactory, type CallRequest, type CastRequest } from './behaviour';
import { findOperation, refuseAtDoor } from './door';
import { HostJournal } from './host-journal';
import { PeerLink } from './peer-link';
import type { AgentStatus, Batch, HostInput, HostPorts, HostStatus } from './ports';
import { Process } from './process';
import { ProcessSelf, type SelfKernel } from './process-self';
import { mixSeed } from './seed';
import { hostLifeOf, hostOf, isPid, OUTSIDE } from './signal';
import type { Address, CallResult, CallSignal, CastSignal, Envelope, ExitSignal, KernelSignal, Origin, Pid, Signal, SpawnRequest } from './signal';
import { TimerQueue } from './timer-queue';

/** A start on a host that is not ready waits this long for it, then fails with `noconnection` (contract section 3). */
export const HOST_READY_TIMEOUT_MS = 5000;

export type HostKernelOptions = {
  readonly program: Program;
  readonly host: string;
  readonly life: number;
  readonly seed: number;
  /** Unix time of the run's beginning. */
  readonly epochMs: number;
  readonly trace: boolean;
  readonly behaviours: BehaviourFactory;
  readonly ports: HostPorts;
  /** Incarnations that names had reached in earlier lives of this host. */
  readonly incarnations: { readonly [name: string]: number };
};

/** A call or awaited cast that has not been answered: of a process, or of the outside (then `input`). */
type OpenCall = { readonly process?: Process; readonly input?: { readonly id: number }; readonly to: NodeId; readonly toHost: string; readonly timer?: number; readonly kind: 'call' | 'cast' };

export class HostKernel implements SelfKernel {
  readonly program: Program;
  readonly host: string;
  readonly life: number;
  readonly #options: HostKernelOptions;
  readonly #ports: HostPorts;
  readonly #journal: HostJournal;
  readonly #timers = new TimerQueue();
  readonly #processes = new Map<Pid, Process>();
  readonly #names = new Map<string, Process>();
  readonly #incarnations: Map<string, number>;
  readonly #peers = new Map<string, PeerLink>();
  readonly #openCalls = new Map<number, OpenCall>();
  readonly #effects = new Map<string, Process | undefined>();
  readonly #depends = new Map<string, number>();
  #ready: Process[] = [];
  #readyHead = 0;
  #nextSerial = 1;
  #nextRef = 1;
  #root: Pid | undefined;
  nowMs = 0;
  steps = 0;

  constructor(options: HostKernelOptions) {
    this.#options = options;
    this.program = options.program;
    this.host = options.host;
    this.life = options.life;
    this.#ports = options.ports;
    this.#journal = new HostJournal(this, (record) => options.ports.record(record));
    this.#incarnations = new Map(Object.entries(options.incarnations));
    for (const { id } of options.program.hosts) if (id !== options.host) this.#peers.set(id, new PeerLink(id));
    this.#journal.recordInput({ type: 'host.started', life: options.life });
  }

  // ---- what the driver of the host calls ----

  /** Only between steps. `atMs` is the run's clock at this moment; it never goes back. */
  input(input: HostInput, atMs: number): void {
    this.nowMs = Math.max(this.nowMs, atMs);
    switch (input.type) {
      case 'batch':
        return this.#receiveBatch(input.batch);
      case 'outside':
        return this.#receiveOutside(input.input);
      case 'sourceEnd':
        return this.#deliverToName(input.node, { kind: 'itemsEnd', items: input.items });
      case 'effectAnswer':
        return this.#receiveEffectAnswer(input.answer);
      case 'clock':
        return this.#fireTimers();
      case 'hostDown':
        return this.#loseHost(input.host, input.life, input.reason);
      case 'hostUp':
        return this.#welcomeHost(input.host, input.life);
      case 'operator':
        return this.#crashByOperator(input.command.node, input.command.reason);
      case 'request':
        return this.#deliverToName(input.node, { kind: 'request', ref: input.ref, from: OUTSIDE, body: input.body });
      case 'startRoot':
        return this.#startRoot();
      case 'stopRoot':
        if (this.#root) this.requestExit(OUTSIDE, this.#root, 'shutdown');
        return;
    }
  }

  /** One turn of one process. Answers whether there was one to make. */
  step(): boolean {
    for (;;) {
      const process = this.#takeReady();
      if (!process) return false;
      process.isScheduled = false;
      if (!process.isReady) continue;
      this.steps += 1;
      this.#turn(process);
      this.#schedule(process);
      return true;
    }
  }

  /** Sends what has gathered for other hosts; the driver calls it at the end of each slice. */
  flush(): void {
    this.#journal.flushDrops();
    for (const peer of this.#peers.values()) {
      const batch = peer.takeBatch(this, () => this.depends());
      if (batch) this.#ports.send(peer.host, batch);
    }
  }

  nextTimerAtMs(): number | undefined {
    return this.#timers.nextAtMs();
  }

  status(): HostStatus {
    let sent = 0;
    let received = 0;
    let held = 0;
    for (const peer of this.#peers.values()) {
      sent += peer.sent;
      received += peer.received;
      held += peer.heldCount;
    }
    const busy = held > 0 || [...this.#processes.values()].some((process) => process.isReady || process.isHolding || process.status === 'starting');
    return { idle: !busy, sent, received, timers: this.#timers.size, effects: this.#effects.size };
  }

  agents(): readonly AgentStatus[] {
    return [...this.#processes.values()].map((process) => ({
      node: process.name,
      status: process.status === 'starting' ? 'starting' : process.isHolding ? 'waiting' : process.isReady ? 'running' : 'idle',
      mailbox: process.boundedCount,
      handled: process.handled,
      incarnation: process.incarnation,
    }));
  }

  isAlive(name: string): boolean {
    return this.#names.has(name);
  }

  dispose(): void {
    for (const process of this.#processes.values()) process.behaviour.dispose();
    this.#processes.clear();
    this.#names.clear();
  }

  // ---- turns ----

  #schedule(process: Process): void {
    if (process.isScheduled || !process.isReady) return;
    process.isScheduled = true;
    this.#ready.push(process);
  }

  #takeReady(): Process | undefined {
    if (this.#readyHead === this.#ready.length) return undefined;
    const process = this.#ready[this.#readyHead++];
    if (this.#readyHead === this.#ready.length || this.#readyHead >= 1024) {
      this.#ready = this.#ready.slice(this.#readyHead);
      this.#readyHead = 0;
    }
    return process;
  }

  #turn(process: Process): void {
    const self = new ProcessSelf(this, process);
    try {
      if (!process.hasBegun) {
        process.hasBegun = true;
        return process.behaviour.start(self);
      }
      const signal = this.#takeSignal(process);
      if (signal) process.behaviour.receive(self, signal);
    } catch (error) {
      // A behaviour of ours threw: let it crash, like any other process.
      this.end(process, `crash: ${error instanceof Error ? `${error.name}: ${error.message}` : 'unknown'}`);
    }
  }

  #takeSignal(process: Process): Signal | undefined {
    if (process.behaviour.receives === 'selective') {
      const signal = process.matches ? process.mailbox.takeFirst(process.matches) : process.mailbox.shift();
      process.matches = undefined;
      return signal;
    }
    const urgent = process.urgent.shift();
    if (urgent) return urgent;
    const signal = process.mailbox.shift();
    if (signal?.kind !== 'call' && signal?.kind !== 'cast') return signal;
    process.boundedCount -= 1;
    this.#admitBlocked(process);
    if (signal.kind === 'call') {
      if (signal.from !== OUTSIDE && signal.deadlineMs <= this.nowMs) {
        // Its caller has had `timeout` already: work for nobody.
        this.#journal.countDrop(process.name, 'expired');
        return undefined;
      }
      process.unanswered.set(`${signal.from} ${signal.ref}`, signal);
    }
    process.handled += 1;
    if (this.#options.trace) this.#journal.record({ type: 'message.handled', node: process.name, operation: `${signal.protocol}.${signal.operation}` });
    return signal;
  }

  #admitBlocked(process: Process): void {
    while (process.blocked.length > 0 && process.boundedCount < process.bound) {
      const cast = process.blocked.shift()!;
      process.boundedCount += 1;
      process.mailbox.push(cast);
      this.send(cast.from, { kind: 'accepted', ref: cast.ref! });
    }
  }

  // ---- delivery ----

  /** To a process of this host, or into the batch for another. */
  send(to: Address, signal: Signal | KernelSignal): void {
    if (to === OUTSIDE) return this.#answerOutside(signal);
    if (!isPid(to)) {
      const host = this.program.nodes[to]?.host ?? this.host;
      return host === this.host ? this.#deliverToName(to, signal as Signal) : this.#sendAway(host, { to, signal });
    }
    const host = hostOf(to);
    if (host === this.host) return this.#deliverToPid(to, signal);
    const peer = this.#peers.get(host);
    // Nothing that a dead life should have heard is ever told to the next.
    if (peer?.isUp && hostLifeOf(to) === `${host}#${peer.life}`) peer.push({ to, signal });
  }

  #sendAway(host: string, envelope: Envelope): void {
    const peer = this.#peers.get(host);
    assert(peer, `no host ${host}`);
    const { signal } = envelope;
    if (!peer.isUp) {
      if (signal.kind === 'call') this.#refuse(signal, callError('noconnection', `host ${host} is down`, envelope.to));
      else if (signal.kind === 'cast') this.#refuseCast(signal, envelope.to, 'noconnection');
      return;
    }
    if (signal.kind === 'cast' && signal.ref === undefined && !peer.hasRoom) return this.#journal.countDrop(envelope.to, 'window_full');
    peer.push(envelope);
  }

  #deliverToName(name: string, signal: Signal): void {
    const process = this.#names.get(name);
    if (process) return this.#deliver(process, signal);
    if (signal.kind === 'call') this.#refuse(signal, callError('noproc', `${name} is not running`, name));
    else if (signal.kind === 'cast') this.#refuseCast(signal, name, 'noproc');
    else if (signal.kind === 'request') this.send(signal.from, { kind: 'response', ref: signal.ref, body: { error: 'noproc' } });
  }

  #deliverToPid(pid: Pid, signal: Signal | KernelSignal): void {
    const process = this.#processes.get(pid);
    if (signal.kind === 'spawn') return this.#spawnHere(signal.from, signal.ref, signal.spawn);
    if (!process) return this.#deliverToDead(pid, signal);
    switch (signal.kind) {
      case 'forwarded':
        return this.#retarget(signal.ref, signal.to);
      case 'link':
        process.links.add(signal.from);
        return;
      case 'unlink':
        process.links.delete(signal.from);
        return;
      case 'monitor':
        process.watchers.push({ pid: signal.from, ref: signal.ref });
        return;
      case 'demonitor':
        process.watchers.splice(0, process.watchers.length, ...process.watchers.filter((watcher) => watcher.pid !== signal.from || watcher.ref !== signal.ref));
        return;
      default:
        this.#deliver(process, signal);
    }
  }

  #deliverToDead(pid: Pid, signal: Signal | KernelSignal): void {
    if (signal.kind === 'link') this.send(signal.from, { kind: 'exit', from: pid, reason: 'noproc' });
    // A child whose parent died while it was starting.
    else if (signal.kind === 'spawned' && signal.outcome === 'started') this.send(signal.pid, { kind: 'exit', from: pid, reason: 'killed' });
    else if (signal.kind === 'monitor') this.send(signal.from, { kind: 'down', ref: signal.ref, from: pid, reason: 'noproc' });
    else if (signal.kind === 'request') this.send(signal.from, { kind: 'response', ref: signal.ref, body: { error: 'noproc' } });
    else if (signal.kind === 'reply') this.#journal.countDrop(pid, 'late_reply');
  }

  #deliver(process: Process, signal: Signal): void {
    switch (signal.kind) {
      case 'call':
      case 'cast':
        return this.#deliverMessage(process, signal);
      case 'reply':
      case 'accepted':
        if (!this.#closeCall(process, signal.ref)) return this.#journal.countDrop(process.name, 'late_reply');
        break;
      case 'kill':
        return this.end(process, 'killed');
      case 'exit':
        if (!signal.request) process.links.delete(signal.from);
        if (!process.behaviour.trapsExits) {
          if (signal.reason !== 'normal') this.end(process, signal.reason);
          return;
        }
        break;
      case 'down':
        process.monitors.delete(signal.ref);
        break;
      case 'spawned':
        process.pendingSpawns.delete(signal.ref);
        if (signal.outcome === 'started') process.links.add(signal.pid);
        break;
      default:
        break;
    }
    const comesAtOnce = process.behaviour.receives === 'queued' && (signal.kind === 'reply' || signal.kind === 'accepted' || signal.kind === 'timer' || signal.kind === 'effectAnswer');
    (comesAtOnce ? process.urgent : process.mailbox).push(signal);
    this.#schedule(process);
  }

  #deliverMessage(process: Process, message: CallSignal | CastSignal): void {
    assert(process.node.kind !== 'supervisor', 'supervisors take requests, not messages');
    const refusal = refuseAtDoor(this.program, process.node, message);
    if (refusal) return message.kind === 'call' ? this.#refuse(message, refusal) : this.#refuseCast(message, process.name, 'invalid', refusal);
    if (process.boundedCount >= process.bound) {
      if (message.kind === 'call') return this.#refuse(message, callError('overloaded', `the mailbox of ${process.name} is full (${process.bound})`, process.name));
      if (message.ref === undefined) return this.#journal.countDrop(process.name, 'mailbox_full');
      process.blocked.push(message);
      return;
    }
    process.boundedCount += 1;
    process.mailbox.push(message);
    if (message.kind === 'cast' && message.ref !== undefined) this.send(message.from, { kind: 'accepted', ref: message.ref });
    this.#schedule(process);
  }

  #refuse(call: CallSignal, error: CallError): void {
    this.send(call.from, { kind: 'reply', ref: call.ref, result: { ok: false, error } });
  }

  #refuseCast(cast: CastSignal, to: string, code: 'noproc' | 'noconnection' | 'invalid' | 'callee_exit', error?: CallError): void {
    if (cast.ref !== undefined) this.send(cast.from, { kind: 'accepted', ref: cast.ref, error: error ?? callError(code, `${to} can't be reached`, to) });
    else this.#journal.countDrop(to, code === 'invalid' ? 'noproc' : code === 'callee_exit' ? 'process_exited' : code);
  }

  // ---- calls ----

  call(process: Process, request: CallRequest): number {
    const ref = this.#nextRef++;
    const deadlineMs = Math.min(this.nowMs + request.timeoutMs, request.notAfterMs ?? Infinity);
    const toHost = this.program.nodes[request.to]?.host ?? this.host;
    const timer = this.#timers.set({ atMs: deadlineMs, pid: process.pid, fire: () => this.#expire(ref, request.timeoutMs) });
    this.#openCalls.set(ref, { process, to: request.to, toHost, timer, kind: 'call' });
    process.openCalls.add(ref);
    const { protocol, operation, input, origin } = request;
    this.#traceSent(process.name, request);
    this.send(request.to, { kind: 'call', ref, from: process.pid, fromNode: process.name, protocol, operation, input, deadlineMs, ...(origin ? { origin } : {}) });
    return ref;
  }

  cast(process: Process, request: CastRequest): number {
    const ref = this.#nextRef++;
    const { protocol, operation, input, origin, awaited } = request;
    if (awaited) {
      this.#openCalls.set(ref, { process, to: request.to, toHost: this.program.nodes[request.to]?.host ?? this.host, kind: 'cast' });
      process.openCalls.add(ref);
    }
    this.#traceSent(process.name, request);
    this.send(request.to, { kind: 'cast', from: process.pid, fromNode: process.name, protocol, operation, input, ...(awaited ? { ref } : {}), ...(origin ? { origin } : {}) });
    return ref;
  }

  #traceSent(from: string, request: CastRequest | CallRequest): void {
    if (this.#options.trace) this.#journal.record({ type: 'message.sent', from, to: request.to, operation: `${request.protocol}.${request.operation}` });
  }

  reply(process: Process, call: CallSignal, result: CallResult): void {
    if (process.unanswered.delete(`${call.from} ${call.ref}`)) this.send(call.from, { kind: 'reply', ref: call.ref, result });
  }

  forward(process: Process, message: CallSignal | CastSignal, to: NodeId): void {
    if (message.kind === 'call') process.unanswered.delete(`${message.from} ${message.ref}`);
    // The caller has waited on the router's host; from here on it waits on the chosen node's.
    const { ref, from } = message;
    if (ref !== undefined && message.kind === 'call' && (from === OUTSIDE || hostOf(from) === this.host)) this.#retarget(ref, to);
    else if (ref !== undefined && message.kind === 'call') this.send(from, { kind: 'forwarded', ref, to });
    // A cast had its place in the router's mailbox: its sender waits no longer.
    this.send(to, message.kind === 'cast' ? { ...message, ref: undefined } : message);
  }

  #retarget(ref: number, to: NodeId): void {
    const open = this.#openCalls.get(ref);
    if (!open) return;
    const toHost = this.program.nodes[to]?.host ?? this.host;
    this.#openCalls.set(ref, { ...open, to, toHost });
    if (toHost === this.host || this.#peers.get(toHost)?.isUp) return;
    this.#answerOpen(ref, this.#openCalls.get(ref)!, { ok: false, error: callError('noconnection', `host ${toHost} is down`, to) });
  }

  abandon(process: Process, ref: number): void {
    const open = this.#openCalls.get(ref);
    if (!open || !this.#closeCall(process, ref)) return;
    this.#journal.record({ type: 'call.abandoned', from: process.name, to: open.to });
  }

  #expire(ref: number, timeoutMs: number): void {
    const open = this.#openCalls.get(ref);
    if (!open) return;
    this.#answerOpen(ref, open, { ok: false, error: callError('timeout', `${open.to} did not answer within ${timeoutMs} ms`, open.to) });
  }

  /** Answers an open call from this side, without the callee. */
  #answerOpen(ref: number, open: OpenCall, result: CallResult): void {
    const signal: Signal = open.kind === 'call' ? { kind: 'reply', ref, result } : { kind: 'accepted', ref, ...(result.ok ? {} : { error: result.error }) };
    if (open.process) this.#deliver(open.process, signal);
    else this.#answerOutside(signal);
  }

  #closeCall(process: Process | undefined, ref: number): boolean {
    const open = this.#openCalls.get(ref);
    if (!open || open.process !== process) return false;
    this.#openCalls.delete(ref);
    process?.openCalls.delete(ref);
    if (open.timer !== undefined) this.#timers.cancel(open.timer);
    return true;
  }

  // ---- the outside ----

  #receiveOutside(input: OutsideInput): void {
    const { id, node, operation, value, protocol } = input;
    this.#journal.recordInput({ type: 'input.received', id, node, ...(protocol ? { protocol } : {}), operation, value });
    if (protocol === undefined) return this.#deliverToName(node, { kind: 'item', id, value });
    const ref = this.#nextRef++;
    const origin: Origin = { input: String(id), attempt: 1 };
    const kind = findOperation(this.program, protocol, operation)?.kind === 'cast' ? 'cast' : 'call';
    const deadlineMs = this.nowMs + DEFAULT_CALL_TIMEOUT_MS;
    const timer = kind === 'call' ? this.#timers.set({ atMs: deadlineMs, pid: OUTSIDE, fire: () => this.#expire(ref, DEFAULT_CALL_TIMEOUT_MS) }) : undefined;
    this.#openCalls.set(ref, { input: { id }, to: node, toHost: this.host, kind, ...(timer === undefined ? {} : { timer }) });
    const message = { ref, from: OUTSIDE, fromNode: OUTSIDE, protocol, operation, input: value, origin };
    this.#deliverToName(node, kind === 'cast' ? { kind, ...message } : { kind, ...message, deadlineMs });
  }

  #answerOutside(signal: Signal | KernelSignal): void {
    if (signal.kind === 'response') return this.#ports.respond(signal.ref, signal.body);
    if (signal.kind !== 'reply' && signal.kind !== 'accepted') return;
    const open = this.#openCalls.get(signal.ref);
    if (!open?.input || !this.#closeCall(undefined, signal.ref)) return this.#journal.countDrop(OUTSIDE, 'late_reply');
    const result: CallResult = signal.kind === 'reply' ? signal.result : signal.error ? { ok: false, error: signal.error } : { ok: true, output: null };
    this.settle({ id: open.input.id, attempts: 1 }, result);
  }

  settle(input: { readonly id: number; readonly attempts: number }, result: CallResult): void {
    this.#ports.settle({ ...input, ...result }, this.depends());
  }

  pull(process: Process, credit: number): void {
    this.#ports.pull(process.name, process.incarnation, credit);
  }

  effect(process: Process, kind: 'console' | 'file.append', request: CastRequest['input'], origin: Origin | undefined): string {
    const key = process.nextEffectKey(origin);
    this.#effects.set(key, process);
    this.#journal.record({ type: 'effect.requested', key, node: process.name, kind, request });
    this.#ports.effect({ key, node: process.name, kind, request }, this.depends());
    return key;
  }

  #receiveEffectAnswer(answer: Extract<HostInput, { type: 'effectAnswer' }>['answer']): void {
    const { key, mode } = answer;
    this.#journal.recordInput(answer.ok ? { type: 'effect.settled', key, ok: true, value: answer.value, mode } : { type: 'effect.settled', key, ok: false, error: answer.error, mode });
    const process = this.#effects.get(key);
    this.#effects.delete(key);
    if (!process || process.status === 'dead') return;
    this.#deliver(process, { kind: 'effectAnswer', key, result: answer.ok ? { ok: true, output: answer.value } : { ok: false, error: answer.error } });
  }

  /** What an output of this moment follows from. */
  depends(): Depends {
    return { ...Object.fromEntries(this.#depends), [`${this.host}#${this.life}`]: this.#journal.lastNumber };
  }

  // ---- time ----

  #fireTimers(): void {
    for (let due = this.#timers.takeDue(this.nowMs); due; due = this.#timers.takeDue(this.nowMs)) {
      this.#journal.recordInput({ type: 'timer.due', pid: due.pid, timer: due.id });
      due.fire();
    }
  }

  setTimer(process: Process, ms: number, payload: CastRequest['input']): number {
    const timer: number = this.#timers.set({
      atMs: this.nowMs + ms,
      pid: process.pid,
      fire: () => {
        process.timers.delete(timer);
        this.#deliver(process, { kind: 'timer', timer, payload });
      },
    });
    process.timers.add(timer);
    return timer;
  }

  cancelTimer(process: Process, timer: number): void {
    if (process.timers.delete(timer)) this.#timers.cancel(timer);
  }

  // ---- other hosts ----

  #receiveBatch(batch: Batch): void {
    const peer = this.#peers.get(batch.from);
    if (!peer || peer.life !== batch.life || !peer.isUp) {
      this.#journal.countDrop(batch.from, 'stale', batch.messages.length);
      return;
    }
    this.#journal.recordInput({ type: 'batch.received', from: batch.from, batch: batch.number });
    for (const [hostLife, number] of Object.entries(batch.depends)) {
      if ((this.#depends.get(hostLife) ?? 0) < number) this.#depends.set(hostLife, number);
    }
    peer.receive(batch);
    for (const { to, signal } of batch.messages) {
      if (signal.kind === 'spawn') this.#spawnHere(signal.from, signal.ref, signal.spawn);
      else if (isPid(to) && hostLifeOf(to) !== `${this.host}#${this.life}`) this.#journal.countDrop(to, 'stale');
      else this.send(to, signal);
    }
  }

  #welcomeHost(host: string, life: number): void {
    const peer = this.#peers.get(host);
    if (!peer) return;
    peer.begin(life);
    for (const { envelope, timer } of peer.waitingSpawns.splice(0)) {
      this.#timers.cancel(timer);
      peer.push(envelope);
    }
  }

  /** Everyone linked, watching or waiting hears `noconnection`, once what the lost life had sent is in the mailboxes. */
  #loseHost(host: string, life: number, reason: string): void {
    const peer = this.#peers.get(host);
    if (!peer?.isUp || peer.life !== life) return;
    this.#journal.recordInput({ type: 'host.lost', life, reason: `${host}: ${reason}` });
    peer.end();
    const lost = `${host}#${life}`;
    for (const [ref, open] of [...this.#openCalls]) {
      if (open.toHost === host) this.#answerOpen(ref, open, { ok: false, error: callError('noconnection', `host ${host} was lost`, open.to) });
    }
    for (const process of [...this.#processes.values()]) this.#tellLoss(process, lost);
  }

  #tellLoss(process: Process, lost: string): void {
    for (const [ref, pid] of [...process.monitors]) if (hostLifeOf(pid) === lost) this.#deliver(process, { kind: 'down', ref, from: pid, reason: 'noconnection' });
    for (const pid of [...process.links]) {
      if (hostLifeOf(pid) !== lost || process.status === 'dead') continue;
      this.#deliver(process, { kind: 'exit', from: pid, reason: 'noconnection', loss: lost });
    }
    const { pendingSpawns } = process;
    for (const [ref, at] of [...pendingSpawns]) if (at === lost) this.#answerSpawn(process.pid, { kind: 'spawned', ref, outcome: 'failed', reason: 'noconnection' });
  }

  // ---- births ----

  spawn(process: Process, request: SpawnRequest): number {
    const ref = this.#nextRef++;
    const host = this.program.nodes[request.node]?.host ?? this.host;
    if (host === this.host) {
      this.#spawnHere(process.pid, ref, request);
      return ref;
    }
    const peer = this.#peers.get(host);
    assert(peer, `no host ${host}`);
    const envelope: Envelope = { to: `${host}#0.0`, signal: { kind: 'spawn', ref, from: process.pid, spawn: request } };
    if (peer.isUp) {
      process.pendingSpawns.set(ref, `${host}#${peer.life}`);
      peer.push(envelope);
      return ref;
    }
    const timer = this.#timers.set({ atMs: this.nowMs + HOST_READY_TIMEOUT_MS, pid: process.pid, fire: () => this.#giveUpWaiting(peer, ref, process.pid) });
    process.pendingSpawns.set(ref, `${host}#${peer.life + 1}`);
    peer.waitingSpawns.push({ envelope, timer });
    return ref;
  }

  #giveUpWaiting(peer: PeerLink, ref: number, parent: Pid): void {
    const index = peer.waitingSpawns.findIndex(({ envelope }) => envelope.signal.kind === 'spawn' && envelope.signal.ref === ref);
    if (index < 0) return;
    peer.waitingSpawns.splice(index, 1);
    this.#answerSpawn(parent, { kind: 'spawned', ref, outcome: 'failed', reason: 'noconnection' });
  }

  #answerSpawn(parent: Pid, signal: Extract<Signal, { kind: 'spawned' }>): void {
    if (parent === OUTSIDE) this.#rootAnswered(signal);
    else this.send(parent, signal);
  }

  #spawnHere(parent: Pid, ref: number, request: SpawnRequest): void {
    const node = this.program.nodes[request.node];
    assert(node, `no node ${request.node}`);
    const { name } = request;
    const incarnation = (this.#incarnations.get(name) ?? 0) + 1;
    this.#incarnations.set(name, incarnation);
    const pid = `${this.host}#${this.life}.${this.#nextSerial++}`;
    const behaviour = this.#options.behaviours({
      program: this.program,
      node,
      name,
      incarnation,
      seed: mixSeed(this.#options.seed, name, incarnation),
      onSandboxLost: () => this.#endByName(pid, 'sandbox_lost'),
      ...(request.args === undefined ? {} : { args: request.args }),
    });
    const process = new Process({ pid, name, node, incarnation, parent, behaviour, spawnRef: ref });
    if (parent !== OUTSIDE) process.links.add(parent);
    this.#processes.get(parent)?.links.add(pid);
    this.#processes.set(pid, process);
    this.#names.set(name, process);
    this.#schedule(process);
  }

  #endByName(pid: Pid, reason: ExitReason): void {
    const process = this.#processes.get(pid);
    if (process) this.end(process, reason);
  }

  announce(process: Process): void {
    process.isAnnounced = true;
    this.#journal.record({ type: 'process.started', node: process.name, pid: process.pid, incarnation: process.incarnation });
  }

  started(process: Process): void {
    if (process.status !== 'starting') return;
    process.status = 'running';
    if (!process.isAnnounced) this.announce(process);
    this.#answerSpawn(process.parent ?? OUTSIDE, { kind: 'spawned', ref: process.spawnRef, outcome: 'started', pid: process.pid });
    this.#schedule(process);
  }

  ignore(process: Process): void {
    this.#forgetParent(process);
    this.#bury(process, 'normal');
    this.#answerSpawn(process.parent ?? OUTSIDE, { kind: 'spawned', ref: process.spawnRef, outcome: 'ignored' });
  }

  #startRoot(): void {
    this.#spawnHere(OUTSIDE, 0, { node: this.program.root, name: this.program.root });
    this.#root = this.#names.get(this.program.root)!.pid;
  }

  #rootAnswered(signal: Extract<Signal, { kind: 'spawned' }>): void {
    if (signal.outcome === 'started') return this.#ports.rootStarted();
    this.#root = undefined;
    this.#ports.rootExited(signal.outcome === 'failed' ? signal.reason : 'normal');
  }

  // ---- deaths ----

  #crashByOperator(name: string, reason: ExitReason): void {
    this.#journal.recordInput({ type: 'operator', action: `crash ${reason}`, target: name });
    const process = this.#names.get(name);
    if (process) this.end(process, reason === 'kill' ? 'killed' : reason);
  }

  requestExit(from: Pid, pid: Pid, reason: ExitReason): void {
    this.send(pid, { kind: 'exit', from, reason, request: true });
  }

  /** The end of a process: what it held is given back, everyone who waits for it or is linked to it hears of it. */
  end(process: Process, reason: ExitReason): void {
    if (process.status === 'dead') return;
    const wasStarting = process.status === 'starting';
    if (wasStarting) this.#forgetParent(process);
    this.#bury(process, reason);
    if (process.isAnnounced) this.#journal.record({ type: 'process.exited', node: process.name, pid: process.pid, reason });
    else this.#journal.record({ type: 'process.startFailed', node: process.name, reason });
    if (wasStarting) this.#answerSpawn(process.parent ?? OUTSIDE, { kind: 'spawned', ref: process.spawnRef, outcome: 'failed', reason });
    const exit: ExitSignal = { kind: 'exit', from: process.pid, reason };
    for (const pid of process.links) this.send(pid, exit);
    for (const { pid, ref } of process.watchers) this.send(pid, { kind: 'down', ref, from: process.pid, reason });
    if (process.pid === this.#root && !wasStarting) this.#ports.rootExited(reason);
  }

  #forgetParent(process: Process): void {
    if (!process.parent) return;
    process.links.delete(process.parent);
    this.#processes.get(process.parent)?.links.delete(process.pid);
  }

  #bury(process: Process, reason: ExitReason): void {
    process.status = 'dead';
    this.#processes.delete(process.pid);
    if (this.#names.get(process.name) === process) this.#names.delete(process.name);
    for (const timer of process.timers) this.#timers.cancel(timer);
    for (const ref of [...process.openCalls]) this.abandon(process, ref);
    for (const [ref, pid] of process.monitors) this.send(pid, { kind: 'demonitor', from: process.pid, ref });
    const error = callError('callee_exit', `${process.name} ended: ${isOrderlyExit(reason) ? reason : reason.slice(0, 200)}`, process.name);
    for (const call of process.unanswered.values()) this.#refuse(call, error);
    for (const signal of [...process.mailbox.drain(), ...process.blocked]) {
      if (signal.kind === 'call') this.#refuse(signal, error);
      else if (signal.kind === 'cast') this.#buryCast(process, signal);
      else if (signal.kind === 'request') this.send(signal.from, { kind: 'response', ref: signal.ref, body: { error: 'sup_down' } });
    }
    process.behaviour.dispose();
  }

  /** An accepted cast dies with the mailbox and is counted; one that still waited for room is refused. */
  #buryCast(process: Process, cast: CastSignal): void {
    if (process.blocked.includes(cast)) this.#refuseCast(cast, process.name, 'callee_exit');
    else this.#journal.countDrop(process.name, 'process_exited');
  }

  // ---- small things a process asks for ----

  get journal(): HostJournal {
    return this.#journal;
  }

  get unixMs(): number {
    return this.#options.epochMs + this.nowMs;
  }

  nextRef(): number {
    return this.#nextRef++;
  }

  isReachable(node: NodeId): boolean {
    const host = this.program.nodes[node]?.host ?? this.host;
    return host === this.host ? this.#names.get(node)?.status === 'running' : this.#peers.get(host)?.isUp === true;
  }

  wake(process: Process): void {
    this.#schedule(process);
  }
}
