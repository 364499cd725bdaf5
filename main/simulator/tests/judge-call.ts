/** What became of a call, against what its protocol promises. */
import { equalJson, findMismatch, formatMismatch } from '../../../shared/schema/validate-value';
import type { CallFailureCode } from '../../../shared/run/call-failure';
import type { Json } from '../../../shared/json/json';
import { answerSchemaOf } from '../../../shared/program/answer-schema';
import type { ProgramOperation } from '../../../shared/program/program';
import type { MissingAnswer } from '../../../shared/tests/test-report';
import type { Missing } from './outside';
import type { CallReport } from './test-world';

export type Judged = { readonly kind: 'pass' } | { readonly kind: 'fail'; readonly message: string } | { readonly kind: 'unknown'; readonly message: string; readonly missing?: MissingAnswer };

export const PASS: Judged = { kind: 'pass' };
/** Only somebody outside could have said what comes next. */
export const lacking = ({ answer, words }: Missing): Judged => ({ kind: 'unknown', message: words, missing: answer });
export const fail = (message: string): Judged => ({ kind: 'fail', message });

/** `process`: name of the tested one. */
export type Tested = { readonly process: string; readonly operation: ProgramOperation };

/** Among the errors of an operation it says that a provider may end by it, and lets others see to that. */
const MAY_CRASH = 'callee_exit' satisfies CallFailureCode;

/** Valid input: an answer that fits, or an error that is declared, from a provider that lives on. */
export function judgeValid(report: CallReport, { process, operation }: Tested): Judged {
  if (operation.errors.includes(MAY_CRASH) && report.missing.length === 0 && report.crashes.some(({ node }) => node === process)) return PASS;
  const troubled = judgeEnd(report, process);
  if (troubled) return troubled;
  const { settlement } = report;
  if (!settlement) return fail(`it did not answer${others(report)}`);
  if (settlement.ok) {
    const mismatch = operation.kind === 'cast' ? undefined : findMismatch(answerSchemaOf(operation), settlement.output);
    return mismatch ? fail(`its answer does not fit: ${formatMismatch(mismatch)}`) : PASS;
  }
  const { code, message } = settlement.error;
  if (operation.errors.includes(code)) return PASS;
  return fail(code === 'invalid' ? `it refused valid input: ${message}` : `it failed with ${code}, which the operation does not declare: ${message}${others(report)}`);
}

/** Invalid input: refused at the door, before anybody was given it. */
export function judgeInvalid(report: CallReport, { process }: Tested): Judged {
  const troubled = judgeEnd(report, process);
  if (troubled) return troubled;
  if (report.entered > 0) return fail('the handler was given it, though it does not fit the schema');
  const { settlement } = report;
  if (settlement && !settlement.ok && settlement.error.code === 'invalid') return PASS;
  return fail(`it was not refused: ${settlement === undefined ? 'nothing came back' : settlement.ok ? `the answer is ${JSON.stringify(settlement.output)}` : `it failed with ${settlement.error.code}`}`);
}

/** As `judgeValid`, and where the protocol says what the answer is, that one. */
export function judgeExample(report: CallReport, tested: Tested, expected: Json | undefined): Judged {
  const judged = judgeValid(report, tested);
  if (judged.kind !== 'pass' || expected === undefined || tested.operation.kind === 'cast') return judged;
  const { settlement } = report;
  const said = settlement?.ok ? settlement.output : null;
  if (settlement?.ok && equalJson(settlement.output, expected)) return PASS;
  // What was made up is no more than one of the answers that fit.
  if (settlement?.ok && report.given.some(({ from }) => from === 'generated')) return { kind: 'unknown', message: `the answer fits; whether it is the one of the example only real answers can say, and these were generated (${[...new Set(report.given.map(({ node }) => node))].join(', ')})` };
  return fail(settlement?.ok ? `the answer is ${JSON.stringify(said)}, and the example says ${JSON.stringify(expected)}` : `it answered with an error, and the example says ${JSON.stringify(expected)}`);
}

function judgeEnd(report: CallReport, process: string): Judged | undefined {
  const [missing] = report.missing;
  // Whatever else came of it may have come of that.
  if (missing) return lacking(missing);
  const crash = report.crashes.find(({ node }) => node === process);
  if (crash) return fail(`it crashed: ${crash.reason.replace(/^crash: /, '')}`);
  if (report.end === 'circles') return fail('it never came to rest: messages went round in circles');
  if (report.end === 'restless') return fail(`it had not finished a minute (virtual) later${others(report)}`);
  if (report.end === 'root_exit') return fail(`the whole design ended${others(report)}`);
  return undefined;
}

/** Others that crashed meanwhile: most likely why. */
const others = ({ crashes }: CallReport): string => (crashes.length === 0 ? '' : `; ${crashes.map(({ node, reason }) => `${node} ended with ${reason}`).slice(0, 3).join(', ')}`);
