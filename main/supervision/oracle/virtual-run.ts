/**
 * Runs a case on one host of the kernel in the virtual world and gives the trace it makes, raw: the canonical order is `canon.mjs`'s
 * affair. Time moves only as far as stops under way need, or as a step says.
 */
import { assert } from '../../../shared/assert';
import { CONTROL_HOST } from '../../../shared/ids';
import type { Json, JsonObject } from '../../../shared/json/json';
import { HostKernel } from '../../kernel/host-kernel';
import type { Ask, CaseStep, OracleCase, TraceEvent } from './case';
import { caseBehaviours } from './case-behaviours';
import { askOf, caseProgram, type CaseProgram } from './case-program';
import { Trace } from './trace';

export function runVirtually(one: OracleCase): readonly TraceEvent[] {
  return new VirtualRun(one).run();
}

type Asked = Ask & { readonly index: number };

class VirtualRun {
  readonly #case: OracleCase;
  readonly #drawn: CaseProgram;
  readonly #trace: Trace;
  readonly #kernel: HostKernel;
  #results: TraceEvent[] = [];
  #pending = new Map<number, Asked>();
  #nextRef = 1;
  #downReason: string | undefined;

  constructor(one: OracleCase) {
    this.#case = one;
    this.#drawn = caseProgram(one, { supervisors: CONTROL_HOST, workers: CONTROL_HOST });
    this.#trace = new Trace((id) => this.#drawn.instances.has(id));
    this.#kernel = new HostKernel({
      program: this.#drawn.program,
      host: CONTROL_HOST,
      life: 1,
      seed: 1,
      epochMs: 0,
      trace: false,
      incarnations: {},
      behaviours: caseBehaviours(this.#drawn.nodes),
      ports: {
        send: () => assert(false, 'one host'),
        record: (record) => this.#trace.record(record),
        effect: () => undefined,
        settle: () => undefined,
        pull: () => undefined,
        respond: (ref, body) => this.#respond(ref, body),
        rootStarted: () => undefined,
        rootExited: (reason) => (this.#downReason = reason),
      },
    });
  }

  run(): readonly TraceEvent[] {
    this.#kernel.input({ type: 'startRoot' }, 0);
    this.#settle();
    this.#tellDown();
    for (const [index, step] of this.#case.script.entries()) {
      if (this.#downReason !== undefined) break;
      this.#trace.add({ ev: 'step', i: index });
      this.#perform(step);
    }
    this.#trace.add({ ev: 'end', alive: this.#trace.alive() });
    return this.#trace.events;
  }

  #perform(step: CaseStep): void {
    this.#results = [];
    this.#pending = new Map();
    if (step.advance !== undefined) this.#advance(step.advance);
    else if (step.burst !== undefined && !this.#kernel.isAlive(step.burst)) this.#results.push({ ev: 'result', op: 'burst', sup: step.burst, error: 'noproc' });
    else for (const [index, op] of (step.ops ?? [step]).entries()) this.#apply(op, index);
    this.#settle();
    for (const { index, ...asked } of this.#pending.values()) this.#results[index] = { ev: 'result', ...asked, error: 'sup_down' };
    for (const result of this.#results.filter(Boolean)) this.#trace.add(result);
    this.#tellDown();
  }

  #tellDown(): void {
    if (this.#downReason !== undefined) this.#trace.add({ ev: 'treeDown', reason: this.#downReason });
  }

  #apply(op: CaseStep, index: number): void {
    if (op.stopTree) return this.#kernel.input({ type: 'stopRoot' }, this.#kernel.nowMs);
    if (op.crash !== undefined) return this.#crash(op.crash, op.reason ?? 'boom', index);
    const ask = askOf(op, this.#drawn);
    if (ask) this.#ask(ask.asked, ask.body, index);
  }

  #crash(id: string, reason: string, index: number): void {
    if (!this.#kernel.isAlive(id)) this.#results[index] = { ev: 'result', op: 'crash', id, error: 'not_running' };
    else this.#kernel.input({ type: 'operator', command: { action: 'crash', node: id, reason } }, this.#kernel.nowMs);
  }

  #ask(asked: Ask, body: Json, index: number): void {
    const ref = this.#nextRef++;
    this.#pending.set(ref, { ...asked, index });
    this.#kernel.input({ type: 'request', ref, node: asked.sup, body }, this.#kernel.nowMs);
  }

  #respond(ref: number, body: Json): void {
    const asked = this.#pending.get(ref);
    if (!asked) return;
    this.#pending.delete(ref);
    const { index, ...what } = asked;
    this.#results[index] = { ev: 'result', ...what, ...this.#trace.answer(what, body as JsonObject) };
  }

  #advance(ms: number): void {
    const untilMs = this.#kernel.nowMs + ms;
    for (let at = this.#kernel.nextTimerAtMs(); at !== undefined && at <= untilMs; at = this.#kernel.nextTimerAtMs()) this.#tick(at);
    this.#tick(untilMs);
  }

  #tick(atMs: number): void {
    this.#kernel.input({ type: 'clock' }, atMs);
    while (this.#kernel.step()) continue;
  }

  /** Until nothing is left to do: all timers of a case belong to stops under way. */
  #settle(): void {
    while (this.#kernel.step()) continue;
    for (let at = this.#kernel.nextTimerAtMs(); at !== undefined; at = this.#kernel.nextTimerAtMs()) this.#tick(at);
  }
}
