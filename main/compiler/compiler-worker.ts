/** Entry of the compiler's thread: a project that is slow to check keeps no window waiting. */
import { parentPort } from 'node:worker_threads';
import { assert } from '../../shared/assert';
import { compileProject } from './compile';
import { ParsedTexts } from './handler-module';
import { readScenario } from './scenario';
import type { Program } from '../../shared/program/program';

export type CompilerRequest = { readonly id: number } & ({ readonly kind: 'compile'; readonly projectDir: string } | { readonly kind: 'scenario'; readonly projectDir: string; readonly program: Program; readonly name: string | undefined });

assert(parentPort, 'compiler-worker.js runs as a worker thread');
const port = parentPort;
const texts = new ParsedTexts();

async function answer(request: CompilerRequest): Promise<void> {
  const { projectDir } = request;
  const value = request.kind === 'compile' ? await compileProject(projectDir, texts) : await readScenario(projectDir, request.program, request.name);
  port.postMessage({ id: request.id, value, isSpent: texts.brokenAt !== undefined });
}

port.on('message', (request: CompilerRequest) => {
  answer(request).catch((error: unknown) => port.postMessage({ id: request.id, error: error instanceof Error ? `${error.name}: ${error.message}` : 'unknown' }));
});
