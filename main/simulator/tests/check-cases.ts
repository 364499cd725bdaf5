/**
 * One property of one operation, tried with many inputs. A system serves as long as it holds: a case costs less than a millisecond then.
 * What fails is tried again alone in a system of its own. If it fails there too, so is every smaller input that fast-check suggests, and
 * what is left is the fault of that input. If not, it takes what went before: then those calls are left out, one after the other, that are
 * not needed, each time in a new system.
 */
import * as fc from 'fast-check';
import type { Json } from '../../../shared/json/json';
import type { TestResult } from '../../../shared/tests/test-report';
import type { Judged } from './judge-call';
import type { TestWorld } from './test-world';

/** Cases with an unknown end before the rest is left: they may be slow, and tell no more. */
const MOST_UNKNOWN = 5;
/** Systems that are begun to make a sequence shorter. */
const MOST_SHORTER = 150;
const MOST_SHRINKS = 500;

export type Subject = {
  readonly openWorld: () => Promise<TestWorld>;
  /** Whether the world can take another case. */
  readonly isGood: (world: TestWorld) => boolean;
  readonly judge: (world: TestWorld, input: Json) => Promise<Judged>;
};
export type Effort = {
  readonly seed: number;
  readonly cases: number;
  /** Real time after which no further case is begun. */
  readonly mostMs: number;
  readonly clock: () => number;
  readonly isStopped: () => boolean;
};
export type Checked = Pick<TestResult, 'verdict' | 'runs' | 'counterexample' | 'message' | 'missing'>;

export async function checkCases(inputs: fc.Arbitrary<Json>, subject: Subject, effort: Effort): Promise<Checked> {
  return new CaseCheck(subject, effort).run(inputs);
}

class CaseCheck {
  readonly #subject: Subject;
  readonly #effort: Effort;
  readonly #untilMs: number;
  #world: TestWorld | undefined;
  /** Given to the system that serves, in order. */
  #history: Json[] = [];
  #runs = 0;
  #unknowns: Extract<Judged, { kind: 'unknown' }>[] = [];
  /** The smallest input so far that fails alone. */
  #alone: { readonly input: Json; readonly message: string } | undefined;
  #sequence: { inputs: readonly Json[]; message: string } | undefined;

  constructor(subject: Subject, effort: Effort) {
    this.#subject = subject;
    this.#effort = effort;
    this.#untilMs = effort.clock() + effort.mostMs;
  }

  get #isLate(): boolean {
    return this.#effort.clock() > this.#untilMs || this.#effort.isStopped();
  }

  async run(inputs: fc.Arbitrary<Json>): Promise<Checked> {
    const { seed, cases } = this.#effort;
    const property = fc.asyncProperty(fc.limitShrink(inputs, MOST_SHRINKS), async (input) => (await this.#try(input)).kind !== 'fail');
    await fc.check(property, { seed, numRuns: cases });
    if (this.#sequence) await this.#shorten();
    this.#retire();
    return this.#result();
  }

  #result(): Checked {
    const runs = this.#runs;
    if (this.#alone) return { verdict: 'fail', runs, counterexample: [this.#alone.input], message: this.#alone.message };
    if (this.#sequence) return { verdict: 'fail', runs, counterexample: [...this.#sequence.inputs], message: this.#sequence.message };
    const [unknown] = this.#unknowns;
    if (unknown) return { verdict: 'unknown', runs, message: unknown.message, ...(unknown.missing ? { missing: unknown.missing } : {}) };
    if (runs === 0) return { verdict: 'unknown', runs, message: 'no case was tried before the time was up' };
    return { verdict: 'pass', runs, ...(runs < this.#effort.cases ? { message: `the time was up after ${runs} of ${this.#effort.cases} cases` } : {}) };
  }

  /** Also what fast-check suggests while it shrinks: from the first failure on. */
  async #try(input: Json): Promise<Judged> {
    if (this.#alone) return this.#tryAlone(input);
    if (this.#sequence || this.#isLate || this.#unknowns.length >= MOST_UNKNOWN) return { kind: 'pass' };
    const judged = await this.#tryInTurn(input);
    if (judged.kind === 'unknown') this.#unknowns.push(judged);
    if (judged.kind !== 'fail') return judged;
    const inputs = this.#history;
    const alone = inputs.length > 1 ? await this.#playAnew([input]) : judged;
    if (alone.kind === 'fail') this.#alone = { input, message: alone.message };
    else this.#sequence = { inputs, message: judged.message };
    return judged;
  }

  async #tryInTurn(input: Json): Promise<Judged> {
    if (this.#world && !this.#subject.isGood(this.#world)) this.#retire();
    this.#world ??= await this.#subject.openWorld();
    this.#history.push(input);
    this.#runs += 1;
    const judged = await this.#subject.judge(this.#world, input);
    // What it was waiting for never came.
    if (judged.kind === 'unknown') this.#retire();
    return judged;
  }

  #retire(): void {
    this.#world?.dispose();
    this.#world = undefined;
    this.#history = [];
  }

  async #tryAlone(input: Json): Promise<Judged> {
    if (this.#isLate) return { kind: 'pass' };
    const judged = await this.#playAnew([input]);
    if (judged.kind === 'fail') this.#alone = { input, message: judged.message };
    return judged;
  }

  /** The calls in a new system; what becomes of the last of them, or of an earlier one that fails. */
  async #playAnew(inputs: readonly Json[]): Promise<Judged> {
    const world = await this.#subject.openWorld();
    try {
      let judged: Judged = { kind: 'pass' };
      for (const input of inputs) {
        judged = await this.#subject.judge(world, input);
        if (judged.kind !== 'pass' || !this.#subject.isGood(world)) return judged;
      }
      return judged;
    } finally {
      world.dispose();
    }
  }

  /** Leaves out halves, quarters, ... and at last single calls, as long as the rest still fails. */
  async #shorten(): Promise<void> {
    let left = MOST_SHORTER;
    let size = Math.ceil(this.#sequence!.inputs.length / 2);
    while (size >= 1) {
      let at = 0;
      while (at < this.#sequence!.inputs.length && left > 0 && !this.#isLate) {
        const { inputs } = this.#sequence!;
        const fewer = [...inputs.slice(0, at), ...inputs.slice(at + size)];
        left -= 1;
        const judged = fewer.length === 0 ? undefined : await this.#playAnew(fewer);
        if (judged?.kind === 'fail') this.#sequence = { inputs: fewer, message: judged.message };
        else at += size;
      }
      size = size === 1 ? 0 : Math.ceil(size / 2);
    }
  }
}
