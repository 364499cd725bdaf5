/**
 * Designs of a stranger that are too much for a drawing (9,000 in a row, 9,000 in each other, titles of megabytes), opened in the page and
 * worked in as any other: selected, fitted, looked at from near, renamed, undone, in both views. Each of them once held the page for minutes.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { SHAPES } from './hostile/shapes';
import { Place } from './hostile/place';
import { Person } from './screen/person';
import { ServedStudio } from './screen/served-studio';
import { watchViolations } from './screen/violations';

/** For one answer of the page on a machine that is busy. A page that hangs takes minutes. */
const PATIENCE = { timeout: 30_000 };
/** Elements of the whole page: what is in sight, however much there is. */
const MOST_ELEMENTS = 6_000;
/** Letters of all texts and attributes together. */
const MOST_LETTERS = 400_000;

let studio: ServedStudio;
test.beforeEach(() => {
  studio = new ServedStudio();
});
test.afterEach(() => studio.remove());

async function openShape(page: Page, name: string, view: 'tree' | 'flow'): Promise<Person> {
  const shape = SHAPES.find((one) => one.name === name);
  if (!shape) throw new Error(`no hostile folder is called ${name}`);
  const folder = join(studio.home, 'strangers');
  mkdirSync(folder);
  shape.make(new Place(folder, { secret: join(studio.home, 'secret'), url: 'http://127.0.0.1:9', ran: join(studio.home, 'ran') }));
  await page.addInitScript((kept) => localStorage.setItem('prismatic.viewport', JSON.stringify(kept)), { view });
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(await studio.start('--project', folder));
  const person = new Person(page);
  await expect(person.node('root')).toBeVisible(PATIENCE);
  await expect(person.tool(/^Check/)).toContainText(/problem|error|warning/, { timeout: 60_000 });
  return person;
}

const drawing = (page: Page) => page.getByRole('group', { name: 'Drawing' });
const zoomWords = (page: Page) => page.getByRole('button', { name: 'Fit' });

/** What the page holds stays in proportion to what can be seen. */
async function expectBounded(page: Page): Promise<void> {
  const { elements, letters } = await page.evaluate(() => {
    const all = [...document.querySelectorAll('body *')];
    // Of drawings only how many elements they are counts: their paths say where thousands of blocks stand.
    const words = all.flatMap((element) => [...element.attributes].filter(({ name }) => name !== 'd').map(({ value }) => value.length));
    return { elements: all.length, letters: words.reduce((sum, length) => sum + length, document.body.textContent.length) };
  });
  expect(elements).toBeLessThan(MOST_ELEMENTS);
  expect(letters).toBeLessThan(MOST_LETTERS);
}

/** Selected in the Outline, renamed by F2, and the name taken back. */
async function rename(person: Person, id: string): Promise<void> {
  const { page } = person;
  await person.node(id).click();
  await expect(person.node(id)).toHaveAttribute('aria-selected', 'true', PATIENCE);
  await expect(person.inspector).toContainText(id, PATIENCE);
  await page.keyboard.press('F2');
  await person.dialog.getByRole('textbox', { name: 'Id' }).fill('another-name');
  await page.keyboard.press('Enter');
  await expect(person.node('another-name')).toHaveAttribute('aria-selected', 'true', PATIENCE);
  await expect(page.getByRole('button', { name: /^Kept, / })).toBeVisible(PATIENCE);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(person.node(id)).toBeVisible(PATIENCE);
}

async function fitAndLookClose(page: Page): Promise<void> {
  await zoomWords(page).click();
  await expect(drawing(page)).toBeVisible();
  await drawing(page).focus();
  const before = await zoomWords(page).innerText();
  for (let step = 0; step < 6; step += 1) await page.keyboard.press('+');
  await expect.poll(() => zoomWords(page).innerText(), PATIENCE).not.toBe(before);
}

for (const [name, last, renamed] of [['9,000 agents under one supervisor', 'n8999', 'n3'], ['supervisors 9,000 deep', 's8999', 's3']] as const) {
  for (const [view, other] of [['tree', 'Flow'], ['flow', 'Tree']] as const) {
    test(`${name}: the ${view} is opened and worked in`, async ({ page }) => {
      test.setTimeout(300_000);
      const violations = await watchViolations(page);
      const person = await openShape(page, name, view);
      await expectBounded(page);
      await rename(person, renamed);
      await person.node('root').click();
      await expect(person.inspector).toContainText('start order', PATIENCE);
      await expectBounded(page);
      await fitAndLookClose(page);
      await expectBounded(page);
      await person.node('root').focus();
      await page.keyboard.press('End');
      await expect(person.node(last)).toHaveAttribute('aria-selected', 'true', PATIENCE);
      await page.getByRole('tab', { name: other }).click();
      await expect(drawing(page)).toHaveAttribute('data-view', other.toLowerCase(), PATIENCE);
      await expectBounded(page);
      expect(await violations()).toEqual([]);
    });
  }
}

test('a title of 5 MB is shown by its beginning, and can be cut', async ({ page }) => {
  test.setTimeout(300_000);
  const violations = await watchViolations(page);
  const person = await openShape(page, 'a title of 5 MB', 'tree');
  await person.node('greeter').click();
  const title = person.inspector.getByRole('status', { name: 'Title' });
  await expect(title).toContainText('xxx', PATIENCE);
  await expectBounded(page);
  await fitAndLookClose(page);
  await rename(person, 'greeter');
  await person.node('greeter').click();
  await person.inspector.getByRole('button', { name: /^Cut to/ }).click();
  await expect(person.inspector.getByRole('textbox', { name: 'Title' })).toHaveValue(/^x{200}$/, PATIENCE);
  // The edit is too large for the socket, and kept all the same.
  await expect(page.getByRole('button', { name: /^Kept, / })).toBeVisible(PATIENCE);
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: 'Flow' }).click();
  await expect(person.onCanvas('code agent greeter')).toBeVisible(PATIENCE);
  await expectBounded(page);
  expect(await violations()).toEqual([]);
});
