/** Drawing with the pointer: from the Palette, wires, order, nesting, marquee, the clipboard; on the screen and in the files, and all of it taken back. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { carry, carryOn, drag, HEAD, MIDDLE, spotOf, tremble } from './screen/hand';
import { Person } from './screen/person';
import { ServedStudio } from './screen/served-studio';
import { watchViolations } from './screen/violations';

const PATIENCE = { timeout: 30_000 };
type Node = { readonly kind: string; readonly children?: readonly string[]; readonly requires?: Readonly<Record<string, string>> };
type Design = { readonly nodes: Readonly<Record<string, Node>>; readonly wires: readonly { readonly from: string; readonly to: string }[] };

const supervisor = (children: readonly string[], more: object = {}): object => ({ kind: 'supervisor', strategy: 'one_for_one', maxRestarts: 3, maxSeconds: 10, children, ...more });
const agent = (provides: readonly string[], requires: object = {}): object => ({ kind: 'agent', behaviour: { type: 'code', file: `handlers/${provides[0] ?? 'desk'}.ts` }, provides, requires });
const DRAWING = {
  format: 'prismatic/1', name: 'drawn', root: 'root',
  nodes: {
    root: supervisor(['desk', 'left', 'right', 'pool']),
    desk: agent([], { work: 'Work' }),
    left: supervisor(['a', 'b', 'c']),
    right: supervisor(['d']),
    pool: supervisor(['job'], { strategy: 'simple_one_for_one' }),
    a: agent(['Work']), b: agent(['Work']), c: agent(['Other']), d: agent(['Work']), job: agent(['Work']),
  },
  wires: [],
};

/** Where everything stands in the Flow: no layout comes later and moves what the hand is on. */
const LAYOUT = { format: 'prismatic-layout/1', views: { flow: { desk: { x: 40, y: 60 }, a: { x: 320, y: 60 }, b: { x: 320, y: 200 }, c: { x: 320, y: 340 }, d: { x: 600, y: 60 }, job: { x: 600, y: 320 } } } };

let studio: ServedStudio;
let folder: string;
let violations: () => Promise<readonly string[]>;
test.beforeEach(async ({ page, context }) => {
  test.setTimeout(120_000);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  studio = new ServedStudio();
  folder = join(studio.home, 'drawn');
  for (const name of ['handlers', 'protocols']) mkdirSync(join(folder, name), { recursive: true });
  write('design.json', DRAWING);
  write('layout.json', LAYOUT);
  for (const name of ['Work', 'Other']) {
    write(`protocols/${name}.json`, { operations: { run: { kind: 'call', input: {}, output: {} } } });
    writeFileSync(join(folder, `handlers/${name}.ts`), `export const ${name} = { run(input) { return input } }\n`);
  }
  writeFileSync(join(folder, 'handlers/desk.ts'), 'export function init() {}\n');
  page.setDefaultTimeout(20_000);
  // Room for the whole drawing with its ports.
  await page.setViewportSize({ width: 1920, height: 1200 });
  violations = await watchViolations(page);
});
test.afterEach(() => studio.remove());

const write = (path: string, value: object): void => writeFileSync(join(folder, path), `${JSON.stringify(value, null, 2)}\n`);
const design = (): Design => JSON.parse(readFileSync(join(folder, 'design.json'), 'utf8')) as Design;
const childrenOf = (id: string): readonly string[] => design().nodes[id]?.children ?? [];
/** All files of the project with what is in them. */
function files(): Readonly<Record<string, string>> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  return Object.fromEntries(paths.filter((path) => !path.startsWith('.prismatic')).toSorted().map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

async function open(page: Page, view: 'Tree' | 'Flow'): Promise<Person> {
  await page.goto(await studio.start('--project', folder));
  const person = new Person(page);
  await expect(person.node('root')).toBeVisible(PATIENCE);
  await page.getByRole('tab', { name: view }).click();
  await expect(person.onCanvas('code agent a')).toBeVisible(PATIENCE);
  // The picture stands still: fitted, and laid out.
  await isStill(person.onCanvas('code agent a'));
  return person;
}
async function isStill(thing: Locator): Promise<void> {
  let before = '';
  await expect(async () => {
    const now = JSON.stringify(await thing.boundingBox());
    const isSame = now === before;
    before = now;
    expect(isSame).toBe(true);
  }).toPass({ intervals: [400], timeout: 20_000 });
}
const palette = (page: Page, kind: string): Locator => page.getByRole('region', { name: 'Palette' }).getByRole('button', { name: kind, exact: true });
const port = (page: Page, name: string): Locator => page.locator(`[data-port="${name}"]`);
/** Words at the pointer while something is dragged. */
const words = (page: Page): Locator => page.locator('.gs-words');

/** Everything is taken back, to the bytes of the beginning; then it all comes again, to the bytes of now. */
async function undoAndRedoAll(person: Person, before: Readonly<Record<string, string>>): Promise<void> {
  await person.isKept();
  const [undo, redo] = [person.tool('Undo'), person.tool('Redo')];
  let after: Readonly<Record<string, string>> = {};
  // What is on the way to the files comes within a moment.
  await expect(async () => {
    const now = files();
    const isSame = JSON.stringify(now) === JSON.stringify(after);
    after = now;
    expect(isSame).toBe(true);
  }).toPass({ intervals: [600], timeout: 20_000 });
  expect(after).not.toEqual(before);
  for (const [button, wanted] of [[undo, before], [redo, after]] as const) {
    await expect(async () => {
      if (await button.isEnabled()) await button.click();
      await expect(button).toBeDisabled({ timeout: 200 });
    }).toPass(PATIENCE);
    await expect.poll(files, PATIENCE).toEqual(wanted);
  }
}

test('what is dragged from the Palette hangs where it is dropped, in the Flow', async ({ page }) => {
  const person = await open(page, 'Flow');
  const before = files();
  await palette(page, 'Code agent').dragTo(person.onCanvas('supervisor right'), { targetPosition: { x: 60, y: 14 } });
  await expect(person.onCanvas('code agent agent')).toBeVisible();
  await expect(person.node('agent')).toHaveAttribute('aria-selected', 'true');
  await expect.poll(() => childrenOf('right'), PATIENCE).toEqual(['d', 'agent']);

  const drawing = page.getByRole('group', { name: 'Drawing' });
  await palette(page, 'Supervisor').dragTo(drawing, { targetPosition: { x: 24, y: 60 } });
  await expect.poll(() => childrenOf('root'), PATIENCE).toEqual(['desk', 'left', 'right', 'pool', 'supervisor']);
  // An empty region stands where it fell.
  const fallen = await spotOf(drawing, { x: 0, y: 0, dx: 24, dy: 60 });
  const middle = await spotOf(person.onCanvas('supervisor supervisor'));
  expect(Math.abs(middle.x - fallen.x)).toBeLessThan(12);
  expect(Math.abs(middle.y - fallen.y)).toBeLessThan(12);
  expect(await violations()).toEqual([]);
  await undoAndRedoAll(person, before);
});

test('what is dragged from the Palette goes between those that it is dropped between, in the Tree', async ({ page }) => {
  const person = await open(page, 'Tree');
  const before = files();
  const [a, b] = [await spotOf(person.onCanvas('code agent a')), await spotOf(person.onCanvas('code agent b'))];
  const drawing = page.getByRole('group', { name: 'Drawing' });
  const corner = await spotOf(drawing, { x: 0, y: 0 });
  await palette(page, 'Router').dragTo(drawing, { targetPosition: { x: (a.x + b.x) / 2 - corner.x, y: a.y - corner.y } });
  await expect.poll(() => childrenOf('left'), PATIENCE).toEqual(['a', 'router', 'b', 'c']);
  await palette(page, 'Supervisor').dragTo(person.onCanvas('supervisor right'));
  await expect.poll(() => childrenOf('right'), PATIENCE).toEqual(['d', 'supervisor']);
  await undoAndRedoAll(person, before);
});

test('a supervisor that has its template takes nothing more, and says so', async ({ page }) => {
  const person = await open(page, 'Tree');
  const before = files();
  const at = await spotOf(person.onCanvas('supervisor pool'));
  await carry(page, await spotOf(palette(page, 'Code agent')), at);
  await expect(async () => {
    await tremble(page, at);
    await expect(words(page)).toHaveText('pool is simple_one_for_one and has its template already', { timeout: 500 });
  }).toPass({ timeout: 20_000 });
  await page.mouse.up();
  await expect(words(page)).toHaveCount(0);
  await carry(page, await spotOf(person.onCanvas('code agent a')), at);
  await expect(words(page)).toHaveText('pool is simple_one_for_one and has its template already');
  await page.mouse.up();
  await expect(page.getByText('pool is simple_one_for_one and has its template already')).toBeVisible();
  await expect(person.tool('Undo')).toBeDisabled();
  expect(files()).toEqual(before);
});

test('a wire is drawn from a port to a provider, put on another one, and deleted', async ({ page }) => {
  const person = await open(page, 'Flow');
  const before = files();
  await carry(page, await spotOf(port(page, 'desk.work'), { x: 1, y: 0.5, dx: -5 }), await spotOf(person.onCanvas('code agent a')));
  await expect(words(page)).toHaveText('wire to a');
  await page.mouse.up();
  await expect(page.getByLabel('wire desk.work to a', { exact: true })).toBeVisible();
  await expect.poll(() => design().wires, PATIENCE).toEqual([{ from: 'desk.work', to: 'a' }]);

  // From the port again: the same call, to somebody else.
  await drag(page, await spotOf(port(page, 'desk.work'), { x: 1, y: 0.5, dx: -5 }), await spotOf(person.onCanvas('code agent b')));
  await expect.poll(() => design().wires, PATIENCE).toEqual([{ from: 'desk.work', to: 'b' }]);

  // By its end at the provider.
  await page.getByLabel('wire desk.work to b', { exact: true }).press('Enter');
  await carry(page, await spotOf(page.locator('[data-wire-end]')), await spotOf(person.onCanvas('code agent d')));
  await expect(words(page)).toHaveText('wire to d');
  await page.mouse.up();
  await expect.poll(() => design().wires, PATIENCE).toEqual([{ from: 'desk.work', to: 'd' }]);

  await undoAndRedoAll(person, before);
  await page.getByLabel('wire desk.work to d', { exact: true }).press('Enter');
  await page.keyboard.press('Delete');
  await expect.poll(() => design().wires, PATIENCE).toEqual([]);
  await person.tool('Undo').click();
  await expect.poll(() => design().wires, PATIENCE).toEqual([{ from: 'desk.work', to: 'd' }]);
  expect(await violations()).toEqual([]);
});

test('a wire from the rim of a node makes the port that it needs', async ({ page }) => {
  const person = await open(page, 'Flow');
  const before = files();
  await person.onCanvas('code agent d').hover();
  await drag(page, await spotOf(page.locator('[data-rim="d"]'), { x: 0.5, y: 0, dy: 1 }), await spotOf(person.onCanvas('code agent c')));
  await expect.poll(() => design().wires, PATIENCE).toEqual([{ from: 'd.other', to: 'c' }]);
  expect(design().nodes['d']?.requires).toEqual({ other: 'Other' });
  await expect(port(page, 'd.other')).toBeVisible();
  await undoAndRedoAll(person, before);
});

test('a connection that cannot be made says why while it is dragged, and comes to nothing', async ({ page }) => {
  const person = await open(page, 'Flow');
  const before = files();
  const refusals: readonly (readonly [string, Parameters<typeof spotOf>[1], string])[] = [
    ['code agent c', MIDDLE, 'desk.work requires Work, and c provides Other'],
    ['supervisor left', HEAD, 'left is a supervisor: it starts and restarts, and answers no calls'],
    ['code agent job', MIDDLE, 'job belongs to the template of pool: only copies of it run, each under a name of its own'],
  ];
  await carry(page, await spotOf(port(page, 'desk.work'), { x: 1, y: 0.5, dx: -5 }), await spotOf(person.onCanvas('code agent a')));
  await expect(words(page)).toHaveText('wire to a');
  for (const [target, spot, why] of refusals) {
    await carryOn(page, await spotOf(person.onCanvas(target), spot));
    await expect(words(page)).toHaveText(why);
    await expect(words(page)).toHaveClass(/bad/);
  }
  await page.mouse.up();
  await expect(words(page)).toHaveCount(0);
  await expect(page.getByText(refusals[2]![2])).toBeVisible();

  // Escape lets go of it, also over a good target.
  await carry(page, await spotOf(port(page, 'desk.work'), { x: 1, y: 0.5, dx: -5 }), await spotOf(person.onCanvas('code agent a')));
  await page.keyboard.press('Escape');
  await expect(words(page)).toHaveCount(0);
  await page.mouse.up();
  await expect(person.tool('Undo')).toBeDisabled();
  expect(files()).toEqual(before);
});

test('children are put into another order, and a subtree under another supervisor, in the Tree', async ({ page }) => {
  const person = await open(page, 'Tree');
  const before = files();
  const behind = await spotOf(person.onCanvas('code agent c'), { x: 1, y: 0.5, dx: 4 });
  await carry(page, await spotOf(person.onCanvas('code agent a')), behind);
  await expect(page.locator('.gs-mark')).toBeVisible();
  await page.mouse.up();
  await expect.poll(() => childrenOf('left'), PATIENCE).toEqual(['b', 'c', 'a']);
  await expect.poll(async () => (await spotOf(person.onCanvas('code agent a'))).x > (await spotOf(person.onCanvas('code agent c'))).x, PATIENCE).toBe(true);

  await isStill(person.onCanvas('supervisor right'));
  await carry(page, await spotOf(person.onCanvas('supervisor left')), await spotOf(person.onCanvas('supervisor right')));
  await expect(words(page)).toHaveText('move under right');
  await page.mouse.up();
  await expect.poll(() => childrenOf('right'), PATIENCE).toEqual(['d', 'left']);
  expect(childrenOf('root')).toEqual(['desk', 'right', 'pool']);
  expect(childrenOf('left')).toEqual(['b', 'c', 'a']);
  await isStill(person.onCanvas('supervisor right'));
  expect((await spotOf(person.onCanvas('supervisor left'))).y).toBeGreaterThan((await spotOf(person.onCanvas('supervisor right'))).y);

  // Under itself it cannot hang: what is dragged is no place to drop it.
  await drag(page, await spotOf(person.onCanvas('supervisor right')), await spotOf(person.onCanvas('supervisor left')));
  expect(childrenOf('right')).toEqual(['d', 'left']);
  await undoAndRedoAll(person, before);
});

test('in the Flow a node is carried into another region, and where it stands is kept', async ({ page }) => {
  const person = await open(page, 'Flow');
  const before = files();
  await carry(page, await spotOf(person.onCanvas('code agent a'), { x: 0.5, y: 0, dy: 12 }), await spotOf(person.onCanvas('supervisor right'), { x: 0.5, y: 1, dy: -8 }));
  await expect(words(page)).toHaveText('move under right');
  await page.mouse.up();
  await expect.poll(() => childrenOf('right'), PATIENCE).toEqual(['d', 'a']);
  expect(childrenOf('left')).toEqual(['b', 'c']);

  const text = readFileSync(join(folder, 'design.json'), 'utf8');
  const from = await spotOf(person.onCanvas('code agent desk'), { x: 0.5, y: 0, dy: 12 });
  await drag(page, from, { x: from.x + 30, y: from.y + 40 });
  const places = (): Readonly<Record<string, { readonly x: number; readonly y: number }>> => (JSON.parse(readFileSync(join(folder, 'layout.json'), 'utf8')) as { readonly views: { readonly flow: Readonly<Record<string, { readonly x: number; readonly y: number }>> } }).views.flow;
  await expect.poll(async () => (await spotOf(person.onCanvas('code agent desk'), { x: 0.5, y: 0, dy: 12 })).x - from.x, PATIENCE).toBeCloseTo(30, 0);
  await person.isKept();
  await expect.poll(() => places()['desk'], PATIENCE).toBeDefined();
  // A move is no change of the design.
  expect(readFileSync(join(folder, 'design.json'), 'utf8')).toBe(text);
  await undoAndRedoAll(person, before);
});

test('several are selected by a marquee and by clicks, copied, pasted, duplicated, deleted', async ({ page }) => {
  const person = await open(page, 'Tree');
  const before = files();
  const selected = (): Promise<readonly string[]> => page.getByRole('treeitem', { selected: true }).evaluateAll((items) => items.map((item) => (item as HTMLElement).dataset['id']!));
  await page.keyboard.down('Shift');
  await drag(page, await spotOf(person.onCanvas('code agent a'), { x: 0, y: 0, dx: -6, dy: -8 }), await spotOf(person.onCanvas('code agent b'), { x: 1, y: 1, dx: 4, dy: 4 }));
  await page.keyboard.up('Shift');
  expect(await selected()).toEqual(['a', 'b']);
  await person.onCanvas('code agent c').click({ modifiers: ['ControlOrMeta'] });
  await person.onCanvas('code agent a').click({ modifiers: ['ControlOrMeta'] });
  expect(await selected()).toEqual(['b', 'c']);

  await page.keyboard.press('ControlOrMeta+c');
  await person.onCanvas('supervisor right').click();
  await page.keyboard.press('ControlOrMeta+v');
  await expect.poll(() => childrenOf('right'), PATIENCE).toEqual(['d', 'b-2', 'c-2']);
  expect(await selected()).toEqual(['b-2', 'c-2']);
  await page.keyboard.press('ControlOrMeta+d');
  await expect.poll(() => childrenOf('right').length, PATIENCE).toBe(5);
  await page.keyboard.press('Delete');
  await expect.poll(() => childrenOf('right'), PATIENCE).toEqual(['d', 'b-2', 'c-2']);

  // A supervisor goes with all that hangs below it, and its handlers stay where others use them.
  await person.onCanvas('supervisor left').click();
  await page.keyboard.press('Delete');
  await expect.poll(() => childrenOf('root'), PATIENCE).toEqual(['desk', 'right', 'pool']);
  for (const id of ['a', 'b', 'c', 'left']) expect(design().nodes).not.toHaveProperty(id);
  expect(files()).toHaveProperty(['handlers/Work.ts']);
  await undoAndRedoAll(person, before);
});
