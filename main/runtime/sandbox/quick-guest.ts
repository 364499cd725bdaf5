/** One agent's handler inside a QuickJS runtime of its own. Turns go in and come out synchronously; see `guest.ts` for the contract. */
import type { QuickJSContext, QuickJSHandle, QuickJSRuntime } from 'quickjs-emscripten-core';
import { assert } from '../../../shared/assert';
import type { ExitReason } from '../../../shared/run/exit-reason';
import type { Json } from '../../../shared/json/json';
import type { Guest, GuestAnswer, GuestOptions, GuestOutcome, GuestTurn } from '../../behaviours/guest';
import { BlankGuest } from './blank-guest';
import { crashReason } from './crash-reason';
import { Door } from './door';
import { designOf, type GuestDesign } from './guest-config';
import type { Limits } from './limits';
import type { QuickInstance } from './quick-instance';
import type { Rejections } from './rejection-tracker';

/** Jobs between two looks at the fuel. */
const JOBS_AT_ONCE = 64;
/** Ticks for reading a thrown value's name and message, which may be getters that never return. */
const FUEL_TO_DESCRIBE = 20;
const OUT_OF_FUEL = 'out of fuel';

const HOOKS = ['load', 'init', 'handle', 'terminate', 'resume', 'describe'] as const;
type Hook = (typeof HOOKS)[number];
type Argument = string | number;
type Fault = Extract<GuestOutcome, { status: 'faulted' }>['reason'];

export class QuickGuest implements Guest {
  readonly #instance: QuickInstance;
  readonly #limits: Limits;
  readonly #design: GuestDesign;
  readonly #door: Door;
  readonly #blank: BlankGuest;
  readonly #runtime: QuickJSRuntime;
  readonly #context: QuickJSContext;
  readonly #rejections: Rejections;
  readonly #hooks = new Map<Hook, QuickJSHandle>();
  /** Protocol and operation names: the same few texts in every message. */
  readonly #names = new Map<string, QuickJSHandle>();
  readonly #kept = new Set<QuickJSHandle>();
  #fuel = 0;
  #untilMs = Infinity;
  #isDisposed = false;

  /** `blank`: one of this instance that was made ahead, and is nobody's yet. */
  constructor(instance: QuickInstance, limits: Limits, options: GuestOptions, blank: BlankGuest = new BlankGuest(instance, limits)) {
    this.#instance = instance;
    this.#limits = limits;
    this.#design = designOf(options);
    this.#door = new Door(this.#design, limits);
    this.#blank = blank;
    this.#runtime = blank.runtime;
    this.#context = blank.context;
    this.#rejections = blank.rejections;
    this.#runtime.setInterruptHandler(() => this.#tick());
    instance.sharers.set(this, options.onLost);
  }

  /** Answers whether the turn has to end here. */
  #tick(): boolean {
    const { turnTime } = this.#limits;
    this.#fuel = turnTime && turnTime.nowMs() > this.#untilMs ? -1 : this.#fuel - 1;
    return this.#fuel < 0;
  }

  /** Evaluates the boot code and the handler file. Answers why that failed, if it did. */
  load(options: GuestOptions): ExitReason | undefined {
    const { behaviour } = options.agent;
    assert(behaviour.type === 'code', 'only code agents have guests');
    const module = options.program.modules[behaviour.module];
    assert(module, `the program has no module ${behaviour.module}, which ${options.agent.id} names`);
    const config = { nowMs: 0, seed: options.seed, id: options.agent.id, name: options.name, incarnation: options.incarnation, ...this.#design };
    this.#door.openForMessage();
    const words = this.#enter(() => {
      const failed = this.#boot(JSON.stringify(config));
      if (failed !== undefined) return failed;
      const handlers = this.#evaluate(module.code, module.file);
      return typeof handlers === 'string' ? handlers : (this.#call('load', [handlers]) ?? this.#runJobs());
    });
    this.#door.close();
    if (words === undefined) return this.#describeOpenRejection();
    const fault = this.#faultIn(words);
    if (fault !== undefined) this.#instance.spend(this);
    return fault ?? words;
  }

  #boot(config: string): string | undefined {
    const thrown = this.#blank.open();
    if (thrown) return this.#consume(thrown);
    // Whether that was done ahead or just now: a guest has the same fuel.
    this.#fuel = this.#limits.fuel;
    const boot = this.#blank.takeBoot();
    const hooks = this.#invoke(boot, [this.#newDoor(), this.#context.newString(config)]);
    boot.dispose();
    if (typeof hooks === 'string') return hooks;
    for (const hook of HOOKS) this.#hooks.set(hook, this.#context.getProp(hooks, hook));
    hooks.dispose();
    return undefined;
  }

  #newDoor(): QuickJSHandle {
    const context = this.#context;
    // Primitive texts only: an object whose text changes between two looks never gets this far, and no long one is copied.
    const read = (value: QuickJSHandle | undefined): string => {
      if (value === undefined || context.typeof(value) !== 'string') throw new TypeError('the door takes texts');
      if ((context.getLength(value) ?? 0) > this.#limits.valueLength) throw new RangeError(`a value has at most ${this.#limits.valueLength} characters of JSON`);
      return context.getString(value);
    };
    return context.newFunction('__host', (op?: QuickJSHandle, name?: QuickJSHandle, json?: QuickJSHandle) => context.newNumber(this.#door.pass(read(op), read(name), read(json))));
  }

  init(nowMs: number, args: Json | undefined): GuestTurn {
    return this.#newMessage('init', nowMs, undefined, () => [this.#context.newString(args === undefined ? '' : JSON.stringify(args))]);
  }

  handle(nowMs: number, message: { readonly protocol: string; readonly operation: string; readonly input: Json }): GuestTurn {
    return this.#newMessage('handle', nowMs, message, () => [this.#nameOf(message.protocol), this.#nameOf(message.operation), this.#context.newString(JSON.stringify(message.input))]);
  }

  terminate(nowMs: number, reason: ExitReason): GuestTurn {
    return this.#newMessage('terminate', nowMs, undefined, () => [this.#context.newString(reason)]);
  }

  resume(nowMs: number, request: number, answer: GuestAnswer): GuestTurn {
    this.#door.openForAnswer(request, answer);
    return this.#turn('resume', () => [nowMs, request, JSON.stringify(answer)].map((value) => this.#toHandle(value)));
  }

  #newMessage(hook: Hook, nowMs: number, message: { readonly protocol: string; readonly operation: string } | undefined, rest: () => readonly QuickJSHandle[]): GuestTurn {
    const number = this.#door.openForMessage(message);
    return this.#turn(hook, () => [this.#context.newString(String(number)), this.#context.newNumber(nowMs), ...rest()]);
  }

  #turn(hook: Hook, given: () => readonly QuickJSHandle[]): GuestTurn {
    const words = this.#enter(() => this.#call(hook, given()) ?? this.#runJobs());
    const { ops, outcome } = this.#door.close();
    const fault = this.#faultIn(words ?? (outcome.status === 'crashed' ? outcome.reason : undefined));
    if (fault !== undefined) {
      this.#instance.spend(this);
      return { ops, outcome: { status: 'faulted', reason: fault } };
    }
    const crash = words ?? this.#describeOpenRejection();
    return { ops, outcome: crash === undefined ? outcome : { status: 'crashed', reason: crash } };
  }

  /** A rejection nobody waits for, once everything that could still wait has run. */
  #describeOpenRejection(): ExitReason | undefined {
    if (this.#rejections.size === 0) return undefined;
    const reason = this.#rejections.firstReason();
    return reason ? this.#describe(reason) : 'crash: a promise was rejected, and nobody waits for it';
  }

  /** Whether these words mean that the instance can't be trusted any more (security study, section 2.3). */
  #faultIn(words: string | undefined): Fault | undefined {
    if (this.#fuel < 0) return 'fuel';
    if (words === undefined) return undefined;
    if (this.#instance.isFull || words.includes('InternalError: out of memory')) return 'memory';
    return this.#instance.isSpent || /InternalError: stack overflow|Maximum call stack/.test(words) ? 'fault' : undefined;
  }

  /** Runs what waits in the job queue. Answers why it had to stop, if it had to. */
  #runJobs(): string | undefined {
    for (let jobs = 0; ; ) {
      const ran = this.#runtime.executePendingJobs(JOBS_AT_ONCE);
      if (ran.error) return this.#consume(ran.error);
      jobs += ran.value;
      if (jobs > this.#limits.jobs) this.#fuel = -1;
      if (this.#fuel < 0) return OUT_OF_FUEL;
      if (ran.value < JOBS_AT_ONCE) return undefined;
    }
  }

  /** Whatever comes out of WebAssembly as an exception of ours means that the instance is spent. */
  #enter(work: () => string | undefined): string | undefined {
    const { fuel, turnTime } = this.#limits;
    this.#fuel = fuel;
    if (turnTime) this.#untilMs = turnTime.nowMs() + turnTime.mostMs;
    this.#instance.rejections.listener = this.#rejections;
    try {
      return work();
    } catch (error) {
      this.#instance.spend(this);
      return error instanceof Error ? `fault: ${error.message.slice(0, 200)}` : 'fault';
    } finally {
      this.#instance.rejections.listener = undefined;
    }
  }

  #evaluate(code: string, file: string): QuickJSHandle | string {
    const result = this.#context.evalCode(code, file, { strict: true });
    return result.error ? this.#consume(result.error) : result.value;
  }

  /** Answers why it failed, if it did; the boot code answers nothing by itself. */
  #call(hook: Hook, given: readonly QuickJSHandle[]): string | undefined {
    const result = this.#invoke(this.#hook(hook), given);
    if (typeof result === 'string') return result;
    result.dispose();
    return undefined;
  }

  #hook(hook: Hook): QuickJSHandle {
    const handle = this.#hooks.get(hook);
    assert(handle, 'a guest is loaded before it is called');
    return handle;
  }

  /** Takes the handles it is given, but for names, which serve again. */
  #invoke(target: QuickJSHandle, given: readonly QuickJSHandle[]): QuickJSHandle | string {
    const result = this.#context.callFunction(target, this.#context.undefined, ...given);
    for (const handle of given) if (!this.#kept.has(handle)) handle.dispose();
    return result.error ? this.#consume(result.error) : result.value;
  }

  #nameOf(name: string): QuickJSHandle {
    const known = this.#names.get(name);
    if (known) return known;
    const handle = this.#context.newString(name);
    this.#names.set(name, handle);
    this.#kept.add(handle);
    return handle;
  }

  #toHandle(value: Argument): QuickJSHandle {
    return typeof value === 'number' ? this.#context.newNumber(value) : this.#context.newString(value);
  }

  #consume(error: QuickJSHandle): ExitReason {
    const words = this.#describe(error);
    error.dispose();
    return words;
  }

  /** In the guest's own words, read inside: getters and proxies may do what they like with a few ticks of their own. */
  #describe(error: QuickJSHandle): ExitReason {
    const left = this.#fuel;
    const describe = this.#hooks.get('describe');
    if (left < 0 || !describe) return left < 0 ? OUT_OF_FUEL : this.#describeAtBoot(error);
    this.#fuel = Math.min(left, FUEL_TO_DESCRIBE);
    const said = this.#context.callFunction(describe, this.#context.undefined, error);
    this.#fuel = left;
    const handle = said.error ?? said.value;
    const text = !said.error && this.#context.typeof(handle) === 'string' ? this.#context.getString(handle) : 'unprintable error';
    handle.dispose();
    return crashReason(text, this.#limits.reasonLength);
  }

  /** Before there is a guest, only our own boot code can have thrown. */
  #describeAtBoot(error: QuickJSHandle): ExitReason {
    return `crash: the sandbox could not be prepared: ${JSON.stringify(this.#context.dump(error))}`.slice(0, this.#limits.reasonLength);
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#instance.sharers.delete(this);
    if (this.#instance.isSpent) return;
    try {
      for (const handle of [...this.#hooks.values(), ...this.#names.values()]) handle.dispose();
      this.#blank.dispose();
    } catch {
      // A guest that can't be taken apart cleanly leaves an instance that nobody should use again.
      this.#instance.spend(this);
    }
  }
}
