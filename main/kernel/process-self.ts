import type { ExitReason } from '../../shared/run/exit-reason';
import type { DropReason, JournalEvent, LogLevel } from '../../shared/journal/record';
import type { Json } from '../../shared/json/json';
import type { NodeId } from '../../shared/ids';
import type { Program } from '../../shared/program/program';
import type { CallRequest, CastRequest, Self } from './behaviour';
import type { HostJournal } from './host-journal';
import type { Process } from './process';
import type { Address, CallResult, CallSignal, CastSignal, KernelSignal, Origin, Pid, Signal, SpawnRequest } from './signal';

/** What a process may ask of its host kernel. */
export interface SelfKernel {
  readonly program: Program;
  readonly nowMs: number;
  readonly unixMs: number;
  readonly journal: HostJournal;
  nextRef(): number;
  announce(process: Process): void;
  started(process: Process): void;
  ignore(process: Process): void;
  end(process: Process, reason: ExitReason): void;
  wake(process: Process): void;
  send(to: Address, signal: Signal | KernelSignal): void;
  call(process: Process, request: CallRequest): number;
  cast(process: Process, request: CastRequest): number;
  abandon(process: Process, ref: number): void;
  reply(process: Process, call: CallSignal, result: CallResult): void;
  forward(process: Process, message: CallSignal | CastSignal, to: NodeId): void;
  isReachable(node: NodeId): boolean;
  setTimer(process: Process, ms: number, payload: Json): number;
  cancelTimer(process: Process, timer: number): void;
  spawn(process: Process, request: SpawnRequest): number;
  requestExit(from: Pid, pid: Pid, reason: ExitReason): void;
  effect(process: Process, kind: 'console' | 'file.append', request: Json, origin: Origin | undefined): string;
  settle(input: { readonly id: number; readonly attempts: number }, result: CallResult): void;
  pull(process: Process, credit: number): void;
}

/** The `Self` of one process: thin, so that nothing of a process can act for another. A dead process's `self` does nothing. */
export class ProcessSelf implements Self {
  readonly #kernel: SelfKernel;
  readonly #process: Process;

  constructor(kernel: SelfKernel, process: Process) {
    this.#kernel = kernel;
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
    return this.#kernel.program;
  }
  get nowMs(): number {
    return this.#kernel.nowMs;
  }
  get unixMs(): number {
    return this.#kernel.unixMs;
  }
  get #isAlive(): boolean {
    return this.#process.status !== 'dead';
  }

  announce(): void {
    this.#kernel.announce(this.#process);
  }
  started(): void {
    this.#kernel.started(this.#process);
  }
  failStart(reason: ExitReason): void {
    this.#kernel.end(this.#process, reason);
  }
  ignore(): void {
    this.#kernel.ignore(this.#process);
  }
  exit(reason: ExitReason): void {
    this.#kernel.end(this.#process, reason);
  }

  hold(): void {
    this.#process.isHolding = true;
  }
  release(): void {
    this.#process.isHolding = false;
    this.#kernel.wake(this.#process);
  }
  select(matches?: (signal: Signal) => boolean): void {
    this.#process.matches = matches;
  }
  take(matches: (signal: Signal) => boolean): Signal | undefined {
    return this.#process.mailbox.takeFirst(matches);
  }

  call(request: CallRequest): number {
    return this.#isAlive ? this.#kernel.call(this.#process, request) : 0;
  }
  cast(request: CastRequest): number {
    return this.#isAlive ? this.#kernel.cast(this.#process, request) : 0;
  }
  abandon(ref: number): void {
    this.#kernel.abandon(this.#process, ref);
  }
  reply(call: CallSignal, result: CallResult): void {
    this.#kernel.reply(this.#process, call, result);
  }
  forward(message: CallSignal | CastSignal, to: NodeId): void {
    this.#kernel.forward(this.#process, message, to);
  }
  isReachable(node: NodeId): boolean {
    return this.#kernel.isReachable(node);
  }
  send(to: Address, signal: Signal): void {
    if (this.#isAlive) this.#kernel.send(to, signal);
  }
  note(payload: Json): void {
    this.#process.mailbox.push({ kind: 'note', payload });
    this.#kernel.wake(this.#process);
  }
  setTimer(ms: number, payload: Json): number {
    return this.#isAlive ? this.#kernel.setTimer(this.#process, ms, payload) : 0;
  }
  cancelTimer(timer: number): void {
    this.#kernel.cancelTimer(this.#process, timer);
  }

  spawn(request: SpawnRequest): number {
    return this.#kernel.spawn(this.#process, request);
  }
  requestExit(pid: Pid, reason: ExitReason): void {
    this.#kernel.requestExit(this.pid, pid, reason);
  }
  kill(pid: Pid): void {
    this.#kernel.send(pid, { kind: 'kill', from: this.pid });
  }
  link(pid: Pid): void {
    this.#process.links.add(pid);
    this.#kernel.send(pid, { kind: 'link', from: this.pid });
  }
  unlink(pid: Pid): void {
    this.#process.links.delete(pid);
    this.#kernel.send(pid, { kind: 'unlink', from: this.pid });
  }
  monitor(pid: Pid): number {
    const ref = this.#kernel.nextRef();
    this.#process.monitors.set(ref, pid);
    this.#kernel.send(pid, { kind: 'monitor', from: this.pid, ref });
    return ref;
  }
  demonitor(ref: number): void {
    const pid = this.#process.monitors.get(ref);
    this.#process.monitors.delete(ref);
    if (pid) this.#kernel.send(pid, { kind: 'demonitor', from: this.pid, ref });
  }

  effect(kind: 'console' | 'file.append', request: Json, origin: Origin | undefined): string {
    return this.#kernel.effect(this.#process, kind, request, origin);
  }
  settle(input: { readonly id: number; readonly attempts: number }, result: CallResult): void {
    this.#kernel.settle(input, result);
  }
  pull(credit: number): void {
    this.#kernel.pull(this.#process, credit);
  }
  record(event: JournalEvent): void {
    this.#kernel.journal.record(event);
  }
  log(level: LogLevel, text: string): void {
    this.record({ type: 'log', node: this.name, level, text });
  }
  drop(reason: DropReason, count: number): void {
    this.#kernel.journal.countDrop(this.name, reason, count);
  }
}
