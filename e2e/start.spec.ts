/** `npm start` with an Electron: the window, also for a user without rights and with the sandbox on; a second start; what it can't write. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, cpSync, existsSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { WebSocket } from 'ws';
import { electronBinary } from '../scripts/electron-binary.mjs';
import { listProcesses } from './processes';
import { whyNoWindow } from './screen/desktop-studio';
import { root } from './screen/served-studio';

test.skip(whyNoWindow !== undefined, whyNoWindow);

const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;
const isOpenToOthers = isRoot && spawnSync('/bin/sh', ['-c', `test -r "${root}/package.json" && test -x "${process.execPath}"`], { uid: NOBODY, gid: NOBODY }).status === 0;

let home = '';
let started: Started[] = [];
test.beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'prismatic-start-'));
});
test.afterEach(async () => {
  for (const one of started) await one.end();
  started = [];
  rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
});

class Started {
  readonly #child: ChildProcess;
  readonly closed: Promise<number | null>;
  readonly #startedMs = performance.now();
  said = '';
  #wake: () => void = () => undefined;

  constructor(env: NodeJS.ProcessEnv = {}, who: { readonly uid?: number; readonly gid?: number } = {}) {
    const args = [join(root, 'scripts/start.mjs'), '--disable-gpu', '--remote-debugging-port=0'];
    this.#child = spawn(process.execPath, args, { cwd: root, detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, HOME: home, XDG_CONFIG_HOME: undefined, XDG_DATA_HOME: undefined, PRISMATIC_DEBUG: '1', ...env }, ...who });
    for (const stream of [this.#child.stdout!, this.#child.stderr!]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.said += text;
        this.#wake();
      });
    }
    this.closed = new Promise((resolve) => this.#child.on('close', (code) => (resolve(code), this.#wake())));
    started.push(this);
  }

  async says(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(this.said);
      if (found) return found;
      if (this.#child.exitCode !== null || this.#child.signalCode !== null) throw new Error(`it ended with ${this.#child.exitCode}: ${this.said}`);
      await new Promise<void>((wake) => (this.#wake = wake));
    }
  }

  /** Its windows' pages, by Electron's inspector: what was started by somebody else is not Playwright's to launch. */
  async pages(): Promise<readonly WindowPage[]> {
    const [, address] = await this.says(/^DevTools listening on ws:\/\/([^/]+)\/\S+$/m);
    const all = (await (await fetch(`http://${address}/json/list`)).json()) as readonly WindowPage[];
    return all.filter(({ type, url }) => type === 'page' && url !== '');
  }

  /** Answers once a page of its window is there and its requests are answered. */
  async window(): Promise<void> {
    await expect.poll(async () => (await Promise.all((await this.pages()).map(infoOf))).some((info) => info === 'window'), { timeout: 30_000 }).toBe(true);
    console.log(`npm start: ${Math.round(performance.now() - this.#startedMs)} ms to a page in its window that is answered`);
  }

  signal(signal: NodeJS.Signals): void {
    process.kill(-this.#child.pid!, signal);
  }

  async end(): Promise<void> {
    try {
      this.signal('SIGKILL');
    } catch {
      // It is gone, and all of its group.
    }
    await this.closed;
  }
}

type WindowPage = { readonly type: string; readonly url: string; readonly webSocketDebuggerUrl: string };

/** What the page's own bridge answers when it asks which shell it is in; nothing while it is not there yet. */
function infoOf({ webSocketDebuggerUrl }: WindowPage): Promise<string | undefined> {
  const expression = "prismatic.request('shell.info', {}).then(({ answer }) => answer.kind)";
  return new Promise((resolve) => {
    const socket = new WebSocket(webSocketDebuggerUrl);
    socket.on('open', () => socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression, awaitPromise: true, returnByValue: true } })));
    socket.on('message', (data) => {
      const { id, result } = JSON.parse((data as Buffer).toString()) as { readonly id?: number; readonly result?: { readonly result?: { readonly value?: string } } };
      if (id === 1) resolve(result?.result?.value);
      if (id === 1) socket.close();
    });
    socket.on('error', () => resolve(undefined));
  });
}

/** A copy of the Electron at hand that everybody may start. */
function copyElectron(): string {
  const from = dirname(electronBinary().path!);
  const to = join(home, 'electron-for-all');
  const isLinked = spawnSync('cp', ['-al', from, to]).status === 0;
  if (!isLinked) cpSync(from, to, { recursive: true });
  chmodSync(to, 0o755);
  // Its native module is a link into the folder that it came from.
  const native = join(to, 'better-sqlite3.node');
  if (existsSync(native)) {
    const real = basename(realpathSync(join(from, 'better-sqlite3.node')));
    rmSync(native);
    symlinkSync(real, native);
  }
  return to;
}

/** Command lines of all processes that were started from that folder. */
const commandLines = (folder: string): readonly string[] =>
  listProcesses().map(({ command }) => command).filter((line) => line.startsWith(folder));

test('the window opens, and Ctrl+C ends it in order', async () => {
  const studio = new Started();
  await studio.window();
  expect((await studio.pages()).map(({ url }) => url)).toEqual(['app://bundle/']);
  studio.signal('SIGINT');
  expect(await studio.closed).toBe(0);
  expect(studio.said).not.toContain('opens in a browser');
});

test('a user without rights gets the window with its sandbox, or is told why not and gets the browser', async () => {
  test.skip(process.platform !== 'linux' || (isRoot && !isOpenToOthers), 'this checkout can be read by the superuser alone');
  const electron = isRoot ? copyElectron() : dirname(electronBinary().path!);
  // The key to the display, which the superuser began, is a file.
  const key = join(home, 'display-key');
  if (process.env['XAUTHORITY']) cpSync(process.env['XAUTHORITY'], key);
  if (isRoot) for (const path of [home, electron, key]) if (existsSync(path)) chownSync(path, NOBODY, NOBODY);
  const studio = new Started({ ELECTRON_OVERRIDE_DIST_PATH: electron, ...(existsSync(key) ? { XAUTHORITY: key } : {}) }, isRoot ? { uid: NOBODY, gid: NOBODY } : {});
  const [first] = await studio.says(/^DevTools listening on ws:\S+$|^The Studio opens in a browser.*$/m);
  // A container may forbid sandboxes to whoever has no rights; Electron ends then, and says so.
  const [outcome] = first.startsWith('The Studio') ? [first] : await Promise.race([studio.window().then(() => ['window']), studio.says(/^The Studio opens in a browser.*$/m)]);
  test.info().annotations.push({ type: 'outcome', description: outcome! });
  console.log(`a user without rights: ${outcome}`);
  if (outcome === 'window') {
    const lines = commandLines(electron);
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.filter((line) => line.includes('--no-sandbox'))).toEqual([]);
  } else {
    expect(outcome).toMatch(/sandbox|namespace|credentials/i);
    await studio.says(/^listening http:\/\/127\.0\.0\.1:/m);
  }
});

test('a second start says that it is open already, and opens a window more', async () => {
  const first = new Started();
  await first.window();
  const second = new Started();
  expect(await second.closed).toBe(0);
  expect(second.said).toContain('Prismatic Studio is open already; it opens a window more.');
  await expect.poll(async () => (await first.pages()).map(({ url }) => url)).toEqual(['app://bundle/', 'app://bundle/']);
});

test('a home that can not be written is named, and the Studio comes in the browser', async () => {
  writeFileSync(join(home, 'file'), '');
  const studio = new Started({ HOME: join(home, 'file') });
  await studio.says(/^The Studio opens in a browser, not in its window: it ended at once \(exit 70\): its folder \S+ can't be written \(ENOTDIR\)\.$/m);
  await studio.says(/^WSP003: /m);
  await studio.says(/^listening http:\/\/127\.0\.0\.1:/m);
});
