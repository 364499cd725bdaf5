/** One run inside the engine process: its hosts and their lives, and what the core asks of them. */
import { availableParallelism, loadavg } from 'node:os';
import { MessageChannel } from 'node:worker_threads';
import { assertNever } from '../../shared/assert';
import { CONTROL_HOST } from '../../shared/ids';
import type { Json } from '../../shared/json/json';
import type { FromEngine, OperatorCommand, OutsideInput, ToEngine } from '../../shared/run/engine-protocol';
import type { HostInput } from '../kernel/ports';
import { Applying } from './applying';
import { HostHandle } from './host-handle';
import { monotonicMs, type FromHost } from './host-protocol';
import { HostThread } from './host-thread';
import { IdleRounds } from './idle-rounds';
import { Measuring } from './measuring';
import { Requests } from './requests';
import { sandboxesAhead, SpareHost, wantsSpare } from './spare-host';
import { crowdingOf, PING_EVERY_MS, shareMs } from './watchdog';

const CORES = availableParallelism();

/** Lives of a host are numbered through all engines of a run, so that no pid ever comes twice. */
const LIVES_PER_ENGINE = 1000;
/** A host that could not be brought up so often in a row will not be: the engine says so and ends. */
const MOST_FAILED_STARTS = 5;

type Start = Extract<ToEngine, { type: 'start' }>;

export class EngineRun {
  /** With the program as it is now: hosts that begin anew begin with it. */
  #start: Start;
  readonly #post: (message: FromEngine) => void;
  readonly #originMs: number;
  readonly #hosts = new Map<string, HostHandle>();
  readonly #lives = new Map<string, number>();
  readonly #failedStarts = new Map<string, number>();
  readonly #incarnations = new Map<string, Map<string, number>>();
  /** Who asked for an effect, by key: a later life of that host does not know it, and drops the answer. */
  readonly #effectHosts = new Map<string, string>();
  /** Outside messages that a host holds, by id. */
  readonly #inputHosts = new Map<number, string>();
  readonly #measuring: Measuring;
  readonly #requests = new Requests();
  readonly #applying: Applying;
  readonly #spare: SpareHost;
  readonly #rounds: IdleRounds;
  #hasRoot = false;
  #rootExit: string | undefined;
  #usedMs = 0;

  constructor(start: Start, post: (message: FromEngine) => void) {
    this.#start = start;
    this.#post = post;
    this.#originMs = monotonicMs() - start.elapsedMs;
    this.#measuring = new Measuring((token, hosts) => post({ type: 'measured', token, atMs: Math.floor(monotonicMs() - this.#originMs), hosts }));
    this.#applying = new Applying({ requests: this.#requests, hostOf: (node) => this.#hosts.get(this.#hostOf(node)), tell: (token, failed) => post({ type: 'applied', token, failed }) });
    this.#rounds = new IdleRounds({
      hosts: () => [...this.#hosts.values()],
      isOnlyOne: () => this.#rootExit !== undefined,
      onOnlyOne: () => post({ type: 'rootExited', reason: this.#rootExit! }),
      onAnswer: (token, idle) => post({ type: 'probed', token, idle }),
    });
    this.#spare = new SpareHost(() => this.#newThread(sandboxesAhead(this.#start.program)));
    for (const { id } of start.program.hosts) this.#begin(id);
    setInterval(() => this.#beat(), PING_EVERY_MS);
  }

  /** Whether a lost host would be replaced at once. */
  get hasSpare(): boolean {
    return this.#spare.isWarm;
  }

  receive(message: Exclude<ToEngine, { type: 'start' }>): void {
    switch (message.type) {
      case 'input':
        return this.#deliver(message.input, message.incarnation);
      case 'sourceEnd':
        return this.#toHostOf(message.node, message);
      case 'effectItem':
        return this.#toAsker(message.key, message);
      case 'effectAnswer':
        this.#toAsker(message.answer.key, message);
        return void this.#effectHosts.delete(message.answer.key);
      case 'operator':
        return this.#operate(message.command);
      case 'probe':
        return this.#rounds.ask(message.token);
      case 'measure':
        return this.#measuring.ask(message.token, [...this.#hosts.values()]);
      case 'apply':
        return this.#apply(message);
      case 'request':
        return this.#request(message);
      case 'stop':
        this.#spare.end();
        return this.#hosts.get(CONTROL_HOST)?.send({ type: 'input', input: { type: 'stopRoot' } });
      default:
        return assertNever(message);
    }
  }

  #apply({ token, program, replace }: Extract<ToEngine, { type: 'apply' }>): void {
    this.#start = { ...this.#start, program };
    this.#spare.takeProgram(program);
    this.#applying.begin({ token, program, replace }, [...this.#hosts.values()]);
  }

  #request({ ref, node, body }: Extract<ToEngine, { type: 'request' }>): void {
    const host = this.#hostOf(node);
    const handle = this.#hosts.get(host);
    const tell = (answer: Json | undefined): void => this.#post({ type: 'response', ref, body: answer ?? { error: 'noconnection' } });
    if (!handle?.isReady) return tell(undefined);
    this.#requests.ask(handle, (own) => ({ type: 'request', ref: own, node, body }), tell);
  }

  #deliver(input: OutsideInput, incarnation: number | undefined): void {
    const host = this.#hostOf(input.node);
    // An item of a source that gets lost waits at the core until its source pulls again; a caller from outside hears at once.
    if (input.protocol !== undefined) this.#inputHosts.set(input.id, host);
    if (this.#hosts.get(host)?.isReady) return this.#toHostOf(input.node, { type: 'outside', input, incarnation });
    this.#failInputsOf(host);
  }

  #failInputsOf(host: string): void {
    for (const [id, holder] of [...this.#inputHosts]) {
      if (holder !== host) continue;
      this.#inputHosts.delete(id);
      const error = { code: 'noconnection', message: `host ${host} was lost` };
      this.#post({ type: 'settled', settlement: { id, attempts: 1, ok: false, error }, depends: {} });
    }
  }

  /** Of a node, or of a dynamic child, which is no node: the host where it was started last. */
  #hostOf(name: string): string {
    const node = this.#start.program.nodes[name];
    if (node) return node.host;
    return [...this.#incarnations].find(([, names]) => names.has(name))?.[0] ?? CONTROL_HOST;
  }

  #toHostOf(node: string, input: HostInput): void {
    this.#hosts.get(this.#hostOf(node))?.send({ type: 'input', input });
  }

  #toAsker(key: string, input: HostInput): void {
    const host = this.#effectHosts.get(key);
    if (host !== undefined) this.#hosts.get(host)?.send({ type: 'input', input });
  }

  #operate(command: OperatorCommand): void {
    if (command.action === 'crash') return this.#toHostOf(command.node, { type: 'operator', command });
    if (command.action === 'guard') return this.#toHostOf(command.wire.slice(0, command.wire.indexOf('.')), { type: 'operator', command });
    this.#hosts.get(command.host)?.kill('killed');
  }

  // ---- lives of hosts ----

  #begin(host: string): void {
    const first = (this.#start.engineLife - 1) * LIVES_PER_ENGINE;
    const life = (this.#lives.get(host) ?? first) + 1;
    this.#lives.set(host, life);
    const { seed, epochMs, trace } = this.#start;
    const incarnations = Object.fromEntries(this.#incarnations.get(host) ?? []);
    const birth = { host, life, seed, epochMs, originMs: this.#originMs, trace, incarnations };
    const handle: HostHandle = new HostHandle(birth, this.#spare.take() ?? this.#newThread(0), {
      onMessage: (message) => this.#receiveFromHost(handle, message),
      onLost: (reason) => this.#lose(handle, reason),
    });
    this.#hosts.set(host, handle);
  }

  #newThread(sandboxes: number): HostThread {
    const { program, nativeHandlers } = this.#start;
    return new HostThread({ program, nativeHandlers, sandboxes });
  }

  #welcome(handle: HostHandle): void {
    this.#failedStarts.delete(handle.host);
    this.#post({ type: 'hostStarted', host: handle.host, life: handle.life });
    for (const other of this.#hosts.values()) if (other !== handle && other.isReady) this.#connect(handle, other);
    this.#rounds.again();
    if (this.#hasRoot || ![...this.#hosts.values()].every(({ isReady }) => isReady)) return;
    this.#hasRoot = true;
    this.#hosts.get(CONTROL_HOST)?.send({ type: 'input', input: { type: 'startRoot' } });
  }

  #connect(one: HostHandle, other: HostHandle): void {
    const { port1, port2 } = new MessageChannel();
    one.send({ type: 'peer', host: other.host, life: other.life, port: port1 });
    other.send({ type: 'peer', host: one.host, life: one.life, port: port2 });
    one.send({ type: 'up', host: other.host, life: other.life });
    other.send({ type: 'up', host: one.host, life: one.life });
  }

  #lose(handle: HostHandle, reason: string): void {
    const { host, life, isReady } = handle;
    handle.isReady = false;
    this.#measuring.lose(handle);
    this.#requests.lose(handle);
    this.#applying.lose(handle);
    this.#post({ type: 'hostLost', host, life, reason });
    this.#failInputsOf(host);
    if (host === CONTROL_HOST && this.#hasRoot) return this.#die(`the control host was lost: ${reason}`);
    for (const other of this.#hosts.values()) if (other !== handle && other.isReady) other.send({ type: 'down', host, life, reason });
    const failed = isReady ? 0 : (this.#failedStarts.get(host) ?? 0) + 1;
    this.#failedStarts.set(host, failed);
    if (failed >= MOST_FAILED_STARTS) return this.#die(`host ${host} could not be started ${failed} times in a row: ${reason}`);
    this.#begin(host);
    this.#rounds.again();
  }

  #die(message: string): void {
    this.#post({ type: 'fatal', message });
    setTimeout(() => process.exit(1), 50);
  }

  #beat(): void {
    const nowMs = monotonicMs();
    const { user, system } = process.cpuUsage();
    const usedMs = (user + system) / 1000;
    const hosts = [...this.#hosts.values()];
    const waitedFor = hosts.filter(({ isWaitedFor }) => isWaitedFor).length + (this.#spare.isStarting ? 1 : 0);
    const busyMs = shareMs(usedMs - this.#usedMs, waitedFor);
    this.#usedMs = usedMs;
    const crowding = crowdingOf(loadavg()[0]!, CORES);
    for (const handle of hosts) handle.beat({ nowMs, busyMs, crowding });
    const isQuiet = this.#hasRoot && hosts.every(({ isReady }) => isReady);
    if (wantsSpare(this.#start.program)) this.#spare.beat({ nowMs, crowding, isQuiet });
  }

  // ---- what hosts say ----

  #receiveFromHost(handle: HostHandle, message: FromHost): void {
    switch (message.type) {
      case 'ready':
        return this.#welcome(handle);
      case 'pong':
      case 'warm':
        return;
      case 'programmed':
        return this.#applying.programmed(handle);
      case 'response':
        return this.#requests.respond(message.ref, message.body);
      case 'incarnation':
        return this.#remember(handle.host, message.name, message.incarnation);
      case 'measured':
        return this.#measuring.receive(handle, message.round, message.measure);
      case 'status':
        return this.#rounds.receive(handle.host, message.round, message.status);
      case 'rootExited':
        // The hosts' last records go first: the round that follows makes each of them send what it holds.
        this.#rootExit = message.reason;
        return this.#rounds.ask(0);
      case 'effect':
        this.#effectHosts.set(message.effect.key, handle.host);
        return this.#post(message);
      case 'effectAbandoned':
        this.#effectHosts.delete(message.key);
        return this.#post(message);
      case 'settled':
        this.#inputHosts.delete(message.settlement.id);
        return this.#post(message);
      case 'chunk':
      case 'pull':
      case 'rootStarted':
        return this.#post(message);
      default:
        return assertNever(message);
    }
  }

  #remember(host: string, name: string, incarnation: number): void {
    const known = this.#incarnations.get(host) ?? new Map<string, number>();
    known.set(name, incarnation);
    this.#incarnations.set(host, known);
  }
}
