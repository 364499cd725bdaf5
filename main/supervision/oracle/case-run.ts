/** Runs the script of a case in a world and gives the trace that it makes, raw: the canonical order is `canon.mjs`'s affair. */
import type { HostRecord } from '../../../shared/journal/record';
import type { Json, JsonObject } from '../../../shared/json/json';
import type { Ask, CaseStep, OracleCase, TraceEvent } from './case';
import { askOf, caseProgram, type CaseHosts, type CaseProgram } from './case-program';
import { Trace } from './trace';

/** Where a case runs. Names are those of processes. */
export interface CaseWorld {
  startTree(): void;
  crash(name: string, reason: string): void;
  /** A call to a supervisor; its answer comes with the same number, or never. */
  ask(ref: number, supervisor: string, body: Json): void;
  stopTree(): void;
  /** Time passes. */
  advance(ms: number): Promise<void>;
  /** Until every process is idle and no stop is in progress; the clock moves no further than stops in progress need. */
  settle(): Promise<void>;
  /** From here until `release`, the supervisor handles nothing. */
  hold(supervisor: string): Promise<void>;
  /** What was done is in the mailbox for which it is meant. */
  deliver(): Promise<void>;
  release(supervisor: string): void;
}
export type CaseEvents = {
  /** In causal order. */
  readonly record: (record: HostRecord) => void;
  readonly answer: (ref: number, body: Json) => void;
  readonly down: (reason: string) => void;
  /** Whether anything that started has not ended. */
  readonly isAnyAlive: () => boolean;
};
export type OpenWorld = (program: CaseProgram['program'], events: CaseEvents) => CaseWorld;

type Waiting = { readonly index: number; readonly what: Ask; readonly isKnownInstance: boolean; body?: JsonObject };

export const runCase = (one: OracleCase, hosts: CaseHosts, open: OpenWorld): Promise<readonly TraceEvent[]> => new CaseRun(one, hosts, open).run();

class CaseRun {
  readonly #case: OracleCase;
  readonly #drawn: CaseProgram;
  readonly #trace: Trace;
  readonly #world: CaseWorld;
  #results: TraceEvent[] = [];
  #pending = new Map<number, Waiting>();
  #nextRef = 1;
  #downReason: string | undefined;

  constructor(one: OracleCase, hosts: CaseHosts, open: OpenWorld) {
    this.#case = one;
    this.#drawn = caseProgram(one, hosts);
    const trace = new Trace(this.#drawn.instances);
    this.#trace = trace;
    this.#world = open(this.#drawn.program, {
      record: (record) => trace.record(record),
      answer: (ref, body) => this.#answer(ref, body),
      down: (reason) => (this.#downReason = reason),
      isAnyAlive: () => trace.alive().length > 0,
    });
  }

  async run(): Promise<readonly TraceEvent[]> {
    this.#world.startTree();
    await this.#world.settle();
    this.#tellDown();
    for (const [index, step] of this.#case.script.entries()) {
      if (this.#downReason !== undefined) break;
      this.#trace.add({ ev: 'step', i: index });
      await this.#perform(step);
    }
    this.#trace.add({ ev: 'end', alive: this.#trace.alive() });
    return this.#trace.events;
  }

  async #perform(step: CaseStep): Promise<void> {
    this.#results = [];
    this.#pending = new Map();
    if (step.advance !== undefined) await this.#world.advance(step.advance);
    else if (step.burst !== undefined) await this.#burst(step.burst, step.ops ?? []);
    else this.#apply(step, 0);
    await this.#world.settle();
    for (const { index, what, isKnownInstance, body } of this.#pending.values()) this.#results[index] = { ev: 'result', ...what, ...(body ? this.#trace.answer({ ...what, isKnownInstance }, body) : { error: 'sup_down' }) };
    for (const result of this.#results.filter(Boolean)) this.#trace.add(result);
    this.#tellDown();
  }

  async #burst(sup: string, ops: readonly CaseStep[]): Promise<void> {
    if (!this.#trace.isAlive(sup)) {
      this.#results.push({ ev: 'result', op: 'burst', sup, error: 'noproc' });
      return;
    }
    const name = this.#trace.nameOf(sup);
    await this.#world.hold(name);
    for (const [index, op] of ops.entries()) {
      this.#apply(op, index);
      await this.#world.deliver();
    }
    this.#world.release(name);
  }

  #tellDown(): void {
    if (this.#downReason !== undefined) this.#trace.add({ ev: 'treeDown', reason: this.#downReason });
  }

  #apply(op: CaseStep, index: number): void {
    if (op.stopTree) return this.#world.stopTree();
    if (op.crash !== undefined) return this.#crash(op.crash, op.reason ?? 'boom', index);
    const ask = askOf(op, this.#drawn, (id) => this.#trace.nameOf(id));
    if (ask) this.#ask(ask.asked, ask.body, index);
  }

  #crash(id: string, reason: string, index: number): void {
    if (this.#trace.isAlive(id)) this.#world.crash(this.#trace.nameOf(id), reason);
    else this.#results[index] = { ev: 'result', op: 'crash', id, error: 'not_running' };
  }

  #ask(what: Ask, body: Json, index: number): void {
    const ref = this.#nextRef++;
    const isKnownInstance = what.id !== undefined && this.#trace.isKnownInstance(what.id);
    this.#pending.set(ref, { index, what, isKnownInstance });
    this.#world.ask(ref, this.#trace.nameOf(what.sup), body);
  }

  #answer(ref: number, body: Json): void {
    const waiting = this.#pending.get(ref);
    if (waiting) waiting.body = body as JsonObject;
  }
}
