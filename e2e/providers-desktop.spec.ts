/** A key that is entered in the window: it goes to its provider, and is found in no page, no storage, no file and no line of a log. */
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { openModelServer, type ModelServer } from '../main/core/testing/model-server';
import { isUp } from './screen/bridge';
import { DesktopStudio, whyNoWindow } from './screen/desktop-studio';
import { Person } from './screen/person';
import { root } from './screen/served-studio';

test.skip(whyNoWindow !== undefined, whyNoWindow);

const PATIENCE = { timeout: 60_000 };
const KEY = 'sk-canary-9f31c07be2';
const screens = join(root, 'coverage/screens');

let studio: DesktopStudio;
let models: ModelServer;
test.beforeEach(async () => {
  test.setTimeout(240_000);
  mkdirSync(screens, { recursive: true });
  studio = new DesktopStudio();
  models = await openModelServer(() => ({ kind: 'text', text: 'yes' }));
});
test.afterEach(async () => {
  await studio.remove();
  await models.close();
});

/** All that the page shows, has in its fields, or keeps. */
const everythingOf = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const fields = [...document.querySelectorAll('input, textarea, select')].map((field) => (field as HTMLInputElement).value);
    const databases = 'databases' in indexedDB ? (await indexedDB.databases()).map(({ name }) => name) : [];
    return JSON.stringify([document.documentElement.outerHTML, fields, { ...localStorage }, { ...sessionStorage }, databases, document.cookie, location.href]);
  });

const filesWith = (folder: string, text: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const path = join(folder, name);
    return statSync(path, { throwIfNoEntry: false })?.isFile() === true && readFileSync(path).includes(text);
  });

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a key is entered, used, and seen nowhere after, ${colorScheme}`, async () => {
    const page = await studio.start();
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await isUp(page);
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    studio.app.process().stdout?.on('data', (chunk: Buffer) => said.push(chunk.toString('utf8')));
    studio.app.process().stderr?.on('data', (chunk: Buffer) => said.push(chunk.toString('utf8')));
    const person = new Person(page);
    await person.newDesign('keys');
    await person.command('providers');
    const { dialog } = person;
    await dialog.getByRole('button', { name: 'OpenAI-compatible' }).click();
    await dialog.getByLabel('Base URL').fill(`${models.origin}/v1`);
    await dialog.getByLabel('Key from').selectOption('keychain');
    await dialog.getByLabel('Key', { exact: true }).fill(KEY);
    await expect(dialog.getByLabel('Key', { exact: true })).toHaveAttribute('type', 'password');
    await dialog.getByRole('button', { name: 'Add model' }).click();
    await page.keyboard.type('m-1');
    await dialog.getByRole('button', { name: 'Save and test' }).click();
    await expect(dialog.getByRole('status', { name: 'Test result' })).toContainText('answered', PATIENCE);
    // It is known where it belongs, and nowhere else.
    expect(models.seen.at(-1)!.headers.authorization).toBe(`Bearer ${KEY}`);
    await expect(dialog.getByLabel('Key', { exact: true })).toHaveValue('');
    await expect(dialog).toContainText('A key is there.');
    await page.screenshot({ path: join(screens, `${colorScheme}-providers-window.png`), animations: 'disabled' });
    expect(await everythingOf(page)).not.toContain('canary');
    expect(filesWith(studio.home, 'canary')).toEqual([]);

    // The provider says the key back, as some do.
    models.behave = () => ({ kind: 'status', status: 401, body: JSON.stringify({ error: { message: `Incorrect API key provided: ${KEY}` } }) });
    await dialog.getByRole('button', { name: 'Test', exact: true }).click();
    await expect(dialog.getByRole('alert')).toContainText('Incorrect API key provided: [key]', PATIENCE);
    expect(await everythingOf(page)).not.toContain('canary');
    await page.keyboard.press('Escape');
    await person.command('providers');
    await expect(dialog.getByLabel('Key', { exact: true })).toHaveValue('');
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await dialog.getByRole('button', { name: 'Remove endpoint' }).click();
    await expect(dialog).toContainText('None yet.');
    await studio.close();
    expect(filesWith(studio.home, 'canary')).toEqual([]);
    expect(said.join('\n')).not.toContain('canary');
  });
}
