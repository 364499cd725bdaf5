/** The compiler as the core sees it: in a thread of its own, started when it is first needed and kept for a while. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Compiled } from '../compiler/compile';
import type { CompilerRequest, SentProject } from '../compiler/compiler-worker';
import type { ReadScenario } from '../compiler/scenario';
import type { ReadTestPlan } from '../compiler/test-plan';
import type { Program } from '../../shared/program/program';
import { unpackedPath } from '../../shared/unpacked-path';

export type CompiledProject = Compiled;

type Question = CompilerRequest extends infer R ? (R extends CompilerRequest ? Omit<R, 'id'> : never) : never;

/** `isSpent`: the thread is not to be asked again. */
type Answer = { readonly value: unknown; readonly isSpent: boolean } | { readonly error: string };
type Waiter = { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void };

/** A design of 10,000 nodes takes some seconds. What takes longer than this was made to. */
const MOST_MS = 60_000;

/** How long a thread waits for a further question: what it has parsed and its warm code make the check after an edit short, also after a pause. */
const IDLE_MS = 10 * 60_000;

/** Those that have nothing to do: one of a kind, or none. */
const idle = new Set<CompilerThread>();

/** Answers one question at a time. While it has none it keeps no process alive. */
class CompilerThread {
  readonly file: string;
  readonly #worker: Worker;
  #waiter: Waiter | undefined;
  /** Why it was ended. */
  #why: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(file: string) {
    this.file = file;
    this.#worker = new Worker(file);
    this.#worker.on('message', (answer: Answer) => this.#answered(answer));
    this.#worker.on('error', (error: Error) => this.#lost(error));
    this.#worker.on('exit', () => this.#lost(new Error(this.#why ?? 'the compiler ended without an answer')));
  }

  /** One that gives no answer in time is ended. */
  ask(question: Question, mostMs: number): Promise<unknown> {
    clearTimeout(this.#timer);
    this.#worker.ref();
    this.#timer = setTimeout(() => {
      this.#why = `it was ended after ${mostMs / 1000} s`;
      this.#end();
    }, mostMs);
    return new Promise((resolve, reject) => {
      this.#waiter = { resolve, reject };
      this.#worker.postMessage({ id: 1, ...question });
    });
  }

  #answered(answer: Answer): void {
    const waiter = this.#waiter;
    this.#waiter = undefined;
    clearTimeout(this.#timer);
    if ('error' in answer || answer.isSpent) this.#end();
    else this.#rest();
    if ('error' in answer) waiter?.reject(new Error(answer.error));
    else waiter?.resolve(answer.value);
  }

  /** Others are for questions that came while this one was asked. */
  #rest(): void {
    if ([...idle].some(({ file }) => file === this.file)) return this.#end();
    idle.add(this);
    this.#worker.unref();
    this.#timer = setTimeout(() => this.#end(), IDLE_MS);
    this.#timer.unref();
  }

  #end(): void {
    idle.delete(this);
    void this.#worker.terminate();
  }

  #lost(error: Error): void {
    clearTimeout(this.#timer);
    idle.delete(this);
    this.#waiter?.reject(error);
    this.#waiter = undefined;
  }
}

type Asked = { readonly thread?: string; readonly mostMs?: number };

/** Questions so far, and the check of a thread that is being readied. */
let asked = 0;
let readying: Promise<unknown> | undefined;

/** A question that comes while another is answered gets a thread of its own: a project that is slow to check keeps no other waiting. */
export async function askCompiler<T>(question: Question, options: Asked = {}): Promise<T> {
  asked += 1;
  // A new thread takes longer to begin than one that is readied takes to be free.
  await readying;
  return askThread<T>(question, options);
}

async function askThread<T>(question: Question, { thread: file = entry(), mostMs = MOST_MS }: Asked): Promise<T> {
  const thread = [...idle].find((one) => one.file === file) ?? new CompilerThread(file);
  idle.delete(thread);
  return (await thread.ask(question, mostMs)) as T;
}

const entry = (): string => unpackedPath(join(import.meta.dirname, '..', 'core', 'compiler-worker.js'));

/** What a check says, without the program. */
export type CheckedProject = Omit<CompiledProject, 'program'>;

/** `check` after each edit, `compile` where the program is wanted. */
export type ProjectCompiler = { readonly check: (projectDir: string) => Promise<CheckedProject>; readonly compile: (projectDir: string) => Promise<CompiledProject> };

export const checkProject = (projectDir: string): Promise<CheckedProject> => askCompiler({ kind: 'check', projectDir });

export async function compileProject(projectDir: string): Promise<CompiledProject> {
  const { programText, ...said } = await askCompiler<SentProject>({ kind: 'compile', projectDir });
  return { ...said, ...(programText === undefined ? {} : { program: JSON.parse(programText) as Program }) };
}

export const loadScenarioPlan = (projectDir: string, program: Program, name: string | undefined): Promise<ReadScenario> => askCompiler({ kind: 'scenario', projectDir, program, name });

export const loadTestPlan = (projectDir: string, program: Program): Promise<ReadTestPlan> => askCompiler({ kind: 'tests', projectDir, program });

/** After so many the code of a check is compiled as well as it gets (docs/performance.md). */
export const READY_ROUNDS = 8;

/**
 * A thread begun before it is asked, for a shell in which projects are opened. It checks some projects of ours, again and again: what a thread
 * remembers of a check is gone two checks later, so each is made anew. A question of somebody else's ends that.
 */
export async function readyCompiler(projectDirs: readonly string[], options: Asked = {}): Promise<void> {
  const before = asked;
  for (const projectDir of Array.from({ length: READY_ROUNDS }, () => projectDirs).flat()) {
    if (asked > before) return;
    readying = askThread({ kind: 'check', projectDir }, options).catch(() => undefined);
    await readying;
  }
}
