/**
 * Runs a case of the OTP oracle (`oracle/`, format in its README) on one host of the kernel and gives the trace it makes, raw:
 * the canonical order is `canon.mjs`'s affair. Time is virtual and moves only as far as stops need, or as a step says.
 */
import { assert } from '../../shared/assert';
import { CONTROL_HOST } from '../../shared/ids';
import type { HostRecord } from '../../shared/journal/record';
import type { Json } from '../../shared/json/json';
import type { Program, ProgramAgent, ProgramNode, ProgramSupervisor, Restart, Shutdown } from '../../shared/program/program';
import type { Behaviour, Self } from '../kernel/behaviour';
import { HostKernel } from '../kernel/host-kernel';
import type { Signal } from '../kernel/signal';
import { SupervisorBehaviour } from './supervisor-behaviour';

export type CaseNode = {
  readonly kind?: 'worker' | 'supervisor';
  readonly id: string;
  readonly restart?: Restart;
  readonly shutdown?: Shutdown;
  readonly significant?: boolean;
  readonly init?: string | readonly string[];
  readonly trapExit?: boolean;
  readonly terminateDelay?: number;
  readonly strategy?: ProgramSupervisor['strategy'];
  readonly maxRestarts?: number;
  readonly maxSeconds?: number;
  readonly autoShutdown?: ProgramSupervisor['autoShutdown'];
  readonly children?: readonly CaseNode[];
};
export type CaseStep = {
  readonly crash?: string;
  readonly reason?: string;
  readonly advance?: number;
  readonly stopTree?: true;
  readonly startChild?: readonly [string, CaseNode];
  readonly terminateChild?: readonly [string, string];
  readonly restartChild?: readonly [string, string];
  readonly deleteChild?: readonly [string, string];
  readonly whichChildren?: string;
  readonly countChildren?: string;
  readonly burst?: string;
  readonly ops?: readonly CaseStep[];
};
export type OracleCase = { readonly name: string; readonly tree: CaseNode; readonly script: readonly CaseStep[] };
export type TraceEvent = { readonly ev: string; readonly [field: string]: Json };

type InitOutcome = 'ok' | 'fail' | 'ignore';
const INIT_WORDS: Readonly<Record<string, readonly InitOutcome[]>> = { ok: ['ok'], fail_always: ['fail'], fail_once: ['fail', 'ok'], ignore: ['ignore'] };
const planOf = (init: CaseNode['init']): readonly InitOutcome[] => (typeof init === 'string' ? INIT_WORDS[init]! : ((init as readonly InitOutcome[] | undefined) ?? ['ok']));

/** A worker of a case: its init goes by plan, its end takes as long as the case says. */
class CaseWorker implements Behaviour {
  readonly receives = 'queued';
  readonly trapsExits: boolean;
  readonly #delayMs: number;
  readonly #init: () => InitOutcome;
  #ending: { readonly timer: number; readonly reason: string } | undefined;

  constructor(node: CaseNode, init: () => InitOutcome) {
    this.trapsExits = node.trapExit ?? false;
    this.#delayMs = node.terminateDelay ?? 0;
    this.#init = init;
  }

  start(self: Self): void {
    const outcome = this.#init();
    if (outcome === 'ok') self.started();
    else if (outcome === 'fail') self.failStart('init_failed');
    else self.ignore();
  }

  receive(self: Self, signal: Signal): void {
    if (signal.kind === 'timer' && signal.timer === this.#ending?.timer) return self.exit(this.#ending.reason);
    if (signal.kind !== 'exit' || this.#ending) return;
    if (this.#delayMs === 0) return self.exit(signal.reason);
    this.#ending = { timer: self.setTimer(this.#delayMs, null), reason: signal.reason };
  }

  dispose(): void {
    this.#ending = undefined;
  }
}

export function runOracleCase(one: OracleCase): readonly TraceEvent[] {
  return new OracleRun(one).run();
}

class OracleRun {
  readonly #case: OracleCase;
  readonly #nodes = new Map<string, CaseNode>();
  readonly #overrides = new Map<string, CaseNode>();
  readonly #events: TraceEvent[] = [];
  readonly #starts = new Map<string, number>();
  readonly #attempts = new Map<string, number>();
  readonly #kernel: HostKernel;
  #results: TraceEvent[] = [];
  #pending = new Map<number, { readonly op: string; readonly sup: string; readonly id?: string; readonly index: number }>();
  #nextRef = 1;
  #downReason: string | undefined;

  constructor(one: OracleCase) {
    this.#case = one;
    this.#kernel = new HostKernel({
      program: this.#programOf(one),
      host: CONTROL_HOST,
      life: 1,
      seed: 1,
      epochMs: 0,
      trace: false,
      incarnations: {},
      behaviours: ({ node, name }) => (node.kind === 'supervisor' ? new SupervisorBehaviour(node) : this.#workerOf(node.id, name)),
      ports: {
        send: () => assert(false, 'one host'),
        record: (record) => this.#record(record),
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
      this.#events.push({ ev: 'step', i: index });
      this.#perform(step);
    }
    const alive = this.#kernel.agents().map(({ node }) => node);
    this.#events.push({ ev: 'end', alive: alive.toSorted() });
    return this.#events;
  }

  // ---- the case as a program ----

  #programOf(one: OracleCase): Program {
    const nodes: { [id: string]: ProgramNode } = {};
    const add = (node: CaseNode, parent: string | undefined): void => {
      this.#nodes.set(node.id, node);
      nodes[node.id] = toProgramNode(node, parent);
      for (const child of node.children ?? []) add(child, node.id);
    };
    add(one.tree, undefined);
    const visit = (step: CaseStep): void => {
      step.ops?.forEach(visit);
      if (!step.startChild) return;
      const [sup, spec] = step.startChild;
      if (this.#nodes.get(sup)?.strategy === 'simple_one_for_one') this.#overrides.set(spec.id, spec);
      else if (!this.#nodes.has(spec.id)) add(spec, sup);
    };
    one.script.forEach(visit);
    return { format: 'prismatic-program/1', hash: 'sha256:case', name: one.name, root: one.tree.id, nodes, protocols: {}, wires: [], modules: {}, hosts: [{ id: CONTROL_HOST, instances: [] }], files: [] };
  }

  #workerOf(nodeId: string, name: string): CaseWorker {
    const node = { ...this.#nodes.get(nodeId)!, ...this.#overrides.get(name) };
    const plan = planOf(node.init);
    return new CaseWorker(node, () => {
      const attempt = (this.#attempts.get(name) ?? 0) + 1;
      this.#attempts.set(name, attempt);
      const outcome = plan[Math.min(attempt, plan.length) - 1]!;
      if (outcome === 'ignore') this.#events.push({ ev: 'startIgnored', id: name, attempt });
      return outcome;
    });
  }

  // ---- steps ----

  #perform(step: CaseStep): void {
    this.#results = [];
    this.#pending = new Map();
    if (step.advance !== undefined) this.#advance(step.advance);
    else for (const [index, op] of (step.ops ?? [step]).entries()) this.#apply(op, index);
    this.#settle();
    for (const { index, ...asked } of this.#pending.values()) this.#results[index] = { ev: 'result', ...asked, error: 'sup_down' };
    this.#events.push(...this.#results.filter(Boolean));
    this.#tellDown();
  }

  #tellDown(): void {
    if (this.#downReason !== undefined) this.#events.push({ ev: 'treeDown', reason: this.#downReason });
  }

  #apply(op: CaseStep, index: number): void {
    if (op.stopTree) return this.#kernel.input({ type: 'stopRoot' }, this.#kernel.nowMs);
    if (op.crash !== undefined) return this.#crash(op.crash, op.reason ?? 'boom', index);
    if (op.startChild) return this.#ask('startChild', op.startChild[0], index, op.startChild[1].id);
    for (const call of ['terminateChild', 'restartChild', 'deleteChild'] as const) {
      const target = op[call];
      if (target) return this.#ask(call, target[0], index, target[1]);
    }
    for (const call of ['whichChildren', 'countChildren'] as const) if (op[call] !== undefined) this.#ask(call, op[call], index);
  }

  #crash(id: string, reason: string, index: number): void {
    if (!this.#kernel.isAlive(id)) this.#results[index] = { ev: 'result', op: 'crash', id, error: 'not_running' };
    else this.#kernel.input({ type: 'operator', command: { action: 'crash', node: id, reason } }, this.#kernel.nowMs);
  }

  #ask(op: string, sup: string, index: number, id?: string): void {
    const ref = this.#nextRef++;
    this.#pending.set(ref, { op, sup, index, ...(id === undefined ? {} : { id }) });
    this.#kernel.input({ type: 'request', ref, node: sup, body: { call: op, ...(id === undefined ? {} : { id }) } }, this.#kernel.nowMs);
  }

  #respond(ref: number, body: Json): void {
    const asked = this.#pending.get(ref);
    if (!asked) return;
    this.#pending.delete(ref);
    const { index, ...what } = asked;
    this.#results[index] = { ev: 'result', ...what, ...this.#withIncarnations(body as { readonly [key: string]: Json }) };
  }

  #withIncarnations(body: { readonly [key: string]: Json }): { readonly [key: string]: Json } {
    if (!Array.isArray(body['children'])) return body;
    const children = (body['children'] as readonly { readonly id: string; readonly child: string; readonly type: string }[]).map((child) =>
      child.child === 'running' ? { ...child, inc: this.#starts.get(child.id) ?? 0 } : child,
    );
    return { ...body, children: children.toSorted((a, b) => (a.id < b.id ? -1 : 1)) };
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

  // ---- the trace ----

  #record(record: HostRecord): void {
    switch (record.type) {
      case 'process.started': {
        const inc = (this.#starts.get(record.node) ?? 0) + 1;
        this.#starts.set(record.node, inc);
        this.#events.push({ ev: 'start', id: record.node, inc });
        this.#incarnations.set(record.pid, inc);
        return;
      }
      case 'process.startFailed':
        this.#events.push({ ev: 'startFailed', id: record.node, attempt: this.#attempts.get(record.node) ?? 0 });
        return;
      case 'process.exited':
        this.#events.push({ ev: 'stop', id: record.node, inc: this.#incarnations.get(record.pid) ?? 0, reason: record.reason });
        return;
      case 'supervisor.gaveUp':
        this.#events.push({ ev: 'supervisorGaveUp', id: record.node, inc: this.#starts.get(record.node) ?? 0 });
        return;
      default:
        return;
    }
  }

  readonly #incarnations = new Map<string, number>();
}

function toProgramNode(node: CaseNode, parent: string | undefined): ProgramNode {
  const isSupervisor = node.kind === 'supervisor';
  const spec = { id: node.id, host: CONTROL_HOST, restart: node.restart ?? 'permanent', shutdown: node.shutdown ?? (isSupervisor ? 'infinity' : 5000), significant: node.significant ?? false, ...(parent === undefined ? {} : { parent }) } as const;
  if (!isSupervisor) {
    const agent: ProgramAgent = { ...spec, kind: 'agent', provides: [], requires: {}, mailbox: 1000, behaviour: { type: 'scripted', rules: [] } };
    return agent;
  }
  const { strategy = 'one_for_one', maxRestarts = 1, maxSeconds = 5, autoShutdown = 'never', children = [] } = node;
  return { ...spec, kind: 'supervisor', strategy, maxRestarts, maxSeconds, autoShutdown, children: children.map(({ id }) => id) };
}
