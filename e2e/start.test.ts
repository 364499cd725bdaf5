/**
 * `npm start` where no window can be had: one line says why, and the same Studio is served from this machine. Needs a build, and neither a
 * display nor Electron; as the superuser it starts as somebody who has no rights. The window itself: `start.spec.ts`.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { accessSync, chmodSync, chownSync, constants, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { root } from './project';
import { ServedClient, valueOf } from './served-client';

const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;
/** A checkout below a folder that only the superuser reads can't be started by anybody else. */
const isOpenToOthers = isRoot && spawnSync('/bin/sh', ['-c', `test -r "${root}/package.json" && test -x "${process.execPath}"`], { uid: NOBODY, gid: NOBODY }).status === 0;
const somebody = isOpenToOthers ? { uid: NOBODY, gid: NOBODY } : {};

let home = '';
let started: Started[] = [];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'prismatic-start-'));
  if (isOpenToOthers) chownSync(home, NOBODY, NOBODY);
});
afterEach(async () => {
  for (const one of started) await one.end();
  started = [];
  rmSync(home, { recursive: true, force: true });
});

const times: string[] = [];
afterAll(() => console.log(`npm start without a window: ${times.join(', ')}`));

/** A start in a process group of its own, as a terminal has it. */
class Started {
  readonly #child: ChildProcess;
  readonly #closed: Promise<number | null>;
  readonly #startedMs = performance.now();
  #said = '';
  #wake: () => void = () => undefined;

  constructor(command: string, args: readonly string[], env: NodeJS.ProcessEnv) {
    this.#child = spawn(command, args, { cwd: root, detached: true, stdio: ['ignore', 'pipe', 'pipe'], env, ...somebody });
    for (const stream of [this.#child.stdout!, this.#child.stderr!]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#said += text;
        this.#wake();
      });
    }
    this.#closed = new Promise((resolve) => this.#child.on('close', (code) => (resolve(code), this.#wake())));
    started.push(this);
  }

  get said(): string {
    return this.#said;
  }

  /** The link, once it is printed. */
  async link(): Promise<string> {
    for (;;) {
      const found = /^listening (http:\/\/127\.0\.0\.1:\d+\/#code=\S+)$/m.exec(this.#said)?.[1];
      if (found !== undefined) {
        times.push(`${Math.round(performance.now() - this.#startedMs)} ms to the address`);
        return found;
      }
      if (this.#child.exitCode !== null) throw new Error(`it ended with ${this.#child.exitCode}: ${this.#said}`);
      await new Promise<void>((wake) => (this.#wake = wake));
    }
  }

  code(): Promise<number | null> {
    return this.#closed;
  }

  /** Ctrl+C: the terminal sends it to all of the group. */
  press(): Promise<number | null> {
    process.kill(-this.#child.pid!, 'SIGINT');
    return this.#closed;
  }

  async end(): Promise<void> {
    try {
      process.kill(-this.#child.pid!, 'SIGKILL');
    } catch {
      // It is gone, and all of its group.
    }
    await this.#closed;
  }
}

/** Neither a display nor an Electron that the machine of the test may have. */
const emptyEnv = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({ PATH: process.env['PATH'], LANG: 'C.UTF-8', HOME: home, ...more });
const npmStart = (args: readonly string[] = [], env?: NodeJS.ProcessEnv): Started => new Started('npm', ['start', ...(args.length === 0 ? [] : ['--', ...args])], emptyEnv({ npm_config_update_notifier: 'false', ...env }));
/** Without npm, where a test has to say what stands first in the PATH. */
const start = (args: readonly string[] = [], env?: NodeJS.ProcessEnv): Started => new Started(process.execPath, [join(root, 'scripts/start.mjs'), ...args], emptyEnv(env));
const reasonOf = ({ said }: Started): string => /^The Studio opens in a browser, not in its window: (.*)$/m.exec(said)?.[1] ?? '';

describe('npm start without a display', () => {
  it.skipIf(isRoot && !isOpenToOthers)(`${isRoot ? 'as a user without rights ' : ''}says why in one line, and serves the Studio until Ctrl+C`, async () => {
    const studio = npmStart();
    const link = await studio.link();
    expect(reasonOf(studio)).toBe('there is no display.');
    // Beside the two lines npm writes first.
    expect(studio.said.split('\n').filter((line) => line !== '' && !line.startsWith('>'))).toEqual([expect.stringMatching(/^The Studio opens/), `listening ${link}`]);
    const page = await fetch(link);
    expect([page.status, await page.text()]).toEqual([200, readFileSync(join(root, 'dist/renderer/index.html'), 'utf8').replaceAll('__CSP_NONCE__', /'nonce-([^']+)'/.exec(page.headers.get('content-security-policy')!)![1]!)]);
    const client = await ServedClient.open(link);
    expect(await client.request('shell.info', {})).toMatchObject({ kind: 'browser' });
    expect((await client.request('workspace.examples', {})).map(({ name }) => name)).toContain('support-desk');
    const pressedMs = performance.now();
    // npm ends by the signal itself.
    expect([0, 130, null]).toContain(await studio.press());
    times.push(`${Math.round(performance.now() - pressedMs)} ms from Ctrl+C to the end`);
    await expect(fetch(link)).rejects.toThrow();
  });

  it('writes what it has acknowledged before Ctrl+C ends it, though the signal comes several times', async () => {
    // As npm and the finder of the right Node do: one hands the signal on to the next, and the terminal sends it to all.
    const studio = new Started(process.execPath, [join(root, 'scripts/node24.mjs'), 'scripts/start.mjs'], emptyEnv());
    const client = await ServedClient.open(await studio.link());
    const { handle, shownPath } = valueOf(await client.request('project.create', { from: 'small', name: 'kept' }));
    const { project } = valueOf(await client.request('project.open', { handle }));
    valueOf(await client.request('project.edit', { project, origin: 'w', number: 1, edit: { label: 'note', changes: [{ kind: 'set', file: 'design.json', path: ['note'], after: 'kept' }] } }));
    expect(await studio.press()).toBe(0);
    expect(JSON.parse(readFileSync(join(shownPath.replace(/^~/, home), 'design.json'), 'utf8'))).toMatchObject({ note: 'kept' });
  });

  it('says so when the browser was asked for', async () => {
    const studio = start(['--browser']);
    await studio.link();
    expect(reasonOf(studio)).toMatch(/asked for with --browser/);
  });
});

describe('npm start with an Electron that', () => {
  let dist = '';
  beforeEach(() => {
    dist = join(home, 'electron-of-a-test');
    mkdirSync(dist);
    writeFileSync(join(dist, 'version'), '45.0.0');
  });
  const withElectron = (script: string | undefined, mode = 0o755): Started => {
    if (script !== undefined) writeFileSync(join(dist, 'electron'), script, { mode });
    if (script !== undefined) chmodSync(join(dist, 'electron'), mode);
    // The person's browser is one of the test's: it writes down what it was asked to open.
    const bin = join(home, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'xdg-open'), `#!/bin/sh\necho "$1" > "${home}/opened.new" && mv "${home}/opened.new" "${home}/opened"\n`, { mode: 0o755 });
    if (isOpenToOthers) for (const path of [dist, bin]) chownSync(path, NOBODY, NOBODY);
    return start([], { DISPLAY: ':99', ELECTRON_OVERRIDE_DIST_PATH: dist, PATH: `${bin}:${process.env['PATH']}` });
  };

  it.skipIf(process.platform !== 'linux').each<[string, string | undefined, number, RegExp]>([
    ['lacks a library', '#!/bin/sh\necho "electron: error while loading shared libraries: libgtk-3.so.0: cannot open shared object file" >&2\nexit 127\n', 0o755, /^it ended at once \(exit 127\): .*libgtk-3\.so\.0: cannot open shared object file\.$/],
    ['has no sandbox of the system', '#!/bin/sh\necho "[9:1126/0:FATAL:setuid_sandbox_host.cc(157)] The SUID sandbox helper binary was found, but is not configured correctly." >&2\nkill -TRAP $$\n', 0o755, /^it ended at once \(SIGTRAP\): The SUID sandbox helper binary was found, but is not configured correctly\.$/],
    ['has no right to its own folder', '#!/bin/sh\nprintf "\\033[1mPrismatic Studio did not start\\n\\033[30mits folder x can\'t be written (EACCES)\\033[0m\\n" >&2\nexit 70\n', 0o755, /^it ended at once \(exit 70\): its folder x can't be written \(EACCES\)\.$/],
    ['says nothing', '#!/bin/sh\nexit 3\n', 0o755, /^it ended at once \(exit 3\)\.$/],
    ['is no program', 'no program', 0o644, /^it can't be started: .*EACCES\.$/],
    ['is not there', undefined, 0, /^ELECTRON_OVERRIDE_DIST_PATH has no electron\.$/],
  ])('%s says its reason, serves the same Studio, and opens it in the person’s browser', async (_, script, mode, reason) => {
    const studio = withElectron(script, mode);
    const link = await studio.link();
    expect(reasonOf(studio)).toMatch(reason);
    expect((await fetch(link)).status).toBe(200);
    await expect.poll(() => existsSync(join(home, 'opened')), { timeout: 10_000 }).toBe(true);
    expect(readFileSync(join(home, 'opened'), 'utf8').trim()).toBe(link);
  });

  it.skipIf(process.platform !== 'linux')('is closed by the person ends the start, without a browser', async () => {
    const studio = withElectron('#!/bin/sh\nexit 0\n');
    expect(await studio.code()).toBe(0);
    expect(studio.said).toBe('');
  });

  it.skipIf(process.platform !== 'linux')('is started is never asked to go without its sandbox by a normal user', async () => {
    const studio = withElectron(`#!/bin/sh\necho "$@" > "${home}/arguments"\nexit 0\n`);
    expect(await studio.code()).toBe(0);
    expect(readFileSync(join(home, 'arguments'), 'utf8').includes('--no-sandbox')).toBe(isRoot && !isOpenToOthers);
  });
});

describe('npm start on a machine with troubles', () => {
  it('names a port that is in use, and ends', async () => {
    const first = start(['--browser']);
    const { port } = new URL(await first.link());
    const second = start(['--browser', '--port', port], { PRISMATIC_DATA_DIR: join(home, 'other') });
    expect(await second.code()).toBe(1);
    expect(second.said).toMatch(new RegExp(`SRV001: port ${port} of 127\\.0\\.0\\.1 can't be listened on \\(EADDRINUSE\\)\\n  Leave --port away to get one that is free\\.`));
  });

  it('says that the person’s folder can not be written, and shows what needs none', async () => {
    writeFileSync(join(home, 'file'), '');
    const studio = start(['--browser'], { HOME: join(home, 'file') });
    const client = await ServedClient.open(await studio.link());
    expect(studio.said).toMatch(/^WSP003: .*workspace\.db can't be used: ENOTDIR.*\n {2}Check that the folder exists and can be written, or choose another with --data-dir\.$/m);
    expect((await client.request('workspace.examples', {})).length).toBeGreaterThan(0);
    expect(await client.request('project.create', { from: 'small' })).toMatchObject({ ok: false, error: { code: 'WSP003' } });
    expect(await studio.press()).toBe(0);
  });

  it('runs twice: the second says who has a project that the first has open', async () => {
    const project = join(home, 'p');
    mkdirSync(project);
    writeFileSync(join(project, 'design.json'), '{"format":"prismatic/1","name":"p","root":"root","nodes":{}}');
    const [first, second] = [start(['--browser', project]), start(['--browser', project])];
    const open = async (studio: Started) => {
      const client = await ServedClient.open(await studio.link());
      const { openAtStart } = await client.request('shell.info', {});
      return client.request('project.open', { handle: openAtStart! });
    };
    const opened = await open(first);
    expect(opened.ok).toBe(true);
    expect(await open(second)).toMatchObject({ ok: false, error: { code: 'OPN003', message: expect.stringMatching(/process \d+/) as unknown } });
  });
});

it('the checkout is readable to whoever tests it', () => accessSync(join(root, 'dist/built'), constants.R_OK));
