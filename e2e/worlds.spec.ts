/** On every answer: recorded, mocked, live or simulated. In Send, among the events, at a node, in the Timeline. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { openModelServer } from '../main/core/testing/model-server';
import { ModelProject } from './model-project';
import { findObstacles } from './screen/hearing';
import { Person } from './screen/person';
import { root, ServedStudio } from './screen/served-studio';

const PATIENCE = { timeout: 60_000 };
let studio: ServedStudio;
let files: ModelProject;
test.beforeEach(() => {
  test.setTimeout(300_000);
  mkdirSync(join(root, 'coverage/screens'), { recursive: true });
  studio = new ServedStudio();
  files = new ModelProject();
});
test.afterEach(async () => {
  await studio.remove();
  files.remove();
});

/** A cassette for "Hi", and a provider that answers from it and from nothing else. */
async function record(): Promise<string> {
  const server = await openModelServer(() => ({ kind: 'text', text: 'Hello there' }));
  files.providers({ kind: 'openai-compatible', baseUrl: `${server.origin}/v1`, models: { 'm-1': { inputUsd: 2, outputUsd: 10 } } });
  const grant = await files.grants();
  await files.prismatic('run', files.dir, '--input', files.inputs(['Hi']), '--grant', grant, '--record');
  await server.close();
  mkdirSync(join(studio.home, 'data'), { recursive: true });
  writeFileSync(join(studio.home, 'data/providers.json'), JSON.stringify({ format: 'prismatic-providers/1', providers: { main: { kind: 'recorded' } } }));
  return grant;
}


async function mock(person: Person, node: string): Promise<void> {
  await person.fromMenu(node, 'Mock');
  await person.dialog.getByRole('list', { name: 'Rules' }).getByRole('listitem').first().getByLabel('Reply').fill('{"text":"stood in"}');
  await person.dialog.getByRole('button', { name: 'Mock', exact: true }).click();
  await expect(person.dialog).toHaveCount(0);
}

const events = async (page: Page): Promise<Locator> => {
  await page.getByRole('region', { name: 'Run' }).getByRole('tab', { name: 'Events' }).click();
  return page.getByRole('table', { name: 'Events' });
};

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a recorded, a live and a mocked answer are told apart, ${colorScheme}`, async ({ page }) => {
    const grant = await record();
    page.setDefaultTimeout(30_000);
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.goto(await studio.start('--project', files.dir, '--grant', grant));
    const person = new Person(page);
    await expect(person.node('desk')).toBeVisible(PATIENCE);
    await page.getByRole('tab', { name: 'Flow' }).click();
    await person.run();
    const recorded = await person.send('desk', { text: 'Hi' });
    expect(recorded).toContain('Hello there');
    expect(recorded).toMatch(/\brecorded\b/);
    expect(await person.send('spare', { prompt: 'Hi' })).toMatch(/\blive\b/);
    const table = await events(page);
    await expect(table.getByRole('row').filter({ hasText: 'effect made' }).first()).toContainText('recorded', PATIENCE);
    await expect(table.getByRole('row').filter({ hasText: 'started' }).first()).toContainText('live');
    // What it cost: nothing, and how often.
    await expect(page.getByRole('region', { name: 'Run' })).toContainText(/recorded/);
    await person.select('brain');
    await person.inspector.getByRole('tab', { name: 'Events' }).click();
    await expect(person.inspector.getByRole('table')).toContainText('recorded');
    expect(await findObstacles(page, 'recorded answers')).toEqual([]);
    await page.screenshot({ path: join(root, `coverage/screens/${colorScheme}-world-recorded.png`), animations: 'disabled' });
    await person.stop();

    await mock(person, 'brain');
    await person.run();
    const behind = await person.send('desk', { text: 'Hi' });
    expect(behind).toContain('with mocks');
    expect(behind).toContain('brain is mocked in this run');
    await person.fromMenu('brain', 'Send');
    await person.dialog.getByRole('button', { name: 'Send', exact: true }).click();
    const answer = person.dialog.getByRole('region', { name: 'Answer' });
    await expect(answer).toContainText('mocked', PATIENCE);
    await expect(answer).not.toContainText('live');
    await page.screenshot({ path: join(root, `coverage/screens/${colorScheme}-world-mocked.png`), animations: 'disabled' });
    await page.keyboard.press('Escape');
    await person.stop();
  });
}

test('in a simulation the event at the playhead says so, and each answer', async ({ page }) => {
  page.setDefaultTimeout(30_000);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(await studio.start());
  await page.getByRole('button', { name: /^Break an example/ }).click();
  const timeline = page.getByRole('region', { name: 'Timeline' });
  await expect(timeline).toContainText(/event \d+ of \d+/, PATIENCE);
  // At the playhead, and at each answer to an effect in the list.
  const marks = timeline.getByTitle('simulated: nothing left this computer');
  await expect(marks.first()).toHaveText('simulated');
  await expect(timeline.getByRole('button', { name: /effect made/ }).first()).toContainText('simulated');
  await expect(timeline).not.toContainText(/\blive\b/);
  await page.screenshot({ path: join(root, 'coverage/screens/light-world-simulated.png'), animations: 'disabled' });
});
