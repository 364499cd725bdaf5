/** Entry of the compiler's thread: a project that is slow to check keeps no window waiting. */
import { parentPort } from 'node:worker_threads';
import { assert } from '../../shared/assert';
import { CheckMemory } from './check-memory';
import { compileProject, type Compiled } from './compile';
import { readScenario } from './scenario';
import { readTestPlan } from './test-plan';
import type { Program } from '../../shared/program/program';

export type CompilerRequest = { readonly id: number } & ({ readonly kind: 'check' | 'compile'; readonly projectDir: string } | { readonly kind: 'scenario'; readonly projectDir: string; readonly program: Program; readonly name: string | undefined } | { readonly kind: 'tests'; readonly projectDir: string; readonly program: Program });

assert(parentPort, 'compiler-worker.js runs as a worker thread');
const port = parentPort;
const memory = new CheckMemory(() => Date.now());

/** What crosses to the core: the program as text, and only where it was asked for, since most checks are of an edit. */
export type SentProject = Omit<Compiled, 'program'> & { readonly programText?: string };

function send({ program, ...said }: Compiled, kind: 'check' | 'compile'): SentProject {
  return { ...said, ...(program && kind === 'compile' ? { programText: JSON.stringify(program) } : {}) };
}

async function answer(request: CompilerRequest): Promise<void> {
  const { projectDir } = request;
  const value = await answerTo(request, projectDir);
  port.postMessage({ id: request.id, value, isSpent: memory.brokenAt !== undefined });
}

async function answerTo(request: CompilerRequest, projectDir: string): Promise<unknown> {
  if (request.kind === 'scenario') return readScenario(projectDir, request.program, request.name);
  if (request.kind === 'tests') return readTestPlan(projectDir, request.program, memory);
  return send(await compileProject(projectDir, memory), request.kind);
}

port.on('message', (request: CompilerRequest) => {
  answer(request).catch((error: unknown) => port.postMessage({ id: request.id, error: error instanceof Error ? `${error.name}: ${error.message}` : 'unknown' }));
});
