/** Stands in for a node for one run: it answers by its mock, under the node's name, mailbox, supervisor and host. Casts are taken and forgotten. */
import { canonicalJson } from '../../shared/json/canonical';
import type { AnsweringMock, Mock, MockFault, RecordedAnswer } from '../../shared/run/mock';
import { generateValue, type Draw } from '../../shared/schema/generate-value';
import { mismatchOf } from '../../shared/schema/fits-schema';
import { formatMismatch } from '../../shared/schema/validate-value';
import { callError, type Behaviour, type Self } from '../kernel/behaviour';
import { findOperation, isStream, outputOf } from '../kernel/door';
import { mixSeed } from '../kernel/seed';
import type { CallResult, CallSignal, Signal } from '../kernel/signal';
import { itemsOf, KnownStreams, type KnownStream } from './known-streams';
import { answerByRule, matchesRule, streamByRule } from './scripted-agent';

/** How many items a made-up stream may have. */
const MOST_MADE_UP = 5;

/** `garbage`: what no schema allows. `silence`: never. */
type Outcome = { readonly kind: 'result'; readonly result: CallResult; readonly delayMs: number } | ({ readonly kind: 'stream' } & KnownStream) | { readonly kind: 'garbage' } | { readonly kind: 'silence' };

/** `what` of the mock is lacking: a rule, a recorded answer, a made-up answer. */
export type OnMiss = (call: CallSignal, what: string) => void;

export class MockedNode implements Behaviour {
  readonly receives = 'queued';
  readonly trapsExits = false;
  readonly #mock: Mock;
  readonly #draw: Draw;
  readonly #onMiss: OnMiss;
  readonly #recorded: RecordedAnswers | undefined;
  readonly #streams = new KnownStreams();
  readonly #delayed = new Map<number, { readonly call: CallSignal; readonly result: CallResult }>();

  /** `seed`: of this incarnation of the node, where the mock has none of its own. `onMiss`: told of each call that nothing of the mock fits. */
  constructor(mock: Mock, seed: number, onMiss: OnMiss = () => undefined) {
    this.#mock = mock;
    this.#onMiss = onMiss;
    this.#draw = drawsOf('seed' in mock && mock.seed !== undefined ? mixSeed(mock.seed, seed) : seed);
    const answers = mock.kind === 'faults' ? mock.answers : mock;
    this.#recorded = answers.kind === 'recorded' ? new RecordedAnswers(answers) : undefined;
  }

  start(self: Self): void {
    self.started();
  }

  receive(self: Self, signal: Signal): void {
    if (signal.kind === 'call') return this.#take(self, signal);
    if (signal.kind === 'demand' || signal.kind === 'cancel') return this.#streams.fromReader(self, signal);
    if (signal.kind !== 'timer' || this.#streams.due(self, signal.timer)) return;
    const due = this.#delayed.get(signal.timer);
    this.#delayed.delete(signal.timer);
    if (due) this.#answer(self, due.call, due.result);
  }

  #take(self: Self, call: CallSignal): void {
    const outcome = this.#decide(self, call);
    if (outcome.kind === 'silence') return;
    if (outcome.kind === 'garbage') return self.exit(`crash: the mock of ${self.name} answers ${call.operation} with garbage`);
    if (outcome.kind === 'stream') return this.#stream(self, call, outcome);
    if (outcome.delayMs === 0) return this.#answer(self, call, outcome.result);
    this.#delayed.set(self.setTimer(outcome.delayMs, null), { call, result: outcome.result });
  }

  #stream(self: Self, call: CallSignal, stream: KnownStream): void {
    const wrong = this.#streams.begin(self, call, stream);
    if (wrong !== undefined) self.exit(`crash: the mock of ${self.name} answers ${call.operation} wrongly: ${wrong}`);
  }

  #answer(self: Self, call: CallSignal, result: CallResult): void {
    const output = findOperation(self.program, call.protocol, call.operation)?.output;
    const mismatch = result.ok && output ? mismatchOf(output, result.output) : undefined;
    if (mismatch) return self.exit(`crash: the mock of ${self.name} answers ${call.operation} wrongly: ${formatMismatch(mismatch)}`);
    self.reply(call, result);
  }

  #decide(self: Self, call: CallSignal): Outcome {
    const mock = this.#mock;
    if (mock.kind !== 'faults') return this.#answerOf(self, mock, call);
    let delayMs = 0;
    for (const fault of mock.faults) {
      if (this.#draw() >= fault.rate) continue;
      if (fault.kind === 'delay') delayMs += fault.ms;
      else return endOf(fault, delayMs, self.name);
    }
    const outcome = this.#answerOf(self, mock.answers, call);
    return outcome.kind === 'result' || outcome.kind === 'stream' ? { ...outcome, delayMs: outcome.delayMs + delayMs } : outcome;
  }

  #answerOf(self: Self, mock: AnsweringMock, call: CallSignal): Outcome {
    switch (mock.kind) {
      case 'scripted': {
        const rule = mock.rules.find((one) => matchesRule(one, call));
        if (rule && isStream(self.program, call)) return { kind: 'stream', ...streamByRule(self, rule, call) };
        return rule ? { kind: 'result', result: answerByRule(rule, call, self.name), delayMs: rule.delayMs ?? 0 } : this.#unfit(self, call, 'rule');
      }
      case 'recorded': {
        const answer = this.#recorded?.take(call);
        if (answer && isStream(self.program, call)) return { kind: 'stream', ...toStream(self, call, answer) };
        return answer ? { kind: 'result', result: toResult(answer, self.name), delayMs: answer.delayMs ?? 0 } : this.#unfit(self, call, 'recorded answer');
      }
      case 'generated': {
        if (isStream(self.program, call)) return this.#makeUp(self, call, mock.delayMs ?? 0);
        const output = generateValue(outputOf(self.program, call), this.#draw);
        return output === undefined ? this.#unfit(self, call, 'made-up answer') : { kind: 'result', result: { ok: true, output }, delayMs: mock.delayMs ?? 0 };
      }
    }
  }

  #makeUp(self: Self, call: CallSignal, delayMs: number): Outcome {
    const schema = outputOf(self.program, call);
    const made = Array.from({ length: Math.floor(this.#draw() * (MOST_MADE_UP + 1)) }, () => generateValue(schema, this.#draw));
    const items = made.filter((item) => item !== undefined);
    return items.length < made.length ? this.#unfit(self, call, 'made-up answer') : { kind: 'stream', items, end: { ok: true, output: null }, delayMs };
  }

  #unfit(self: Self, call: CallSignal, what: string): Outcome {
    this.#onMiss(call, what);
    return { kind: 'result', delayMs: 0, result: { ok: false, error: callError('invalid', `no ${what} of the mock of ${self.name} fits this ${call.operation}: ${shown(call)}`, self.name) } };
  }

  dispose(): void {
    this.#streams.clear();
    this.#delayed.clear();
  }
}

/** The same numbers for the same seed, in the order in which they are asked for. */
function drawsOf(seed: number): Draw {
  let count = 0;
  return () => mixSeed(seed, (count += 1)) / 2 ** 32;
}

function endOf(fault: Exclude<MockFault, { kind: 'delay' }>, delayMs: number, node: string): Outcome {
  if (fault.kind !== 'error') return { kind: fault.kind };
  return { kind: 'result', result: toResult({ error: fault }, node), delayMs };
}

function toResult({ output, error }: Pick<RecordedAnswer, 'output' | 'error'>, node: string): CallResult {
  if (!error) return { ok: true, output: output ?? null };
  const { code, message, data } = error;
  return { ok: false, error: { ...callError(code, message ?? `${code}, as the mock says`, node), ...(data === undefined ? {} : { data }) } };
}

/** One with an output and an error broke off: its items come, and then the error. */
function toStream(self: Self, call: CallSignal, answer: RecordedAnswer): KnownStream {
  const end = answer.error ? toResult(answer, self.name) : ({ ok: true, output: null } as const);
  return { items: itemsOf(answer.output, outputOf(self.program, call)), end, delayMs: answer.delayMs ?? 0 };
}

/** What was asked, so that it can be added. */
const LONGEST_SHOWN = 300;
const shown = ({ input }: CallSignal): string => {
  const text = JSON.stringify(input);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}...` : text;
};

/** Answers by their question, or one after the other. */
class RecordedAnswers {
  readonly #isByOrder: boolean;
  readonly #answers = new Map<string, RecordedAnswer[]>();

  constructor({ match, answers }: Extract<AnsweringMock, { kind: 'recorded' }>) {
    this.#isByOrder = match === 'order';
    for (const answer of answers) {
      const key = this.#keyOf(answer.operation, answer.input ?? null);
      const known = this.#answers.get(key);
      if (known) known.push(answer);
      else this.#answers.set(key, [answer]);
    }
  }

  #keyOf(operation: string, input: CallSignal['input']): string {
    return this.#isByOrder ? operation : `${operation} ${canonicalJson(input)}`;
  }

  take({ operation, input }: CallSignal): RecordedAnswer | undefined {
    const left = this.#answers.get(this.#keyOf(operation, input));
    // The last answer to a question stays; what came one after the other is over once it is through.
    return left && (left.length > 1 || this.#isByOrder) ? left.shift() : left?.[0];
  }
}
