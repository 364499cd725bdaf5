/** Whether a mock can stand in for a node: told before the run, with the nearest name, since a mock that never fits looks like a broken provider. */
import type { ErrorCode } from '../errors/catalog';
import { nearest } from '../errors/nearest';
import type { AppError } from '../errors/result';
import type { Json } from '../json/json';
import type { Program, ProgramNode, ProgramOperation } from '../program/program';
import { generateValue } from '../schema/generate-value';
import { mismatchOf } from '../schema/fits-schema';
import { formatMismatch } from '../schema/validate-value';
import { CALL_FAILURES } from './call-failure';
import type { AnsweringMock, Mock, Mocks } from './mock';

type Operations = ReadonlyMap<string, ProgramOperation>;

/** The first fault, in the order of the nodes that are mocked. */
export function findMocksFault(program: Program, mocks: Mocks): AppError | undefined {
  for (const [id, mock] of Object.entries(mocks)) {
    const fault = findMockFault(program, id, mock);
    if (fault) return fault;
  }
  return undefined;
}

const refuse = (code: ErrorCode, message: string, fix: string): AppError => ({ code, message, fix });
const did = (name: string, known: readonly string[], otherwise: string): string => {
  const found = nearest(name, known);
  return found === undefined ? otherwise : `Did you mean ${found}?`;
};

export function findMockFault(program: Program, id: string, mock: Mock): AppError | undefined {
  const mockable = Object.values(program.nodes).filter(isMockable).map((node) => node.id);
  const node = Object.hasOwn(program.nodes, id) ? program.nodes[id] : undefined;
  if (!node) return refuse('MOC001', `no node is called ${id}`, did(id, mockable, `Name one of ${mockable.join(', ')}.`));
  if (!isMockable(node)) return refuse('MOC002', `${id} is a ${node.kind} that answers nothing, so nothing can stand in for its answers`, `Mock a node that provides a protocol: ${mockable.join(', ') || 'this design has none'}.`);
  const operations: Operations = new Map((node.provides ?? []).flatMap((name) => Object.entries(program.protocols[name]?.operations ?? {})));
  if (mock.kind !== 'faults') return findAnswersFault(id, mock, operations);
  for (const fault of mock.faults) {
    if (fault.kind === 'error' && !isKnownError(fault.code, [...operations.values()])) return unknownError(id, fault.code, [...operations.values()]);
  }
  return findAnswersFault(id, mock.answers, operations);
}

/** Whatever is asked something; a supervisor is no stand-in's business. */
export const isMockable = (node: ProgramNode): boolean => node.kind !== 'supervisor' && node.provides.length > 0;

function findAnswersFault(id: string, mock: AnsweringMock, operations: Operations): AppError | undefined {
  if (mock.kind === 'generated') return findUnmakeable(id, operations);
  const answers = mock.kind === 'recorded' ? mock.answers.map(({ error, ...one }) => ({ ...one, error: error?.code })) : mock.rules.map(({ reply, error, ...one }) => ({ ...one, output: reply, error: error?.name }));
  for (const [index, { operation, output, error }] of answers.entries()) {
    const where = `${mock.kind === 'recorded' ? 'answer' : 'rule'} ${index + 1} of the mock of ${id}`;
    const found = operation === undefined ? [...operations.values()] : operations.has(operation) ? [operations.get(operation)!] : [];
    if (operation !== undefined && found.length === 0) return refuse('MOC005', `${where} is for ${operation}, which ${id} does not provide`, did(operation, [...operations.keys()], `Name one of ${[...operations.keys()].join(', ')}.`));
    if (error !== undefined && !isKnownError(error, found)) return unknownError(id, error, found);
    if (error === undefined && mock.kind === 'recorded' && output === undefined) return refuse('MOC005', `${where} has neither an output nor an error`, 'Write what was answered.');
    const mismatch = operation === undefined || output === undefined || hasTemplate(output) ? undefined : mismatchOf(found[0]!.output, output);
    if (mismatch) return refuse('MOC005', `${where} does not fit ${operation!}: ${formatMismatch(mismatch)}`, 'Answer what the protocol says.');
  }
  return undefined;
}

/** What a template becomes only the input says. */
const hasTemplate = (value: Json): boolean => JSON.stringify(value).includes('{{');

const isKnownError = (code: string, operations: readonly ProgramOperation[]): boolean => CALL_FAILURES.some((one) => one === code) || operations.some(({ errors }) => errors.includes(code));

function unknownError(id: string, code: string, operations: readonly ProgramOperation[]): AppError {
  const known = [...new Set([...operations.flatMap(({ errors }) => errors), ...CALL_FAILURES])];
  return refuse('MOC005', `the mock of ${id} fails with ${code}, which is no declared error and no failure of a call`, did(code, known, `Use one of ${known.join(', ')}.`));
}

function findUnmakeable(id: string, operations: Operations): AppError | undefined {
  for (const [name, { kind, output }] of operations) {
    if (kind !== 'cast' && generateValue(output, () => 0.5) === undefined) return refuse('MOC007', `no answer of ${name} can be made up for ${id}: none was found that fits its schema`, 'Mock it with rules instead.');
  }
  return undefined;
}
