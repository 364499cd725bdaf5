/**
 * Folders and shared files that strangers made to do harm, opened in the real served Studio through its API as a page does, under
 * observation from outside: no process, no connection, nothing written but in the data folder and where shared files are unpacked, no
 * secret in an answer, and each time a clear message, or a project that is simply open. The last tests plant a process, a connection
 * and a write in that same server, and each observer has to notice. What would do harm in a page is in hostile.spec.ts. Needs a build.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CheckReport, ProjectSnapshot } from '../shared/api/project';
import type { AppError, Result } from '../shared/errors/result';
import { AGENTS } from './hostile/agents';
import type { Hostile } from './hostile/hostile';
import { MARKUP } from './hostile/markup';
import { differences, fingerprint, Listener, Sampler, type Seen } from './hostile/observers';
import { PATHS } from './hostile/paths';
import { Place, SECRET, type Targets } from './hostile/place';
import { SHAPES } from './hostile/shapes';
import { TEXTS } from './hostile/texts';
import { straceCommand, Trace, whyNoStrace } from './hostile/trace';
import { ZIPS } from './hostile/zips';
import { root, ServedStudio } from './screen/served-studio';
import { ServedClient, valueOf } from './served-client';

const noStrace = whyNoStrace();
if (noStrace !== undefined) console.log(`hostile: watched without strace (${noStrace}); /proc and the files tell`);
const isLinux = process.platform === 'linux';

let studio: ServedStudio;
let client: ServedClient;
let sampler: Sampler;
let trace: Trace;
let listener: Listener;
let targets: Targets;
let traceFile = '';
let openedCount = 0;

beforeAll(async () => {
  if (!isLinux) return;
  listener = await Listener.start();
  traceFile = join(root, 'coverage', `hostile-${process.pid}.strace`);
  mkdirSync(join(root, 'coverage'), { recursive: true });
  studio = new ServedStudio({
    ...(noStrace === undefined ? { under: straceCommand(traceFile) } : {}),
    env: { UV_USE_IO_URING: '0', NODE_OPTIONS: `--import=${join(root, 'e2e/hostile/planted.mjs')}`, PLANTED_PORT: String(listener.port) },
  });
  targets = { secret: join(studio.home, 'secret'), url: listener.url, ran: join(studio.home, 'ran') };
  mkdirSync(targets.secret);
  for (const name of ['key.ts', 'key.json', 'key.md']) writeFileSync(join(targets.secret, name), name.endsWith('.json') ? JSON.stringify({ key: SECRET }) : `export const Greeting = {}; // ${SECRET}\n`);
  mkdirSync(join(studio.home, 'strangers'));
  client = await ServedClient.open(await studio.start());
  sampler = await Sampler.start(studio.pid, studio.port);
  trace = new Trace(traceFile, [join(studio.home, 'data'), join(studio.home, 'Prismatic')]);
  // One that is harmless, so that what the server starts once it has started.
  new Place(join(studio.home, 'strangers/harmless'), targets).small();
  const { report } = opened(await openFolder('harmless'));
  expect(report.ok).toBe(true);
  look();
}, 120_000);

afterAll(async () => {
  if (!isLinux) return;
  await client.close();
  await sampler.stop();
  listener.stop();
  await studio.stop();
  // Some paths are longer than Node takes.
  execFileSync('rm', ['-rf', studio.home]);
  rmSync(traceFile, { force: true });
  console.log(`hostile: ${openedCount} opened under observation by /proc${noStrace === undefined ? ' and strace' : ''}: 0 processes, 0 connections, 0 writes`);
}, 120_000);

type Opened = { readonly snapshot: ProjectSnapshot; readonly report: CheckReport };

/** As a page does: by the names of folders, and then what it asks of each project that is open. */
async function openFolder(name: string): Promise<Result<Opened>> {
  const home = valueOf(await client.request('shell.browse', {}));
  const strangers = home.folders.find((folder) => folder.name === 'strangers')!;
  const { handle } = valueOf(await client.request('shell.browse', { at: strangers.handle, name }));
  return openHandle(handle);
}

async function openHandle(handle: string): Promise<Result<Opened>> {
  const answer = await client.request('project.open', { handle });
  if (!answer.ok) return answer;
  const { project } = answer.value;
  const report = valueOf(await client.request('project.check', { project }));
  expect(await client.request('project.history', { project, count: 100 })).toEqual([]);
  await client.request('project.close', { project });
  return { ok: true, value: { snapshot: answer.value, report } };
}

/** Everything that all observers have seen since the last look. */
const look = (): readonly Seen[] => [...sampler.look(), ...trace.look(), ...listener.look()];
const opened = (result: Result<Opened>): Opened => valueOf(result);

/** Where, what and the fix, for people: no trace of a program, nothing unseen, and of a length that can be read. */
function expectClear({ code, message, fix }: Pick<AppError, 'code' | 'message' | 'fix'>): void {
  expect(code).toMatch(/^[A-Z]{3}\d{3}$/);
  expect(message.length, message.slice(0, 300)).toBeGreaterThan(8);
  expect(message.length, message.slice(0, 300)).toBeLessThan(700);
  expect(fix).toMatch(/^[A-Z].{5,300}$/s);
  for (const said of [message, fix]) expect(said).not.toMatch(/\[object |\bundefined\b|TypeError|RangeError|Maximum call stack|Invalid string length|\n\s+at |node:internal/);
}

function expectAsSaid(hostile: Hostile, result: Result<Opened>): void {
  if (hostile.refused) {
    if (result.ok) throw new Error('it opened');
    expectClear(result.error);
    for (const words of hostile.refused) expect(`${result.error.code} ${result.error.message}`).toContain(words);
    return;
  }
  const { snapshot, report } = opened(result);
  expect(JSON.stringify([snapshot, report])).not.toContain(SECRET);
  for (const { code, at, message, fix } of report.diagnostics) {
    expectClear({ code, message, fix });
    expect(at.file, message).toMatch(/./);
  }
  const told = report.diagnostics.map(({ code, at, message }) => `${code} ${JSON.stringify(at)} ${message}`);
  for (const words of hostile.says ?? []) expect(told.some((one) => words.every((word) => one.includes(word))), `${words.join(', ')} in ${told.slice(0, 8).join('\n').slice(0, 3000)}`).toBe(true);
  for (const path of hostile.lists ?? []) expect(snapshot.otherFiles.map((file) => file.path)).toContain(path);
  expect(snapshot.unsaved).toBeNull();
}

async function expectUnharmed(): Promise<void> {
  expect(await client.request('shell.info', {})).toMatchObject({ kind: 'browser' });
  openedCount += 1;
  expect(look()).toEqual([]);
  expect(existsSync(targets.ran)).toBe(false);
}

const FOLDERS = [...AGENTS, ...SHAPES, ...PATHS, ...TEXTS, ...MARKUP].map((folder, index) => ({ ...folder, folder: `s${index}` }));

describe.skipIf(!isLinux)('what a stranger made', () => {
  it('is at least 50 folders and shared files, each of another name', () => {
    const all = [...FOLDERS, ...ZIPS].map(({ name }) => name);
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBeGreaterThan(100);
  });

  it.each(FOLDERS)('a folder with $name', async (hostile) => {
    const dir = join(studio.home, 'strangers', hostile.folder);
    hostile.make(new Place(dir, targets));
    const before = [fingerprint(dir), fingerprint(targets.secret)];
    expectAsSaid(hostile, await openFolder(hostile.folder));
    await expectUnharmed();
    expect([differences(before[0]!, fingerprint(dir)), differences(before[1]!, fingerprint(targets.secret))]).toEqual([[], []]);
  }, 90_000);

  it.each(ZIPS)('a shared file: $name', async (hostile) => {
    const before = fingerprint(studio.home, [join(studio.home, 'data'), join(studio.home, 'Prismatic'), join(studio.home, 'strangers')]);
    const designs = join(studio.home, 'Prismatic');
    const made = fingerprint(designs);
    const shared = await client.post('project.openShared', { file: { name: hostile.file ?? 'shared.prismatic', base64: Buffer.from(hostile.bytes()).toString('base64') } });
    if (shared.ok) {
      expect(`~/Prismatic/${basename(shared.value.shownPath)}`).toBe(shared.value.shownPath);
      expectAsSaid(hostile, await openHandle(shared.value.handle));
    } else {
      expectAsSaid(hostile, shared);
      expect(differences(made, fingerprint(designs)).filter(({ what }) => !what.startsWith(`${designs} `))).toEqual([]);
    }
    await expectUnharmed();
    expect(differences(before, fingerprint(studio.home, [join(studio.home, 'data'), join(studio.home, 'Prismatic'), join(studio.home, 'strangers')])).filter(({ what }) => !what.startsWith(`${studio.home} `))).toEqual([]);
  }, 90_000);

  it('and each observer would have noticed', async () => {
    const before = fingerprint(studio.home, [join(studio.home, 'data')]);
    process.kill(studio.pid, 'SIGUSR2');
    const seen: { readonly by: string; readonly kind: string; readonly what: string }[] = [];
    const wanted = ['/proc process', '/proc connection', 'listener connection', ...(noStrace === undefined ? ['strace process', 'strace connection', 'strace write'] : [])];
    for (let tries = 0; tries < 200 && !wanted.every((one) => seen.some(({ by, kind }) => `${by} ${kind}` === one)); tries += 1) {
      const tag = (by: string, all: readonly Seen[]) => all.map((one) => ({ by, ...one }));
      seen.push(...tag('/proc', sampler.look()), ...tag('strace', trace.look()), ...tag('listener', listener.look()));
      await pause(50);
    }
    expect(wanted.filter((one) => !seen.some(({ by, kind }) => `${by} ${kind}` === one))).toEqual([]);
    expect(seen.filter(({ by, kind }) => by === '/proc' && kind === 'process').map(({ what }) => what).join()).toContain('/bin/sleep');
    expect(differences(before, fingerprint(studio.home, [join(studio.home, 'data')])).map(({ what }) => what)).toContain(`${join(studio.home, 'planted/file')} was made`);
  });
});
