/** A node is mocked from its menu: other answers in the run, said on the screen, and nothing of it in the design. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { findObstacles } from './screen/hearing';
import { Person } from './screen/person';
import { root, ServedStudio } from './screen/served-studio';
import { watchViolations } from './screen/violations';

const PATIENCE = { timeout: 60_000 };
const DESIGN = {
  format: 'prismatic/1', name: 'mocked', root: 'root',
  nodes: {
    root: { kind: 'supervisor', strategy: 'one_for_one', maxRestarts: 3, maxSeconds: 10, children: ['brain', 'desk'] },
    brain: { kind: 'agent', behaviour: { type: 'scripted', rules: [{ reply: { text: 'as drawn' } }] }, provides: ['Thinking'] },
    desk: { kind: 'agent', behaviour: { type: 'code', file: 'handlers/desk.ts' }, provides: ['Triage'], requires: { llm: 'Thinking' } },
  },
  wires: [{ from: 'desk.llm', to: 'brain' }],
};
const text = (name: string): object => ({ type: 'object', properties: { [name]: { type: 'string' } }, required: [name], additionalProperties: false });

let studio: ServedStudio;
let folder: string;
test.beforeEach(() => {
  test.setTimeout(240_000);
  studio = new ServedStudio();
  folder = join(studio.home, 'mocked');
  for (const name of ['handlers', 'protocols']) mkdirSync(join(folder, name), { recursive: true });
  const write = (path: string, value: object): void => writeFileSync(join(folder, path), `${JSON.stringify(value, null, 2)}\n`);
  write('design.json', DESIGN);
  write('protocols/Thinking.json', { operations: { complete: { kind: 'call', input: text('prompt'), output: text('text'), errors: ['RateLimited'] } } });
  write('protocols/Triage.json', { operations: { classify: { kind: 'call', input: text('text'), output: text('text'), errors: ['RateLimited'] } } });
  writeFileSync(join(folder, 'handlers/desk.ts'), 'export const Triage = { classify: (input, self) => self.use.llm.complete({ prompt: input.text }) }\n');
});
test.afterEach(() => studio.remove());

const rules = (page: Page): Locator => page.getByRole('dialog').getByRole('list', { name: 'Rules' }).getByRole('listitem');

async function mockWith(person: Person, reply: object): Promise<void> {
  await person.fromMenu('brain', 'Mock');
  await expect(person.dialog).toContainText('Mock brain');
  await rules(person.page).first().getByLabel('Reply').fill(JSON.stringify(reply));
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`what stands in answers, is seen as a mock, and leaves with a click, ${colorScheme}`, async ({ page }) => {
    page.setDefaultTimeout(30_000);
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const violations = await watchViolations(page);
    await page.goto(await studio.start('--project', folder));
    const person = new Person(page);
    await expect(person.node('brain')).toBeVisible(PATIENCE);
    await page.getByRole('tab', { name: 'Flow' }).click();
    const before = readFileSync(join(folder, 'design.json'), 'utf8');

    await mockWith(person, { txt: 'slip' });
    await expect(person.dialog.getByRole('alert')).toContainText('Rule 1');
    await expect(person.dialog.getByRole('button', { name: 'Mock', exact: true })).toBeDisabled();
    await rules(page).first().getByLabel('Reply').fill('{"text":"stood in"}');
    await person.dialog.getByRole('button', { name: 'Add fault' }).click();
    await person.dialog.getByRole('listitem', { name: 'Fault 1' }).getByLabel('What happens').selectOption('is slow');
    await person.dialog.getByRole('listitem', { name: 'Fault 1' }).getByLabel('Delay').fill('20');
    expect(await findObstacles(page, 'the dialog Mock', '[role=dialog]')).toEqual([]);
    mkdirSync(join(root, 'coverage/screens'), { recursive: true });
    await page.screenshot({ path: join(root, `coverage/screens/${colorScheme}-mock-dialog.png`), animations: 'disabled' });
    await person.dialog.getByRole('button', { name: 'Mock', exact: true }).click();

    const badge = person.onCanvas('scripted agent brain').getByRole('img', { name: /^mocked: 1 rule/ });
    await expect(badge).toBeVisible();
    await person.run();
    expect(await person.send('desk', { text: 'refund' })).toContain('stood in');
    const mocks = page.getByRole('region', { name: 'Run' }).getByRole('group', { name: 'Mocks' });
    await expect(mocks).toContainText('brain');
    await expect(mocks).toContainText('20 ms later');
    expect(await findObstacles(page, 'a mocked run')).toEqual([]);
    await page.screenshot({ path: join(root, `coverage/screens/${colorScheme}-mocked.png`), animations: 'disabled' });

    // What this run is mocked with stays what it is; the next one is another.
    await mocks.getByRole('button', { name: 'Clear mocks' }).click();
    await expect(mocks).toContainText('this run');
    await expect(badge).toHaveCount(0);
    await expect(person.onCanvas('scripted agent brain').getByRole('img', { name: /^mocked/ })).toBeVisible();
    await person.stop();
    await expect(mocks).toHaveCount(0);
    await person.run();
    expect(await person.send('desk', { text: 'refund' })).toContain('as drawn');
    expect(readFileSync(join(folder, 'design.json'), 'utf8')).toBe(before);
    expect(await violations()).toEqual([]);
  });
}

test('an answer that Send has got is played again', async ({ page }) => {
  page.setDefaultTimeout(30_000);
  await page.goto(await studio.start('--project', folder));
  const person = new Person(page);
  await expect(person.node('brain')).toBeVisible(PATIENCE);
  await person.run();
  expect(await person.send('brain', { prompt: 'a' })).toContain('as drawn');
  await person.stop();
  await person.fromMenu('brain', 'Mock');
  await person.dialog.getByRole('radio', { name: 'Recorded' }).click();
  await expect(person.dialog.getByRole('alert')).toContainText('no recorded answer');
  await person.dialog.getByRole('button', { name: /^Take the 1 answer/ }).click();
  await person.dialog.getByRole('button', { name: 'Mock', exact: true }).click();
  await person.run();
  expect(await person.send('desk', { text: 'a' })).toContain('as drawn');
  await expect(page.getByRole('region', { name: 'Run' }).getByRole('group', { name: 'Mocks' })).toContainText('1 recorded answer');
});
