/** The person's MCP servers: kept at the window after a dialog of the system, tried, held to some tools; from a browser only looked at. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { isUp } from './screen/bridge';
import { DesktopStudio, whyNoWindow } from './screen/desktop-studio';
import { findObstacles } from './screen/hearing';
import { Person } from './screen/person';
import { root, ServedStudio } from './screen/served-studio';

const PATIENCE = { timeout: 60_000 };
const SCRIPT = join(root, 'main/core/testing/mcp-server.mjs');
const SECRET = 'tok-canary-7e0c';
const screens = join(root, 'coverage/screens');
const inFile = (home: string): unknown => (JSON.parse(readFileSync(join(home, 'data/tools.json'), 'utf8')) as { readonly servers: unknown }).servers;

test.beforeEach(() => {
  test.setTimeout(240_000);
  mkdirSync(screens, { recursive: true });
});

test.describe('at the window', () => {
  test.skip(whyNoWindow !== undefined, whyNoWindow);
  let studio: DesktopStudio;
  test.beforeEach(() => {
    studio = new DesktopStudio();
  });
  test.afterEach(() => studio.remove());

  /** What the person answers to the dialogs of the system from now on; what was asked is kept. */
  const answer = (yes: boolean): Promise<void> =>
    studio.app.evaluate(({ dialog }, says) => {
      const kept = globalThis as unknown as { asked?: string[] };
      kept.asked ??= [];
      dialog.showMessageBox = ((...args: readonly unknown[]) => {
        kept.asked!.push((args.at(-1) as { readonly detail: string }).detail);
        return Promise.resolve({ response: says ? 0 : 1, checkboxChecked: false });
      }) as never;
    }, yes);
  const asked = (): Promise<readonly string[]> => studio.app.evaluate(() => (globalThis as unknown as { asked?: readonly string[] }).asked ?? []);

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`a server is added, tried, held to one tool and taken away, ${colorScheme}`, async () => {
      const page = await studio.start();
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await isUp(page);
      const person = new Person(page);
      const { dialog } = person;
      await answer(false);
      await person.command('tools: mcp');
      await dialog.getByRole('button', { name: 'MCP server' }).click();
      await dialog.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(dialog.getByLabel('Command')).toBeFocused();
      await expect(dialog.getByRole('alert')).toContainText('Which program is it?');
      await dialog.getByLabel('Name').fill('sums');
      await dialog.getByLabel('Command').fill('node server.mjs');
      await expect(dialog.getByRole('alert')).toContainText('a line of its own');
      await dialog.getByLabel('Command').fill(process.execPath);
      await dialog.getByLabel('Arguments').fill(`${SCRIPT}\n--dies`);
      await dialog.getByRole('button', { name: 'Add variable' }).click();
      await page.keyboard.type('TOKEN');
      await dialog.getByLabel('Value of variable 1').fill(SECRET);

      // The person says no: nothing is kept, and nothing that was typed is lost.
      await dialog.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(dialog.getByRole('alert')).toContainText('was not kept', PATIENCE);
      await expect(dialog.getByLabel('Command')).toHaveValue(process.execPath);
      expect(await asked()).toEqual([expect.stringContaining(`TOKEN=... ${process.execPath} ${SCRIPT} --dies`)]);

      // It is kept, and says by its last words why it offers nothing.
      await answer(true);
      await dialog.getByRole('button', { name: 'Save and try it' }).click();
      await expect(dialog.getByRole('alert')).toContainText('cannot find my licence', PATIENCE);
      await dialog.getByLabel('Arguments').fill(SCRIPT);
      await dialog.getByRole('button', { name: 'Save and try it' }).click();
      const offered = dialog.getByRole('list', { name: 'Tools that it offers' });
      await expect(offered).toContainText('The sum of two numbers.', PATIENCE);
      await expect(offered).toContainText('(a, b)');
      await page.screenshot({ path: join(screens, `${colorScheme}-tools.png`), animations: 'disabled' });

      const questions = (await asked()).length;
      await dialog.getByRole('switch', { name: 'Allow all tools' }).uncheck();
      for (const name of ['crash', 'flood']) await offered.getByRole('checkbox', { name }).uncheck();
      await page.screenshot({ path: join(screens, `${colorScheme}-tools-allow.png`), animations: 'disabled' });
      await dialog.getByRole('button', { name: 'Save', exact: true }).click();
      await expect.poll(() => (inFile(studio.home) as { readonly sums: { readonly allow?: readonly string[] } }).sums.allow ?? [], PATIENCE).toContain('add');
      const kept = inFile(studio.home) as { readonly sums: { readonly allow: readonly string[]; readonly env: object } };
      expect(kept.sums.allow).not.toContain('crash');
      expect(kept.sums.env).toEqual({ TOKEN: SECRET });
      // It starts no other program, so nobody was asked again.
      expect((await asked()).length).toBe(questions);
      expect(await page.evaluate(() => document.documentElement.outerHTML + [...document.querySelectorAll('input')].map(({ value }) => value).join())).not.toContain('canary');

      await dialog.getByRole('button', { name: 'Remove' }).click();
      await dialog.getByRole('button', { name: 'Remove sums' }).click();
      await expect.poll(() => inFile(studio.home), PATIENCE).toEqual({});
      await expect(dialog).toContainText('None yet.');
    });
  }
});

test.describe('in a browser', () => {
  let studio: ServedStudio;
  test.beforeEach(() => {
    studio = new ServedStudio();
  });
  test.afterEach(() => studio.remove());

  async function open(page: Page): Promise<Person> {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(await studio.start());
    const person = new Person(page);
    await expect(page.getByRole('button', { name: /^Break an example/ })).toBeVisible(PATIENCE);
    await person.command('tools: mcp');
    return person;
  }
  const write = (text: string): void => {
    mkdirSync(join(studio.home, 'data'), { recursive: true });
    writeFileSync(join(studio.home, 'data/tools.json'), text);
  };

  test('servers are looked at and neither changed nor started', async ({ page }) => {
    write(JSON.stringify({ format: 'prismatic-tools/1', servers: { sums: { command: 'node', args: ['a.mjs'], env: { TOKEN: SECRET }, allow: ['add'] } } }));
    const { dialog } = await open(page);
    await expect(dialog).toContainText('From a browser they are only looked at');
    await expect(dialog.getByLabel('Command')).toHaveValue('node');
    await expect(dialog.getByLabel('Command')).not.toBeEditable();
    await expect(dialog.getByRole('checkbox', { name: 'add' })).toBeDisabled();
    for (const name of ['MCP server', 'Save', 'Try it', 'Remove', 'Add variable']) await expect(dialog.getByRole('button', { name, exact: true })).toHaveCount(0);
    expect(await findObstacles(page, 'Tools', '[role=dialog]')).toEqual([]);
    expect(await page.content()).not.toContain('canary');
    await page.screenshot({ path: join(screens, 'light-tools-browser.png'), animations: 'disabled' });
  });

  test('a file that is no registry is told, with its cure', async ({ page }) => {
    write('{ "servers": [] }');
    const { dialog } = await open(page);
    await expect(dialog.getByRole('alert')).toContainText('is not as it should be');
    await expect(dialog.getByRole('alert')).toContainText('It begins {"format"');
  });
});
