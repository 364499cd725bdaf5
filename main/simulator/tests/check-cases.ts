/**
 * One property of one operation, tried with many inputs. A system serves as long as it holds: a case costs less than a millisecond then.
 * What fails is tried again alone in a system of its own. If it fails there too, so is every smaller input that fast-check suggests, and
 * what is left is the fault of that input. If not, it takes what went before: then those calls are left out, one after the other, that are
 * not needed, each time in a new system.
 */
import * as fc from 'fast-check';
import type { Json } from '../../../shared/json/json';
import type { TestResult } from '../../../shared/tests/test-report';
import { CaseAnswers, seededGenerate, type Noted } from './case-answers';
import type { Generate } from './drawer';
import { hearAll, wordGiven, wordHeard } from './heard';
import { PASS, type Judged } from './judge-call';
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
  readonly judge: (world: TestWorld, input: Json, answers: CaseAnswers) => Promise<JudgedCall>;
};
/** `heard`: `node from` of those that did not answer themselves. */
export type JudgedCall = Judged & { readonly heard: ReadonlySet<string> };
export type Effort = {
  readonly seed: number;
  readonly cases: number;
  /** Real time after which no further case is begun. */
  readonly mostMs: number;
  readonly clock: () => number;
  readonly isStopped: () => boolean;
};
export type Checked = Pick<TestResult, 'verdict' | 'runs' | 'counterexample' | 'answers' | 'heard' | 'message' | 'missing'>;
/** An input, and what the world outside answered when it was tried. */
type Case = { readonly input: Json; readonly given: readonly Noted[] };
type Failure = { readonly cases: readonly Case[]; readonly message: string };

export async function checkCases(inputs: fc.Arbitrary<Json>, subject: Subject, effort: Effort): Promise<Checked> {
  return new CaseCheck(subject, effort).run(inputs);
}

class CaseCheck {
  readonly #subject: Subject;
  readonly #effort: Effort;
  readonly #untilMs: number;
  #world: TestWorld | undefined;
  /** Given to the system that serves, in order. */
  #history: Case[] = [];
  readonly #heard = new Set<string>();
  #runs = 0;
  #unknowns: Extract<Judged, { kind: 'unknown' }>[] = [];
  /** The smallest case so far that fails alone. */
  #alone: Failure | undefined;
  #sequence: Failure | undefined;

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
    const all = fc.limitShrink(fc.tuple(inputs, fc.gen()), MOST_SHRINKS);
    const property = fc.asyncProperty(all, async ([input, generate]) => (await this.#try(input, generate)).kind !== 'fail');
    await fc.check(property, { seed, numRuns: cases });
    if (this.#sequence) await this.#shorten();
    this.#retire();
    return this.#result();
  }

  #result(): Checked {
    return { ...this.#verdict(), ...wordHeard(this.#heard) };
  }

  #verdict(): Checked {
    const runs = this.#runs;
    const failure = this.#alone ?? this.#sequence;
    if (failure) return { verdict: 'fail', runs, counterexample: failure.cases.map(({ input }) => input), ...wordGiven(failure.cases.map(({ given }) => given)), message: failure.message };
    const [unknown] = this.#unknowns;
    if (unknown) return { verdict: 'unknown', runs, message: unknown.message, ...(unknown.missing ? { missing: unknown.missing } : {}) };
    if (runs === 0) return { verdict: 'unknown', runs, message: 'no case was tried before the time was up' };
    return { verdict: 'pass', runs, ...(runs < this.#effort.cases ? { message: `the time was up after ${runs} of ${this.#effort.cases} cases` } : {}) };
  }

  /** Also what fast-check suggests while it shrinks: from the first failure on. */
  async #try(input: Json, generate: Generate): Promise<Judged> {
    if (this.#alone) return this.#tryAlone(input, generate);
    if (this.#sequence || this.#isLate || this.#unknowns.length >= MOST_UNKNOWN) return PASS;
    const judged = await this.#tryInTurn(input, generate);
    if (judged.kind === 'unknown') this.#unknowns.push(judged);
    if (judged.kind !== 'fail') return judged;
    const cases = this.#history;
    const alone = cases.length > 1 ? await this.#playAnew(cases.slice(-1)) : { judged, cases };
    if (alone.judged.kind === 'fail') this.#alone = { cases: alone.cases, message: alone.judged.message };
    else this.#sequence = { cases, message: judged.message };
    return judged;
  }

  async #tryInTurn(input: Json, generate: Generate): Promise<Judged> {
    if (this.#world && !this.#subject.isGood(this.#world)) this.#retire();
    this.#world ??= await this.#subject.openWorld();
    const answers = new CaseAnswers(generate);
    this.#history.push({ input, given: answers.given });
    this.#runs += 1;
    const judged = await this.#subject.judge(this.#world, input, answers);
    hearAll(this.#heard, judged.heard);
    // What it was waiting for never came.
    if (judged.kind === 'unknown') this.#retire();
    return judged;
  }

  #retire(): void {
    this.#world?.dispose();
    this.#world = undefined;
    this.#history = [];
  }

  async #tryAlone(input: Json, generate: Generate): Promise<Judged> {
    if (this.#isLate) return PASS;
    const { judged, cases } = await this.#playAnew([{ input, given: [] }], generate);
    if (judged.kind === 'fail') this.#alone = { cases, message: judged.message };
    return judged;
  }

  /**
   * The calls in a new system, with the answers that they had; what becomes of the last of them, or of an earlier one that fails. Answers
   * to what was not asked before are drawn with `generate`.
   */
  async #playAnew(cases: readonly Case[], generate: Generate = seededGenerate(this.#effort.seed)): Promise<{ readonly judged: Judged; readonly cases: readonly Case[] }> {
    const world = await this.#subject.openWorld();
    const played: Case[] = [];
    try {
      let judged: Judged = PASS;
      for (const { input, given } of cases) {
        const answers = new CaseAnswers(generate, given);
        judged = await this.#subject.judge(world, input, answers);
        played.push({ input, given: answers.given });
        if (judged.kind !== 'pass' || !this.#subject.isGood(world)) break;
      }
      return { judged, cases: played };
    } finally {
      world.dispose();
    }
  }

  /** Leaves out halves, quarters, ... and at last single calls, as long as the rest still fails. */
  async #shorten(): Promise<void> {
    let left = MOST_SHORTER;
    let size = Math.ceil(this.#sequence!.cases.length / 2);
    while (size >= 1) {
      let at = 0;
      while (at < this.#sequence!.cases.length && left > 0 && !this.#isLate) {
        const { cases } = this.#sequence!;
        const fewer = [...cases.slice(0, at), ...cases.slice(at + size)];
        left -= 1;
        const played = fewer.length === 0 ? undefined : await this.#playAnew(fewer);
        if (played?.judged.kind === 'fail') this.#sequence = { cases: played.cases, message: played.judged.message };
        else at += size;
      }
      size = size === 1 ? 0 : Math.ceil(size / 2);
    }
  }
}
