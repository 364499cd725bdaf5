/** The lines of what a person can do, one by one, on examples, in the served Studio; the journey is in journey.spec.ts. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { findObstacles } from './screen/hearing';
import { Person } from './screen/person';
import { root, ServedStudio } from './screen/served-studio';
import { watchViolations } from './screen/violations';

const PATIENCE = { timeout: 60_000 };
let studio: ServedStudio;
let violations: () => Promise<readonly string[]>;
test.beforeEach(async ({ page }) => {
  test.setTimeout(150_000);
  studio = new ServedStudio();
  await page.setViewportSize({ width: 1440, height: 900 });
  violations = await watchViolations(page);
});
test.afterEach(() => studio.remove());

async function welcome(page: Page): Promise<Person> {
  await page.goto(await studio.start());
  await expect(page.getByRole('button', { name: /^Break an example/ })).toBeVisible(PATIENCE);
  return new Person(page);
}
async function example(page: Page, name: string): Promise<{ readonly person: Person; readonly dir: string }> {
  const person = await welcome(page);
  await person.newFromExample(name);
  return { person, dir: join(studio.home, 'Prismatic', name) };
}
/** Answers that the server sends to the page. */
function listenToAnswers(page: Page): { readonly answers: { readonly value?: unknown }[] } {
  const answers: { readonly value?: unknown }[] = [];
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => {
    const { answer } = JSON.parse(String(payload)) as { readonly answer?: { readonly value?: unknown } | null };
    if (answer) answers.push(answer);
  }));
  return { answers };
}
const event = (page: Page) => page.getByRole('region', { name: 'Timeline' }).getByText(/^event \d+ of \d+$/);

test('the first screen has recent designs, examples, a folder to open and one to break', async ({ page }) => {
  const { person } = await example(page, 'word-count');
  await person.command('close');
  for (const name of [/^Break an example/, /^New design/, /^Open folder/, /^Open \.prismatic file/, /^Example log-watch/, /^Example support-desk/, /^Example research-team/]) await expect(page.getByRole('button', { name }).first()).toBeVisible();
  await expect(page.getByText('word-count').first()).toBeVisible();
  expect(await violations()).toEqual([]);
});

test('Break an example stands before the loss of a host, and steps on through it', async ({ page }) => {
  await welcome(page);
  await page.getByRole('button', { name: /^Break an example/ }).click();
  const timeline = page.getByRole('region', { name: 'Timeline' });
  await expect(event(page)).toBeVisible(PATIENCE);
  const node = page.getByRole('group', { name: 'code agent billing', exact: true });
  await expect(node).toHaveAccessibleDescription(/idle|running/);
  await timeline.getByRole('button', { name: /Next fault/ }).click();
  await expect(async () => {
    await timeline.getByRole('button', { name: 'Next event' }).click();
    await expect(node).toHaveAccessibleDescription(/lost|stopped|crashed|starting|down/, { timeout: 300 });
  }).toPass(PATIENCE);
  await timeline.getByRole('button', { name: 'Last event' }).click();
  await expect(node).toHaveAccessibleDescription(/idle|running/);
  await timeline.getByRole('button', { name: 'First event' }).click();
  await expect(event(page)).toHaveText(/^event (0|1) of/);
  expect(await violations()).toEqual([]);
});

test('opening shows a design and runs nothing of it', async ({ page }) => {
  const { dir } = await example(page, 'log-watch');
  await expect(page.getByRole('button', { name: 'Stop' })).toBeDisabled();
  expect(existsSync(join(dir, '.prismatic/out'))).toBe(false);
});

test('what may be done is asked once, and again only when it has changed', async ({ page }) => {
  const { person } = await example(page, 'support-desk');
  await person.tool(/^Run/).click();
  await expect(person.dialog).toContainText('Allow capabilities', PATIENCE);
  await person.dialog.getByRole('button', { name: 'Don’t allow' }).click();
  await expect(person.dialog).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Stop' })).toBeDisabled();
  await person.run();
  await person.stop();
  await person.tool(/^Run/).click();
  await expect(person.status('running')).toBeVisible(PATIENCE);
  await expect(person.dialog).toHaveCount(0);
});

test('a run keeps its program while it is edited, and takes the edits over', async ({ page }) => {
  const { person } = await example(page, 'support-desk');
  await person.run();
  await person.select('general');
  await person.fill('Mailbox', '7');
  await expect(page.getByRole('region', { name: 'Run' })).toContainText('edited since', PATIENCE);
  await person.command('apply');
  if (await person.dialog.isVisible()) await person.dialog.getByRole('button', { name: 'Allow and apply' }).click();
  await expect(page.getByRole('region', { name: 'Run' })).not.toContainText('edited since', PATIENCE);
  await expect(person.status('running')).toBeVisible();
});

test('a killed host comes back, and the loss is told', async ({ page }) => {
  const { person } = await example(page, 'support-desk');
  await person.run();
  await person.fromMenu('billing', 'Kill host');
  await expect(person.agent('billing').getByRole('cell').nth(4)).toHaveText(/^[1-9]/, PATIENCE);
  await expect(person.agent('billing')).toContainText(/idle|running/, PATIENCE);
  await expect(person.agent('desk').getByRole('cell').nth(4)).toHaveText(/^[1-9]/, PATIENCE);
  expect(await violations()).toEqual([]);
});

test('who would restart with it, in which order, and how long the root bears it, is said', async ({ page }) => {
  const { person } = await example(page, 'support-desk');
  await person.select('brain');
  const strip = page.getByRole('region', { name: 'Restart scope' });
  await expect(strip).toContainText('root is rest_for_one');
  await expect(strip).toContainText('That is one of the 3 restarts that root allows within 10 s.');
  await expect(strip).toContainText('Storm bound');
});

test('the same seed gives the same journal, byte for byte, here and on the command line; another seed gives another', async ({ page }) => {
  const { answers } = listenToAnswers(page);
  const { person, dir } = await example(page, 'support-desk');
  const simulateWith = async (seed: string): Promise<string> => {
    answers.length = 0;
    await person.tool('Simulate').click();
    await person.dialog.getByRole('combobox', { name: 'Scenario' }).selectOption('outage');
    await person.dialog.getByRole('textbox', { name: 'Seed' }).or(person.dialog.getByRole('spinbutton', { name: 'Seed' })).fill(seed);
    await person.dialog.getByRole('button', { name: 'Simulate' }).click();
    await expect(event(page)).toBeVisible(PATIENCE);
    await expect(page.getByText(`outage, seed ${seed}`)).toBeVisible();
    const records = answers.flatMap((answer) => (answer.value as { readonly records?: unknown } | undefined)?.records ?? []).filter((record) => typeof record === 'object');
    await expect(event(page)).toHaveText(`event ${records.length} of ${records.length}`);
    await page.getByRole('button', { name: 'Leave the simulation' }).click();
    return records.map((record) => JSON.stringify(record)).join('\n');
  };
  // Nothing of the example is left to chance, so its specialists get some: a number of the seed's in each answer.
  const file = join(dir, 'handlers/specialist.ts');
  const handler = readFileSync(file, 'utf8').replace('type Self = {', 'type Self = { random(): number;').replace('words) }', 'words) + self.random() }');
  writeFileSync(file, handler);
  await expect(person.tool(/^Kept, 1 edit/)).toBeVisible(PATIENCE);
  const first = await simulateWith('7');
  expect(first).toMatch(/A person reads it today\.0\.\d+/);
  expect((await simulateWith('8')) === first).toBe(false);
  expect(await simulateWith('7')).toBe(first);
  const journal = join(studio.home, 'seed-7.jsonl');
  execFileSync(process.execPath, ['--no-warnings', join(root, 'dist/core/cli.js'), 'simulate', dir, '--scenario', 'outage', '--seed', '7', '--journal', journal, '--data-dir', join(studio.home, 'elsewhere')]);
  expect(readFileSync(journal, 'utf8').trimEnd().split('\n').slice(1).join('\n')).toBe(first);
});

test('git changes a file under the open design, and nobody loses anything', async ({ page }) => {
  const { person, dir } = await example(page, 'support-desk');
  const git = (...args: readonly string[]): string => execFileSync('git', ['-c', 'user.name=p', '-c', 'user.email=p@example.org', ...args], { cwd: dir, encoding: 'utf8' });
  git('init', '-q');
  git('add', '-A');
  git('commit', '-qm', 'as it came');
  await person.select('desk');
  await person.fill('Title', 'Front desk');
  await person.isKept();
  await expect.poll(() => readFileSync(join(dir, 'design.json'), 'utf8'), PATIENCE).toContain('Front desk');
  git('checkout', '-q', '--', 'design.json');
  await expect(person.inspector.getByLabel('Title', { exact: true })).toHaveValue('Desk', PATIENCE);
  await person.tool('Undo').click();
  await expect(person.inspector.getByLabel('Title', { exact: true })).toHaveValue('Front desk');
  await expect.poll(() => readFileSync(join(dir, 'design.json'), 'utf8'), PATIENCE).toContain('Front desk');
});

test('two pages on one design see the same, at once', async ({ page }) => {
  const { person } = await example(page, 'word-count');
  const popup = page.waitForEvent('popup');
  // A copy of a page has its pass; the design is among the recent ones.
  await page.evaluate(() => void open(location.href));
  const other = await popup;
  await other.getByRole('region', { name: 'Recent' }).getByRole('button', { name: /^word-count/ }).click();
  const second = new Person(other);
  await expect(second.node('totals')).toBeVisible(PATIENCE);
  await person.select('totals');
  await person.fill('Title', 'Sum');
  await second.select('totals');
  await expect(second.inspector.getByLabel('Title', { exact: true })).toHaveValue('Sum', PATIENCE);
});

test('by the keyboard: placed, wired, moved, taken back and brought again, run, stopped', async ({ page }) => {
  const { person, dir } = await example(page, 'word-count');
  type Design = { readonly nodes: Readonly<Record<string, { readonly children?: readonly string[]; readonly requires?: unknown }>>; readonly wires: readonly unknown[] };
  const design = (): Design => JSON.parse(readFileSync(join(dir, 'design.json'), 'utf8')) as Design;
  const before = design();
  const children = before.nodes['root']!.children!;
  await person.node('root').press('Home');
  await page.keyboard.press('a');
  await expect(person.node('agent')).toBeVisible();
  const order = () => page.getByRole('treeitem').evaluateAll((items) => items.map((item) => (item as HTMLElement).dataset['id']));
  expect((await order()).slice(-2)).toEqual(['text', 'agent']);

  // A port and its wire, from the Inspector's fields.
  await person.inspector.getByLabel('Requires', { exact: true }).focus();
  await page.keyboard.type('sums: Totals');
  await page.keyboard.press('Enter');
  await person.inspector.getByLabel('Wire of sums').focus();
  await page.keyboard.type('totals');
  await expect.poll(() => design().wires, PATIENCE).toEqual([...before.wires, { from: 'agent.sums', to: 'totals' }]);

  await person.node('agent').press('Alt+ArrowUp');
  await expect.poll(async () => (await order()).slice(-2)).toEqual(['agent', 'text']);
  await expect.poll(() => design().nodes['root']!.children, PATIENCE).toEqual([...children.slice(0, -1), 'agent', children.at(-1)]);
  await expect(person.node('agent')).toBeFocused();
  const after = design();

  for (const [name, wanted] of [['Undo', before], ['Redo', after], ['Undo', before]] as const) {
    await expect(async () => {
      if (await person.tool(name).isEnabled()) await page.keyboard.press(name === 'Undo' ? 'ControlOrMeta+z' : 'ControlOrMeta+Shift+z');
      await expect(person.tool(name)).toBeDisabled({ timeout: 200 });
    }).toPass(PATIENCE);
    await expect.poll(design, PATIENCE).toEqual(wanted);
  }
  await expect(person.node('agent')).toHaveCount(0);
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(person.dialog).toContainText('Allow capabilities', PATIENCE);
  await person.dialog.getByRole('button', { name: 'Allow and run' }).press('Enter');
  await expect(person.status('running')).toBeVisible(PATIENCE);
  await page.keyboard.press('ControlOrMeta+.');
  await expect(person.status('stopped')).toBeVisible(PATIENCE);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const isFine = async (where: string): Promise<void> => expect(await findObstacles(page, where)).toEqual([]);
    const person = await welcome(page);
    await isFine('welcome');
    await person.newFromExample('support-desk');
    await person.select('desk');
    await isFine('Tree');
    await page.getByRole('tab', { name: 'Flow' }).click();
    await isFine('Flow');
    await person.run();
    await isFine('Run');
    await person.tool('Export').click();
    await expect(person.dialog.getByRole('table')).toBeVisible(PATIENCE);
    await isFine('Export');
  });
}

for (const [width, height] of [[1280, 720], [3840, 2160]] as const) {
  test(`nothing overflows at ${width}x${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    const { person } = await example(page, 'support-desk');
    await person.select('desk');
    const overflow = await page.evaluate(() => [document.documentElement.scrollWidth - innerWidth, document.documentElement.scrollHeight - innerHeight]);
    expect(overflow.map((px) => Math.max(0, px))).toEqual([0, 0]);
  });
}
