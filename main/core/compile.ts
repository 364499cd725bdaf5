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

/** A design of 10,000 nodes takes some seconds. What takes longer than this was made to. */
const MOST_MS = 60_000;
const entry = (): string => unpackedPath(join(import.meta.dirname, '..', 'core', 'compiler-worker.js'));

/** One question, one thread: nothing of a project stays in memory between two checks. A thread that gives no answer in time is ended. */
export async function askCompiler<T>(question: Question, { thread = entry(), mostMs = MOST_MS }: { readonly thread?: string; readonly mostMs?: number } = {}): Promise<T> {
  const worker = new Worker(thread);
  let late: ReturnType<typeof setTimeout> | undefined;
  try {
    return await new Promise<T>((resolve, reject) => {
      late = setTimeout(() => reject(new Error(`it was ended after ${mostMs / 1000} s`)), mostMs);
      worker.on('message', (answer: { readonly value: T } | { readonly error: string }) => ('error' in answer ? reject(new Error(answer.error)) : resolve(answer.value)));
      worker.on('error', reject);
      worker.on('exit', () => reject(new Error('the compiler ended without an answer')));
      worker.postMessage({ id: 1, ...question });
    });
  } finally {
    clearTimeout(late);
    await worker.terminate();
  }
}

export const compileProject = (projectDir: string): Promise<CompiledProject> => askCompiler({ kind: 'compile', projectDir });

export const loadScenarioPlan = (projectDir: string, program: Program, name: string | undefined): Promise<ReadScenario> => askCompiler({ kind: 'scenario', projectDir, program, name });
