/** Entry of the compiler's thread: a project that is slow to check keeps no window waiting. */
import { parentPort } from 'node:worker_threads';
import { assert } from '../../shared/assert';
import { CheckMemory } from './check-memory';
import { compileProject, type Compiled } from './compile';
import { readScenario } from './scenario';
import type { Program } from '../../shared/program/program';

export type CompilerRequest = { readonly id: number } & ({ readonly kind: 'compile'; readonly projectDir: string } | { readonly kind: 'scenario'; readonly projectDir: string; readonly program: Program; readonly name: string | undefined });

assert(parentPort, 'compiler-worker.js runs as a worker thread');
const port = parentPort;
const memory = new CheckMemory(() => Date.now());

/** What crosses to the core: the program as text, which is posted in no time and is read only where it is run. */
export type SentProject = Omit<Compiled, 'program'> & { readonly programText?: string };

function send({ program, ...said }: Compiled): SentProject {
  return { ...said, ...(program ? { programText: JSON.stringify(program) } : {}) };
}

async function answer(request: CompilerRequest): Promise<void> {
  const { projectDir } = request;
  const value = request.kind === 'compile' ? send(await compileProject(projectDir, memory)) : readScenario(projectDir, request.program, request.name);
  port.postMessage({ id: request.id, value, isSpent: memory.brokenAt !== undefined });
}

port.on('message', (request: CompilerRequest) => {
  answer(request).catch((error: unknown) => port.postMessage({ id: request.id, error: error instanceof Error ? `${error.name}: ${error.message}` : 'unknown' }));
});
