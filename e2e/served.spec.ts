/** The Studio in a browser: it comes up under its policy, keeps its secrets out of the address, and comes back. */
import { expect, test, type Page } from '@playwright/test';
import { ServedStudio } from './screen/served-studio';
import { watchViolations } from './screen/violations';

let studio: ServedStudio;
test.beforeEach(() => {
  studio = new ServedStudio();
});
test.afterEach(() => studio.remove());

/** The line that stands beside the page. */
const connection = (page: Page) => page.locator('body > p[role=status][aria-label=Connection]');

test('the page comes up by its link, with nothing against its policy', async ({ page }) => {
  const violations = await watchViolations(page);
  await page.goto(await studio.start());
  await expect(connection(page)).toHaveText('Connected');
  expect(await violations()).toEqual([]);
});

test('the watch for violations sees one', async ({ page }) => {
  const violations = await watchViolations(page);
  await page.goto(await studio.start());
  await page.evaluate(() => {
    const style = document.createElement('style');
    style.textContent = 'body { color: red }';
    document.head.append(style);
  });
  expect(await violations()).toEqual([expect.stringContaining('style-src')]);
});

test('the code leaves the address, and a reload needs no new one', async ({ page }) => {
  await page.goto(await studio.start());
  await expect(connection(page)).toHaveText('Connected');
  expect(page.url()).toBe(`http://127.0.0.1:${studio.port}/`);
  await page.reload();
  await expect(connection(page)).toHaveText('Connected');
  expect(await page.context().cookies()).toEqual([]);
});

test('a link opens one page, not two', async ({ page, context }) => {
  const link = await studio.start();
  await page.goto(link);
  await expect(connection(page)).toHaveText('Connected');
  const second = await context.newPage();
  await second.goto(link);
  await expect(connection(second)).toHaveText(/used already/);
});

test('a page without a link says that it needs one', async ({ page }) => {
  await studio.start();
  await page.goto(`http://127.0.0.1:${studio.port}/`);
  await expect(connection(page)).toHaveText(/without a link/);
});

test('a page finds out that its server was started anew', async ({ page }) => {
  await page.goto(await studio.start());
  await expect(connection(page)).toHaveText('Connected');
  expect(await studio.stop()).toBe(0);
  await expect(connection(page)).toHaveText(/is lost/);
  await studio.start();
  await expect(connection(page)).toHaveText(/started anew/, { timeout: 20_000 });
});
