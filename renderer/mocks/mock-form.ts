/** What the dialog edits: where the answers come from, and the faults before them. Pure; the schema of the format has the last word. */
import { wantsAnswer, type OperationView } from '../../shared/design/protocol-view';
import type { Json } from '../../shared/json/json';
import { CALL_FAILURES } from '../../shared/run/call-failure';
import { mock as mockSchema, readMock, type AnsweringMock, type Mock, type MockFault } from '../../shared/run/mock';
import { answerSchemaOf, sampleAnswer } from '../../shared/program/answer-schema';
import { findMismatch, formatMismatch } from '../../shared/schema/validate-value';

export type Rule = Extract<AnsweringMock, { kind: 'scripted' }>['rules'][number];
export type Answers = AnsweringMock['kind'];
/** All three are kept while one looks around; `answers` says which of them holds. */
export type MockDraft = {
  readonly answers: Answers;
  readonly rules: readonly Rule[];
  readonly generated: Extract<AnsweringMock, { kind: 'generated' }>;
  readonly recorded: Extract<AnsweringMock, { kind: 'recorded' }>;
  readonly faults: readonly MockFault[];
};

/** A rule for each call, with an answer of the simplest shape: something to begin with. */
export const beginRules = (operations: readonly OperationView[]): readonly Rule[] => operations.filter(wantsAnswer).map((operation) => ({ operation: operation.name, reply: sampleAnswer(operation) }));

export function beginDraft(mock: Mock | undefined, operations: readonly OperationView[]): MockDraft {
  const answers: AnsweringMock = mock?.kind === 'faults' ? mock.answers : (mock ?? { kind: 'scripted', rules: [...beginRules(operations)] });
  return {
    answers: answers.kind,
    rules: answers.kind === 'scripted' ? answers.rules : beginRules(operations),
    generated: answers.kind === 'generated' ? answers : { kind: 'generated' },
    recorded: answers.kind === 'recorded' ? answers : { kind: 'recorded', match: 'input', answers: [] },
    faults: mock?.kind === 'faults' ? mock.faults : [],
  };
}

function answersOf({ answers, rules, generated, recorded }: MockDraft): AnsweringMock {
  switch (answers) {
    case 'scripted':
      return { kind: 'scripted', rules: [...rules] };
    case 'generated':
      return generated;
    case 'recorded':
      return recorded;
  }
}

export const mockOf = (draft: MockDraft): Mock => (draft.faults.length === 0 ? answersOf(draft) : { kind: 'faults', faults: [...draft.faults], answers: answersOf(draft) });

/** Why it can't stand in, in words; nothing where it can. The core looks once more, with the program. */
export function findDraftFault(draft: MockDraft, operations: readonly OperationView[]): string | undefined {
  const parsed = mockSchema.safeParse(mockOf(draft));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return `${issue!.path.join('.')}: ${issue!.message}`;
  }
  if (draft.answers === 'recorded' && draft.recorded.answers.length === 0) return 'There is no recorded answer yet: take those of this window, or a file.';
  if (draft.answers !== 'scripted') return undefined;
  for (const [index, rule] of draft.rules.entries()) {
    const fault = findRuleFault(rule, operations);
    if (fault !== undefined) return `Rule ${index + 1}: ${fault}`;
  }
  return undefined;
}

function findRuleFault({ operation, reply, error }: Rule, operations: readonly OperationView[]): string | undefined {
  if (reply === undefined && error === undefined) return 'it has neither a reply nor an error.';
  const found = operations.find(({ name }) => name === operation);
  // What a template becomes only the input says.
  if (!found || reply === undefined || JSON.stringify(reply).includes('{{')) return undefined;
  // What is no list is said as a stream of its own: in words, or as one item.
  const mismatch = findMismatch(Array.isArray(reply) ? answerSchemaOf(found) : found.output, reply);
  return mismatch && `${formatMismatch(mismatch)}.`;
}

/** Errors that an answer may be: those declared, then the failures of a call. */
export const listErrorCodes = (operations: readonly OperationView[]): readonly string[] => [...new Set([...operations.flatMap(({ errors }) => errors), ...CALL_FAILURES])];

export const newFault = (kind: MockFault['kind'], code: string): MockFault => {
  const rate = 0.1;
  switch (kind) {
    case 'error':
      return { kind, rate, code };
    case 'delay':
      return { kind, rate: 1, ms: 500 };
    case 'garbage':
    case 'silence':
      return { kind, rate };
  }
};

/** A file as `run --mock` takes it; answers the draft with what it says, or why not. */
export function readMockFile(draft: MockDraft, text: string): MockDraft | string {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch (error) {
    return `The file is no JSON: ${error instanceof Error ? error.message : ''}`;
  }
  const read = readMock(value);
  if (!read.ok) return `The file is no mock: ${read.where}: ${read.why}.`;
  const { answers, ...rest } = beginDraft(read.mock, []);
  // What the file says nothing of stays as it was.
  return { ...draft, answers, ...(answers === 'scripted' ? { rules: rest.rules } : answers === 'generated' ? { generated: rest.generated } : { recorded: rest.recorded }), faults: rest.faults.length > 0 ? rest.faults : draft.faults };
}
