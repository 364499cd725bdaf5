/** From a compiled project to a run: grants, data folder, store, engine, sources; and what an earlier run left open. */
import { createHash, randomBytes } from 'node:crypto';
import { readFile, realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { failed, ok, type AppError, type Result } from '../../shared/errors/result';
import type { JournalHeader } from '../../shared/journal/record';
import type { Grant } from '../../shared/design/grants';
import type { Program, ProgramSource } from '../../shared/program/program';
import type { RunSpend } from '../../shared/run/run-spend';
import { runFile, runsDir, unheldRuns } from '../store/data-dir';
import { openRunStore, StoreFailure, type OpenedRunStore } from '../store/store-client';
import { realWorld } from './core-world';
import { AppendFiles } from './effects/append-file';
import { Tools } from './effects/mcp';
import { Models } from './effects/model';
import type { EffectOutput } from './effects/show-output';
import { defaultEngineEntry, mostRssBytes, startEngineFrom } from './engine-process';
import { describeFileError } from './file-error';
import type { ForkChild } from './fork-child';
import { checkModels } from './providers/check-models';
import type { KeySources } from './providers/find-key';
import { readProviders } from './providers/provider-file';
import { Run, type EngineSample } from './run/run';
import type { RunNote, RunReply, RunResult } from './run/run-result';
import { FileReader } from './sources/file-reader';
import type { SourceReader } from './sources/source-reader';
import { StreamReader } from './sources/stream-reader';
import { checkTools } from './tools/check-tools';
import { readTools } from './tools/tool-file';
import { writeJournal } from './write-journal';

/** Equal for a run and its export, so that both give the same result. */
export const DEFAULT_SEED = 1;

/** What a run of the command line and one of the Studio have in common. */
export type BeginRunOptions = {
  readonly program: Program;
  readonly projectDir: string;
  readonly dataDir: string;
  readonly outDir: string;
  readonly forMs?: number;
  readonly trace: boolean;
  readonly input?: SourceReader;
  /** Handlers on plain V8, without a sandbox. */
  readonly nativeHandlers: boolean;
  readonly stdin: AsyncIterable<Uint8Array>;
  /** What was granted; asked again for each effect, since an edit may bring more. Nothing where absent. */
  readonly grants?: () => readonly Grant[];
  /** Keys of the person's providers; those of the environment alone where absent. */
  readonly keys?: KeySources;
  /** What models answer goes into the project's cassettes as well. */
  readonly records?: boolean;
  /** It goes on when nothing is left to do, until it is stopped (see `RunOptions`). */
  readonly staysUp?: boolean;
  /** Stands between the run and its store, to see what is committed. */
  readonly tap?: (store: OpenedRunStore) => OpenedRunStore;
  readonly onOutput: (output: EffectOutput) => void;
  readonly onReply: (reply: RunReply) => void;
  readonly onNote: (note: RunNote) => void;
  readonly onUp?: () => void;
  readonly onSample?: (sample: EngineSample) => void;
  /** Words about an earlier run that ended without notice. */
  readonly onLeftOpen: (left: LeftOpen) => void;
  /** A file among the earlier runs that can't be looked at: damaged, of a newer version, none of ours. It is left as it is. */
  readonly onUnreadRun: (error: AppError) => void;
  /** Where engine and store are, if not beside the core: an exported bundle has its own. */
  readonly engineEntry?: string;
  readonly storeWorker?: string;
  /** How the engine's process is started, if not by Node's `fork`. */
  readonly forkChild?: ForkChild;
};

export type RunProjectOptions = Omit<BeginRunOptions, 'input' | 'staysUp' | 'tap'> & {
  readonly journalFile?: string;
  /** `-` for the standard input. */
  readonly inputFile?: string;
  /** Gives the run to whoever listens for signals. */
  readonly onStarted: (run: Run) => void;
};

export type LeftOpen = { readonly file: string; readonly unanswered: number; readonly unknownEffects: number };
/** What a person is told of an earlier run that nobody ended. */
export const wordLeftOpen = ({ file, unanswered, unknownEffects }: LeftOpen): string =>
  `an earlier run ended without notice: ${unanswered} inputs were never answered, ${unknownEffects} effects are unknown (${file})`;
export type BegunRun = { readonly run: Run; readonly spend: () => RunSpend | undefined; readonly store: OpenedRunStore; readonly file: string };

export async function runProject(options: RunProjectOptions): Promise<Result<RunResult>> {
  const { journalFile, inputFile, stdin, onStarted } = options;
  const begun = await beginRun({ ...options, ...(inputFile === undefined ? {} : { input: inputReader(inputFile, stdin) }) });
  if (!begun.ok) return begun;
  const { run, store } = begun.value;
  onStarted(run);
  const result = await resultOf(run);
  if (!result.ok) return result;
  try {
    const written = journalFile === undefined ? ok(null) : await writeJournal(store.readJournal(), journalFile);
    await store.close();
    return written.ok ? result : written;
  } catch (error) {
    return explain(error);
  }
}

/** The run is under way when this answers; its store is open until whoever asked closes it. */
export async function beginRun(options: BeginRunOptions): Promise<Result<BegunRun>> {
  const { program } = options;
  const projectDir = await realpath(options.projectDir);
  const folder = runsDir(options.dataDir, projectDir);
  const changed = await findChangedFile(program, projectDir);
  if (changed !== undefined) return failed({ code: 'RUN002', message: `${changed} since the design was compiled`, fix: 'Check the design again and run it; an exported one is exported again.' });
  const models = await checkModels(program, options.dataDir, options.grants?.() ?? []);
  if (!models.ok) return models;
  const tools = await checkTools(program, options.dataDir, options.grants?.() ?? []);
  if (!tools.ok) return tools;
  await sealLeftOpen(folder, options);
  const startedMs = realWorld.unixMs();
  const header: JournalHeader = { format: 'prismatic-journal/1', program: program.hash, world: 'real', seed: DEFAULT_SEED, scenario: null, startedAt: new Date(startedMs).toISOString() };
  const file = runFile(folder, startedMs, randomBytes(3).toString('hex'));
  const opened = await openRunStore({ file, header }, options.storeWorker);
  if (!opened.ok) return opened;
  const store = options.tap?.(opened.value) ?? opened.value;
  const asked = askingModels(options, projectDir);
  const spend = (): RunSpend | undefined => asked.spend.sum();
  const run = makeRun(options, projectDir, { store, models: asked, spend });
  run.start();
  return ok({ run, store, file, spend });
}

function askingModels({ dataDir, grants, keys, records, onNote }: BeginRunOptions, projectDir: string): Models {
  return new Models({
    world: realWorld,
    projectDir,
    grants: grants ?? (() => []),
    providers: () => readProviders(dataDir),
    keys: keys ?? { env: process.env },
    records: records === true,
    onTrouble: (text) => onNote({ kind: 'trouble', text }),
  });
}

function callingTools({ dataDir, grants, onNote }: BeginRunOptions): Tools {
  return new Tools({
    world: realWorld,
    grants: grants ?? (() => []),
    servers: () => readTools(dataDir),
    onRestarted: (server, starts) => onNote({ kind: 'trouble', text: `the MCP server ${server} was gone and has been started again (start ${starts})` }),
  });
}

type Parts = { readonly store: OpenedRunStore; readonly models: Models; readonly spend: () => RunSpend | undefined };

function makeRun(options: BeginRunOptions, projectDir: string, { store, models, spend }: Parts): Run {
  const { program, forMs, trace, nativeHandlers, input, staysUp, stdin, onOutput, onReply, onNote } = options;
  const instances = program.hosts.reduce((sum, host) => sum + host.instances.length, 0);
  return new Run({
    program,
    seed: DEFAULT_SEED,
    trace,
    nativeHandlers,
    store,
    startEngine: startEngineFrom(options.engineEntry ?? defaultEngineEntry(), { mostRssBytes: mostRssBytes(program.hosts.length, instances) }, options.forkChild),
    files: new AppendFiles(options.outDir),
    performers: { model: models, mcp: callingTools(options) },
    spend,
    world: realWorld,
    openSource: (source) => readerOf(source, projectDir, stdin),
    staysUp: staysUp === true,
    onOutput,
    onReply,
    onNote,
    ...(forMs === undefined ? {} : { forMs }),
    ...(input === undefined ? {} : { input }),
    ...(options.onUp === undefined ? {} : { onUp: options.onUp }),
    ...(options.onSample === undefined ? {} : { onSample: options.onSample }),
  });
}

/** How a run ended; one that can't go on is killed. */
export async function resultOf(run: Run): Promise<Result<RunResult>> {
  try {
    return ok(await run.result);
  } catch (error) {
    run.stop('signal');
    run.stop('signal');
    return explain(error);
  }
}

function explain(error: unknown): Result<never> {
  if (error instanceof StoreFailure) return failed(error.appError);
  const file = describeFileError(error);
  if (file !== undefined) return failed({ code: 'RUN003', message: `a file that the run reads can't be read: ${file}`, fix: 'Check that the file exists and can be read.' });
  throw error;
}

function readerOf(source: ProgramSource, projectDir: string, stdin: AsyncIterable<Uint8Array>): SourceReader {
  const { behaviour } = source;
  if (behaviour.type === 'stdin') return new StreamReader(stdin, behaviour.parse);
  return new FileReader(resolve(projectDir, behaviour.path), behaviour, realWorld);
}

function inputReader(file: string, stdin: AsyncIterable<Uint8Array>): SourceReader {
  if (file === '-') return new StreamReader(stdin, 'json');
  return new FileReader(file, { type: 'file', path: file, mode: 'lines', parse: 'json', follow: false }, realWorld);
}

/** A source's file is part of the program; only one that is followed may have grown. Answers the first that differs, in words. */
async function findChangedFile(program: Program, projectDir: string): Promise<string | undefined> {
  const followed = new Set(Object.values(program.nodes).flatMap((node) => (node.kind === 'source' && node.behaviour.type === 'file' && node.behaviour.mode === 'lines' && node.behaviour.follow ? [node.behaviour.path] : [])));
  for (const { path, sha256 } of program.files) {
    if (followed.has(path)) continue;
    const bytes = await readFile(join(projectDir, path)).catch(() => undefined);
    if (bytes === undefined) return `${path} can't be read any more`;
    if (!sha256.endsWith(createHash('sha256').update(bytes).digest('hex'))) return `${path} has changed`;
  }
  return undefined;
}

/** A core that died left its run open: what it can't answer any more goes on record, and is said once. */
async function sealLeftOpen(folder: string, { program, storeWorker, onLeftOpen, onUnreadRun }: BeginRunOptions): Promise<void> {
  for (const file of unheldRuns(folder)) {
    const header: JournalHeader = { format: 'prismatic-journal/1', program: program.hash, world: 'real', seed: DEFAULT_SEED, scenario: null };
    const opened = await openRunStore({ file, header, onlyIfUnended: true }, storeWorker);
    if (!opened.ok) {
      // A run that has ended is what is hoped for; one that somebody has taken meanwhile is theirs.
      if (opened.error.code !== 'STO010' && opened.error.code !== 'STO003') onUnreadRun(opened.error);
      continue;
    }
    const { unsettled } = await opened.value.counts();
    const unknownEffects = await opened.value.seal(0);
    await opened.value.close();
    onLeftOpen({ file, unanswered: unsettled, unknownEffects });
  }
}
