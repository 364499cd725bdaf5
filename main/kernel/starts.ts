/** How processes begin: on this host, on another that is up, or on one that is waited for; and what their parent is told. */
import { assert } from '../../shared/assert';
import type { Host, Starting } from './host';
import type { PeerLink } from './peer-link';
import { Process } from './process';
import { mixSeed } from './seed';
import { OUTSIDE } from './signal';
import type { Envelope, Pid, Signal, SpawnRequest } from './signal';

/** A start on a host that is not ready waits this long for it, then fails with `noconnection` (contract section 3). */
export const HOST_READY_TIMEOUT_MS = 5000;

export class Starts implements Starting {
  readonly #host: Host;
  /** Reached by processes that are no more; a living one says its own. */
  readonly #incarnations: Map<string, number>;
  #nextSerial = 1;

  constructor(host: Host) {
    this.#host = host;
    this.#incarnations = new Map(Object.entries(host.options.incarnations));
  }

  spawn(process: Process, request: SpawnRequest): number {
    const ref = this.#host.nextRef();
    const host = this.#host.hostOfNode(request.node);
    if (host === this.#host.host) {
      this.spawnHere(process.pid, ref, request);
      return ref;
    }
    const link = this.#host.links.get(host);
    assert(link, `no host ${host}`);
    const envelope: Envelope = { to: `${host}#0.0`, signal: { kind: 'spawn', ref, from: process.pid, spawn: request } };
    if (link.isUp) {
      (process.pendingSpawns ??= new Map()).set(ref, `${host}#${link.life}`);
      link.push(envelope);
    } else this.#waitFor(link, process, ref, envelope);
    return ref;
  }

  #waitFor(link: PeerLink, process: Process, ref: number, envelope: Envelope): void {
    const { timers, nowMs } = this.#host;
    const timer = timers.set({ atMs: nowMs + HOST_READY_TIMEOUT_MS, pid: process.pid, fire: () => this.#giveUpWaiting(link, ref, process.pid) });
    link.waitingSpawns.push({ envelope, timer });
  }

  #giveUpWaiting(link: PeerLink, ref: number, parent: Pid): void {
    const index = link.waitingSpawns.findIndex(({ envelope }) => envelope.signal.kind === 'spawn' && envelope.signal.ref === ref);
    if (index < 0) return;
    link.waitingSpawns.splice(index, 1);
    this.answer(parent, { kind: 'spawned', ref, outcome: 'failed', reason: 'noconnection' });
  }

  answer(parent: Pid, signal: Extract<Signal, { kind: 'spawned' }>): void {
    if (parent === OUTSIDE) this.#rootAnswered(signal);
    else this.#host.delivery.send(parent, signal);
  }

  spawnHere(parent: Pid, ref: number, request: SpawnRequest): void {
    const { program, options, host, life, processes, names } = this.#host;
    const node = program.nodes[request.node];
    assert(node, `no node ${request.node}`);
    const { name, args } = request;
    const incarnation = Math.max(this.#incarnations.get(name) ?? 0, names.get(name)?.incarnation ?? 0) + 1;
    const pid = `${host}#${life}.${this.#nextSerial++}`;
    const onSandboxLost = (): void => this.#loseSandbox(pid);
    const behaviour = options.behaviours({ program, node, name, incarnation, seed: mixSeed(options.seed, name, incarnation), onSandboxLost, ...(args === undefined ? {} : { args }) });
    const process = new Process({ pid, name, node, incarnation, parent, behaviour, spawnRef: ref, wires: this.#host.wires });
    if (parent !== OUTSIDE) process.links.add(parent);
    processes.get(parent)?.links.add(pid);
    processes.set(pid, process);
    names.set(name, process);
    this.#host.turns.schedule(process);
  }

  #loseSandbox(pid: Pid): void {
    const process = this.#host.processes.get(pid);
    if (process) this.#host.deaths.end(process, 'sandbox_lost');
  }

  buried({ name, incarnation }: Process): void {
    this.#incarnations.set(name, Math.max(this.#incarnations.get(name) ?? 0, incarnation));
  }

  announce(process: Process): void {
    process.isAnnounced = true;
    this.#host.journal.record({ type: 'process.started', node: process.name, pid: process.pid, incarnation: process.incarnation });
  }

  started(process: Process): void {
    if (process.status !== 'starting') return;
    process.status = 'running';
    if (!process.isAnnounced) this.announce(process);
    this.answer(process.parent ?? OUTSIDE, { kind: 'spawned', ref: process.spawnRef, outcome: 'started', pid: process.pid });
    this.#host.turns.schedule(process);
  }

  ignore(process: Process): void {
    const { deaths } = this.#host;
    deaths.forgetParent(process);
    deaths.bury(process, 'normal');
    this.answer(process.parent ?? OUTSIDE, { kind: 'spawned', ref: process.spawnRef, outcome: 'ignored' });
  }

  startRoot(): void {
    const { root } = this.#host.program;
    this.spawnHere(OUTSIDE, 0, { node: root, name: root });
    this.#host.root = this.#host.names.get(root)!.pid;
  }

  #rootAnswered(signal: Extract<Signal, { kind: 'spawned' }>): void {
    const { ports } = this.#host;
    if (signal.outcome === 'started') return ports.rootStarted();
    this.#host.root = undefined;
    ports.rootExited(signal.outcome === 'failed' ? signal.reason : 'normal');
  }
}
