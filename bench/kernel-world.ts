/** One host of the kernel without a thread: what is measured in it is the kernel, the behaviours and, where wanted, the records as chunks. */
import { assert } from '../shared/assert';
import type { Settlement } from '../shared/run/engine-protocol';
import type { Json } from '../shared/json/json';
import type { Program } from '../shared/program/program';
import { behavioursWith } from '../main/behaviours/make-behaviour';
import type { GuestPool } from '../main/behaviours/guest';
import { guardWires } from '../main/guards/guarded-wires';
import type { Behaviour, Self } from '../main/kernel/behaviour';
import { HostKernel } from '../main/kernel/host-kernel';
import type { HostInput } from '../main/kernel/ports';
import type { Signal } from '../main/kernel/signal';
import { ChunkWriter } from '../main/runtime/chunk-writer';
import { NativeGuests } from '../main/runtime/sandbox/native-guest';
import { SandboxPool } from '../main/runtime/sandbox/sandbox-pool';
import type { JournalState } from './figure';
import type { Runs } from './program';

/** A process of the bench's own, by the name it runs under; all others are what the program says. */
export type Drivers = Readonly<Record<string, () => Behaviour>>;

export type WorldOptions = { readonly program: Program; readonly drivers?: Drivers; readonly guests?: GuestPool; readonly journal?: Exclude<JournalState, 'durable'> };

export async function guestsFor(runs: Runs, instances: readonly string[]): Promise<GuestPool> {
  return runs === 'native' ? new NativeGuests() : SandboxPool.prepare(runs === 'sandboxed' ? instances : []);
}

export class KernelWorld {
  readonly kernel: HostKernel;
  readonly settled: Settlement[] = [];
  drops = 0;
  characters = 0;
  #nowMs = 0;
  #nextInput = 1;
  rootExit: string | undefined;

  constructor({ program, drivers = {}, guests = new NativeGuests(), journal = 'off' }: WorldOptions) {
    const nothing = (): void => undefined;
    const chunks = new ChunkWriter({ host: 'main', life: 1, emit: ({ text }) => (this.characters += text.length) });
    const real = behavioursWith(guests);
    const own = new Map(Object.entries(drivers));
    this.kernel = new HostKernel({
      program,
      host: 'main',
      life: 1,
      seed: 1,
      epochMs: 0,
      trace: false,
      incarnations: {},
      guards: guardWires,
      behaviours: (options) => own.get(options.name)?.() ?? real(options),
      ports: {
        send: nothing,
        record: (record) => {
          if (record.type === 'message.dropped') this.drops += record.count;
          if (journal === 'memory') chunks.add(record);
        },
        effect: nothing,
        abandonEffect: () => undefined,
        settle: (settlement) => this.settled.push(settlement),
        pull: nothing,
        respond: nothing,
        rootStarted: nothing,
        rootExited: (reason) => (this.rootExit = reason),
      },
    });
  }

  start(): this {
    this.give({ type: 'startRoot' });
    return this;
  }

  /** One input, and everything that follows from it. */
  give(input: HostInput): void {
    this.kernel.input(input, this.#nowMs);
    while (this.kernel.step()) continue;
    this.kernel.flush();
  }

  /** Wakes a driver. */
  request(node: string): void {
    this.give({ type: 'request', ref: 1, node, body: null });
  }

  /** A call from outside to its answer. */
  ask(node: string, value: Json): Settlement {
    const id = this.#nextInput++;
    this.settled.length = 0;
    this.give({ type: 'outside', input: { id, node, protocol: 'Echo', operation: 'say', value } });
    const [settlement] = this.settled;
    assert(settlement?.id === id, `${node} did not answer`);
    return settlement;
  }

  passTime(ms: number): void {
    this.#nowMs += ms;
  }

  handledBy(node: string): number {
    return this.kernel.agents().find((agent) => agent.node === node)?.handled ?? 0;
  }
}

/** A behaviour made of two functions. */
export class Driver implements Behaviour {
  readonly receives = 'queued';
  readonly trapsExits = false;
  readonly #onStart: (self: Self) => void;
  readonly #onSignal: (self: Self, signal: Signal) => void;

  constructor(onSignal: (self: Self, signal: Signal) => void, onStart: (self: Self) => void = (self) => self.started()) {
    this.#onStart = onStart;
    this.#onSignal = onSignal;
  }

  start(self: Self): void {
    this.#onStart(self);
  }

  receive(self: Self, signal: Signal): void {
    this.#onSignal(self, signal);
  }

  dispose(): void {}
}

/** The root of a world without supervisors: starts the others, then does what it is told to. */
export const rootThatSpawns = (names: readonly string[], onSignal: (self: Self, signal: Signal) => void): Behaviour =>
  new Driver(onSignal, (self) => {
    self.started();
    for (const name of names) self.spawn({ node: name, name });
  });
