/**
 * Projects whose harm would be done in the page, opened in a browser as a person opens them, and looked at in every view: no script runs,
 * no dialog comes, nothing is against the page's policy, nothing is asked of anybody else, and the page goes on. The last test plants each
 * of these, and it is noticed. What would do harm in the server is in hostile.test.ts.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import type { HostileFolder } from './hostile/hostile';
import { MARKUP, RAN_IN_PAGE, scripts } from './hostile/markup';
import { Listener } from './hostile/observers';
import { Place, SECRET, type Targets } from './hostile/place';
import { SHAPES } from './hostile/shapes';
import { TEXTS } from './hostile/texts';
import { ZIPS } from './hostile/zips';
import { Person } from './screen/person';
import { ServedStudio } from './screen/served-studio';
import { watchViolations } from './screen/violations';

const PATIENCE = { timeout: 60_000 };
const named = (folders: readonly HostileFolder[], ...words: readonly string[]): readonly HostileFolder[] => words.map((word) => {
  const found = folders.find(({ name }) => name.includes(word));
  if (!found) throw new Error(`no hostile folder with ${word}`);
  return found;
});
const FOLDERS = [
  ...MARKUP,
  ...named(TEXTS, 'the key __proto__', 'a node called constructor', 'a layout with prototypes', 'a schema with prototypes', 'nodes called as', 'operations and ports called', 'wires to what every object', 'nodes that are no nodes', 'supervisors in a circle', 'positions beyond all', 'a map and a reference', 'null as design.json'),
  ...named(SHAPES, 'title of 5 MB', 'name of the design', 'node id of 1 MB', 'double 60 times', '40 diamonds', '9,000 deep', '9,000 agents'),
];

let studio: ServedStudio;
let listener: Listener;
let targets: Targets;
test.beforeAll(async () => {
  listener = await Listener.start();
});
test.afterAll(() => listener.stop());
test.beforeEach(() => {
  test.setTimeout(240_000);
  studio = new ServedStudio();
  targets = { secret: join(studio.home, 'secret'), url: listener.url, ran: join(studio.home, 'ran') };
  mkdirSync(targets.secret);
  writeFileSync(join(targets.secret, 'key.ts'), SECRET);
});
test.afterEach(() => studio.remove());

/** All that a page may not do, as it is seen from outside of it. */
async function watch(page: Page): Promise<() => Promise<readonly string[]>> {
  const seen: string[] = [];
  const violations = await watchViolations(page);
  page.on('dialog', (dialog) => {
    seen.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('popup', (popup) => seen.push(`window: ${popup.url()}`));
  page.on('download', (download) => seen.push(`download: ${download.url()}`));
  page.on('request', (request) => {
    const { protocol, hostname, port } = new URL(request.url());
    const isOwn = /^(data|blob):$/.test(protocol) || (hostname === '127.0.0.1' && Number(port) === studio.port);
    if (!isOwn) seen.push(`request: ${request.url()}`);
  });
  return async () => {
    const ran = await page.evaluate((name) => Object.hasOwn(globalThis, name), RAN_IN_PAGE);
    return [...seen, ...(ran ? ['script: ran'] : []), ...(await violations()), ...listener.look().map(({ what }) => `connection: ${what}`)];
  };
}

async function openFolder(page: Page, folder: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+o');
  const dialog = page.getByRole('dialog', { name: 'Open folder' });
  await dialog.getByRole('button', { name: 'strangers' }).click();
  await dialog.getByRole('button', { name: new RegExp(`${folder}( |a design|$)`) }).click();
  await dialog.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(dialog).toHaveCount(0, PATIENCE);
  await expect(page.getByRole('tab', { name: 'Flow' })).toBeVisible(PATIENCE);
}

/** Each view, the nodes with what the Inspector says of them, texts in the editor, problems, history, commands. */
async function lookAround(page: Page): Promise<void> {
  const person = new Person(page);
  for (const view of ['Flow', 'Tree']) await page.getByRole('tab', { name: view }).click();
  await expect(person.tool(/^Check/)).not.toContainText(/Checking/, PATIENCE);
  const rows = page.getByRole('tree', { name: 'Outline' }).getByRole('treeitem');
  for (let index = 0; index < Math.min(await rows.count(), 5); index += 1) await rows.nth(index).click();
  const first = page.getByRole('treeitem', { name: 'greeter' }).first();
  if (await first.count()) {
    await first.dblclick();
    await expect(person.editor).toBeVisible(PATIENCE);
  }
  const protocols = page.getByRole('region', { name: 'Palette' }).getByRole('button');
  for (const word of ['Greeting', 'Screen']) {
    const found = protocols.filter({ hasText: word }).first();
    if (await found.count()) await found.click();
  }
  const problems = page.getByRole('tab', { name: /^Problems/ });
  if (await problems.count()) await problems.click();
  const told = page.getByRole('region', { name: 'Problems' }).getByRole('listitem');
  for (let index = 0; index < Math.min(await told.count(), 3); index += 1) await told.nth(index).click();
  await person.command('Show the history');
  await page.keyboard.press('Escape');
  await expect(page.getByText('stopped at a bug of ours')).toHaveCount(0);
}

/** Several to a page, as a person has it: what one leaves behind, the next would show. */
const GROUPS = Array.from({ length: Math.ceil(FOLDERS.length / 4) }, (_, index) => FOLDERS.slice(index * 4, index * 4 + 4));

for (const [index, group] of GROUPS.entries()) {
  test(`nothing runs in the page that opens ${group.map(({ name }) => name).join('; ').slice(0, 150)} (${index + 1} of ${GROUPS.length})`, async ({ page }) => {
    for (const [place, folder] of group.entries()) folder.make(new Place(join(studio.home, 'strangers', `s${place}`), targets));
    const seen = await watch(page);
    await page.goto(await studio.start());
    await expect(page.getByRole('button', { name: /^Open folder/ })).toBeVisible(PATIENCE);
    for (const [place, folder] of group.entries()) {
      await test.step(folder.name, async () => {
        await openFolder(page, `s${place}`);
        await lookAround(page);
        expect(await seen()).toEqual([]);
        expect(await page.evaluate(() => [Object.hasOwn(Object.prototype, 'polluted'), ({} as { readonly polluted?: unknown }).polluted])).toEqual([false, undefined]);
      });
    }
    // The first screen lists them by the names that they gave themselves.
    await new Person(page).command('Close the design');
    await expect(page.getByRole('button', { name: /^Open folder/ })).toBeVisible(PATIENCE);
    expect(await seen()).toEqual([]);
  });
}

test('shared files with names and words of scripts are refused, or opened, in words', async ({ page }) => {
  const seen = await watch(page);
  await page.goto(await studio.start());
  for (const zip of ZIPS.filter(({ name, file }) => file !== undefined || /<img|programs|bashrc|turn|prototypes|no zip/.test(name))) {
    await test.step(zip.name, async () => {
      const chooser = page.waitForEvent('filechooser');
      await page.keyboard.press('ControlOrMeta+Shift+o');
      await (await chooser).setFiles({ name: (zip.file ?? `${scripts('x')[1]!}.prismatic`).replaceAll('/', '\u2215'), mimeType: 'application/zip', buffer: Buffer.from(zip.bytes()) });
      if (zip.refused) {
        await expect(page.getByText('the shared file was not opened').first()).toBeVisible(PATIENCE);
        await page.getByRole('button', { name: 'Dismiss' }).first().click();
      } else await expect(page.getByRole('treeitem').first().or(page.getByRole('tab', { name: /^Problems/ })).first()).toBeVisible(PATIENCE);
      expect(await seen()).toEqual([]);
    });
  }
});

test('and a page that did any of it would have been noticed', async ({ page }) => {
  const seen = await watch(page);
  await page.goto(await studio.start());
  await expect(page.getByRole('button', { name: /^Open folder/ })).toBeVisible(PATIENCE);
  await page.evaluate((url) => {
    const image = document.createElement('img');
    image.src = `${url}/image.png`;
    document.body.append(image);
    setTimeout(() => {
      throw new Error('planted');
    });
    setTimeout(() => window.alert('planted'), 1);
  }, targets.url);
  await expect.poll(async () => (await seen()).map((one) => one.replace(/:.*/s, '')), PATIENCE).toEqual(expect.arrayContaining(['dialog', 'img-src', 'uncaught']));
  // What the policy stops asks nobody; a page that goes elsewhere does.
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.evaluate((url) => void location.assign(`${url}/gone`), targets.url);
  await expect.poll(() => asked).toContain(`${targets.url}/gone`);
  await expect.poll(() => listener.look().length, PATIENCE).toBeGreaterThan(0);
});
