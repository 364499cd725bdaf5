/**
 * One host: its processes, their mailboxes, links, monitors and timers, and one turn at a time. It knows no thread, no clock
 * and no disk: time enters with inputs, everything leaves through `HostPorts`, so that the same inputs at the same steps
 * give the same host, in a worker thread and in the simulator. What it does stands in a file for each topic; see `host.ts`.
 */
import type { Program } from '../../shared/program/program';
import { Calls } from './calls';
import { Deaths } from './deaths';
import { Delivery } from './delivery';
import { Effects } from './effects';
import { Host, type HostKernelOptions } from './host';
import { HostOfGuards } from './host-of-guards';
import { agentsOf, measureOf, statusOf } from './host-status';
import { Peers } from './peers';
import type { AgentStatus, HostInput, HostMeasure, HostStatus } from './ports';
import { ProcessTimers } from './process-timers';
import { OUTSIDE } from './signal';
import { Starts } from './starts';
import { Streams } from './streams';
import { Turns } from './turns';

export class HostKernel {
  readonly #host: Host;
  readonly #turns: Turns;
  readonly #delivery: Delivery;
  readonly #calls: Calls;
  readonly #starts: Starts;
  readonly #deaths: Deaths;
  readonly #peers: Peers;
  readonly #effects: Effects;
  readonly #timers: ProcessTimers;

  constructor(options: HostKernelOptions) {
    const host = new Host(options);
    this.#host = host;
    host.turns = this.#turns = new Turns(host);
    host.delivery = this.#delivery = new Delivery(host);
    host.calls = this.#calls = new Calls(host);
    host.streams = new Streams(host);
    host.starts = this.#starts = new Starts(host);
    host.deaths = this.#deaths = new Deaths(host);
    host.peers = this.#peers = new Peers(host);
    host.effects = this.#effects = new Effects(host);
    host.processTimers = this.#timers = new ProcessTimers(host);
    host.guards = options.guards?.(new HostOfGuards(host));
    host.journal.recordInput({ type: 'host.started', life: options.life });
  }

  get nowMs(): number {
    return this.#host.nowMs;
  }

  /** Where this host's clock begins, before its first input. */
  set nowMs(nowMs: number) {
    this.#host.nowMs = nowMs;
  }

  /** Turns made so far. */
  get steps(): number {
    return this.#host.steps;
  }

  /** Only between steps. `atMs` is the run's clock at this moment; it never goes back. */
  input(input: HostInput, atMs: number): void {
    this.#host.nowMs = Math.max(this.#host.nowMs, atMs);
    switch (input.type) {
      case 'batch':
        return this.#peers.receiveBatch(input.batch);
      case 'outside':
        return this.#calls.receiveOutside(input.input, input.incarnation);
      case 'sourceEnd':
        return this.#delivery.toIncarnation(input.node, input.incarnation, { kind: 'itemsEnd', items: input.items });
      case 'effectItem':
        return this.#effects.receiveItem(input.key, input.value);
      case 'effectAnswer':
        return this.#effects.receiveAnswer(input.answer);
      case 'clock':
        return this.#timers.fireDue();
      case 'hostDown':
        return this.#peers.lose(input.host, input.life, input.reason);
      case 'hostUp':
        return this.#peers.welcome(input.host, input.life);
      case 'operator':
        return this.#operate(input.command);
      case 'request':
        return this.#delivery.toName(input.node, { kind: 'request', ref: input.ref, from: OUTSIDE, body: input.body });
      case 'program':
        return this.#takeProgram(input.program);
      case 'replace':
        return this.#replace(input);
      case 'startRoot':
        return this.#starts.startRoot();
      case 'stopRoot':
        return this.#stopRoot();
    }
  }

  #operate(command: Extract<HostInput, { type: 'operator' }>['command']): void {
    if (command.action === 'crash') return this.#deaths.crashByOperator(command.node, command.reason);
    this.#host.journal.recordInput({ type: 'operator', action: `force ${command.force} guard ${command.guard}`, target: command.wire });
    this.#host.guards?.force(command);
  }

  #takeProgram(program: Program): void {
    const host = this.#host;
    host.journal.recordInput({ type: 'operator', action: `program ${program.hash}`, target: host.host });
    host.program = program;
  }

  #replace({ ref, supervisor, child }: Extract<HostInput, { type: 'replace' }>): void {
    this.#host.journal.recordInput({ type: 'operator', action: 'replace', target: child });
    this.#delivery.toName(supervisor, { kind: 'request', ref, from: OUTSIDE, body: { call: 'replaceChild', id: child } });
  }

  #stopRoot(): void {
    const { root } = this.#host;
    if (root) this.#delivery.send(root, { kind: 'exit', from: OUTSIDE, reason: 'shutdown', request: true });
  }

  /** One turn of one process. Answers whether there was one to make. */
  step(): boolean {
    return this.#turns.step();
  }

  /** Sends what has gathered for other hosts; the driver calls it at the end of each slice. */
  flush(): void {
    this.#host.journal.flushDrops();
    this.#peers.flush();
  }

  nextTimerAtMs(): number | undefined {
    return this.#host.timers.nextAtMs();
  }

  status(): HostStatus {
    return statusOf(this.#host);
  }

  agents(): readonly AgentStatus[] {
    return agentsOf(this.#host);
  }

  /** `atMs` is the clock of this moment: it moves nothing on. */
  measure(atMs: number): HostMeasure {
    return measureOf(this.#host, atMs);
  }

  isAlive(name: string): boolean {
    return this.#host.names.has(name);
  }

  dispose(): void {
    for (const process of this.#host.processes.values()) process.behaviour.dispose();
    this.#host.processes.clear();
    this.#host.names.clear();
  }
}
