/**
 * A case of the OTP oracle in the real world: the engine is a process of its own, its hosts are threads with real clocks, supervisors on one and
 * workers on the other. Only what the processes of a case do is the case's (main/runtime/conformance).
 */
import { join } from 'node:path';
import { assert } from '../../../shared/assert';
import { CONTROL_HOST } from '../../../shared/ids';
import type { HostRecord } from '../../../shared/journal/record';
import type { Json } from '../../../shared/json/json';
import type { Program } from '../../../shared/program/program';
import type { FromEngine } from '../../../shared/run/engine-protocol';
import { HOLD, RELEASE } from '../../runtime/conformance/held-supervisor';
import type { OracleCase, TraceEvent } from '../../supervision/oracle/case';
import { runCase, type CaseEvents, type CaseWorld } from '../../supervision/oracle/case-run';
import { mostRssBytes, startEngineFrom, type EngineLink } from '../engine-process';
import { CausalOrder } from './causal-order';

const WORKER_HOST = 'main';
/** Between two looks at whether the tree is quiet. */
const LOOK_EVERY_MS = 2;
/** No step of a case takes so long. */
const QUIET_LIMIT_MS = 60_000;
/** Answers to `hold` and `release` are not awaited. */
const NO_ANSWER = 0;

/** A machine under load may lose an engine to its watchdog; its trace would be of the machine, not of the case. */
const MOST_TRIES = 4;

class EngineLost extends Error {}

/** Throws where hosts are not what they should be, or the engine is lost again and again. */
export async function runReally(one: OracleCase, tries = 1): Promise<readonly TraceEvent[]> {
  try {
    return await runOnce(one);
  } catch (error) {
    if (!(error instanceof EngineLost) || tries >= MOST_TRIES) throw error;
    return runReally(one, tries + 1);
  }
}

async function runOnce(one: OracleCase): Promise<readonly TraceEvent[]> {
  let world: RealWorld | undefined;
  try {
    const trace = await runCase(one, { supervisors: CONTROL_HOST, workers: WORKER_HOST }, (program, events) => (world = new RealWorld(program, events)));
    world!.check();
    return trace;
  } finally {
    world?.close();
  }
}

class RealWorld implements CaseWorld {
  readonly #program: Program;
  readonly #events: CaseEvents;
  readonly #engine: EngineLink;
  readonly #order: CausalOrder;
  /** `process/thread` in which processes of each host said to run. */
  readonly #places = new Map<string, Set<string>>();
  #token = 0;
  #isStarted = false;
  #isIdle = false;
  #isDown = false;
  #failure: string | undefined;
  #isClosing = false;
  #wake = (): void => undefined;

  constructor(program: Program, events: CaseEvents) {
    this.#program = program;
    this.#events = events;
    this.#order = new CausalOrder((hostLife, record) => this.#record(hostLife, record));
    const start = startEngineFrom(join(import.meta.dirname, 'engine', 'engine.js'), { mostRssBytes: mostRssBytes(2, 0) });
    this.#engine = start({
      onMessage: (message) => this.#receive(message),
      onExit: (reason) => this.#fail(`the engine ended: ${reason}`),
    });
  }

  #fail(reason: string): void {
    if (!this.#isClosing) this.#failure ??= reason;
    this.#wake();
  }

  #receive(message: FromEngine): void {
    switch (message.type) {
      case 'ready':
        this.#engine.send({ type: 'start', program: this.#program, seed: 1, engineLife: 1, epochMs: 0, elapsedMs: 0, trace: false, nativeHandlers: false });
        this.#isStarted = true;
        return this.#wake();
      case 'chunk':
        return this.#order.add(message.chunk);
      case 'response':
        return this.#events.answer(message.ref, message.body);
      case 'hostLost':
        return this.#fail(`host ${message.host} was lost: ${message.reason}`);
      case 'rootExited':
        this.#isDown = true;
        this.#events.down(message.reason);
        return this.#wake();
      case 'probed':
        if (message.token !== this.#token) return;
        this.#isIdle = message.idle;
        return this.#wake();
      default:
        return;
    }
  }

  #record(hostLife: string, record: HostRecord): void {
    if (record.type === 'log' && record.level === 'debug') {
      const place = JSON.parse(record.text) as { readonly process: number; readonly thread: number };
      this.#places.set(hostLife, (this.#places.get(hostLife) ?? new Set()).add(`${place.process}/${place.thread}`));
    } else this.#events.record(record);
  }

  // The engine starts the tree when its hosts are ready.
  startTree(): void {}

  stopTree(): void {
    this.#engine.send({ type: 'stop' });
  }

  crash(node: string, reason: string): void {
    this.#engine.send({ type: 'operator', command: { action: 'crash', node, reason } });
  }

  ask(ref: number, node: string, body: Json): void {
    this.#engine.send({ type: 'request', ref, node, body });
  }

  async hold(supervisor: string): Promise<void> {
    this.ask(NO_ANSWER, supervisor, HOLD);
    await this.settle();
  }

  deliver(): Promise<void> {
    return this.settle();
  }

  release(supervisor: string): void {
    this.ask(NO_ANSWER, supervisor, RELEASE);
  }

  async advance(ms: number): Promise<void> {
    await pass(ms);
  }

  /** The engine says when nothing is left to do, timers included; once the root has ended, only orphans are waited for. */
  async settle(): Promise<void> {
    for (const limitMs = performance.now() + QUIET_LIMIT_MS; !(await this.#isQuiet()); ) {
      assert(performance.now() < limitMs, 'the tree is not quiet after a minute');
      await pass(LOOK_EVERY_MS);
    }
    assert(this.#order.waiting === 0, 'a record follows from one that never came');
  }

  async #isQuiet(): Promise<boolean> {
    if (this.#isDown) return !this.#events.isAnyAlive();
    if (!this.#isStarted) await this.#news();
    this.#isIdle = false;
    this.#token += 1;
    this.#engine.send({ type: 'probe', token: this.#token });
    await this.#news();
    return this.#isIdle || (this.#isDown && !this.#events.isAnyAlive());
  }

  /** Until the engine has said something that matters here. */
  async #news(): Promise<void> {
    if (this.#failure === undefined) await new Promise<void>((resolve) => (this.#wake = resolve));
    if (this.#failure !== undefined) throw new EngineLost(this.#failure);
  }

  /** Hosts were threads, one each, of one process that is not this one. */
  check(): void {
    const places = [...this.#places.values()].map((set) => [...set]);
    assert(places.length > 0 && places.every(({ length }) => length === 1), 'a host ran in more than one place');
    const all = places.map(([place]) => place!.split('/') as [string, string]);
    assert(new Set(all.map(([, thread]) => thread)).size === all.length, 'two hosts ran in one thread');
    assert(all.every(([process_, thread]) => process_ === all[0]![0] && Number(process_) !== process.pid && thread !== '0'), 'a host ran in the core or on the main thread of the engine');
  }

  close(): void {
    this.#isClosing = true;
    this.#engine.kill('the case is over');
  }
}

const pass = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
