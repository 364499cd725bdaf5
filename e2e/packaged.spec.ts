/** The app as it is installed: packed, with its fuses, and an example run through it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Capabilities, RunState } from '../shared/api/run';
import { ask, get, isUp } from './screen/bridge';
import { packagedFolder, packagedStudio, whyNoPackage, type DesktopStudio } from './screen/desktop-studio';
import { root } from './screen/served-studio';
import { startParts } from './screen/start-parts';

test.skip(whyNoPackage !== undefined, whyNoPackage);

let studio: DesktopStudio;
test.beforeEach(() => {
  studio = packagedStudio();
});
test.afterEach(() => studio.remove());

test('its fuses are those of a release, but for what tests need', () => {
  const said = execFileSync(process.execPath, [join(root, 'node_modules/@electron/fuses/dist/bin.js'), 'read', '--app', join(packagedFolder, 'prismatic-studio')], { encoding: 'utf8', env: { ...process.env, FORCE_COLOR: '0' } });
  const fuses = Object.fromEntries([...said.matchAll(/(\w+) is (\w+)/g)].map(([, name, state]): [string, string] => [name!, state!]));
  expect(fuses).toMatchObject({ RunAsNode: 'Disabled', EnableNodeOptionsEnvironmentVariable: 'Disabled', OnlyLoadAppFromAsar: 'Enabled', EnableEmbeddedAsarIntegrityValidation: 'Enabled', EnableCookieEncryption: 'Enabled' });
});

test('it is no Node for whoever asks', () => {
  const { stdout } = spawnSync(join(packagedFolder, 'prismatic-studio'), ['-e', 'console.log(40 + 2)'], { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', DISPLAY: '', HOME: studio.home }, encoding: 'utf8', timeout: 10_000 });
  expect(stdout).not.toContain('42');
});

test('its threads, engine and simulator start from the packed app', async () => {
  await isUp(await studio.start());
  const { result, ...parts } = await startParts(studio.app, join(packagedFolder, 'resources/app.asar.unpacked/dist'), studio.copyExample('word-count'), studio.home);
  expect(parts).toEqual({ opened: true, started: 'rootStarted' });
  expect(result).toMatchObject({ verdict: 'pass' });
});

test('licences are shown from the packed app', async () => {
  const page = await studio.start();
  await isUp(page);
  expect(await ask(page, 'shell.licences', {})).toEqual({ answer: expect.stringContaining('better-sqlite3') });
});

test('an example is made, opened and run to its end', async () => {
  const page = await studio.start();
  await isUp(page);
  const { handle } = await get<{ readonly handle: string }>(page, 'project.create', { from: { example: 'word-count' } });
  const { project } = await get<{ readonly project: string }>(page, 'project.open', { handle });
  const { hash } = await get<Capabilities>(page, 'run.capabilities', { project });
  const { run } = await get<RunState>(page, 'run.start', { project, confirmed: hash });
  const state = (): Promise<RunState | null> => get<RunState | null>(page, 'run.current', { project });
  // A run of the Studio stays up when all is done, until it is stopped.
  await expect.poll(async () => (await state())?.isDrained, { timeout: 60_000 }).toBe(true);
  await get(page, 'run.stop', { run });
  await expect.poll(async () => (await state())?.ended, { timeout: 40_000 }).toMatchObject({ reason: 'signal', result: { ok: true } });
});
