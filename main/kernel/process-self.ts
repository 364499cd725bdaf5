import type { EffectKind } from '../../shared/run/engine-protocol';
import type { ExitReason } from '../../shared/run/exit-reason';
import type { DropReason, JournalEvent, LogLevel } from '../../shared/journal/record';
import type { Json } from '../../shared/json/json';
import type { NodeId } from '../../shared/ids';
import type { Program } from '../../shared/program/program';
import type { CallRequest, CastRequest, Self } from './behaviour';
import type { Host } from './host';
import type { Process } from './process';
import type { Address, CallResult, CallSignal, CastSignal, Origin, Pid, Signal, SpawnRequest } from './signal';

/** The `Self` of one process: thin, so that nothing of a process can act for another. A dead process's `self` does nothing. */
export class ProcessSelf implements Self {
  readonly #host: Host;
  readonly #process: Process;

  constructor(host: Host, process: Process) {
    this.#host = host;
    this.#process = process;
  }

  get pid(): Pid {
    return this.#process.pid;
  }
  get name(): string {
    return this.#process.name;
  }
  get node(): Process['node'] {
    return this.#process.node;
  }
  get parent(): Pid | undefined {
    return this.#process.parent;
  }
  get incarnation(): number {
    return this.#process.incarnation;
  }
  get program(): Program {
    return this.#host.program;
  }
  get nowMs(): number {
    return this.#host.nowMs;
  }
  get unixMs(): number {
    return this.#host.unixMs;
  }
  get #isAlive(): boolean {
    return this.#process.status !== 'dead';
  }

  announce(): void {
    this.#host.starts.announce(this.#process);
  }
  started(): void {
    this.#host.starts.started(this.#process);
  }
  failStart(reason: ExitReason): void {
    this.#host.deaths.end(this.#process, reason);
  }
  ignore(): void {
    this.#host.starts.ignore(this.#process);
  }
  exit(reason: ExitReason): void {
    this.#host.deaths.end(this.#process, reason);
  }

  hold(): void {
    this.#process.isHolding = true;
  }
  release(): void {
    this.#process.isHolding = false;
    this.#host.turns.schedule(this.#process);
  }
  select(matches?: (signal: Signal) => boolean): void {
    this.#process.matches = matches;
  }
  take(matches: (signal: Signal) => boolean): Signal | undefined {
    return this.#process.mailbox.takeFirst(matches);
  }
  waits(matches: (signal: Signal) => boolean): boolean {
    return this.#process.mailbox.has(matches);
  }

  call(request: CallRequest): number {
    return this.#isAlive ? this.#host.calls.call(this.#process, request) : 0;
  }
  cast(request: CastRequest): number {
    return this.#isAlive ? this.#host.calls.cast(this.#process, request) : 0;
  }
  abandon(ref: number): void {
    this.#host.calls.abandon(this.#process, ref);
  }
  reply(call: CallSignal, result: CallResult): void {
    this.#host.calls.reply(this.#process, call, result);
  }
  sendItem(call: CallSignal, value: Json): void {
    this.#host.streams.sendItem(this.#process, call, value);
  }
  demand(ref: number, items: number): void {
    this.#host.calls.demand(this.#process, ref, items);
  }
  forward(message: CallSignal | CastSignal, to: NodeId): void {
    this.#host.calls.forward(this.#process, message, to);
  }
  isReachable(node: NodeId): boolean {
    return this.#host.isReachable(node);
  }
  send(to: Address, signal: Signal): void {
    if (signal.kind === 'response') this.#process.request = undefined;
    if (this.#isAlive) this.#host.delivery.send(to, signal);
  }
  note(payload: Json): void {
    this.#process.mailbox.push({ kind: 'note', payload });
    this.#host.turns.schedule(this.#process);
  }
  setTimer(ms: number, payload: Json): number {
    return this.#isAlive ? this.#host.processTimers.set(this.#process, ms, payload) : 0;
  }
  cancelTimer(timer: number): void {
    this.#host.processTimers.cancel(this.#process, timer);
  }

  spawn(request: SpawnRequest): number {
    return this.#host.starts.spawn(this.#process, request);
  }
  requestExit(pid: Pid, reason: ExitReason): void {
    this.#host.delivery.send(pid, { kind: 'exit', from: this.pid, reason, request: true });
  }
  kill(pid: Pid): void {
    this.#host.delivery.send(pid, { kind: 'kill', from: this.pid });
  }
  link(pid: Pid): void {
    this.#process.links.add(pid);
    this.#host.delivery.send(pid, { kind: 'link', from: this.pid });
  }
  unlink(pid: Pid): void {
    this.#process.links.delete(pid);
    this.#host.delivery.send(pid, { kind: 'unlink', from: this.pid });
  }
  monitor(pid: Pid): number {
    const ref = this.#host.nextRef();
    (this.#process.monitors ??= new Map()).set(ref, pid);
    this.#host.delivery.send(pid, { kind: 'monitor', from: this.pid, ref });
    return ref;
  }
  demonitor(ref: number): void {
    const pid = this.#process.monitors?.get(ref);
    this.#process.monitors?.delete(ref);
    if (pid) this.#host.delivery.send(pid, { kind: 'demonitor', from: this.pid, ref });
  }

  effect(kind: EffectKind, request: Json, origin: Origin | undefined): string {
    return this.#host.effects.effect(this.#process, kind, request, origin);
  }
  abandonEffect(key: string): void {
    this.#host.effects.abandon(this.#process, key);
  }
  settle(input: { readonly id: number; readonly attempts: number }, result: CallResult): void {
    this.#host.ports.settle({ ...input, ...result }, this.#host.depends());
  }
  pull(credit: number): void {
    this.#host.ports.pull(this.name, this.incarnation, credit);
  }
  record(event: JournalEvent): void {
    this.#host.journal.record(event);
  }
  log(level: LogLevel, text: string): void {
    this.record({ type: 'log', node: this.name, level, text });
  }
  drop(reason: DropReason, count: number): void {
    this.#host.journal.countDrop(this.name, reason, count);
  }
}
