/** Hosts of one simulated run and the network between them: batches take `LATENCY_MS`, a lost host comes back after `REVIVE_MS`. */
import { assert } from '../../shared/assert';
import { CONTROL_HOST } from '../../shared/ids';
import type { HostRecord } from '../../shared/journal/record';
import type { Json } from '../../shared/json/json';
import type { Program } from '../../shared/program/program';
import type { EffectRequest, Settlement } from '../../shared/run/engine-protocol';
import type { ExitReason } from '../../shared/run/exit-reason';
import { guardWires } from '../guards/guarded-wires';
import type { BehaviourFactory } from '../kernel/behaviour';
import { HostKernel } from '../kernel/host-kernel';
import type { Batch, HostInput } from '../kernel/ports';
import { EventQueue } from './event-queue';

/** Virtual time a batch takes between two hosts. */
export const LATENCY_MS = 1;
/** Virtual time until a lost host is ready again. */
export const REVIVE_MS = 50;

type ClusterEvent =
  | { readonly kind: 'batch'; readonly to: string; readonly batch: Batch }
  | { readonly kind: 'up'; readonly host: string }
  | { readonly kind: 'task'; readonly run: () => void };

export type ClusterOptions = {
  readonly program: Program;
  readonly seed: number;
  readonly epochMs: number;
  readonly behaviours: BehaviourFactory;
  readonly onRecord: (host: string, life: number, record: HostRecord) => void;
  readonly onEffect: (effect: EffectRequest) => void;
  readonly onEffectAbandoned?: (key: string) => void;
  readonly onSettled: (settlement: Settlement) => void;
  readonly onPull: (node: string, incarnation: number, credit: number) => void;
  /** The answer to a `request` input. */
  readonly onRespond?: (ref: number, body: Json) => void;
  /** The whole tree is up, for the first time. */
  readonly onRootStarted?: () => void;
  readonly onRootExited: (reason: ExitReason) => void;
};

export class Cluster {
  readonly #options: ClusterOptions;
  readonly #hosts = new Map<string, HostKernel>();
  readonly #lives = new Map<string, number>();
  readonly #incarnations = new Map<string, Map<string, number>>();
  readonly #events = new EventQueue<ClusterEvent>();
  nowMs = 0;
  #retiredSteps = 0;

  constructor(options: ClusterOptions) {
    this.#options = options;
    for (const { id } of options.program.hosts) this.#begin(id);
    for (const { id } of options.program.hosts) this.#announce(id);
    this.give(CONTROL_HOST, { type: 'startRoot' });
  }

  get steps(): number {
    return [...this.#hosts.values()].reduce((sum, host) => sum + host.steps, this.#retiredSteps);
  }

  isUp(host: string): boolean {
    return this.#hosts.has(host);
  }

  isAlive(node: string): boolean {
    return [...this.#hosts.values()].some((host) => host.isAlive(node));
  }

  /** Whether the process is starting, or in the middle of a message, or has one to take. */
  isBusy(name: string): boolean {
    return [...this.#hosts.values()].some((host) => host.agents().some(({ node, status }) => node === name && status !== 'idle'));
  }

  hostOf(node: string): string {
    const host = this.#options.program.nodes[node]?.host;
    assert(host !== undefined, `no node ${node}`);
    return host;
  }

  give(host: string, input: HostInput): void {
    this.#hosts.get(host)?.input(input, this.nowMs);
  }

  /** Something of the world outside: a load line, a fault, an answer. */
  schedule(atMs: number, run: () => void): void {
    this.#events.put(Math.max(atMs, this.nowMs), { kind: 'task', run });
  }

  /** One turn on every host that has one to make. Answers whether any had. */
  step(): boolean {
    let hasMoved = false;
    for (const host of [...this.#hosts.values()]) hasMoved = host.step() || hasMoved;
    if (!hasMoved) for (const host of this.#hosts.values()) host.flush();
    return hasMoved;
  }

  /** Moves time to the next thing that is due. Answers whether there is one, no later than `untilMs`. */
  advance(untilMs: number): boolean {
    const eventAtMs = this.#events.nextAtMs() ?? Infinity;
    const timers = [...this.#hosts.values()].map((host) => ({ host, atMs: host.nextTimerAtMs() ?? Infinity }));
    const timerAtMs = Math.min(...timers.map(({ atMs }) => atMs));
    const atMs = Math.min(eventAtMs, timerAtMs);
    if (atMs === Infinity || atMs > untilMs) return false;
    this.nowMs = Math.max(this.nowMs, atMs);
    if (eventAtMs <= timerAtMs) this.#apply(this.#events.take()!);
    else timers.find((timer) => timer.atMs === timerAtMs)!.host.input({ type: 'clock' }, this.nowMs);
    return true;
  }

  /** Whether nothing is under way; timers and tasks may still be due. */
  get isQuiet(): boolean {
    return [...this.#hosts.values()].every((host) => host.status().idle && host.status().effects === 0) && this.#events.size === 0;
  }

  get timers(): number {
    return [...this.#hosts.values()].reduce((sum, host) => sum + host.status().timers, 0);
  }

  #apply(event: ClusterEvent): void {
    switch (event.kind) {
      case 'batch':
        return this.give(event.to, { type: 'batch', batch: event.batch });
      case 'up':
        this.#begin(event.host);
        return this.#announce(event.host);
      case 'task':
        return event.run();
    }
  }

  #begin(host: string): void {
    const life = (this.#lives.get(host) ?? 0) + 1;
    this.#lives.set(host, life);
    const { program, seed, epochMs, behaviours, onRecord, onEffect, onEffectAbandoned = () => undefined, onSettled, onPull, onRespond = () => undefined, onRootStarted = () => undefined, onRootExited } = this.#options;
    const kernel = new HostKernel({
      program,
      host,
      life,
      seed,
      epochMs,
      behaviours,
      guards: guardWires,
      trace: false,
      incarnations: Object.fromEntries(this.#incarnations.get(host) ?? []),
      ports: {
        send: (to, batch) => this.#events.put(this.nowMs + LATENCY_MS, { kind: 'batch', to, batch }),
        record: (record) => {
          if (record.type === 'process.started') this.#remember(host, record.node, record.incarnation);
          onRecord(host, life, record);
        },
        effect: (effect) => onEffect(effect),
        abandonEffect: onEffectAbandoned,
        settle: (settlement) => onSettled(settlement),
        pull: onPull,
        respond: onRespond,
        rootStarted: onRootStarted,
        rootExited: onRootExited,
      },
    });
    kernel.nowMs = this.nowMs;
    this.#hosts.set(host, kernel);
  }

  #remember(host: string, node: string, incarnation: number): void {
    const known = this.#incarnations.get(host) ?? new Map<string, number>();
    known.set(node, incarnation);
    this.#incarnations.set(host, known);
  }

  #announce(host: string): void {
    for (const [other, kernel] of this.#hosts) {
      if (other === host) continue;
      kernel.input({ type: 'hostUp', host, life: this.#lives.get(host)! }, this.nowMs);
      this.give(host, { type: 'hostUp', host: other, life: this.#lives.get(other)! });
    }
  }

  /** What the lost life had sent is taken first; then the others hear of the loss. */
  killHost(host: string): void {
    const kernel = this.#hosts.get(host);
    if (!kernel) return;
    kernel.flush();
    for (const event of this.#events.takeAll((one) => one.kind === 'batch' && one.batch.from === host)) this.#apply(event);
    this.#events.takeAll((one) => one.kind === 'batch' && one.to === host);
    const life = this.#lives.get(host)!;
    this.#retiredSteps += kernel.steps;
    this.#hosts.delete(host);
    kernel.dispose();
    for (const other of this.#hosts.values()) other.input({ type: 'hostDown', host, life, reason: 'killed' }, this.nowMs);
    this.#events.put(this.nowMs + REVIVE_MS, { kind: 'up', host });
  }

  dispose(): void {
    for (const host of this.#hosts.values()) host.dispose();
    this.#hosts.clear();
  }
}
