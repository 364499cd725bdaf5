/** Runs under load in the served Studio: hosts are killed and pools grow while a person looks, and the counters say all of it. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { Person } from './screen/person';
import { ServedStudio } from './screen/served-studio';
import { watchViolations } from './screen/violations';

const PATIENCE = { timeout: 90_000 };
let studio: ServedStudio;
let violations: () => Promise<readonly string[]>;
test.beforeEach(async ({ page }) => {
  test.setTimeout(300_000);
  studio = new ServedStudio();
  await page.setViewportSize({ width: 1440, height: 900 });
  violations = await watchViolations(page);
});
test.afterEach(() => studio.remove());

/** The example with data of its own, which its sources read when it is run. */
async function exampleWith(page: Page, name: string, file: string, text: string): Promise<Person> {
  await page.goto(await studio.start());
  await expect(page.getByRole('button', { name: `Example ${name}` })).toBeVisible(PATIENCE);
  const person = new Person(page);
  await person.newFromExample(name);
  const path = join(studio.home, 'Prismatic', name, file);
  expect(existsSync(path)).toBe(true);
  writeFileSync(path, text);
  return person;
}

/** They take their time on no processor, so that a slow machine is at them hardly longer. */
const jobs = (count: number, ms: number): string => Array.from({ length: count }, (_, index) => JSON.stringify({ id: `job-${index}`, ms })).join('\n');
const runPanel = (page: Page): Locator => page.getByRole('region', { name: 'Run' });
/** Cells of the table: id, status, mailbox, rate, restarts, handled, host. */
const cell = async (person: Person, id: string, column: 'restarts' | 'handled'): Promise<number> => Number(await person.agent(id).getByRole('cell').nth(column === 'restarts' ? 4 : 5).innerText());
const show = (page: Page, tab: string): Promise<void> => runPanel(page).getByRole('tab', { name: tab }).click();
/** Tables hold only the rows that fit. */
const filter = (page: Page, words: string): Promise<void> => runPanel(page).getByRole('searchbox', { name: 'Filter' }).fill(words);
const copiesIn = (description: string): number => Number(/, (\d+) cop(?:y|ies)$/.exec(description)?.[1] ?? 0);

/** What a run says of itself once it has been stopped. */
async function endedWith(page: Page, person: Person): Promise<string> {
  await expect(runPanel(page)).toContainText('all sources done', PATIENCE);
  await person.stop();
  return runPanel(page).locator('.run-status').innerText();
}

test('a pool grows on the canvas while jobs wait, and shrinks to nothing when none do', async ({ page }) => {
  const person = await exampleWith(page, 'pool', 'data/jobs.jsonl', jobs(400, 100));
  const worker = person.onCanvas('code agent worker');
  await expect(worker).toBeVisible();
  await person.run();
  const seen: number[] = [];
  const look = async (): Promise<number> => {
    const description = await worker.evaluate((node) => document.getElementById(node.getAttribute('aria-describedby') ?? '')?.textContent ?? '');
    seen.push(copiesIn(description));
    return seen.at(-1)!;
  };
  await expect.poll(look, PATIENCE).toBeGreaterThanOrEqual(6);
  await expect(worker.locator('.nd-copies')).toHaveText(/^[1-8]$/);
  await filter(page, 'team/');
  await expect(person.agent('team/worker-6')).toBeVisible(PATIENCE);
  await expect(runPanel(page)).toContainText('all sources done', PATIENCE);
  await expect.poll(look, PATIENCE).toBe(0);
  await expect(worker.locator('.nd-copies')).toHaveText('0');
  // The design allows no more.
  expect(Math.max(...seen)).toBeLessThanOrEqual(8);
  await filter(page, '');
  await show(page, 'Outputs');
  await expect(page.getByRole('table', { name: 'Outputs' }).getByRole('row').nth(1)).toContainText('{"workers":0,"waiting":0,"done":400}');
  expect(await endedWith(page, person)).toContain('400 inputs, 400 answered, 0 failed, 0 dead letters, 0 hosts lost, 0 restarts, 0 dropped messages');
  expect(await violations()).toEqual([]);
});

test('the host of a whole pool is killed under load: counted once, and no job is lost with it', async ({ page }) => {
  const person = await exampleWith(page, 'pool', 'data/jobs.jsonl', jobs(500, 300));
  await person.run();
  await expect.poll(() => cell(person, 'queue', 'handled'), PATIENCE).toBeGreaterThan(100);
  await person.fromMenu('worker', 'Kill host');
  await show(page, 'Events');
  await runPanel(page).getByRole('combobox', { name: 'Kind of event' }).selectOption('restart');
  await expect(page.getByRole('table', { name: 'Events' })).toContainText('start again, 1 of 10', PATIENCE);
  await runPanel(page).getByRole('combobox', { name: 'Kind of event' }).selectOption('host');
  await filter(page, 'lost killed');
  await expect(page.getByRole('table', { name: 'Events' }).getByText('worker: killed').first()).toBeVisible(PATIENCE);
  await show(page, 'Outputs');
  await filter(page, '');
  await expect(page.getByRole('table', { name: 'Outputs' }).getByRole('row').nth(1)).toContainText('{"workers":0,"waiting":0,"done":500}', PATIENCE);
  expect(await endedWith(page, person)).toContain('500 inputs, 500 answered, 0 failed, 0 dead letters, 1 host lost, 1 restart, 0 dropped messages');
  expect(await violations()).toEqual([]);
});

test('a host that dies with calls in it: each is an error to its source, sent again, and the total is right', async ({ page }) => {
  const line = 'The quick brown fox jumps over the lazy dog.\n';
  const lines = 200_000;
  const person = await exampleWith(page, 'word-count', 'data/text.txt', line.repeat(lines));
  await person.run();
  for (const counter of ['counter-1', 'counter-2']) {
    await expect.poll(() => cell(person, counter, 'handled'), PATIENCE).toBeGreaterThan(3);
    await person.fromMenu(counter, 'Kill host');
    await expect.poll(() => cell(person, counter, 'restarts'), PATIENCE).toBe(1);
    await expect(person.agent(counter)).toContainText(/idle|running|busy/, PATIENCE);
  }
  const inputs = Math.ceil((line.length * lines) / 65_536);
  await show(page, 'Outputs');
  await expect(page.getByRole('table', { name: 'Outputs' })).toContainText(`"words":${9 * lines}`, PATIENCE);
  await expect(page.getByRole('table', { name: 'Outputs' })).toContainText(`"lines":${lines}`);
  expect(await endedWith(page, person)).toMatch(new RegExp(`${inputs} inputs, ${inputs} answered, 0 failed, 0 dead letters, 2 hosts lost, 2 restarts`));
  expect(await violations()).toEqual([]);
});
