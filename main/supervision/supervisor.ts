/** The supervisor process. `run` is its whole life; every `yield` is a receive. See `shared/oracle` in the design for its source. */
import { assert } from '../../shared/assert';
import type { ExitReason } from '../../shared/run/exit-reason';
import type { Json } from '../../shared/json/json';
import type { ProgramSupervisor } from '../../shared/program/program';
import type { Self } from '../kernel/behaviour';
import { OUTSIDE, type ExitSignal, type Pid, type Signal } from '../kernel/signal';
import type { ChildNames, NamingSupervisor } from './child-names';
import { findBadStart } from './check-specs';
import { STOPPED, type ChildRecord } from './child-record';
import { decideExit } from './decide-exit';
import { countRestart, restartsWithin, type RestartHistory } from './restart-limit';
import { restartScope } from './restart-scope';
import { isExit, stopInReverse, stopTogether, type Wait } from './stop-children';
import { answerCall } from './answer-call';
import { answerRequest } from './supervisor-calls';
import type { StartOutcome, Supervised } from './supervised';

export class Supervisor implements Supervised {
  readonly self: Self;
  readonly spec: ProgramSupervisor;
  children: ChildRecord[] = [];
  #history: RestartHistory = [];

  readonly #names: ChildNames;
  /** Why its parent ended, where that was told in the middle of a start. */
  #orphaned: ExitReason | undefined;

  constructor(self: Self, spec: ProgramSupervisor, names: ChildNames) {
    this.self = self;
    this.spec = spec;
    this.#names = names;
  }

  get isDynamic(): boolean {
    return this.spec.strategy === 'simple_one_for_one';
  }

  restartsAt(nowMs: number): number {
    return restartsWithin(this.#history, nowMs, this.spec).length;
  }

  /** Ends when the process does. */
  *run(): Wait<void> {
    this.self.announce();
    const failure = yield* this.#startAll();
    if (failure) return this.self.failStart(failure);
    this.self.started();
    for (let exitReason: ExitReason | undefined; ; ) {
      exitReason = yield* this.#receive();
      if (exitReason !== undefined) return this.self.exit(exitReason);
    }
  }

  /** One message, to the end. Answers the reason to exit with, if it is over. */
  *#receive(): Wait<ExitReason | undefined> {
    if (this.#orphaned !== undefined) return yield* this.#endWithParent(this.#orphaned);
    const signal = yield undefined;
    switch (signal.kind) {
      case 'exit':
        return yield* this.#handleExit(signal);
      case 'request':
        this.self.send(signal.from, { kind: 'response', ref: signal.ref, body: yield* answerRequest(this, signal.body) });
        return undefined;
      case 'call':
        this.self.reply(signal, yield* answerCall(this, signal));
        return undefined;
      case 'note':
        return yield* this.#retry(signal.payload);
      default:
        return undefined;
    }
  }

  *#startAll(): Wait<ExitReason | undefined> {
    const children = this.spec.children.map((id) => this.recordOf(id, this.#names.child(this.#naming, id)));
    const refusal = findBadStart(children, this.spec);
    if (refusal !== undefined) return refusal;
    if (this.isDynamic) return undefined;
    this.children = children;
    for (const child of [...this.children]) {
      const outcome = yield* this.start(child);
      if (outcome.kind !== 'failed') continue;
      yield* stopInReverse(this.self, this.children);
      return `{shutdown,{failed_to_start_child,${child.id},${outcome.reason}}}`;
    }
    return undefined;
  }

  get #naming(): NamingSupervisor {
    const { parent, id } = this.spec;
    const above = parent === undefined ? undefined : this.self.program.nodes[parent];
    return { name: this.self.name, node: id, isInstance: above?.kind === 'supervisor' && above.strategy === 'simple_one_for_one' };
  }

  recordOf(nodeId: string, id: string): ChildRecord {
    const node = this.self.program.nodes[nodeId];
    assert(node, `supervisor ${this.self.name} has no child ${nodeId}`);
    const name = this.isDynamic ? this.#names.instance(this.#naming, id) : id;
    return { id, name, node: nodeId, type: node.kind === 'supervisor' ? 'supervisor' : 'worker', spec: node, state: STOPPED };
  }

  /**
   * To the end of its init. An ignoring temporary child leaves no record. Whoever learns meanwhile that its parent has ended starts nobody
   * any more: another of its kind may have begun to. What is still under way ends when it finds nobody to report to.
   */
  *start(child: ChildRecord): Wait<StartOutcome> {
    const end = this.self.take((signal) => this.#isEndOfParent(signal));
    if (end?.kind === 'exit') this.#orphaned = end.reason;
    if (this.#orphaned !== undefined) return { kind: 'failed', reason: this.#orphaned };
    const ref = this.self.spawn({ node: child.node, name: child.name, ...(child.args === undefined ? {} : { args: child.args }) });
    const answer = yield (signal) => (signal.kind === 'spawned' && signal.ref === ref) || this.#isEndOfParent(signal);
    if (answer.kind === 'exit') {
      this.#orphaned = answer.reason;
      return { kind: 'failed', reason: answer.reason };
    }
    assert(answer.kind === 'spawned', 'a start is answered by spawned');
    if (answer.outcome === 'failed') return { kind: 'failed', reason: answer.reason, loss: answer.loss };
    if (answer.outcome === 'started') {
      child.state = { kind: 'running', pid: answer.pid };
      return { kind: 'started' };
    }
    child.state = STOPPED;
    if (child.spec.restart === 'temporary' || this.isDynamic) this.drop(child);
    return { kind: 'ignored' };
  }

  drop(child: ChildRecord): void {
    this.children = this.children.filter((one) => one !== child);
  }

  #isEndOfParent(signal: Signal): boolean {
    return isExit(signal) && signal.from === this.self.parent;
  }

  *#endWithParent(reason: ExitReason): Wait<ExitReason> {
    yield* this.stopAll();
    return reason;
  }

  *#handleExit(signal: ExitSignal): Wait<ExitReason | undefined> {
    const ended = new Set<Pid>([signal.from]);
    // A lost host took several along: one loss, one decision, one count.
    if (signal.loss !== undefined) {
      for (let other = this.#takeSameLoss(signal.loss); other; other = this.#takeSameLoss(signal.loss)) ended.add(other.from);
    }
    const isParent = this.self.parent !== undefined && ended.has(this.self.parent);
    if (isParent || signal.from === OUTSIDE) return yield* this.#endWithParent(signal.reason);
    const gone = this.children.filter(({ state }) => (state.kind === 'running' && ended.has(state.pid)) || (state.kind === 'restarting' && signal.loss !== undefined && state.loss === signal.loss));
    // A start that went down with the host is of the same loss; its own note would count it again.
    for (const { id, state } of gone) if (state.kind === 'restarting') this.self.take((one) => one.kind === 'note' && one.payload === id);
    return gone.length === 0 ? undefined : yield* this.#handleDeaths(gone, signal.reason);
  }

  #takeSameLoss(loss: string): ExitSignal | undefined {
    const taken = this.self.take((signal) => isExit(signal) && signal.loss === loss);
    return taken && isExit(taken) ? taken : undefined;
  }

  *#handleDeaths(gone: readonly ChildRecord[], reason: ExitReason): Wait<ExitReason | undefined> {
    const toRestart: ChildRecord[] = [];
    let isOver = false;
    for (const child of gone) {
      const decision = decideExit(child.spec.restart, reason);
      child.state = STOPPED;
      if (decision === 'restart') toRestart.push(child);
      else {
        if (decision === 'drop' || this.isDynamic) this.drop(child);
        isOver ||= this.#endsWith(child);
      }
    }
    if (isOver) {
      yield* this.stopAll();
      return 'shutdown';
    }
    return toRestart.length === 0 ? undefined : yield* this.#restart(toRestart);
  }

  /** Auto-shutdown: whether the end of this child, which is not restarted, is the supervisor's. */
  #endsWith(child: ChildRecord): boolean {
    if (!child.spec.significant || this.spec.autoShutdown === 'never') return false;
    if (this.spec.autoShutdown === 'any_significant') return true;
    if (this.isDynamic) return this.children.length === 0;
    return !this.children.some((one) => one !== child && one.spec.significant && one.state.kind !== 'stopped');
  }

  *#retry(id: Json): Wait<ExitReason | undefined> {
    const child = this.children.find((one) => one.id === id && one.state.kind === 'restarting');
    return child ? yield* this.#restart([child]) : undefined;
  }

  *#restart(offenders: readonly ChildRecord[]): Wait<ExitReason | undefined> {
    const { history, isOverLimit } = countRestart(this.#history, this.self.nowMs, this.spec);
    this.#history = history;
    if (isOverLimit) {
      for (const child of offenders) child.state = STOPPED;
      this.self.record({ type: 'supervisor.gaveUp', node: this.self.name });
      yield* this.stopAll();
      return 'shutdown';
    }
    const ids = this.children.map(({ id }) => id);
    const scope = restartScope(this.spec.strategy, ids, offenders.map(({ id }) => id));
    const covered = this.children.filter(({ id }) => scope.includes(id));
    this.self.record({ type: 'supervisor.restarting', node: this.self.name, child: offenders[0]!.name, scope: covered.map(({ name }) => name), count: history.length, max: this.spec.maxRestarts });
    const isGroup = this.spec.strategy === 'one_for_all' || this.spec.strategy === 'rest_for_one';
    if (isGroup) yield* this.#restartGroup(covered);
    else for (const child of covered) yield* this.startAgain(child);
    return undefined;
  }

  /** Stops what runs of the scope, forgets its temporary children, starts every other one: also those that had ended before. */
  *#restartGroup(scope: readonly ChildRecord[]): Wait<void> {
    yield* stopInReverse(this.self, scope);
    for (const child of scope) if (child.spec.restart === 'temporary') this.drop(child);
    for (const child of scope) {
      if (child.spec.restart === 'temporary') continue;
      if (!(yield* this.startAgain(child))) return;
    }
  }

  /** A failed restart leaves a retry note behind everything that waits, so deaths and calls that came first go first. */
  *startAgain(child: ChildRecord): Wait<boolean> {
    const outcome = yield* this.start(child);
    if (outcome.kind !== 'failed') return true;
    child.state = { kind: 'restarting', loss: outcome.loss };
    this.self.note(child.id);
    return false;
  }

  *stopAll(): Wait<void> {
    if (this.isDynamic) yield* stopTogether(this.self, this.children);
    else yield* stopInReverse(this.self, this.children);
  }
}
