/** A router's strategies in the Inspector: conditions, weights, what is said on the canvas; in the file, and undone. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { findObstacles } from './screen/hearing';
import { Person } from './screen/person';
import { root, ServedStudio } from './screen/served-studio';
import { watchViolations } from './screen/violations';

const PATIENCE = { timeout: 30_000 };
const agent = { kind: 'agent', behaviour: { type: 'scripted', rules: [{ reply: { text: 'done' } }] }, provides: ['Work'] };
const DESIGN = {
  format: 'prismatic/1', name: 'routed', root: 'root',
  nodes: { root: { kind: 'supervisor', strategy: 'one_for_one', maxRestarts: 3, maxSeconds: 10, children: ['billing', 'tech', 'route'] }, billing: agent, tech: agent, route: { kind: 'router', strategy: 'first', provides: ['Work'], requires: { out: 'Work' } } },
  wires: [{ from: 'route.out', to: 'billing' }, { from: 'route.out', to: 'tech' }],
};
const text = { type: 'object', properties: { text: { type: 'string' } }, required: ['text'], additionalProperties: false };
const WORK = { operations: { handle: { kind: 'call', input: { type: 'object', properties: { topic: { type: 'string' }, total: { type: 'number' } }, required: ['topic'], additionalProperties: false }, output: text } } };

let studio: ServedStudio;
let folder: string;
test.beforeEach(() => {
  test.setTimeout(300_000);
  studio = new ServedStudio();
  folder = join(studio.home, 'routed');
  mkdirSync(join(folder, 'protocols'), { recursive: true });
  writeFileSync(join(folder, 'design.json'), JSON.stringify(DESIGN));
  writeFileSync(join(folder, 'protocols/Work.json'), JSON.stringify(WORK));
});
test.afterEach(() => studio.remove());

const router = (): Readonly<Record<string, unknown>> => (JSON.parse(readFileSync(join(folder, 'design.json'), 'utf8')) as { readonly nodes: Readonly<Record<string, Readonly<Record<string, unknown>>>> }).nodes['route']!;

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a router goes by content, then by weight, and back, ${colorScheme}`, async ({ page }) => {
    page.setDefaultTimeout(20_000);
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const violations = await watchViolations(page);
    await page.goto(await studio.start('--project', folder));
    const person = new Person(page);
    await expect(person.node('route')).toBeVisible(PATIENCE);
    await page.getByRole('tab', { name: 'Flow' }).click();
    await person.select('route');
    await person.choose('Strategy', 'by_content');
    await person.inspector.getByRole('button', { name: 'Add route' }).click();
    await person.inspector.getByLabel('Value of route 1').fill('invoice, refund');
    await person.inspector.getByLabel('Test of route 1').selectOption('is one of');
    await person.inspector.getByRole('button', { name: 'Add route' }).click();
    await person.inspector.getByLabel('Path of route 2').fill('total');
    await person.inspector.getByLabel('Test of route 2').selectOption('is above');
    await person.inspector.getByLabel('Value of route 2').fill('100');
    await person.inspector.getByLabel('Otherwise', { exact: true }).selectOption('billing');
    await expect.poll(router, PATIENCE).toMatchObject({ strategy: 'by_content', otherwise: 'billing', routes: [{ to: 'billing', when: { path: 'topic', in: ['invoice', 'refund'] } }, { to: 'tech', when: { path: 'total', greater: 100 } }] });
    await person.inspector.getByRole('button', { name: 'Move route 2 up' }).click();
    await expect.poll(router, PATIENCE).toMatchObject({ routes: [{ to: 'tech' }, { to: 'billing' }] });
    await expect(person.onCanvas('router route')).toContainText('by content');
    await person.hasNoProblems();
    // A path that no input has is told at its route.
    await person.inspector.getByLabel('Path of route 1').fill('totl');
    await expect(person.inspector.getByRole('listitem', { name: 'Route 1' })).toContainText('RTR009', PATIENCE);
    await person.tool('Undo').click();
    await person.hasNoProblems();
    expect(await findObstacles(page, 'routes by content', '.inspector')).toEqual([]);
    mkdirSync(join(root, 'coverage/screens'), { recursive: true });
    await page.screenshot({ path: join(root, `coverage/screens/${colorScheme}-router-content.png`), animations: 'disabled' });

    await person.choose('Strategy', 'canary');
    await person.inspector.getByRole('spinbutton', { name: 'Mailbox' }).waitFor();
    await person.inspector.getByLabel('Weight of billing').fill('95');
    await person.inspector.getByLabel('Weight of tech').fill('5');
    await expect(person.inspector.getByRole('row', { name: /^tech/ })).toContainText('5 %');
    await person.inspector.getByLabel('Weight of tech').fill('-5');
    await expect(person.inspector.getByRole('alert')).toContainText('weight');
    await person.inspector.getByLabel('Weight of tech').fill('5');
    await expect(person.inspector.getByRole('alert')).toHaveCount(0);
    await person.inspector.getByRole('button', { name: 'Take Otherwise away', exact: true }).click();
    await expect(person.onCanvas('router route')).toContainText('canary, 5 %');
    await expect.poll(() => (router()['routes'] as readonly { readonly weight?: number }[]).map(({ weight }) => weight), PATIENCE).toEqual([5, 95]);
    expect(await findObstacles(page, 'routes by weight', '.inspector')).toEqual([]);
    await page.screenshot({ path: join(root, `coverage/screens/${colorScheme}-router-canary.png`), animations: 'disabled' });

    await person.choose('Strategy', 'broadcast');
    await expect(person.inspector.getByLabel('Quorum')).toHaveAttribute('placeholder', '2');
    await person.fill('Quorum', '1');
    await expect(person.onCanvas('router route')).toContainText('all, 1 must answer');
    expect(await violations()).toEqual([]);
  });
}
