/** Guards on a wire: dropped, added by keys, put into another order, edited, taken off; on the screen and in the file, and all of it undone. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { findObstacles } from './screen/hearing';
import { Person } from './screen/person';
import { root, ServedStudio } from './screen/served-studio';
import { watchViolations } from './screen/violations';

const PATIENCE = { timeout: 30_000 };
const scripted = { type: 'scripted', rules: [{ reply: { text: 'billing' } }] };
const DESIGN = {
  format: 'prismatic/1', name: 'guarded', root: 'root',
  nodes: {
    root: { kind: 'supervisor', strategy: 'one_for_one', maxRestarts: 3, maxSeconds: 10, children: ['brain', 'canned', 'desk'] },
    brain: { kind: 'agent', behaviour: scripted, provides: ['Thinking'] },
    canned: { kind: 'agent', behaviour: scripted, provides: ['Thinking'] },
    desk: { kind: 'agent', behaviour: { type: 'code', file: 'handlers/desk.ts' }, provides: ['Triage'], requires: { llm: 'Thinking' } },
  },
  wires: [{ from: 'desk.llm', to: 'brain' }],
};
const answer = { type: 'object', properties: { text: { type: 'string' } }, required: ['text'], additionalProperties: false };
const THINKING = { operations: { complete: { kind: 'call', input: { type: 'object', properties: { prompt: { type: 'string' } }, required: ['prompt'], additionalProperties: false }, output: answer, errors: ['RateLimited'], idempotent: true } } };
const LAYOUT = { format: 'prismatic-layout/1', views: { flow: { desk: { x: 40, y: 60 }, brain: { x: 520, y: 60 }, canned: { x: 520, y: 240 } } } };

let studio: ServedStudio;
let folder: string;
let violations: () => Promise<readonly string[]>;
test.beforeEach(async ({ page }) => {
  test.setTimeout(120_000);
  studio = new ServedStudio();
  folder = join(studio.home, 'guarded');
  for (const name of ['handlers', 'protocols']) mkdirSync(join(folder, name), { recursive: true });
  write('design.json', DESIGN);
  write('layout.json', LAYOUT);
  write('protocols/Thinking.json', THINKING);
  write('protocols/Triage.json', { operations: { classify: { kind: 'call', input: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'], additionalProperties: false }, output: answer } } });
  writeFileSync(join(folder, 'handlers/desk.ts'), 'export const Triage = { classify: (input, self) => self.use.llm.complete({ prompt: input.text }) }\n');
  page.setDefaultTimeout(20_000);
  await page.setViewportSize({ width: 1440, height: 900 });
  violations = await watchViolations(page);
});
test.afterEach(() => studio.remove());

const write = (path: string, value: object): void => writeFileSync(join(folder, path), `${JSON.stringify(value, null, 2)}\n`);
type Guard = { readonly kind: string; readonly [field: string]: unknown };
const guards = (): readonly Guard[] => (JSON.parse(readFileSync(join(folder, 'design.json'), 'utf8')) as { readonly wires: readonly { readonly guards?: readonly Guard[] }[] }).wires[0]!.guards ?? [];
const kinds = (): readonly string[] => guards().map(({ kind }) => kind);

async function open(page: Page): Promise<Person> {
  await page.goto(await studio.start('--project', folder));
  const person = new Person(page);
  await expect(person.node('root')).toBeVisible(PATIENCE);
  await page.getByRole('tab', { name: 'Flow' }).click();
  await expect(person.onCanvas('code agent desk')).toBeVisible(PATIENCE);
  // The picture stands still before the hand takes hold of anything.
  let before = '';
  await expect(async () => {
    const now = JSON.stringify(await person.onCanvas('code agent desk').boundingBox());
    const isSame = now === before;
    before = now;
    expect(isSame).toBe(true);
  }).toPass({ intervals: [400], timeout: 20_000 });
  return person;
}
const wire = (page: Page): Locator => page.getByRole('group', { name: 'wire desk.llm to brain', exact: true });
const entry = (page: Page, name: string): Locator => page.getByRole('region', { name: 'Palette' }).getByRole('group', { name: 'Guards' }).getByRole('button', { name, exact: true });
const card = (person: Person, kind: string): Locator => person.inspector.getByRole('group', { name: `guard ${kind}`, exact: true });
const chip = (page: Page, kind: string): Locator => page.getByRole('region', { name: 'Canvas' }).getByRole('group', { name: `guard ${kind}`, exact: true });

async function takeBack(person: Person, wanted: readonly string[]): Promise<void> {
  await person.tool('Undo').click();
  await expect.poll(kinds, PATIENCE).toEqual(wanted);
}

test('guards are dropped on a wire, stand in the order a call meets them, and are undone one by one', async ({ page }) => {
  const person = await open(page);
  const line = wire(page).locator('.wr-hit');
  const spot = { targetPosition: { x: 60, y: 7 }, force: true } as const;
  await entry(page, 'Breaker').dragTo(line, spot);
  await expect.poll(kinds, PATIENCE).toEqual(['breaker']);
  await entry(page, 'Retry').dragTo(line, spot);
  await entry(page, 'Timeout').dragTo(line, spot);
  await expect.poll(kinds, PATIENCE).toEqual(['timeout', 'retry', 'breaker']);
  for (const kind of ['timeout', 'retry', 'breaker']) await expect(chip(page, kind)).toBeVisible();
  await expect(chip(page, 'timeout')).toHaveText('5 s');
  // Beside a wire it comes to nothing.
  await entry(page, 'Bulkhead').dragTo(page.getByRole('group', { name: 'Drawing' }), { targetPosition: { x: 300, y: 400 } });
  await expect(chip(page, 'bulkhead')).toHaveCount(0);
  expect(await findObstacles(page, 'a guarded wire')).toEqual([]);
  await takeBack(person, ['retry', 'breaker']);
  await takeBack(person, ['breaker']);
  await takeBack(person, []);
  await person.tool('Redo').click();
  await expect.poll(kinds, PATIENCE).toEqual(['breaker']);
  expect(await violations()).toEqual([]);
});

test('by the keyboard: added from the palette and from the menu, moved, edited, taken off', async ({ page }) => {
  const person = await open(page);
  await entry(page, 'Retry').press('Enter');
  await expect(page.getByText('Select a wire first')).toBeVisible();
  await wire(page).press('Enter');
  await entry(page, 'Retry').press('Enter');
  await expect.poll(kinds, PATIENCE).toEqual(['retry']);

  await person.inspector.getByRole('button', { name: 'Add guard' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Breaker' }).press('Enter');
  await expect(card(person, 'breaker')).toBeVisible();
  await person.inspector.getByRole('button', { name: 'Move breaker', exact: true }).press('ArrowUp');
  await expect.poll(kinds, PATIENCE).toEqual(['breaker', 'retry']);
  // The hand is still on it.
  await expect(person.inspector.getByRole('button', { name: 'Move breaker', exact: true })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect.poll(kinds, PATIENCE).toEqual(['retry', 'breaker']);

  const retry = card(person, 'retry');
  await expect(retry.getByLabel('Attempts')).toHaveAttribute('placeholder', '3');
  await retry.getByLabel('Attempts').fill('1');
  await expect(retry.getByRole('alert')).toContainText('attempts');
  await retry.getByLabel('Attempts').fill('5');
  await retry.getByRole('button', { name: /more with defaults/ }).click();
  await retry.getByLabel('Jitter').selectOption('none');
  await retry.getByRole('checkbox', { name: 'RateLimited' }).check();
  await expect.poll(guards, PATIENCE).toEqual([{ kind: 'retry', attempts: 5, jitter: 'none', on: ['timeout', 'noproc', 'callee_exit', 'noconnection', 'overloaded', 'RateLimited'] }, { kind: 'breaker' }]);
  await expect(chip(page, 'retry')).toHaveText('5');

  await card(person, 'breaker').getByLabel('Opens at').selectOption('a share of failures');
  await card(person, 'breaker').getByLabel('Failure share').fill('0.25');
  await expect.poll(guards, PATIENCE).toMatchObject([{}, { kind: 'breaker', failureRate: 0.25 }]);
  await expect(chip(page, 'breaker')).toHaveText('25 %');
  expect(await findObstacles(page, 'the guards of a wire', '.inspector')).toEqual([]);
  await person.inspector.getByRole('button', { name: 'Take retry off' }).click();
  await expect.poll(kinds, PATIENCE).toEqual(['breaker']);
  await takeBack(person, ['retry', 'breaker']);
  expect(await violations()).toEqual([]);
});

test('a guard is dragged to another place of its list', async ({ page }) => {
  write('design.json', { ...DESIGN, wires: [{ from: 'desk.llm', to: 'brain', guards: [{ kind: 'timeout', ms: 2000 }, { kind: 'bulkhead' }, { kind: 'rateLimit' }] }] });
  const person = await open(page);
  await wire(page).press('Enter');
  await person.inspector.getByRole('button', { name: 'Move rateLimit', exact: true }).dragTo(card(person, 'timeout'), { targetPosition: { x: 60, y: 4 } });
  await expect.poll(kinds, PATIENCE).toEqual(['rateLimit', 'timeout', 'bulkhead']);
  await takeBack(person, ['timeout', 'bulkhead', 'rateLimit']);
});

test('a fallback to another node is a wire of its own, that is selected and deleted', async ({ page }) => {
  const person = await open(page);
  await wire(page).press('Enter');
  await entry(page, 'Fallback').press('Enter');
  await expect.poll(guards, PATIENCE).toEqual([{ kind: 'fallback', to: 'canned' }]);
  const dashed = page.getByRole('group', { name: 'fallback desk.llm to canned', exact: true });
  await expect(dashed).toBeVisible();
  expect(await dashed.locator('.wr-line').evaluate((line) => getComputedStyle(line).strokeDasharray)).not.toBe('none');
  await dashed.press('Enter');
  await expect(card(person, 'fallback')).toBeVisible();
  await card(person, 'fallback').getByLabel('Ask').selectOption('nobody: a fixed answer');
  await expect.poll(guards, PATIENCE).toEqual([{ kind: 'fallback', answers: { complete: { text: '' } } }]);
  await expect(dashed).toHaveCount(0);
  await takeBack(person, ['fallback']);
  await dashed.press('Enter');
  await page.keyboard.press('Delete');
  await expect.poll(kinds, PATIENCE).toEqual([]);
  await takeBack(person, ['fallback']);
  await expect(dashed).toBeVisible();
  expect(await violations()).toEqual([]);
});

test('what the check says of a guard stands at its field, and a click on the problem goes there', async ({ page }) => {
  write('design.json', { ...DESIGN, wires: [{ from: 'desk.llm', to: 'brain', guards: [{ kind: 'timeout', ms: 2000 }, { kind: 'retry', backoffMs: 0 }] }] });
  const person = await open(page);
  await page.getByRole('tab', { name: /^Problems/ }).click();
  await page.getByRole('region', { name: 'Problems' }).getByRole('listitem').filter({ hasText: 'GRD004' }).getByRole('button').first().click();
  await expect(card(person, 'retry')).toContainText('GRD004');
  await expect(card(person, 'retry').getByLabel('Backoff')).toBeFocused();
  await expect(card(person, 'timeout')).not.toContainText('GRD');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`six guards on one wire are heard and seen, ${colorScheme}`, async ({ page }) => {
    write('design.json', { ...DESIGN, wires: [{ from: 'desk.llm', to: 'brain', guards: [{ kind: 'fallback', to: 'canned' }, { kind: 'timeout', ms: 2000 }, { kind: 'retry' }, { kind: 'breaker' }, { kind: 'bulkhead', concurrency: 8 }, { kind: 'rateLimit', calls: 40 }] }] });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const person = await open(page);
    await wire(page).press('Enter');
    await expect(chip(page, 'rateLimit')).toHaveText('40/s');
    expect(await findObstacles(page, 'six guards')).toEqual([]);
    await person.inspector.getByRole('button', { name: 'Add guard' }).click();
    await expect(page.getByRole('menuitem', { name: 'Fallback' })).toBeVisible();
    mkdirSync(join(root, 'coverage/screens'), { recursive: true });
    await page.screenshot({ path: join(root, `coverage/screens/${colorScheme}-guards.png`), animations: 'disabled' });
  });
}

test('a breaker opens on the wire while it runs, a fallback stands in, and a person holds it open and lets it go', async ({ page }) => {
  const failing = { type: 'scripted', rules: [{ error: { name: 'RateLimited' } }] };
  write('design.json', { ...DESIGN, nodes: { ...DESIGN.nodes, brain: { ...DESIGN.nodes.brain, behaviour: failing } }, wires: [{ from: 'desk.llm', to: 'brain', guards: [{ kind: 'fallback', to: 'canned', on: ['RateLimited', 'overloaded'] }, { kind: 'breaker', failures: 2, openMs: 600_000, on: ['RateLimited'] }] }] });
  const person = await open(page);
  await person.run();
  const dashed = page.getByRole('group', { name: 'fallback desk.llm to canned', exact: true });
  for (let count = 0; count < 3; count += 1) expect(await person.send('desk', { text: 'refund' })).toContain('billing');
  await expect(chip(page, 'breaker')).toHaveText('open 2/2', PATIENCE);
  await wire(page).press('Enter');
  const breaker = card(person, 'breaker');
  await expect(breaker.getByRole('status', { name: 'breaker state' })).toHaveText('open', PATIENCE);
  await expect(breaker).toContainText('1 refused', PATIENCE);
  await expect(card(person, 'fallback')).toContainText('3 stood in', PATIENCE);
  await expect(breaker.getByRole('button', { name: 'Automatic' })).toHaveAttribute('aria-pressed', 'true');
  expect(await findObstacles(page, 'an open breaker')).toEqual([]);
  await page.screenshot({ path: join(root, 'coverage/screens/light-breaker.png'), animations: 'disabled' });
  await breaker.getByRole('button', { name: 'Force closed' }).click();
  await expect(chip(page, 'breaker')).toHaveText('held closed', PATIENCE);
  await expect(breaker.getByRole('button', { name: 'Force closed' })).toHaveAttribute('aria-pressed', 'true', PATIENCE);
  // While fallbacks are counted, their wire is solid.
  await person.send('desk', { text: 'refund' });
  await expect(dashed.locator('.wr-line')).toHaveCSS('stroke-dasharray', 'none', PATIENCE);
  await wire(page).press('Enter');
  await breaker.getByRole('button', { name: 'Force open' }).click();
  await expect(chip(page, 'breaker')).toHaveText('held open', PATIENCE);
  await breaker.getByRole('button', { name: 'Automatic' }).click();
  await expect(chip(page, 'breaker')).toHaveText('closed', PATIENCE);
  expect(await violations()).toEqual([]);
});
