/**
 * A slow, obvious supervisor: the rules of OTP's manual over plain lists, from a case straight to its trace. It shares nothing with
 * `supervisor.ts` or the kernel, knows the future (how long each stop will take) and recurses instead of waiting. It is what the real one
 * is compared with in cases that no Erlang has seen.
 */
import type { Shutdown } from '../../../shared/program/program';
import type { Json, JsonObject } from '../../../shared/json/json';
import { planOf, type CaseNode, type CaseStep, type OracleCase, type TraceEvent } from './case';
import { badChild, badStart, instantiate } from './model-specs';
import { killPlan, stopPlan, type ModelChild, type ModelProcess, type StopPlan } from './model-stops';

type Outcome = { readonly kind: 'started' | 'ignored' } | { readonly kind: 'failed'; readonly reason: string };
type Message =
  | { readonly kind: 'death'; readonly process: ModelProcess; readonly reason: string }
  | { readonly kind: 'retry'; readonly child: ModelChild }
  | { readonly kind: 'call'; readonly step: CaseStep; readonly process?: ModelProcess | undefined; readonly answer: (body: JsonObject) => void }
  | { readonly kind: 'stop' };

const isSupervisor = (node: CaseNode): boolean => node.kind === 'supervisor';
const isDynamic = (node: CaseNode): boolean => node.strategy === 'simple_one_for_one';
const isOrderly = (reason: string): boolean => reason === 'normal' || reason === 'shutdown' || reason.startsWith('{shutdown,');
const shutdownOf = (node: CaseNode): Shutdown => node.shutdown ?? (isSupervisor(node) ? 'infinity' : 5000);

export const runModel = (one: OracleCase): readonly TraceEvent[] => new Model(one).run();

class Model {
  readonly #case: OracleCase;
  readonly #trace: TraceEvent[] = [];
  readonly #mailboxes = new Map<ModelProcess, Message[]>();
  readonly #histories = new Map<ModelProcess, number[]>();
  readonly #latest = new Map<string, ModelProcess>();
  readonly #attempts = new Map<string, number>();
  readonly #alive = new Set<ModelProcess>();
  #nowMs = 0;
  /** When the last orphan will be gone. */
  #quietMs = 0;
  #down: string | undefined;

  constructor(one: OracleCase) {
    this.#case = one;
  }

  run(): readonly TraceEvent[] {
    const root = this.#start(this.#case.tree, undefined);
    if (root.kind === 'failed') this.#down = root.reason;
    this.#settle();
    this.#tellDown();
    this.#case.script.forEach((step, i) => {
      if (this.#down !== undefined) return;
      this.#trace.push({ ev: 'step', i });
      this.#perform(step);
    });
    this.#trace.push({ ev: 'end', alive: [...this.#alive].map(({ id }) => id).toSorted() });
    return this.#trace;
  }

  // ---- the script ----

  #perform(step: CaseStep): void {
    const results: TraceEvent[] = [];
    const ops = step.burst === undefined ? [step] : (step.ops ?? []);
    if (step.advance !== undefined) this.#nowMs += step.advance;
    else if (step.burst !== undefined && !this.#isAlive(step.burst)) results.push({ ev: 'result', op: 'burst', sup: step.burst, error: 'noproc' });
    else ops.forEach((op, index) => this.#apply(op, (result) => (results[index] = result)));
    this.#settle();
    this.#trace.push(...results.filter(Boolean));
    this.#tellDown();
  }

  #tellDown(): void {
    if (this.#down !== undefined) this.#trace.push({ ev: 'treeDown', reason: this.#down });
  }

  #apply(op: CaseStep, tell: (result: TraceEvent) => void): void {
    if (op.stopTree) return this.#post(this.#latest.get(this.#case.tree.id)!, { kind: 'stop' });
    if (op.crash !== undefined) return this.#crash(op.crash, op.reason ?? 'boom', tell);
    const [name, target] = Object.entries(op)[0] as [string, string | readonly [string, string | CaseNode]];
    const [sup, about] = typeof target === 'string' ? [target] : target;
    const id = typeof about === 'object' ? about.id : about;
    const what = { ev: 'result', op: name, sup, ...(id === undefined ? {} : { id }) };
    const process = this.#latest.get(sup);
    if (!process || !this.#alive.has(process)) return tell({ ...what, error: 'noproc' });
    tell({ ...what, error: 'sup_down' });
    this.#post(process, { kind: 'call', step: op, process: id === undefined ? undefined : this.#latest.get(id), answer: (body) => tell({ ...what, ...body }) });
  }

  #crash(id: string, reason: string, tell: (result: TraceEvent) => void): void {
    const process = this.#latest.get(id);
    if (!process || !this.#alive.has(process)) return tell({ ev: 'result', op: 'crash', id, error: 'not_running' });
    if (reason === 'kill') this.#carryOut(killPlan(process, this.#nowMs));
    else this.#bury(process, reason);
    this.#died(process, reason === 'kill' ? 'killed' : reason);
  }

  /** Every message of every supervisor, to the end. */
  #settle(): void {
    for (let next = this.#next(); next; next = this.#next()) {
      const message = this.#mailboxes.get(next)!.shift()!;
      if (message.kind === 'death') this.#handleDeath(next, message);
      else if (message.kind === 'retry') this.#retry(next, message.child);
      else if (message.kind === 'stop') this.#end(next, 'shutdown');
      else message.answer(this.#answer(next, message));
    }
    this.#nowMs = Math.max(this.#nowMs, this.#quietMs);
  }

  #next(): ModelProcess | undefined {
    return [...this.#alive].find((process) => (this.#mailboxes.get(process)?.length ?? 0) > 0);
  }

  #post(to: ModelProcess, message: Message): void {
    this.#mailboxes.set(to, [...(this.#mailboxes.get(to) ?? []), message]);
  }

  #isAlive(id: string): boolean {
    const process = this.#latest.get(id);
    return process !== undefined && this.#alive.has(process);
  }

  // ---- lives ----

  #start(node: CaseNode, parent: ModelProcess | undefined): Outcome & { readonly process?: ModelProcess } {
    const { id } = node;
    if (isSupervisor(node)) return this.#startSupervisor(this.#begin(node, parent));
    const attempt = (this.#attempts.get(id) ?? 0) + 1;
    this.#attempts.set(id, attempt);
    const plan = planOf(node.init);
    const outcome = plan[Math.min(attempt, plan.length) - 1];
    if (outcome === 'ok') return { kind: 'started', process: this.#begin(node, parent) };
    this.#trace.push({ ev: outcome === 'fail' ? 'startFailed' : 'startIgnored', id, attempt });
    return outcome === 'fail' ? { kind: 'failed', reason: 'init_failed' } : { kind: 'ignored' };
  }

  #begin(node: CaseNode, parent: ModelProcess | undefined): ModelProcess {
    const process: ModelProcess = { id: node.id, inc: (this.#latest.get(node.id)?.inc ?? 0) + 1, node, parent, children: [] };
    this.#latest.set(node.id, process);
    this.#alive.add(process);
    this.#trace.push({ ev: 'start', id: process.id, inc: process.inc });
    return process;
  }

  #startSupervisor(process: ModelProcess): Outcome & { readonly process?: ModelProcess } {
    const bad = badStart(process.node);
    if (bad !== undefined) {
      this.#bury(process, bad);
      return { kind: 'failed', reason: bad };
    }
    if (isDynamic(process.node)) return { kind: 'started', process };
    for (const node of process.node.children ?? []) process.children.push({ id: node.id, node, state: 'undefined' });
    for (const child of [...process.children]) {
      const outcome = this.#startChild(process, child);
      if (outcome.kind !== 'failed') continue;
      const reason = `{shutdown,{failed_to_start_child,${child.id},${outcome.reason}}}`;
      this.#stopAll(process);
      this.#bury(process, reason);
      return { kind: 'failed', reason };
    }
    return { kind: 'started', process };
  }

  #startChild(sup: ModelProcess, child: ModelChild): Outcome {
    const outcome = this.#start(child.node, sup);
    child.state = outcome.process ? 'running' : 'undefined';
    if (outcome.process) child.process = outcome.process;
    if (outcome.kind === 'ignored' && (child.node.restart === 'temporary' || isDynamic(sup.node))) drop(sup, child);
    return outcome;
  }

  #bury(process: ModelProcess, reason: string): void {
    this.#alive.delete(process);
    this.#trace.push({ ev: 'stop', id: process.id, inc: process.inc, reason });
  }

  #died(process: ModelProcess, reason: string): void {
    if (process.parent) this.#post(process.parent, { kind: 'death', process, reason });
    else this.#down = reason;
  }

  /** A supervisor ends by itself: its children first. */
  #end(sup: ModelProcess, reason: string): void {
    this.#stopAll(sup);
    this.#bury(sup, reason);
    this.#died(sup, reason);
  }

  // ---- stops ----

  #carryOut(plan: StopPlan): void {
    for (const { process, reason } of plan.stops) if (this.#alive.has(process)) this.#bury(process, reason);
    this.#nowMs = plan.endMs;
    this.#quietMs = Math.max(this.#quietMs, ...plan.stops.map(({ atMs }) => atMs));
  }

  #stop(child: ModelChild): void {
    if (child.state === 'running' && this.#alive.has(child.process!)) this.#carryOut(stopPlan(child.process!, this.#nowMs, shutdownOf(child.node), (one) => this.#alive.has(one)));
    child.state = 'undefined';
  }

  #stopAll(sup: ModelProcess): void {
    if (!isDynamic(sup.node)) return sup.children.toReversed().forEach((child) => this.#stop(child));
    // All at once: each from the same moment, and the supervisor goes on when the last is gone.
    const beganMs = this.#nowMs;
    const plans = sup.children.filter(({ state, process }) => state === 'running' && this.#alive.has(process!)).map(({ process, node }) => stopPlan(process!, beganMs, shutdownOf(node), (one) => this.#alive.has(one)));
    for (const plan of plans) this.#carryOut(plan);
    this.#nowMs = Math.max(beganMs, ...plans.map(({ endMs }) => endMs));
    for (const child of sup.children) child.state = 'undefined';
  }

  // ---- deaths and restarts ----

  #handleDeath(sup: ModelProcess, { process, reason }: Extract<Message, { kind: 'death' }>): void {
    const child = sup.children.find((one) => one.state === 'running' && one.process === process);
    if (!child) return;
    const restart = child.node.restart ?? 'permanent';
    child.state = 'undefined';
    if (restart === 'permanent' || (restart === 'transient' && !isOrderly(reason))) return this.#restart(sup, child);
    if (restart === 'temporary' || isDynamic(sup.node)) drop(sup, child);
    if (child.node.significant && this.#isOver(sup, child)) this.#end(sup, 'shutdown');
  }

  #isOver(sup: ModelProcess, ended: ModelChild): boolean {
    const auto = sup.node.autoShutdown ?? 'never';
    if (auto !== 'all_significant') return auto === 'any_significant';
    if (isDynamic(sup.node)) return sup.children.length === 0;
    return !sup.children.some((one) => one !== ended && one.node.significant && one.state !== 'undefined');
  }

  #restart(sup: ModelProcess, offender: ModelChild): void {
    const { maxRestarts = 1, maxSeconds = 5 } = sup.node;
    const history = [...(this.#histories.get(sup) ?? []).filter((atMs) => this.#nowMs - atMs <= maxSeconds * 1000), this.#nowMs];
    this.#histories.set(sup, history);
    if (history.length > maxRestarts) {
      this.#trace.push({ ev: 'supervisorGaveUp', id: sup.id, inc: sup.inc });
      offender.state = 'undefined';
      return this.#end(sup, 'shutdown');
    }
    for (const child of this.#toStart(sup, offender)) {
      if (this.#startChild(sup, child).kind !== 'failed') continue;
      child.state = 'restarting';
      return this.#post(sup, { kind: 'retry', child });
    }
  }

  /** In order; of a group, what runs has been stopped and what is temporary forgotten. */
  #toStart(sup: ModelProcess, offender: ModelChild): readonly ModelChild[] {
    const strategy = sup.node.strategy ?? 'one_for_one';
    if (strategy !== 'one_for_all' && strategy !== 'rest_for_one') return [offender];
    const scope = strategy === 'one_for_all' ? [...sup.children] : sup.children.slice(sup.children.indexOf(offender));
    for (const child of scope.toReversed()) this.#stop(child);
    for (const child of scope) if (child.node.restart === 'temporary') drop(sup, child);
    return scope.filter((child) => child.node.restart !== 'temporary');
  }

  #retry(sup: ModelProcess, child: ModelChild): void {
    if (sup.children.includes(child) && child.state === 'restarting') this.#restart(sup, child);
  }

  // ---- calls ----

  #answer(sup: ModelProcess, { step, process }: Extract<Message, { kind: 'call' }>): JsonObject {
    if (step.startChild) return isDynamic(sup.node) ? this.#startInstance(sup, step.startChild[1]) : this.#startNew(sup, step.startChild[1]);
    if (step.whichChildren !== undefined) return { children: sup.children.map((child) => describe(sup, child)) };
    if (step.countChildren !== undefined) return { counts: this.#count(sup) };
    if (isDynamic(sup.node)) return step.terminateChild ? this.#terminateInstance(sup, process) : { error: 'simple_one_for_one' };
    const [, id] = (step.terminateChild ?? step.restartChild ?? step.deleteChild)!;
    const child = sup.children.find((one) => one.id === id);
    if (!child) return { error: 'not_found' };
    if (step.terminateChild) {
      this.#stop(child);
      if (child.node.restart === 'temporary') drop(sup, child);
      return { ok: 'ok' };
    }
    if (child.state !== 'undefined') return { error: child.state };
    if (step.restartChild) return told(this.#startChild(sup, child));
    drop(sup, child);
    return { ok: 'ok' };
  }

  #startNew(sup: ModelProcess, node: CaseNode): JsonObject {
    const bad = badChild(node, sup.node);
    if (bad !== undefined) return { error: bad };
    const known = sup.children.find(({ id }) => id === node.id);
    if (known) return { error: known.state === 'running' ? 'already_started' : 'already_present' };
    const child: ModelChild = { id: node.id, node, state: 'undefined' };
    sup.children.push(child);
    const outcome = this.#startChild(sup, child);
    if (outcome.kind === 'failed') drop(sup, child);
    return told(outcome);
  }

  #startInstance(sup: ModelProcess, given: CaseNode): JsonObject {
    const child: ModelChild = { id: given.id, node: instantiate(sup.node.children![0]!, given), state: 'undefined' };
    const outcome = this.#startChild(sup, child);
    if (outcome.kind === 'started') sup.children.push(child);
    return told(outcome);
  }

  #terminateInstance(sup: ModelProcess, process: ModelProcess | undefined): JsonObject {
    if (!process) return { error: 'not_found' };
    const child = sup.children.find((one) => one.process === process);
    if (child) {
      this.#stop(child);
      drop(sup, child);
    }
    return { ok: 'ok' };
  }

  #count(sup: ModelProcess): JsonObject {
    const { children } = sup;
    const supervisors = children.filter(({ node }) => isSupervisor(node)).length;
    const active = children.filter(({ state, process }) => state === 'running' && (isDynamic(sup.node) || this.#alive.has(process!))).length;
    return { specs: isDynamic(sup.node) ? 1 : children.length, active, supervisors, workers: children.length - supervisors };
  }
}

function drop(sup: ModelProcess, child: ModelChild): void {
  sup.children = sup.children.filter((one) => one !== child);
}

const told = (outcome: Outcome): JsonObject => (outcome.kind === 'failed' ? { error: outcome.reason } : { ok: outcome.kind });

const describe = (sup: ModelProcess, child: ModelChild): Json => ({
  id: isDynamic(sup.node) && child.state !== 'running' ? '?' : child.id,
  child: child.state,
  ...(child.state === 'running' ? { inc: child.process!.inc } : {}),
  type: child.node.kind ?? 'worker',
});
