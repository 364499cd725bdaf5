/** A caller, its provider and a spare on one host, with guards on the wire between them; time goes on by `pass` alone. */
import type { ProgramAdapter } from '../../../shared/adapters/adapt';
import { assert } from '../../../shared/assert';
import type { Guard } from '../../../shared/design/guard';
import type { GuardSample } from '../../../shared/run/engine-protocol';
import type { Json } from '../../../shared/json/json';
import type { Program } from '../../../shared/program/program';
import { callError, type Self } from '../../kernel/behaviour';
import type { CallResult, CallSignal } from '../../kernel/signal';
import { agentNode, TestHosts, testProgram, wireTo, type TestProcess } from '../../kernel/testing/test-hosts';
import { guardWires } from '../guarded-wires';

export const good = (output: Json = 'yes'): CallResult => ({ ok: true, output });
export const bad = (code: string, data?: Json): CallResult => ({ ok: false, error: { ...callError(code, `it says ${code}`, 'provider'), ...(data === undefined ? {} : { data }) } });

export type Asked = { readonly atMs: number; readonly node: string; readonly call: CallSignal; isAnswered: boolean };
export type Answered = { readonly ref: number; readonly atMs: number; readonly result: CallResult };

/** `provider` answers at once; without it, calls wait for `answer`. */
export type GuardedWorldOptions = { readonly isIdempotent?: boolean; readonly provider?: (asked: number) => CallResult; readonly adapter?: ProgramAdapter; /** `say` is a stream. */ readonly isStream?: boolean };

const PROGRAM = testProgram([agentNode('root'), agentNode('caller'), agentNode('provider'), agentNode('spare')], ['main', 'other']);

const programWith = ({ isIdempotent = false, isStream = false }: GuardedWorldOptions): Program => {
  const { say, note } = PROGRAM.protocols['Echo']!.operations;
  return { ...PROGRAM, protocols: { Echo: { operations: { say: { ...say!, idempotent: isIdempotent, ...(isStream ? { kind: 'stream' } : {}) }, note: note! } } } };
};

export class GuardedWorld {
  readonly hosts: TestHosts;
  /** Every call that reached the provider or the spare. */
  readonly asked: Asked[] = [];
  readonly answered: Answered[] = [];
  /** Of streams, in the order in which the caller had them. */
  readonly items: { readonly ref: number; readonly value: Json }[] = [];
  readonly #options: GuardedWorldOptions;
  readonly #selves = new Map<string, Self>();
  readonly #wire: ReturnType<typeof wireTo>;
  #lastRef = 0;

  constructor(guards: readonly Guard[], options: GuardedWorldOptions = {}) {
    this.#options = options;
    this.#wire = { ...wireTo('provider', guards), ...(options.adapter ? { adapter: options.adapter } : {}) };
    const program = programWith(options);
    this.hosts = new TestHosts({ ...program, wires: [this.#wire] }, { caller: this.#caller(), provider: this.#provider('provider'), spare: this.#provider('spare') }, guardWires);
    this.hosts.spawn('main', 'caller', 'provider', 'spare');
  }

  #caller(): TestProcess {
    return {
      onSignal: (self, signal) => {
        if (signal.kind === 'streamItem') this.items.push({ ref: signal.ref, value: signal.value });
        else if (signal.kind === 'reply') this.answered.push({ ref: signal.ref, atMs: self.nowMs, result: signal.result });
        else if (signal.kind === 'request') {
          const { notAfterMs, text } = signal.body as { readonly notAfterMs: number | null; readonly text: string };
          this.#lastRef = self.call({ wire: this.#wire, operation: 'say', input: { text }, ...(notAfterMs === null ? {} : { notAfterMs }) });
        }
      },
    };
  }

  #provider(node: string): TestProcess {
    return {
      onStart: (self) => {
        this.#selves.set(node, self);
        self.started();
      },
      onSignal: (self, signal) => {
        if (signal.kind !== 'call') return;
        const asked: Asked = { atMs: self.nowMs, node, call: signal, isAnswered: false };
        this.asked.push(asked);
        if (this.#options.provider) this.#reply(asked, this.#options.provider(this.asked.length - 1));
      },
    };
  }

  /** Begins a call now. Answers its number. */
  ask({ notAfterMs, text = 'hi' }: { readonly notAfterMs?: number; readonly text?: string } = {}): number {
    this.hosts.give('main', { type: 'request', ref: 0, node: 'caller', body: { notAfterMs: notAfterMs ?? null, text } });
    this.hosts.settle();
    return this.#lastRef;
  }

  /** Of the calls that the provider has not answered yet, the oldest is 0. */
  answer(result: CallResult, which = 0): void {
    const asked = this.open[which];
    assert(asked, `no open call ${which}`);
    this.answerTo(asked, result);
  }

  /** An item of the stream that it is answered with. */
  give(value: Json, which = 0): void {
    const asked = this.open[which];
    assert(asked, `no open call ${which}`);
    this.#selves.get(asked.node)!.sendItem(asked.call, value);
    this.hosts.settle();
  }

  answerTo(asked: Asked, result: CallResult): void {
    this.#reply(asked, result);
    this.hosts.settle();
  }

  #reply(asked: Asked, result: CallResult): void {
    asked.isAnswered = true;
    this.#selves.get(asked.node)!.reply(asked.call, result);
  }

  get open(): readonly Asked[] {
    return this.asked.filter(({ isAnswered }) => !isAnswered);
  }

  resultOf(ref: number): CallResult | undefined {
    return this.answered.find((one) => one.ref === ref)?.result;
  }

  /** `yes` for an answer, the code for a failure, nothing while it is under way. */
  codeOf(ref: number): string | undefined {
    const result = this.resultOf(ref);
    return result && (result.ok ? 'yes' : result.error.code);
  }

  get nextTimerAtMs(): number {
    return Math.min(...[...this.hosts.kernels.values()].map((kernel) => kernel.nextTimerAtMs() ?? Infinity));
  }

  /** Each timer at its own moment. */
  pass(ms: number): void {
    const untilMs = this.hosts.nowMs + ms;
    for (;;) {
      const nextMs = this.nextTimerAtMs;
      if (nextMs > untilMs) break;
      this.hosts.tick(Math.max(0, nextMs - this.hosts.nowMs));
    }
    this.hosts.tick(untilMs - this.hosts.nowMs);
  }

  crash(node: string): void {
    this.hosts.give('main', { type: 'operator', command: { action: 'crash', node, reason: 'crash: test' } });
    this.hosts.settle();
  }

  /** What it had not answered went with it. */
  revive(node: string): void {
    for (const asked of this.asked) if (asked.node === node) asked.isAnswered = true;
    this.hosts.spawn('main', node);
  }

  force(force: 'open' | 'closed' | 'auto', guard = 0): void {
    this.hosts.give('main', { type: 'operator', command: { action: 'guard', wire: 'anyone.out provider', guard, force } });
  }

  sample(guard = 0): GuardSample {
    const sample = this.hosts.kernels.get('main')!.measure(this.hosts.nowMs).guards[guard];
    assert(sample, `no guard ${guard}`);
    return sample;
  }

  /** 0 until the wire has been called. */
  get guardCount(): number {
    return this.hosts.kernels.get('main')!.measure(this.hosts.nowMs).guards.length;
  }

  /** `closed>open` and so on, in order. */
  get changes(): readonly string[] {
    return this.hosts.records.get('main')!.flatMap((record) => (record.type === 'guard.changed' ? [`${record.from}>${record.to}`] : []));
  }

  get timers(): number {
    return this.hosts.kernels.get('main')!.status().timers;
  }
}
