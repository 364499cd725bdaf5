/** The editing panels: handlers in the code editor, protocols in their form, problems with their fixes, the restart scope in words. */
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { root, ServedStudio } from './screen/served-studio';
import { watchViolations } from './screen/violations';

let studio: ServedStudio;
let folder: string;
let violations: () => Promise<readonly string[]>;

const read = (path: string): string => readFileSync(join(folder, path), 'utf8');
const editor = (page: Page) => page.getByRole('region', { name: 'Editor' });
const handler = (page: Page) => editor(page).getByRole('textbox', { name: 'Handler' });
const outline = (page: Page, id: string) => page.getByRole('treeitem', { name: id, exact: true });

test.beforeEach(async ({ page }) => {
  studio = new ServedStudio();
  folder = join(studio.home, 'support-desk');
  cpSync(join(root, 'assets/examples/support-desk'), folder, { recursive: true });
  await page.setViewportSize({ width: 1440, height: 900 });
  violations = await watchViolations(page);
  await page.goto(await studio.start('--project', folder));
  await expect(outline(page, 'desk')).toBeVisible();
});
test.afterEach(async () => {
  expect(await violations()).toEqual([]);
  await studio.remove();
});

async function openDesk(page: Page): Promise<void> {
  await outline(page, 'desk').dblclick();
  await expect(handler(page)).toContainText('export const Triage');
}

/** At the end of the line that holds the words. */
async function clickEndOf(page: Page, words: string): Promise<void> {
  await handler(page).locator('.cm-line', { hasText: words }).first().click();
  await page.keyboard.press('End');
}

test('a handler is edited: completion by the drawing, a mark, the file, undo', async ({ page }) => {
  const workers = page.workers().length;
  await openDesk(page);
  await clickEndOf(page, 'const topic = await findTopic');
  await page.keyboard.press('Enter');
  await page.keyboard.type('await self.use.');
  const options = page.getByRole('listbox', { name: 'Completions' });
  await expect(options.getByRole('option', { name: /screen/ })).toBeVisible({ timeout: 30_000 });
  expect(page.workers().length).toBeGreaterThan(workers);
  await page.keyboard.press('Escape');
  await page.keyboard.type('llm.complete({ promt: 1 })');
  await expect(editor(page).locator('.cm-lintRange-error')).toContainText('promt', { timeout: 30_000 });
  await expect.poll(() => read('handlers/desk.ts')).toContain('await self.use.llm.complete({ promt: 1 })');
  await page.screenshot({ path: '/tmp/editor-shots/editor.png' });
  const before = readFileSync(join(root, 'assets/examples/support-desk/handlers/desk.ts'), 'utf8');
  for (let step = 0; step < 8 && read('handlers/desk.ts') !== before; step += 1) {
    await page.keyboard.press('ControlOrMeta+z');
    await page.waitForTimeout(400);
  }
  await expect.poll(() => read('handlers/desk.ts')).toBe(before);
  await expect(editor(page).locator('.cm-lintRange-error')).toHaveCount(0);
});
