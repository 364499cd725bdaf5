/** Small drivers for whole-program tests: copies of examples, the command line as it ships, a run inside the test. */
import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { realWorld } from '../main/core/core-world';
import { AppendFiles } from '../main/core/effects/append-file';
import type { EffectPerformers } from '../main/core/effects/perform-effect';
import type { EffectOutput } from '../main/core/effects/show-output';
import { mostRssBytes, startEngineFrom, type EngineLink } from '../main/core/engine-process';
import { Run } from '../main/core/run/run';
import type { RunNote, RunReply, RunResult } from '../main/core/run/run-result';
import type { SourceReader } from '../main/core/sources/source-reader';
import { FileReader } from '../main/core/sources/file-reader';
import { compileProject } from '../main/compiler/compile';
import { openRunStore, type OpenedRunStore } from '../main/store/store-client';

export const root = fileURLToPath(new URL('..', import.meta.url));
const cli = join(root, 'dist/core/cli.js');

export class Project {
  readonly home: string;
  readonly dir: string;

  constructor(example: string) {
    this.home = mkdtempSync(join(tmpdir(), 'prismatic-e2e-'));
    this.dir = join(this.home, example);
    cpSync(join(root, 'assets/examples', example), this.dir, { recursive: true, filter: (path) => !path.includes('.prismatic') });
  }

  write(path: string, content: string | Uint8Array): void {
    writeFileSync(join(this.dir, path), content);
  }

  read(path: string): string {
    return readFileSync(join(this.dir, path), 'utf8');
  }

  /** Exit code and what was said; stdout as JSON lines. */
  prismatic(...args: readonly string[]): Promise<{ readonly code: number; readonly lines: readonly Record<string, unknown>[]; readonly stderr: string; readonly stdout: string }> {
    return new Promise((resolve) => {
      execFile(process.execPath, ['--no-warnings', cli, ...args, '--data-dir', join(this.home, 'data')], { cwd: this.home, maxBuffer: 64e6, env: { ...process.env, INIT_CWD: this.home } }, (error, stdout, stderr) => {
        const code = error ? (typeof error.code === 'number' ? error.code : -1) : 0;
        const lines = stdout.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Record<string, unknown>);
        resolve({ code, lines, stderr, stdout });
      });
    });
  }

  remove(): void {
    rmSync(this.home, { recursive: true, force: true });
  }
}

/** What GNU wc says, in a UTF-8 locale. */
export function wc(file: string): { readonly words: number; readonly lines: number; readonly bytes: number } {
  const [lines, words, bytes] = execFileSync('wc', ['-lwc', file], { encoding: 'utf8', env: { LC_ALL: 'C.UTF-8', PATH: process.env['PATH'] } }).trim().split(/\s+/).map(Number) as [number, number, number];
  return { words, lines, bytes };
}

export const inputFile = (path: string): SourceReader => new FileReader(path, { type: 'file', path, mode: 'lines', parse: 'json', follow: false }, realWorld);

export type Running = { readonly run: Run; readonly store: OpenedRunStore; readonly outputs: EffectOutput[]; readonly notes: RunNote[]; readonly replies: RunReply[]; readonly engine: () => EngineLink; readonly finish: () => Promise<RunResult> };

/** A run whose engine is the built one and whose core lives in the test, so that it can be interfered with. */
export async function startRun(project: Project, watch: { readonly performers?: EffectPerformers; readonly input?: SourceReader; readonly staysUp?: boolean; readonly onOutput?: (output: EffectOutput) => void; readonly onNote?: (note: RunNote) => void } = {}): Promise<Running> {
  const { program, diagnostics } = await compileProject(project.dir);
  if (!program) throw new Error(JSON.stringify(diagnostics));
  const header = { format: 'prismatic-journal/1', program: program.hash, world: 'real', seed: 1, scenario: null } as const;
  const opened = await openRunStore({ file: join(project.home, 'run.db'), header }, join(root, 'dist/core/store-worker.js'));
  if (!opened.ok) throw new Error(opened.error.message);
  const store = opened.value;
  const [outputs, notes, replies]: [EffectOutput[], RunNote[], RunReply[]] = [[], [], []];
  const start = startEngineFrom(join(root, 'dist/engine/engine.js'), { mostRssBytes: mostRssBytes(32, 64) });
  let engine: EngineLink | undefined;
  const run = new Run({
    program,
    seed: 1,
    trace: false,
    nativeHandlers: false,
    store,
    startEngine: (events) => (engine = start(events)),
    files: new AppendFiles(join(project.dir, '.prismatic/out')),
    world: realWorld,
    ...(watch.performers === undefined ? {} : { performers: watch.performers }),
    ...(watch.input === undefined ? {} : { input: watch.input }),
    staysUp: watch.staysUp === true,
    openSource: (source) => {
      if (source.behaviour.type !== 'file') throw new Error('examples read files');
      return new FileReader(join(project.dir, source.behaviour.path), source.behaviour, realWorld);
    },
    onOutput: (output) => {
      outputs.push(output);
      watch.onOutput?.(output);
    },
    onReply: (reply) => replies.push(reply),
    onNote: (note) => {
      notes.push(note);
      watch.onNote?.(note);
    },
  });
  run.start();
  return { run, store, outputs, notes, replies, engine: () => engine!, finish: () => run.result };
}
