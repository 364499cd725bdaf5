import { mockedNodes, mockProgram } from '../core/mocks/mock-program';
import { readMocks } from '../core/mocks/read-mocks';
import type { Result } from '../../shared/errors/result';
import type { Program } from '../../shared/program/program';
import type { Mocks } from '../../shared/run/mock';
import { sayLine } from './output';
import { fromHere } from './paths';

/** What the flags `--mock node=file` let stand in. */
export const readMockFlags = (given: readonly string[] = []): Promise<Result<Mocks>> => readMocks(given, fromHere);

/** The program with its mocks, which are said: nobody takes their answers for a provider's. */
export async function mockByFlags(program: Program, given: readonly string[] | undefined): Promise<Result<Program>> {
  const mocks = await readMockFlags(given);
  if (!mocks.ok) return mocks;
  const mocked = mockProgram(program, mocks.value);
  if (mocked.ok) for (const id of mockedNodes(mocked.value)) sayLine(`mocked: ${id} (${mocks.value[id]!.kind})`);
  return mocked;
}
