/** Every code of runs, grants, exports and new projects is provoked, with what really goes wrong. */
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Project, root } from './project';
import type { exportCatalog } from '../shared/errors/catalog-export';
import type { runCatalog } from '../shared/errors/catalog-run';
import type { AppError, Result } from '../shared/errors/result';
import type { Program } from '../shared/program/program';
import { compileProject } from '../main/compiler/compile';
import { createProject } from '../main/core/create-project';
import { AppendFiles } from '../main/core/effects/append-file';
import { exportProject } from '../main/core/export-project';
import { findMissingGrants } from '../main/core/grants';
import { readExportedProgram } from '../main/core/read-exported-program';
import { runProject } from '../main/core/run-project';
import { runSimulations } from '../main/core/simulator-process';
import { writeJournal } from '../main/core/write-journal';

let project: Project;
let program: Program;
let unread: AppError[] = [];
beforeEach(async () => {
  unread = [];
  project = new Project('support-desk');
  program = (await compileProject(project.dir)).program!;
});
afterEach(() => project.remove());

const inHome = (path: string): string => join(project.home, path);
const write = (path: string, content: string): string => {
  writeFileSync(inHome(path), content);
  return inHome(path);
};
async function errorOf(work: Promise<Result<unknown>>): Promise<AppError> {
  const result = await work;
  if (result.ok) throw new Error('it did not fail');
  return result.error;
}
/** A run as the command line starts it, with the built engine and store. */
const run = (more: { readonly inputFile?: string; readonly journalFile?: string } = {}): Promise<Result<unknown>> =>
  runProject({
    program,
    projectDir: project.dir,
    dataDir: inHome('data'),
    outDir: inHome('out'),
    trace: false,
    nativeHandlers: false,
    stdin: process.stdin,
    onOutput: () => undefined,
    onReply: () => undefined,
    onNote: () => undefined,
    onLeftOpen: () => undefined,
    onUnreadRun: (error) => void unread.push(error),
    onStarted: () => undefined,
    engineEntry: join(root, 'dist/engine/engine.js'),
    storeWorker: join(root, 'dist/core/store-worker.js'),
    ...more,
  });
const simulate = (entry: string): Promise<Result<unknown>> => runSimulations({ program, scenario: { name: null, load: [], faults: [], expectations: [] }, seeds: [1], files: new Map() }, entry);
const grants = (content: string): Promise<Result<unknown>> => findMissingGrants(program, write('grants.json', content));
const fromShared = (bytes: Uint8Array): Promise<Result<unknown>> => {
  writeFileSync(inHome('x.prismatic'), bytes);
  return createProject(inHome('new'), { kind: 'shared', file: inHome('x.prismatic') });
};
const exported = (content: string | undefined): Promise<Result<unknown>> => {
  if (content !== undefined) write('program.json', content);
  return readExportedProgram(project.home);
};

type Code = keyof typeof runCatalog | keyof typeof exportCatalog;
type Case = { readonly says: RegExp; readonly provoke: () => Promise<Result<unknown>> };
const cases: Readonly<Record<Code, readonly Case[]>> = {
  RUN002: [
    { says: /^data\/tickets\.jsonl has changed since/, provoke: () => (project.write('data/tickets.jsonl', '{}'), run()) },
    { says: /^data\/tickets\.jsonl can't be read any more since/, provoke: () => (project.remove(), mkdirSync(project.dir, { recursive: true }), run()) },
  ],
  RUN003: [
    { says: /none\.jsonl: ENOENT$/, provoke: () => run({ inputFile: inHome('none.jsonl') }) },
    { says: /EISDIR$/, provoke: () => run({ inputFile: project.dir }) },
  ],
  RUN004: [
    { says: /the journal .*out\.jsonl can't be written: .*EISDIR/, provoke: () => (mkdirSync(inHome('out.jsonl')), writeJournal([{}], inHome('out.jsonl'))) },
    { says: /can't be written: .*(ENOTDIR|EEXIST)/, provoke: () => run({ journalFile: join(write('file', ''), 'j.jsonl') }) },
  ],
  RUN010: [
    { says: /the sink's file \.\.\/evil is not under/, provoke: () => new AppendFiles(inHome('out')).append('../evil', 'x') },
    { says: /the sink's file \/etc\/evil is not under/, provoke: () => new AppendFiles(inHome('out')).append('/etc/evil', 'x') },
    { says: /the sink's file link\/evil is not under/, provoke: () => (mkdirSync(inHome('out')), symlinkSync('/tmp', inHome('out/link')), new AppendFiles(inHome('out')).append('link/evil', 'x')) },
    { says: /the sink's file answers is not under/, provoke: () => (mkdirSync(inHome('out')), symlinkSync(write('elsewhere', ''), inHome('out/answers')), new AppendFiles(inHome('out')).append('answers', 'x')) },
  ],
  RUN011: [{ says: /answers\.jsonl can't be written: EISDIR/, provoke: () => (mkdirSync(inHome('out/answers.jsonl'), { recursive: true }), new AppendFiles(inHome('out')).append('answers.jsonl', 'x')) }],
  RUN020: [
    { says: /without a result: exit 7/, provoke: () => simulate(write('simulate.js', "process.on('message', () => process.exit(7));")) },
    { says: /it said what no simulator of ours says/, provoke: () => simulate(write('simulate.js', "process.on('message', () => process.send({ type: 'result', result: 1 }));")) },
    { says: /without a result: signal SIGKILL/, provoke: () => simulate(write('simulate.js', "process.on('message', () => process.kill(process.pid, 'SIGKILL'));")) },
  ],
  GRA001: [{ says: /the grants file .*none\.json can't be read/, provoke: () => findMissingGrants(program, inHome('none.json')) }],
  GRA002: [
    { says: /grants\.json is no grants file: it is no JSON/, provoke: () => grants('{') },
    { says: /grants\.json is no grants file: program/, provoke: () => grants('{"format":"prismatic-grants/1","grants":[]}') },
    { says: /grants\.json is no grants file: grants\.0\.kind/, provoke: () => grants(JSON.stringify({ format: 'prismatic-grants/1', program: program.hash, grants: [{ node: 'desk', kind: 'all', resource: {} }] })) },
  ],
  GRA003: [{ says: /grants to another program \(sha256:0{64}\); this is sha256:/, provoke: () => grants(JSON.stringify({ format: 'prismatic-grants/1', program: `sha256:${'0'.repeat(64)}`, grants: [] })) }],
  EXP001: [
    { says: /support-desk holds something that is no export/, provoke: () => exportProject({ program, projectDir: project.dir, grants: [], out: project.dir }) },
    { says: /file holds something that is no export/, provoke: () => exportProject({ program, projectDir: project.dir, grants: [], out: write('file', '') }) },
  ],
  EXP002: [{ says: /the export to .*can't be written: .*(ENOTDIR|EEXIST)/, provoke: () => exportProject({ program, projectDir: project.dir, grants: [], out: join(write('file', ''), 'bundle'), bundle: join(root, 'dist/bundle'), licences: join(root, 'NOTICES.txt') }) }],
  EXP003: [
    { says: /program\.json is not what was exported: it says that its hash is sha256:\w+, and it is sha256:/, provoke: () => exported(JSON.stringify(program).replace('billing', 'billinX')) },
    { says: /is not what was exported: it cannot be read/, provoke: () => exported(undefined) },
    { says: /is not what was exported: it is no program/, provoke: () => exported('{"hash"') },
    { says: /is not what was exported: it is no program/, provoke: () => exported('null') },
  ],
  NEW001: [
    { says: /support-desk is not an empty folder/, provoke: () => createProject(project.dir, { kind: 'small' }) },
    { says: /file is not an empty folder/, provoke: () => createProject(write('file', ''), { kind: 'small' }) },
  ],
  NEW002: [{ says: /none\.prismatic can't be read/, provoke: () => createProject(inHome('new'), { kind: 'shared', file: inHome('none.prismatic') }) }],
  NEW003: [
    { says: /not opened: "\.\.\/evil" leaves its folder/, provoke: () => fromShared(zipSync({ '../evil': strToU8('x') })) },
    { says: /not opened: it is no whole zip file/, provoke: () => fromShared(strToU8('no zip')) },
  ],
  NEW005: [{ says: /the project can't be written: .*(ENOTDIR|EEXIST)/, provoke: () => createProject(join(write('file', ''), 'new'), { kind: 'small' }) }],
};

const rows = Object.entries(cases).flatMap(([code, list]) => list.map((one) => [code, one.says, one.provoke] as const));
describe('the core', () => {
  it.each(rows)('says %s, %s, with a way out', async (code, says, provoke) => {
    const error = await errorOf(provoke());
    expect(error).toMatchObject({ code, message: expect.stringMatching(says) as unknown });
    expect(error.fix).toMatch(/^[A-Z].{10,}\.$/);
  });

  it('reads what it exported', async () => {
    expect(await exported(JSON.stringify(program))).toEqual({ ok: true, value: JSON.parse(JSON.stringify(program)) as unknown });
  });

  it('tells a person at a terminal why a sink could not write, and what to do', async () => {
    mkdirSync(join(project.dir, '.prismatic/out/answers.jsonl'), { recursive: true });
    const { stderr } = await project.prismatic('run', project.dir, '--json');
    expect(stderr).toMatch(/ended: answers: crash: effect_failed: RUN011: answers\.jsonl can't be written: EISDIR\. Choose a folder that can be written, with --out\./);
  });

  it('says which files among the earlier runs it cannot look at, leaves them, and runs', async () => {
    expect(await run()).toMatchObject({ ok: true });
    expect(unread).toEqual([]);
    const folder = join(inHome('data/runs'), readdirSync(inHome('data/runs'))[0]!);
    const garbage = 'this is no database, and long enough to be looked at as one'.repeat(20);
    writeFileSync(join(folder, '20200101T000000000-000000.db'), garbage);
    expect(await run()).toMatchObject({ ok: true });
    expect(unread).toMatchObject([{ code: 'STO001', message: expect.stringContaining('20200101T000000000-000000.db') as unknown }]);
    expect(readFileSync(join(folder, '20200101T000000000-000000.db'), 'utf8')).toBe(garbage);
  });

  it('keeps the record of a run whose journal could not be written', async () => {
    expect(await run({ journalFile: join(write('file', ''), 'j.jsonl') })).toMatchObject({ ok: false });
    expect(readFileSync(inHome('out/answers.jsonl'), 'utf8').split('\n').length).toBeGreaterThan(2);
  });
});
