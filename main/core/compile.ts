/** The compiler as the core sees it: in a thread of its own, started when it is first needed. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Compiled } from '../compiler/compile';
import type { CompilerRequest } from '../compiler/compiler-worker';
import type { ReadScenario } from '../compiler/scenario';
import type { Program } from '../../shared/program/program';
import { unpackedPath } from '../../shared/unpacked-path';

export type CompiledProject = Compiled;

type Question = CompilerRequest extends infer R ? (R extends CompilerRequest ? Omit<R, 'id'> : never) : never;

/** One question, one thread: nothing of a project stays in memory between two checks. */
async function ask<T>(question: Question): Promise<T> {
  const worker = new Worker(unpackedPath(join(import.meta.dirname, '..', 'core', 'compiler-worker.js')));
  try {
    return await new Promise<T>((resolve, reject) => {
      worker.on('message', (answer: { readonly value: T } | { readonly error: string }) => ('error' in answer ? reject(new Error(answer.error)) : resolve(answer.value)));
      worker.on('error', reject);
      worker.on('exit', () => reject(new Error('the compiler ended without an answer')));
      worker.postMessage({ id: 1, ...question });
    });
  } finally {
    await worker.terminate();
  }
}

export const compileProject = (projectDir: string): Promise<CompiledProject> => ask({ kind: 'compile', projectDir });

export const loadScenarioPlan = (projectDir: string, program: Program, name: string | undefined): Promise<ReadScenario> => ask({ kind: 'scenario', projectDir, program, name });
