/** The Studio in its window: what its page can't do, and that threads and engine start in Electron. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { ask, isUp, type Bridge } from './screen/bridge';
import { DesktopStudio, whyNoWindow } from './screen/desktop-studio';
import { root } from './screen/served-studio';
import { startParts } from './screen/start-parts';
import { watchViolations } from './screen/violations';

test.skip(whyNoWindow !== undefined, whyNoWindow);

let studio: DesktopStudio;
test.beforeEach(() => {
  studio = new DesktopStudio();
});
test.afterEach(() => studio.remove());

test('the window comes up, with nothing against its policy', async () => {
  const page = await studio.start();
  await isUp(page);
  const violations = await watchViolations(page);
  await page.reload();
  await isUp(page);
  expect(await violations()).toEqual([]);
  expect(page.url()).toBe('app://bundle/');
  expect(await ask(page, 'shell.info', {})).toMatchObject({ answer: { kind: 'window', platform: process.platform } });
});

test('the page has no Node, no Electron and nothing but its bridge', async () => {
  const page = await studio.start();
  await isUp(page);
  const seen = await page.evaluate(() => ({ names: ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer'].filter((name) => name in globalThis), bridge: Object.keys((globalThis as unknown as Bridge).prismatic) }));
  expect(seen).toEqual({ names: [], bridge: ['request', 'onEvent'] });
  const settings = await studio.app.evaluate(({ BrowserWindow }) => {
    const preferences = (BrowserWindow.getAllWindows()[0]!.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }).getLastWebPreferences();
    return Object.fromEntries(['contextIsolation', 'sandbox', 'nodeIntegration', 'nodeIntegrationInWorker', 'nodeIntegrationInSubFrames', 'webSecurity', 'webviewTag', 'allowRunningInsecureContent', 'navigateOnDragDrop'].map((name) => [name, preferences[name]]));
  });
  // What is off may be told as absent.
  expect(Object.entries(settings).filter(([, value]) => value === true).map(([name]) => name)).toEqual(['contextIsolation', 'sandbox', 'webSecurity']);
});

test('the page can not leave, open windows, run strings, reach the network or be given permissions', async () => {
  const page = await studio.start();
  await isUp(page);
  const tried = await page.evaluate(async () => {
    const refused = async (work: () => unknown): Promise<string> => {
      try {
        return `done: ${String(await work())}`;
      } catch (error) {
        return `refused: ${(error as Error).name}`;
      }
    };
    return {
      fetch: await refused(() => fetch('https://example.com/')),
      local: await refused(() => fetch('http://127.0.0.1:9/')),
      file: await refused(() => fetch('file:///etc/passwd')),
      // A task of the page's own: what a test evaluates itself is allowed everything.
      eval: await new Promise((resolve) => setTimeout(() => void refused(() => (0, eval)('1 + 1')).then(resolve))),
      markup: await refused(() => (document.body.innerHTML = '<img src=x onerror=alert(1)>')),
      script: await refused(() => new Worker('data:text/javascript,1')),
      window: window.open('https://example.com/') === null,
      permission: await Notification.requestPermission(),
      camera: await refused(() => navigator.mediaDevices.getUserMedia({ video: true })),
    };
  });
  expect(tried).toEqual({ fetch: 'refused: TypeError', local: 'refused: TypeError', file: 'refused: TypeError', eval: expect.stringMatching(/^refused/), markup: 'refused: TypeError', script: expect.stringMatching(/^refused/), window: true, permission: 'denied', camera: expect.stringMatching(/^refused/) });
  await studio.app.evaluate(({ BrowserWindow }) => {
    const { webContents } = BrowserWindow.getAllWindows()[0]!;
    // Ours hears it first, and has answered when this one does.
    Object.assign(globalThis, { left: new Promise((resolve) => webContents.once('will-frame-navigate', ({ defaultPrevented }) => setImmediate(() => resolve({ defaultPrevented, at: webContents.getURL() })))) });
  });
  await page.evaluate(() => {
    location.href = 'https://example.com/';
  });
  expect(await studio.app.evaluate(() => (globalThis as unknown as { readonly left: Promise<unknown> }).left)).toEqual({ defaultPrevented: true, at: 'app://bundle/' });
});

test('the scheme gives the page and nothing else of the disk', async () => {
  const page = await studio.start();
  await isUp(page);
  const statuses = await page.evaluate(async () => {
    const paths = ['/', '/..%2f..%2fpackage.json', '/%2e%2e/%2e%2e/package.json', '/.env', '/..%5c..%5cpackage.json', '//etc/passwd', '/assets', '/no-such.js'];
    return Promise.all(paths.map(async (path) => [path, (await fetch(`app://bundle${path}`)).status] as const));
  });
  expect(statuses[0]).toEqual(['/', 200]);
  for (const [path, status] of statuses.slice(1)) expect([path, [400, 403, 404].includes(status)]).toEqual([path, true]);
});

test('a request that is none, or too large, is answered and not carried out', async () => {
  const page = await studio.start();
  await isUp(page);
  expect(await ask(page, 'shell.nothing', {})).toHaveProperty('fault');
  expect(await ask(page, 'shell.openExternal', { url: 'https://a.b', more: 1 })).toHaveProperty('fault');
  expect(await ask(page, 'shell.openExternal', { url: 'file:///etc/passwd' })).toMatchObject({ answer: { ok: false } });
  expect(await page.evaluate(() => (globalThis as unknown as Bridge).prismatic.request('shell.info', { text: 'x'.repeat(9_000_000) }))).toHaveProperty('fault');
});

test('a second start opens a window of the first, with the project that it names', async () => {
  const page = await studio.start();
  await isUp(page);
  const project = studio.copyExample('word-count');
  const opened = studio.app.waitForEvent('window');
  const second = spawn(studio.executable, studio.arguments(project), { stdio: 'ignore', env: { ...process.env, HOME: studio.home } });
  const [[code], window] = await Promise.all([once(second, 'exit') as Promise<[number | null]>, opened]);
  expect(code).toBe(0);
  await isUp(window);
  expect(await ask(window, 'shell.info', {})).toMatchObject({ answer: { openAtStart: expect.any(String) } });
  expect(await ask(page, 'shell.info', {})).not.toHaveProperty('answer.openAtStart');
});

test('where the window was is kept', async () => {
  await isUp(await studio.start());
  await studio.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.setBounds({ x: 40, y: 30, width: 900, height: 640 }));
  await studio.close();
  expect(JSON.parse(readFileSync(join(studio.home, 'data/window.json'), 'utf8'))).toMatchObject({ width: 900, height: 640 });
  await isUp(await studio.start());
  const { width, height } = await studio.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.getBounds());
  expect([width, height]).toEqual([900, 640]);
});

test('a menu item reaches the page as a command', async () => {
  const page = await studio.start();
  await isUp(page);
  await page.evaluate(() => {
    const { prismatic } = globalThis as unknown as { readonly prismatic: { readonly onEvent: (heard: (event: unknown) => void) => void } };
    Object.assign(globalThis, { heard: new Promise((resolve) => prismatic.onEvent(resolve)) });
  });
  await studio.app.evaluate(({ Menu }) => {
    (Menu.getApplicationMenu()!.getMenuItemById('run.check')!.click as () => void)();
  });
  expect(await page.evaluate(() => (globalThis as unknown as { readonly heard: Promise<unknown> }).heard)).toEqual({ name: 'shell.command', payload: { command: 'run.check' } });
});

test('threads of the core and the engine start in Electron, and a simulation gives what it gives elsewhere', async () => {
  await isUp(await studio.start());
  const project = studio.copyExample('word-count');
  const { result, ...parts } = await startParts(studio.app, join(root, 'dist'), project, studio.home);
  expect(parts).toEqual({ opened: true, started: 'rootStarted' });
  expect(existsSync(join(studio.home, 'run.db'))).toBe(true);
  const elsewhere = spawn(process.execPath, ['--no-warnings', join(root, 'dist/core/cli.js'), 'simulate', project, '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  for await (const chunk of elsewhere.stdout) text += String(chunk);
  expect(result).toMatchObject({ verdict: 'pass', journalHash: (JSON.parse(text) as { readonly journalHash: string }).journalHash });
});
