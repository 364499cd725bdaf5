/**
 * The second way to run handlers: on V8, for a person's own designs and only by their explicit choice
 * (`--unsafe-native-handlers`). The same boot code, the same door, the same outcomes for honest code; no fuel, no memory bound and
 * no wall: a handler that wants to get out gets out. A context of its own gives each agent its own intrinsics and a queue of
 * promise jobs that can be run to its end, so that turns are synchronous here too.
 */
import vm from 'node:vm';
import { assert } from '../../../shared/assert';
import type { ExitReason } from '../../../shared/run/exit-reason';
import type { Json } from '../../../shared/json/json';
import type { Guest, GuestAnswer, GuestOptions, GuestPool, GuestTurn } from '../../behaviours/guest';
import { crashReason } from './crash-reason';
import { Door } from './door';
import { BOOT_FILE, GUEST_BOOT } from './guest-boot';
import { designOf } from './guest-config';
import { LIMITS, type Limits } from './limits';

type Hooks = {
  load(exported: unknown): void;
  init(message: string, atMs: number, argsJson: string): void;
  handle(message: string, atMs: number, protocol: string, operation: string, inputJson: string): void;
  terminate(message: string, atMs: number, reason: string): void;
  resume(atMs: number, request: number, answerJson: string): void;
  describe(error: unknown): string;
};
type Boot = (host: (op: string, name: string, json: string) => number, configJson: string) => Hooks;

const boot = new vm.Script(GUEST_BOOT, { filename: BOOT_FILE });
/** Any evaluation empties the job queue of its context (`microtaskMode`). */
const nothing = new vm.Script('0', { filename: BOOT_FILE });

/** Guests by the `Promise.prototype` of their context: how a rejection that Node tells of finds its guest. */
const guests = new WeakMap<object, NativeGuest>();
let isListening = false;

export class NativeGuests implements GuestPool {
  readonly needsRefill = false;
  readonly needsAhead = false;
  expectGuests(): void {
    // They are made when they are needed.
  }
  readonly #limits: Limits;

  constructor(limits: Limits = LIMITS) {
    this.#limits = limits;
    if (isListening) return;
    isListening = true;
    process.on('unhandledRejection', (reason, promise) => {
      const guest = guests.get(Object.getPrototypeOf(promise) as object);
      // Not a guest's, so a bug of ours: it ends the thread, as it would without this listener.
      if (!guest) throw reason;
      guest.rejectionUnheard(reason);
    });
  }

  async refill(): Promise<void> {}
  makeAhead(): void {}

  create(options: GuestOptions): Guest | { readonly loadFailed: ExitReason } {
    const guest = new NativeGuest(this.#limits, options);
    const loadFailed = guest.load(options);
    return loadFailed === undefined ? guest : { loadFailed };
  }
}

class NativeGuest implements Guest {
  readonly #limits: Limits;
  readonly #door: Door;
  readonly #context: vm.Context;
  readonly #hooks: Hooks;
  #unheard: ExitReason | undefined;

  constructor(limits: Limits, options: GuestOptions) {
    this.#limits = limits;
    const design = designOf(options);
    this.#door = new Door(design, limits);
    this.#context = vm.createContext(Object.create(null) as vm.Context, { microtaskMode: 'afterEvaluate' });
    const config = { nowMs: 0, seed: options.seed, id: options.agent.id, name: options.name, incarnation: options.incarnation, ...design };
    guests.set(vm.runInContext('Promise.prototype', this.#context) as object, this);
    this.#hooks = (boot.runInContext(this.#context) as Boot)((op, name, json) => this.#door.pass(op, name, json), JSON.stringify(config));
  }

  load({ program, agent }: GuestOptions): ExitReason | undefined {
    assert(agent.behaviour.type === 'code', 'only code agents have guests');
    const module = program.modules[agent.behaviour.module];
    assert(module, `the program has no module ${agent.behaviour.module}, which ${agent.id} names`);
    this.#door.openForMessage();
    const failed = this.#run(() => this.#hooks.load(vm.runInContext(module.code, this.#context, { filename: module.file })));
    this.#door.close();
    return failed;
  }

  init(nowMs: number, args: Json | undefined): GuestTurn {
    const message = this.#door.openForMessage();
    return this.#turn(() => this.#hooks.init(String(message), nowMs, args === undefined ? '' : JSON.stringify(args)));
  }

  handle(nowMs: number, { protocol, operation, input }: { readonly protocol: string; readonly operation: string; readonly input: Json }): GuestTurn {
    const message = this.#door.openForMessage({ protocol, operation });
    return this.#turn(() => this.#hooks.handle(String(message), nowMs, protocol, operation, JSON.stringify(input)));
  }

  resume(nowMs: number, request: number, answer: GuestAnswer): GuestTurn {
    this.#door.openForAnswer(request, answer);
    return this.#turn(() => this.#hooks.resume(nowMs, request, JSON.stringify(answer)));
  }

  terminate(nowMs: number, reason: ExitReason): GuestTurn {
    const message = this.#door.openForMessage();
    return this.#turn(() => this.#hooks.terminate(String(message), nowMs, reason));
  }

  #turn(enter: () => void): GuestTurn {
    const failed = this.#run(enter);
    const { ops, outcome } = this.#door.close();
    const crash = failed ?? this.#unheard;
    return { ops, outcome: crash === undefined ? outcome : { status: 'crashed', reason: crash } };
  }

  /** Answers why it failed, if it did. */
  #run(work: () => void): ExitReason | undefined {
    try {
      work();
      nothing.runInContext(this.#context);
      return undefined;
    } catch (error) {
      return this.#describe(error);
    }
  }

  #describe(error: unknown): ExitReason {
    return crashReason(this.#hooks.describe(error), this.#limits.reasonLength);
  }

  /** Node tells of it only after the turn, so it is the next turn that crashes: later than in the sandbox, but not unheard. */
  rejectionUnheard(reason: unknown): void {
    this.#unheard ??= this.#describe(reason);
  }

  /** Nothing to give back: the context goes when nobody holds it. */
  dispose(): void {}
}
