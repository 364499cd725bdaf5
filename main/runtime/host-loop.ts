/** A host's thread: gives the kernel its inputs, lets it make turns in slices, and carries away what leaves it. */
import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import { assert, assertNever } from '../../shared/assert';
import type { Program } from '../../shared/program/program';
import type { GuestPool } from '../behaviours/guest';
import { guardWires } from '../guards/guarded-wires';
import type { BehaviourFactory } from '../kernel/behaviour';
import { HostKernel } from '../kernel/host-kernel';
import type { HostInput, HostPorts } from '../kernel/ports';
import { decodeBatch, encodeBatch } from './batch-text';
import { ChunkWriter } from './chunk-writer';
import { monotonicMs, type FromHost, type HostBirth, type ToHost } from './host-protocol';

/** Longest run of turns before pings and other messages get their turn. */
const SLICE_MS = 5;
/** Idle for so long before work is done ahead. */
const IDLE_MS = 5;

/** `behaviours`: what its processes do; `guests`: the sandboxes that they ask for. */
export type HostLoopOptions = { readonly program: Program; readonly behaviours: BehaviourFactory; readonly guests: GuestPool; readonly post: (message: FromHost) => void };

export class HostLoop {
  readonly #birth: HostBirth;
  readonly #guests: GuestPool;
  readonly #post: (message: FromHost) => void;
  readonly #chunks: ChunkWriter;
  readonly #kernel: HostKernel;
  readonly #peers = new Map<string, { readonly life: number; readonly port: MessagePort }>();
  #isPumping = false;
  #isPreparing = false;
  #alarm: ReturnType<typeof setTimeout> | undefined;

  constructor(birth: HostBirth, { program, behaviours, guests, post }: HostLoopOptions) {
    this.#birth = birth;
    this.#guests = guests;
    this.#post = post;
    this.#chunks = new ChunkWriter({ host: birth.host, life: birth.life, emit: (chunk) => post({ type: 'chunk', chunk }) });
    this.#kernel = new HostKernel({ ...birth, program, behaviours, guards: guardWires, ports: this.#ports() });
  }

  #ports(): HostPorts {
    const post = this.#post;
    return {
      // One text a batch: several times the rate of a structured clone of its messages.
      send: (host, batch) => this.#peers.get(host)?.port.postMessage(encodeBatch(batch)),
      record: (record) => {
        this.#chunks.add(record);
        if (record.type === 'process.started') post({ type: 'incarnation', name: record.node, incarnation: record.incarnation });
      },
      effect: (effect, depends) => post({ type: 'effect', effect, depends }),
      abandonEffect: (key) => post({ type: 'effectAbandoned', key }),
      settle: (settlement, depends) => post({ type: 'settled', settlement, depends }),
      pull: (node, incarnation, credit) => post({ type: 'pull', node, incarnation, credit }),
      respond: (ref, body) => post({ type: 'response', ref, body }),
      rootStarted: () => post({ type: 'rootStarted' }),
      rootExited: (reason) => post({ type: 'rootExited', reason }),
    };
  }

  receive(message: ToHost): void {
    switch (message.type) {
      case 'ping':
        return this.#post({ type: 'pong' });
      case 'peer':
        return this.#addPeer(message.host, message.life, message.port);
      case 'up':
        return this.#input({ type: 'hostUp', host: message.host, life: message.life });
      case 'down':
        return this.#losePeer(message.host, message.life, message.reason);
      case 'input':
        return message.input.type === 'program' ? this.#takeProgram(message.input) : this.#input(message.input);
      case 'ask':
        this.#finishSlice();
        return this.#post({ type: 'status', round: message.round, status: this.#kernel.status() });
      case 'measure':
        return this.#post({ type: 'measured', round: message.round, measure: this.#kernel.measure(this.#nowMs) });
      case 'birth':
        return assert(false, 'a thread is one host, and has one life');
      default:
        return assertNever(message);
    }
  }

  #takeProgram(input: Extract<HostInput, { type: 'program' }>): void {
    if (input.program.hosts.some(({ id, instances }) => id === this.#birth.host && instances.length > 0)) this.#guests.expectGuests();
    this.#input(input);
    this.#post({ type: 'programmed' });
  }

  #addPeer(host: string, life: number, port: MessagePort): void {
    this.#peers.get(host)?.port.close();
    this.#peers.set(host, { life, port });
    port.on('message', (text: string) => this.#receiveBatch(text));
  }

  #receiveBatch(text: string): void {
    this.#input({ type: 'batch', batch: decodeBatch(text) });
  }

  /** What the lost life had sent is taken first; only then does anyone hear of the loss. */
  #losePeer(host: string, life: number, reason: string): void {
    const peer = this.#peers.get(host);
    if (peer?.life === life) {
      for (let held = receiveMessageOnPort(peer.port); held; held = receiveMessageOnPort(peer.port)) this.#receiveBatch(held.message as string);
      peer.port.close();
      this.#peers.delete(host);
    }
    this.#input({ type: 'hostDown', host, life, reason });
  }

  get #nowMs(): number {
    return Math.floor(monotonicMs() - this.#birth.originMs);
  }

  #input(input: HostInput): void {
    this.#kernel.input(input, this.#nowMs);
    this.#pump();
  }

  /** Starts slices of turns unless they run already; they end when there is no turn left to make. */
  #pump(): void {
    if (this.#isPumping) return;
    this.#isPumping = true;
    setImmediate(() => void this.#slice());
  }

  async #slice(): Promise<void> {
    const untilMs = monotonicMs() + SLICE_MS;
    let hasMore = true;
    while (hasMore && monotonicMs() < untilMs) {
      // A start needs an instance at once: one is always kept ready, made here, between turns.
      if (this.#guests.needsRefill) await this.#guests.refill();
      hasMore = this.#kernel.step();
    }
    this.#finishSlice();
    if (hasMore) setImmediate(() => void this.#slice());
    else {
      this.#isPumping = false;
      this.#setAlarm();
      this.#prepareAhead();
    }
  }

  /** What makes later starts quicker, one piece at a time, once nothing has been to do for a moment: a message waits for one at most. */
  #prepareAhead(): void {
    if (this.#isPreparing || !this.#guests.needsAhead) return;
    this.#isPreparing = true;
    setTimeout(() => {
      this.#isPreparing = false;
      if (this.#isPumping) return;
      this.#guests.makeAhead();
      this.#prepareAhead();
    }, IDLE_MS);
  }

  #finishSlice(): void {
    // Before the batches that follow from it, so that records are mostly committed in the order of cause and effect.
    this.#chunks.flush();
    this.#kernel.flush();
    this.#chunks.flush();
  }

  #setAlarm(): void {
    clearTimeout(this.#alarm);
    const atMs = this.#kernel.nextTimerAtMs();
    if (atMs === undefined) return;
    this.#alarm = setTimeout(() => this.#input({ type: 'clock' }), Math.max(0, Math.ceil(atMs - this.#nowMs)));
  }
}
