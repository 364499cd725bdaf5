/** One simulated run: (program, scenario, seed) decides every byte of its journal. */
import type { Fault, ScenarioPlan, SimulationResult, UnansweredRequest, Verdict } from '../../shared/design/scenario-plan';
import type { HostRecord, JournalEvent, JournalHeader, JournalRecord } from '../../shared/journal/record';
import type { Program, ProgramSource } from '../../shared/program/program';
import type { EffectRequest, Settlement } from '../../shared/run/engine-protocol';
import type { GuestPool } from '../behaviours/guest';
import { behavioursWith } from '../behaviours/make-behaviour';
import type { HostInput } from '../kernel/ports';
import { CONTROL_HOST } from '../../shared/ids';
import { outsideTimeoutMs } from '../../shared/program/outside-timeout';
import type { TextItem } from '../../shared/sources/text-items';
import { ESCALATION_PORT } from '../../shared/design/nodes/human';
import type { HumanRequest } from '../../shared/run/human-request';
import { Cluster } from './cluster';
import { judge, worstOf } from './judge';
import { Ledger } from './ledger';
import { simulateEffect, type RecordedAnswers } from './recorded-answers';
import { virtualItems } from './virtual-source';

/** Where a design has no scenario, and where a scenario names no end. */
export const DEFAULT_UNTIL_MS = 60_000;
/** Virtual time between the core and an engine, one way: an item is committed before it is delivered. */
const CORE_LATENCY_MS = 2;
/** Turns at one virtual instant after which time is said to stand still. */
const MOST_TURNS_AT_ONCE = 2_000_000;
/** 2000-01-01T00:00:00Z: what `self.now()` begins with. */
const EPOCH_MS = 946_684_800_000;
const LONGEST_SHOWN = 500;

export type Simulation = {
  readonly program: Program;
  readonly scenario: ScenarioPlan;
  readonly seed: number;
  /** Bytes of the data files that sources name, by path. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Answers of models and tools that were recorded. */
  readonly cassettes?: RecordedAnswers;
  readonly guests: GuestPool;
  /** Takes each line of the journal, without newline. */
  readonly onLine: (line: string) => void;
  /** Hash over all lines given to `onLine`. */
  readonly journalHash: () => string;
  /** Called now and then, so that the process around it can say that it lives. */
  readonly onProgress: (virtualMs: number) => void;
};

/** A source of the design: what is left of its items, and which are under way. */
/** `stuck`: time stands still. `unanswered`: something was asked that nobody has recorded. */
type End = 'drained' | 'time' | 'root_exit' | 'stuck' | 'unanswered';
const NONE_RECORDED: RecordedAnswers = new Map();

type Feed = { readonly source: ProgramSource; readonly items: Iterator<TextItem, void, void>; readonly underWay: Map<number, TextItem>; count: number; hasEnded: boolean; credit: number; incarnation: number };

export async function simulate(simulation: Simulation): Promise<SimulationResult> {
  return new SimulatedRun(simulation).run();
}

class SimulatedRun {
  readonly #simulation: Simulation;
  readonly #ledger = new Ledger();
  readonly #feeds = new Map<string, Feed>();
  /** Messages from outside that a host holds, by id. */
  readonly #callers = new Map<number, string>();
  readonly #cluster: Cluster;
  readonly #seqs = new Map<string, number[]>();
  #seq = 0;
  #rootReason: string | undefined;
  #isStopping = false;
  /** Lines of the load that were due before there was anybody to take them. */
  #early: ScenarioPlan['load'][number][] | undefined = [];
  /** Effects that are to be answered, by key. */
  readonly #underWay = new Map<string, readonly EffectRequest[]>();
  readonly #unanswered: UnansweredRequest[] = [];
  /** What was asked of people, and nobody stood in for: the first. */
  #unheard: string | undefined;

  constructor(simulation: Simulation) {
    this.#simulation = simulation;
    const { program, seed, scenario } = simulation;
    const header: JournalHeader = { format: 'prismatic-journal/1', program: program.hash, world: 'simulated', seed, scenario: scenario.name };
    simulation.onLine(JSON.stringify(header));
    for (const node of Object.values(program.nodes)) if (node.kind === 'source') this.#feeds.set(node.id, this.#feedOf(node));
    this.#cluster = new Cluster({
      program,
      seed,
      epochMs: EPOCH_MS,
      behaviours: behavioursWith(simulation.guests),
      onRecord: (host, life, record) => this.#write(host, life, record),
      onEffect: (effect) => this.#makeEffect(effect),
      onEffectAbandoned: (key) => void this.#underWay.delete(key),
      onSettled: (settlement) => this.#settle(settlement),
      onPull: (node, incarnation, credit) => this.#pull(node, incarnation, credit),
      onRootStarted: () => this.#begin(),
      onRootExited: (reason) => (this.#rootReason = reason),
    });
    for (const [target, { kind }] of Object.entries(program.mocks ?? {})) this.#writeOwn({ type: 'operator', action: `mock ${kind}`, target });
    for (const line of scenario.load) this.#cluster.schedule(line.atMs, () => this.#load(line));
    for (const fault of scenario.faults) this.#cluster.schedule(fault.atMs, () => this.#inject(fault));
  }

  async run(): Promise<SimulationResult> {
    const untilMs = this.#simulation.scenario.untilMs ?? DEFAULT_UNTIL_MS;
    const end = await this.#runUntil(untilMs);
    const rootReason = this.#rootReason;
    if (end !== 'stuck' && end !== 'unanswered') await this.#stop();
    const result = this.#judge(end, rootReason);
    this.#cluster.dispose();
    return result;
  }

  async #runUntil(untilMs: number): Promise<End> {
    for (;;) {
      if (!(await this.#settleInstant())) return 'stuck';
      // What follows would be a guess.
      if (this.#unanswered.length > 0) return 'unanswered';
      if (this.#rootReason !== undefined && !this.#isStopping) return 'root_exit';
      if (this.#cluster.isQuiet && this.#cluster.timers === 0 && [...this.#feeds.values()].every(isFinished)) return 'drained';
      if (!this.#cluster.advance(untilMs)) return this.#cluster.isQuiet && this.#cluster.timers === 0 ? 'drained' : 'time';
    }
  }

  /** Makes all turns that are possible without time going on. */
  async #settleInstant(): Promise<boolean> {
    const { guests, onProgress } = this.#simulation;
    onProgress(this.#cluster.nowMs);
    for (let turns = 0; turns < MOST_TURNS_AT_ONCE; turns += 1) {
      if (guests.needsRefill) await guests.refill();
      if (!this.#cluster.step()) return true;
      if (turns % 1000 === 999) onProgress(this.#cluster.nowMs);
    }
    return false;
  }

  /** The tree is taken down in order, so that the journal ends as a real run's does. */
  async #stop(): Promise<void> {
    this.#isStopping = true;
    this.#cluster.give(CONTROL_HOST, { type: 'stopRoot' });
    const untilMs = this.#cluster.nowMs + DEFAULT_UNTIL_MS;
    while (await this.#settleInstant()) if (this.#rootReason !== undefined || !this.#cluster.advance(untilMs)) return;
  }

  // ---- the world outside ----

  /** As in a real run, nothing comes in before the tree is up. */
  #begin(): void {
    for (const line of this.#early ?? []) this.#cluster.schedule(this.#cluster.nowMs, () => this.#load(line));
    this.#early = undefined;
  }

  #load(line: ScenarioPlan['load'][number]): void {
    if (this.#early) return void this.#early.push(line);
    const id = this.#ledger.acknowledge();
    const host = this.#cluster.hostOf(line.to);
    const error = { code: 'noconnection', message: `host ${host} is down`, node: line.to };
    if (!this.#cluster.isUp(host)) return this.#settle({ id, attempts: 1, ok: false, error });
    this.#callers.set(id, host);
    this.#cluster.give(host, { type: 'outside', input: { id, node: line.to, protocol: line.protocol, operation: line.operation, value: line.input, timeoutMs: outsideTimeoutMs(this.#simulation.program, line.to) } });
  }

  #inject(fault: Fault): void {
    const target = fault.kind === 'crash' ? fault.node : fault.host;
    const reason = fault.kind === 'crash' ? (fault.reason ?? 'crash: injected') : undefined;
    this.#writeOwn({ type: 'fault.injected', kind: fault.kind, target, ...(reason === undefined ? {} : { reason }) });
    if (fault.kind === 'killHost') this.#killHost(fault.host);
    else this.#cluster.give(this.#cluster.hostOf(fault.node), { type: 'operator', command: { action: 'crash', node: fault.node, reason: reason! } });
  }

  /** A caller from outside hears at once that its message went down with the host; an item of a source is delivered again. */
  #killHost(host: string): void {
    this.#cluster.killHost(host);
    const lost = [...this.#callers].filter(([, holder]) => holder === host);
    for (const [id] of lost) this.#settle({ id, attempts: 1, ok: false, error: { code: 'noconnection', message: `host ${host} was lost` } });
  }

  #makeEffect(effect: EffectRequest): void {
    if (effect.kind === 'human') return this.#askNobody(effect);
    this.#ledger.makeEffect(effect);
    const simulated = simulateEffect(effect, this.#simulation.cassettes ?? NONE_RECORDED, CORE_LATENCY_MS);
    if (!simulated) return void this.#unanswered.push({ node: effect.node, kind: effect.kind, request: effect.request });
    const { key } = effect;
    const askers = (): readonly EffectRequest[] => this.#underWay.get(key) ?? [];
    this.#underWay.set(key, [...askers(), effect]);
    // The host of the node may be gone when the answer comes; whoever runs under its name then did not ask.
    const give = (input: HostInput): void => {
      if (askers().includes(effect)) this.#cluster.give(this.#cluster.hostOf(effect.template ?? effect.node), input);
    };
    const { nowMs } = this.#cluster;
    for (const { value, afterMs } of simulated.items) this.#cluster.schedule(nowMs + afterMs, () => give({ type: 'effectItem', key, value }));
    this.#cluster.schedule(nowMs + simulated.afterMs, () => {
      give({ type: 'effectAnswer', answer: simulated.answer });
      this.#underWay.set(key, askers().filter((one) => one !== effect));
    });
  }

  /** There are no people in virtual time: the deadline passes. Where nobody stands in after it, what they would have said is not known. */
  #askNobody({ key, node: name, template, request }: EffectRequest): void {
    const node = template ?? name;
    const { operation, input, deadlineMs } = request as unknown as HumanRequest;
    const message = `nobody answers ${operation} for ${node}`;
    const hasEscalation = this.#simulation.program.wires.some(({ from }) => from.node === node && from.port === ESCALATION_PORT);
    if (!hasEscalation) this.#unheard ??= `${message}: ${JSON.stringify(input).slice(0, LONGEST_SHOWN)}; give the scenario a mock of ${node}`;
    const answer = { key, mode: 'simulated', ok: false, error: { code: 'timeout', message: `${message} within ${Math.round(deadlineMs)} ms`, node } } as const;
    this.#cluster.schedule(this.#cluster.nowMs + Math.max(deadlineMs, CORE_LATENCY_MS), () => this.#cluster.give(this.#cluster.hostOf(node), { type: 'effectAnswer', answer }));
  }

  #settle(settlement: Settlement): void {
    this.#ledger.settle(settlement);
    this.#callers.delete(settlement.id);
    for (const feed of this.#feeds.values()) feed.underWay.delete(settlement.id);
  }

  #feedOf(source: ProgramSource): Feed {
    const path = source.behaviour.type === 'file' ? source.behaviour.path : '';
    const bytes = this.#simulation.files.get(path) ?? new Uint8Array(0);
    return { source, items: virtualItems(source, bytes), underWay: new Map(), count: 0, hasEnded: false, credit: 0, incarnation: 0 };
  }

  /** A source that began anew gets again what it had not settled, then new items as far as its credit goes. */
  #pull(node: string, incarnation: number, credit: number): void {
    const feed = this.#feeds.get(node)!;
    const isNew = incarnation !== feed.incarnation;
    if (isNew) {
      feed.incarnation = incarnation;
      feed.credit = credit;
      for (const [id, item] of feed.underWay) this.#deliver(feed, id, item);
    } else feed.credit += credit;
    this.#feed(feed, isNew);
  }

  #feed(feed: Feed, isNew: boolean): void {
    while (feed.credit > 0 && !feed.hasEnded) {
      const next = feed.items.next();
      if (next.done) {
        feed.hasEnded = true;
        return this.#tellEnd(feed);
      }
      const id = this.#ledger.acknowledge();
      feed.count += 1;
      if (!next.value.ok) this.#settle({ id, attempts: 1, ok: false, error: { code: 'invalid', message: next.value.message } });
      else {
        feed.underWay.set(id, next.value);
        this.#deliver(feed, id, next.value);
      }
    }
    if (isNew && feed.hasEnded) this.#tellEnd(feed);
  }

  #deliver(feed: Feed, id: number, item: TextItem): void {
    feed.credit -= 1;
    const { id: node, operation } = feed.source;
    const { incarnation } = feed;
    this.#cluster.schedule(this.#cluster.nowMs + CORE_LATENCY_MS, () => {
      if (!this.#ledger.isSettled(id)) this.#cluster.give(this.#cluster.hostOf(node), { type: 'outside', input: { id, node, operation, value: item.value }, incarnation });
    });
  }

  #tellEnd(feed: Feed): void {
    const { source: { id: node }, incarnation } = feed;
    this.#cluster.schedule(this.#cluster.nowMs + CORE_LATENCY_MS, () => this.#cluster.give(this.#cluster.hostOf(node), { type: 'sourceEnd', node, incarnation, items: feed.count }));
  }

  // ---- the journal ----

  #write(host: string, life: number, record: HostRecord): void {
    const { number, cause, causeIn, ...rest } = record;
    if (record.type === 'supervisor.restarting') this.#ledger.restarts += 1;
    this.#seq += 1;
    const key = `${host}#${life}`;
    const seqs = this.#seqs.get(key) ?? [];
    seqs[number] = this.#seq;
    this.#seqs.set(key, seqs);
    this.#emit({ seq: this.#seq, host, ...rest, cause: cause === null ? null : (this.#seqs.get(causeIn ?? key)?.[cause] ?? null) });
  }

  #writeOwn(event: JournalEvent): number {
    this.#seq += 1;
    this.#emit({ seq: this.#seq, host: 'simulator', step: this.#cluster.steps, atMs: this.#cluster.nowMs, cause: null, ...event });
    return this.#seq;
  }

  #emit(record: JournalRecord): void {
    this.#simulation.onLine(JSON.stringify(record));
  }

  // ---- the verdict ----

  #judge(end: End, rootReason: string | undefined): SimulationResult {
    const { program, scenario, seed } = this.#simulation;
    const virtualMs = this.#cluster.nowMs;
    const judgedAll: SimulationResult['expectations'] = scenario.expectations.map((expectation) => {
      const judged = end === 'unanswered' ? { name: expectation.name, verdict: 'unknown' as const, message: NOT_RECORDED } : judge(expectation, this.#ledger, end !== 'time');
      const seq = judged.verdict === 'fail' ? this.#writeOwn({ type: 'expectation.failed', name: judged.name }) : null;
      return { ...judged, seq };
    });
    const expectations = this.#unheard === undefined ? judgedAll : [...judgedAll, { name: 'people answer', verdict: 'unknown' as const, seq: null, message: this.#unheard }];
    this.#writeOwn({ type: 'run.ended', reason: end === 'stuck' || end === 'unanswered' ? 'time' : end });
    const own = this.#ownVerdict(end, rootReason);
    const { inputs, handled, failed, lost, duplicated } = this.#ledger.counts();
    return {
      verdict: worstOf([own, ...expectations.map(({ verdict }) => verdict)]),
      program: program.hash,
      scenario: scenario.name,
      seed,
      virtualMs,
      steps: this.#cluster.steps,
      journalHash: this.#simulation.journalHash(),
      inputs,
      handled,
      failed,
      lost,
      duplicated,
      restarts: this.#ledger.restarts,
      expectations,
      ...(this.#unanswered.length === 0 ? {} : { unanswered: this.#unanswered }),
    };
  }

  /** Without any expectation: the root must stand, and what was acknowledged must have been answered. */
  #ownVerdict(end: End, rootReason: string | undefined): Verdict {
    if (end === 'unanswered') return 'unknown';
    if (rootReason !== undefined && end === 'root_exit') return 'fail';
    const { lost } = this.#ledger.counts();
    if (end === 'drained') return lost > 0 ? 'fail' : 'pass';
    // Time ran out: what a scenario's own end cuts off was wanted so, the default end proves nothing.
    return end === 'time' && (this.#simulation.scenario.untilMs !== undefined || lost === 0) ? 'pass' : 'unknown';
  }
}

const NOT_RECORDED = 'the run ended before this could be judged: no cassette answers what was asked';
const isFinished = (feed: Feed): boolean => feed.hasEnded && feed.underWay.size === 0;
