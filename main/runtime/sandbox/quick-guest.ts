/** One agent's handler inside a QuickJS runtime of its own. Turns go in and come out synchronously; see `guest.ts` for the contract. */
import type { QuickJSContext, QuickJSHandle, QuickJSRuntime } from 'quickjs-emscripten-core';
import { assert } from '../../../shared/assert';
import type { ExitReason } from '../../../shared/run/exit-reason';
import type { Json } from '../../../shared/json/json';
import type { Guest, GuestAnswer, GuestOptions, GuestOutcome, GuestTurn } from '../../behaviours/guest';
import { crashReason } from './crash-reason';
import { Door, type GuestPorts } from './door';
import { GUEST_BOOT } from './guest-boot';
import type { Limits } from './limits';
import type { QuickInstance } from './quick-instance';

/** Jobs between two looks at the fuel. */
const JOBS_AT_ONCE = 64;
/** Ticks for reading a thrown value's name and message, which may be getters that never return. */
const FUEL_TO_DESCRIBE = 20;

type Argument = string | number;

export class QuickGuest implements Guest {
  readonly #instance: QuickInstance;
  readonly #limits: Limits;
  readonly #door: Door;
  readonly #runtime: QuickJSRuntime;
  readonly #context: QuickJSContext;
  #hooks: QuickJSHandle | undefined;
  #fuel = 0;
  #isDisposed = false;

  constructor(instance: QuickInstance, limits: Limits, options: GuestOptions) {
    this.#instance = instance;
    this.#limits = limits;
    this.#door = new Door(portsOf(options), limits);
    this.#runtime = instance.module.newRuntime();
    this.#runtime.setMaxStackSize(limits.stackBytes);
    this.#runtime.setInterruptHandler(() => --this.#fuel < 0);
    this.#context = this.#runtime.newContext();
    instance.sharers.set(this, options.onLost);
  }

  /** Evaluates the boot code and the handler file. Answers why that failed, if it did. */
  load(options: GuestOptions): ExitReason | undefined {
    const { behaviour } = options.agent;
    assert(behaviour.type === 'code', 'only code agents have guests');
    const module = options.program.modules[behaviour.module];
    assert(module, `no module ${behaviour.module}`);
    const config = { nowMs: 0, seed: options.seed, id: options.agent.id, name: options.name, incarnation: options.incarnation, ports: portsOf(options) };
    return this.#guard(() => {
      this.#door.openFor(true);
      const boot = this.#evaluate(GUEST_BOOT, 'boot.js');
      if (typeof boot === 'string') return boot;
      const door = this.#newDoor();
      const hooks = this.#invoke(boot, [door, this.#context.newString(JSON.stringify(config))]);
      boot.dispose();
      if (typeof hooks === 'string') return hooks;
      this.#hooks = hooks;
      const handlers = this.#evaluate(module.code, module.file);
      if (typeof handlers === 'string') return handlers;
      const loaded = this.#call('load', [handlers]);
      this.#door.close();
      return typeof loaded === 'string' ? loaded : undefined;
    });
  }

  #newDoor(): QuickJSHandle {
    const { context } = { context: this.#context };
    return context.newFunction('__host', (op, name, json) => {
      // Primitive texts only: an object whose text changes between two looks never gets this far.
      if (context.typeof(op) !== 'string' || context.typeof(name) !== 'string' || context.typeof(json) !== 'string') throw new TypeError('texts only');
      return context.newNumber(this.#door.pass(context.getString(op), context.getString(name), context.getString(json)));
    });
  }

  init(nowMs: number, args: Json | undefined): GuestTurn {
    return this.#turn('init', [nowMs, args === undefined ? '' : JSON.stringify(args)], true);
  }

  handle(nowMs: number, message: { readonly protocol: string; readonly operation: string; readonly input: Json }): GuestTurn {
    return this.#turn('handle', [nowMs, message.protocol, message.operation, JSON.stringify(message.input)], true);
  }

  resume(nowMs: number, request: number, answer: GuestAnswer): GuestTurn {
    this.#door.open.delete(request);
    return this.#turn('resume', [nowMs, request, JSON.stringify(answer)], false);
  }

  terminate(nowMs: number, reason: ExitReason): GuestTurn {
    return this.#turn('terminate', [nowMs, reason], true);
  }

  #turn(hook: string, given: readonly Argument[], isNewMessage: boolean): GuestTurn {
    this.#door.openFor(isNewMessage);
    const fault = this.#guard(() => {
      const called = this.#call(hook, given.map((value) => this.#toHandle(value)));
      return typeof called === 'string' ? called : this.#runJobs();
    });
    const { ops, outcome } = this.#door.close();
    const ended = fault === undefined ? (outcome ?? this.#unsettled()) : this.#faulted(fault);
    if (ended.status === 'crashed' && isExhaustion(ended.reason)) return { ops, outcome: this.#faulted(ended.reason) };
    return { ops, outcome: ended };
  }

  #unsettled(): GuestOutcome {
    if (this.#door.open.size > 0) return { status: 'waiting' };
    return { status: 'crashed', reason: 'crash: the handler awaits something that can never happen' };
  }

  /** The instance can't be trusted any more: everyone in it begins anew elsewhere. */
  #faulted(why: string): GuestOutcome {
    this.#instance.spend(this);
    if (this.#fuel < 0) return { status: 'faulted', reason: 'fuel' };
    return { status: 'faulted', reason: why.includes('out of memory') ? 'memory' : 'fault' };
  }

  /** Runs what waits in the job queue. Answers why it had to stop, if it had to. */
  #runJobs(): string | undefined {
    for (let jobs = 0; ; ) {
      const ran = this.#runtime.executePendingJobs(JOBS_AT_ONCE);
      if (ran.error) {
        const words = this.#describe(ran.error);
        ran.error.dispose();
        return words;
      }
      jobs += ran.value;
      if (jobs > this.#limits.jobs) this.#fuel = -1;
      if (this.#fuel < 0) return 'out of fuel';
      if (ran.value === 0) return undefined;
    }
  }

  /** Whatever comes out of WebAssembly as an exception of ours means that the instance is spent. */
  #guard(work: () => string | undefined): string | undefined {
    this.#fuel = this.#limits.fuel;
    try {
      const words = work();
      return this.#fuel < 0 ? 'out of fuel' : words;
    } catch (error) {
      this.#instance.spend(this);
      return error instanceof Error ? `fault: ${error.message.slice(0, 200)}` : 'fault';
    }
  }

  #evaluate(code: string, file: string): QuickJSHandle | string {
    const result = this.#context.evalCode(code, file, { strict: true });
    if (!result.error) return result.value;
    const words = this.#describe(result.error);
    result.error.dispose();
    return crashReason(words, this.#limits.reasonLength);
  }

  #call(hook: string, given: readonly QuickJSHandle[]): QuickJSHandle | string {
    assert(this.#hooks, 'a guest is loaded before it is called');
    const target = this.#context.getProp(this.#hooks, hook);
    const result = this.#invoke(target, given);
    target.dispose();
    if (typeof result !== 'string') result.dispose();
    return result;
  }

  #invoke(target: QuickJSHandle, given: readonly QuickJSHandle[]): QuickJSHandle | string {
    const result = this.#context.callFunction(target, this.#context.undefined, ...given);
    for (const handle of given) handle.dispose();
    if (!result.error) return result.value;
    const words = this.#describe(result.error);
    result.error.dispose();
    return crashReason(words, this.#limits.reasonLength);
  }

  #toHandle(value: Argument): QuickJSHandle {
    return typeof value === 'number' ? this.#context.newNumber(value) : this.#context.newString(value);
  }

  #describe(error: QuickJSHandle): string {
    const left = this.#fuel;
    this.#fuel = FUEL_TO_DESCRIBE;
    const read = (name: string): string => {
      const value = this.#context.getProp(error, name);
      const words = this.#context.typeof(value) === 'string' ? this.#context.getString(value).slice(0, 4000) : '';
      value.dispose();
      return words;
    };
    try {
      return `${read('name')}: ${read('message')}\n${read('stack')}`;
    } catch {
      // Hostile getters: what they say is not worth more ticks.
      return 'unprintable error';
    } finally {
      this.#fuel = left;
    }
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#instance.sharers.delete(this);
    if (this.#instance.isSpent) return;
    try {
      this.#hooks?.dispose();
      this.#context.dispose();
      this.#runtime.dispose();
    } catch {
      // A guest that can't be taken apart cleanly leaves an instance that nobody should use again.
      this.#instance.spend(this);
    }
  }
}

/** Running out of memory or stack leaves an instance in a state that nothing is known about. */
const isExhaustion = (reason: string): boolean => /InternalError: (out of memory|stack overflow)|RangeError: Maximum call stack/.test(reason);

function portsOf({ program, agent }: GuestOptions): GuestPorts {
  const ports: { [port: string]: { [operation: string]: 'call' | 'cast' } } = {};
  for (const wire of program.wires) {
    if (wire.from.node !== agent.id) continue;
    const operations = program.protocols[wire.protocol]?.operations ?? {};
    ports[wire.from.port] = Object.fromEntries(Object.entries(operations).map(([name, { kind }]) => [name, kind === 'cast' ? 'cast' : 'call']));
  }
  return ports;
}
