/** The drawing of a large design: all of it in sight at once, parts that leave as it gets smaller, and blocks that are still nodes to the pointer. */
import { join } from 'node:path';
import { mkdirSync, writeFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { ServedStudio } from './screen/served-studio';

const PATIENCE = { timeout: 60_000 };
const TEAMS = 40;
const AGENTS = 25;

/** 1,001 nodes and the teams: each agent calls the next one of its team. */
function writeLarge(folder: string): void {
  const supervisor = (children: readonly string[], title: string) => ({ kind: 'supervisor', strategy: 'one_for_one', maxRestarts: 3, maxSeconds: 10, title, children });
  const teams = Array.from({ length: TEAMS }, (_, team) => ({ id: `t${team}`, agents: Array.from({ length: AGENTS }, (_one, index) => `a${team}-${index}`) }));
  const agents = teams.flatMap(({ agents: ids }) => ids.map((id, index) => [id, { kind: 'agent', behaviour: { type: 'code', file: 'handlers/work.ts' }, provides: ['Work'], ...(index + 1 < ids.length ? { requires: { next: 'Work' } } : {}) }] as const));
  const design = {
    format: 'prismatic/1', name: 'large', root: 'root',
    nodes: { root: supervisor(teams.map(({ id }) => id), 'root'), ...Object.fromEntries(teams.map(({ id, agents: ids }) => [id, supervisor(ids, `Team ${id}`)])), ...Object.fromEntries(agents) },
    wires: teams.flatMap(({ agents: ids }) => ids.slice(1).map((to, index) => ({ from: `${ids[index]}.next`, to }))),
  };
  for (const name of ['handlers', 'protocols']) mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'design.json'), JSON.stringify(design));
  writeFileSync(join(folder, 'handlers/work.ts'), 'export const Work = { run(input) { return input } }\n');
  writeFileSync(join(folder, 'protocols/Work.json'), JSON.stringify({ operations: { run: { kind: 'call', input: {}, output: {} } } }));
}

let studio: ServedStudio;
test.beforeEach(() => {
  studio = new ServedStudio();
});
test.afterEach(() => studio.remove());

async function openLarge(page: Page, view: 'flow' | 'tree'): Promise<void> {
  const folder = join(studio.home, 'large');
  writeLarge(folder);
  await page.addInitScript((kept) => localStorage.setItem('prismatic.viewport', JSON.stringify(kept)), { view });
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(await studio.start('--project', folder));
  await expect(page.getByText(`${1 + TEAMS * (AGENTS + 1)} nodes`).first()).toBeVisible(PATIENCE);
}

const drawing = (page: Page) => page.getByRole('group', { name: 'Drawing' });
/** With the wheel, at the upper left of the first block: what is there stays there. */
async function zoomUntil(page: Page, detail: RegExp): Promise<void> {
  await page.keyboard.down('Control');
  await expect(async () => {
    await page.mouse.wheel(0, -60);
    await expect(drawing(page)).toHaveClass(detail, { timeout: 300 });
  }).toPass(PATIENCE);
  await page.keyboard.up('Control');
}

test('a Flow of a thousand nodes opens as blocks, and they can be selected, dragged and undone', async ({ page }) => {
  test.setTimeout(180_000);
  await openLarge(page, 'flow');
  await expect(drawing(page)).toHaveClass(/detail-block/, PATIENCE);
  // Far out nearly nothing is an element of its own.
  await expect(page.locator('.cv [data-node]')).toHaveCount(0);
  const box = (await page.locator('.far-block').first().boundingBox())!;
  const frame = (await drawing(page).boundingBox())!;
  expect(box.x).toBeGreaterThanOrEqual(frame.x);
  expect(box.x + box.width).toBeLessThanOrEqual(frame.x + frame.width);
  expect(box.y + box.height).toBeLessThanOrEqual(frame.y + frame.height);

  // The block at the upper left is the first agent of the first team.
  const first = { x: box.x + 3, y: box.y + 2 };
  await page.mouse.click(first.x, first.y);
  const selected = page.locator('.cv [data-node][aria-current]');
  await expect(selected).toHaveCount(1);
  const id = (await selected.getAttribute('data-node'))!;
  expect(id).toMatch(/^a\d+-\d+$/);
  await expect(page.getByRole('treeitem', { name: id, exact: true })).toHaveAttribute('aria-selected', 'true');

  const before = (await selected.boundingBox())!;
  await page.mouse.move(first.x, first.y);
  await page.mouse.down();
  await page.mouse.move(first.x + 4, first.y - 12, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => Math.round((await selected.boundingBox())!.y - before.y), PATIENCE).toBeLessThan(-6);
  await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(async () => Math.abs((await selected.boundingBox())!.y - before.y), PATIENCE).toBeLessThan(1);
});

test('parts come back as the view comes nearer: titles, meters, ports', async ({ page }) => {
  test.setTimeout(180_000);
  await openLarge(page, 'flow');
  await expect(drawing(page)).toHaveClass(/detail-block/, PATIENCE);
  const block = (await page.locator('.far-block').first().boundingBox())!;
  await page.mouse.move(block.x + 3, block.y + 2);
  await zoomUntil(page, /detail-title/);
  await expect(page.locator('.cv .far')).toHaveCount(0);
  await expect(page.locator('.cv .nd-node .nd-title').first()).toBeVisible();
  await expect(page.locator('.cv .nd-foot')).toHaveCount(0);
  await zoomUntil(page, /detail-compact/);
  await expect(page.locator('.cv .nd-foot').first()).toBeVisible();
  await expect(page.locator('.cv .nd-port')).toHaveCount(0);
  await zoomUntil(page, /detail-full/);
  await expect(page.locator('.cv .nd-port').first()).toBeVisible();
  // Only what is in sight is there.
  expect(await page.locator('.cv [data-node]').count()).toBeLessThan(150);
});

test('the drawing is fitted again when a panel opens, until the person moves it', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(await studio.start());
  await page.getByRole('button', { name: 'Example support-desk' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
  await page.getByRole('tab', { name: 'Flow' }).click();
  const lowest = page.getByRole('group', { name: 'sink screen' });
  const isInSight = async (): Promise<boolean> => {
    const [node, frame] = [await lowest.boundingBox(), (await drawing(page).boundingBox())!];
    return node !== null && node.y >= frame.y && node.y + node.height <= frame.y + frame.height;
  };
  await expect.poll(isInSight, PATIENCE).toBe(true);
  const zoom = () => page.getByRole('button', { name: 'Fit' }).innerText();
  const before = await zoom();
  await page.getByRole('tab', { name: 'Timeline' }).click();
  await expect.poll(async () => (await zoom()) !== before && (await isInSight()), PATIENCE).toBe(true);

  const fitted = await zoom();
  await page.getByRole('button', { name: 'Zoom in' }).click();
  await expect.poll(zoom).not.toBe(fitted);
  await page.getByRole('button', { name: 'Hide the panel' }).click();
  await expect(page.getByRole('button', { name: 'Show the panel' })).toBeVisible();
  const theirs = await zoom();
  await page.getByRole('button', { name: 'Show the panel' }).click();
  await expect(page.getByRole('region', { name: 'Timeline' })).toBeVisible();
  expect(await zoom()).toBe(theirs);
  await page.getByRole('button', { name: 'Fit' }).click();
  await expect.poll(isInSight).toBe(true);
});

test('of presses of + in a row each counts, however fast they come', async ({ page }) => {
  test.setTimeout(180_000);
  await openLarge(page, 'flow');
  await expect(drawing(page)).toHaveClass(/detail-block/, PATIENCE);
  const zoom = async (): Promise<number> => Number.parseInt(await page.getByRole('button', { name: 'Fit' }).innerText(), 10);
  const before = await zoom();
  // All within one moment of the page: none has got anywhere when the next comes.
  await drawing(page).evaluate((frame) => {
    for (let press = 0; press < 6; press += 1) frame.dispatchEvent(new KeyboardEvent('keydown', { key: '+', bubbles: true }));
  });
  await expect.poll(zoom, PATIENCE).toBeGreaterThan(before * 3);
  expect(await zoom()).toBeLessThan(before * 5);
});
