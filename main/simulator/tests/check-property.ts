/** One of a person's own tests against one provider: each case in a system of its own, as is each smaller one once a case has failed. */
import * as fc from 'fast-check';
import type { Json } from '../../../shared/json/json';
import type { TestFile } from '../../../shared/tests/test-plan';
import type { Checked } from './check-cases';
import { caseProgram } from './case-program';
import { CASE, MOST_WAIT_MS } from './case-runner';
import { CaseAnswers, type Noted } from './case-answers';
import { hearAll, wordGiven, wordHeard } from './heard';
import { Drawer, Makers, type Draws, type Generate } from './drawer';
import { fail, lacking, PASS, type Judged } from './judge-call';
import { seedOf } from './seed-of';
import type { Provider, TestEffort } from './test-effort';
import { TestWorld, type CallReport } from './test-world';

const MOST_SHRINKS = 300;
const MOST_UNKNOWN = 3;

/** `group`: the protocol under whose name the file exports it, which the provider's may extend. */
export type PersonsTest = Provider & { readonly file: TestFile; readonly group: string; readonly name: string };

export async function checkProperty(test: PersonsTest, effort: TestEffort): Promise<Checked> {
  return new PropertyCheck(test, effort).run();
}

class PropertyCheck {
  readonly #test: PersonsTest;
  readonly #effort: TestEffort;
  readonly #program;
  readonly #makers: Makers;
  readonly #untilMs: number;
  readonly #seed: number;
  #runs = 0;
  #skipped = 0;
  /** Nothing was drawn: each case is like this one. */
  #isOne = false;
  #unknowns: Extract<Judged, { kind: 'unknown' }>[] = [];
  readonly #heard = new Set<string>();
  #failure: { readonly drawn: readonly Json[]; readonly given: readonly Noted[]; readonly message: string } | undefined;

  constructor(test: PersonsTest, effort: TestEffort) {
    this.#test = test;
    this.#effort = effort;
    this.#program = caseProgram(test.program, test);
    this.#makers = new Makers(test.program, test.protocol);
    this.#untilMs = effort.clock() + effort.mostMs;
    this.#seed = seedOf(effort.seed, `${test.node} ${test.file.file} ${test.protocol} ${test.group} ${test.name}`);
  }

  async run(): Promise<Checked> {
    const property = fc.asyncProperty(fc.limitShrink(fc.gen(), MOST_SHRINKS), async (generate) => (await this.#try(generate)).kind !== 'fail');
    await fc.check(property, { seed: this.#seed, numRuns: this.#effort.cases });
    return { ...this.#verdict(), ...wordHeard(this.#heard) };
  }

  #verdict(): Checked {
    const runs = this.#runs;
    if (this.#failure) {
      const { message, drawn, given } = this.#failure;
      return { verdict: 'fail', runs, message, ...(drawn.length > 0 ? { counterexample: [...drawn] } : {}), ...wordGiven([given]) };
    }
    const [unknown] = this.#unknowns;
    if (unknown) return { verdict: 'unknown', runs, message: unknown.message, ...(unknown.missing ? { missing: unknown.missing } : {}) };
    if (runs === 0) return { verdict: 'unknown', runs, message: this.#skipped > 0 ? `none of ${this.#skipped} cases was what the test assumes` : 'no case was tried before the time was up' };
    return { verdict: 'pass', runs, ...(runs + this.#skipped < this.#effort.cases && !this.#isOne ? { message: `the time was up after ${runs} of ${this.#effort.cases} cases` } : {}) };
  }

  async #try(generate: Generate): Promise<Judged> {
    const { clock, isStopped } = this.#effort;
    const isEnough = !this.#failure && (this.#isOne || this.#unknowns.length >= MOST_UNKNOWN);
    if (isEnough || clock() > this.#untilMs || isStopped()) return PASS;
    const draws: Draws = { drawn: [], isSkipped: false };
    const report = await this.#play(generate, draws);
    if (!this.#failure) hearAll(this.#heard, report.heard);
    const judged = judgeCase(report, draws);
    if (judged.kind === 'fail') this.#failure = { drawn: draws.drawn, given: report.given, message: judged.message };
    if (this.#failure && judged.kind !== 'fail') return judged;
    if (draws.isSkipped) this.#skipped += 1;
    else if (!this.#failure || this.#runs === 0) this.#runs += 1;
    if (judged.kind === 'unknown') this.#unknowns.push(judged);
    if (draws.drawn.length === 0 && report.given.every(({ from }) => from !== 'generated')) this.#isOne = true;
    return judged;
  }

  async #play(generate: Generate, draws: Draws): Promise<CallReport> {
    const { node, group, name } = this.#test;
    const own = { [CASE.draw]: () => new Drawer(this.#makers, generate, draws) };
    const world = await TestWorld.open({ program: this.#program, seed: this.#effort.seed, own, onAlive: this.#effort.onAlive, guests: this.#effort.guests, cassettes: this.#effort.cassettes });
    try {
      const trouble = (await world.whyNotUp(node)) ?? (await world.whyNotUp(CASE.node));
      if (trouble !== undefined) return { end: 'unanswered', crashes: [{ node: CASE.node, reason: trouble }], entered: 0, missing: [], given: [], heard: new Set() };
      return await world.call({ node: CASE.node, protocol: CASE.protocol, operation: 'run', input: { protocol: group, name, node }, restMs: MOST_WAIT_MS, answers: new CaseAnswers(generate) });
    } finally {
      world.dispose();
    }
  }
}

function judgeCase(report: CallReport, { isSkipped }: Draws): Judged {
  const crash = report.crashes.find(({ node }) => node === CASE.node);
  const [missing] = report.missing;
  if (missing) return lacking(missing);
  if (crash) return fail(`${wordsOf(crash.reason)}${othersOf(report)}`);
  if (isSkipped) return PASS;
  if (report.end === 'circles') return fail('it never came to an end: messages went round in circles');
  if (report.end !== 'settled') return fail(`the test did not come to an end${othersOf(report)}`);
  return PASS;
}

/** What a test threw, in words: of ours, `Not held: ...` is what `t.expect` throws. */
function wordsOf(reason: string): string {
  if (reason === 'fuel') return 'the test never ends: it used up its fuel in one turn';
  if (reason === 'memory') return 'the test used up the memory that it may have';
  return reason.replace(/^crash: /, '').replace(/^Not held: /, 'it does not hold: ');
}

const othersOf = ({ crashes }: CallReport): string => crashes.filter(({ node }) => node !== CASE.node).slice(0, 3).map(({ node, reason }) => `; ${node} ended with ${reason}`).join('');
