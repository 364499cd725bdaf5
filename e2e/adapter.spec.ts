/** An adapter: a wire to a node of another protocol, drawn at the port, written operation by operation; what is wrong stands at its place; all of it undone. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { findObstacles } from './screen/hearing';
import { Person } from './screen/person';
import { root, ServedStudio } from './screen/served-studio';
import { watchViolations } from './screen/violations';

const PATIENCE = { timeout: 60_000 };
const text = { type: 'string' };
const object = (properties: object, required: readonly string[]): object => ({ type: 'object', properties, required, additionalProperties: false });
const DESIGN = {
  format: 'prismatic/1', name: 'adapted', root: 'root',
  nodes: {
    root: { kind: 'supervisor', strategy: 'one_for_one', maxRestarts: 3, maxSeconds: 10, children: ['chat', 'desk'] },
    chat: { kind: 'agent', behaviour: { type: 'scripted', rules: [{ reply: { choices: ['billing'] } }] }, provides: ['Chat'] },
    desk: { kind: 'agent', behaviour: { type: 'code', file: 'handlers/desk.ts' }, provides: ['Ask'], requires: { sort: 'Sort' } },
  },
};
const FILES = {
  'protocols/Sort.json': { operations: { classify: { kind: 'call', input: object({ text }, ['text']), output: object({ topic: text }, ['topic']), errors: ['Tired'] } } },
  'protocols/Chat.json': { operations: { ask: { kind: 'call', input: object({ text, model: text }, ['text', 'model']), output: object({ choices: { type: 'array', items: text, minItems: 1 } }, ['choices']), errors: ['Busy'] }, close: { kind: 'cast', input: {} } } },
  'protocols/Ask.json': { operations: { ask: { kind: 'call', input: object({ text }, ['text']), output: object({ topic: text }, ['topic']) } } },
  'layout.json': { format: 'prismatic-layout/1', views: { flow: { desk: { x: 40, y: 60 }, chat: { x: 480, y: 60 } } } },
};

let studio: ServedStudio;
let folder: string;
test.beforeEach(() => {
  test.setTimeout(240_000);
  studio = new ServedStudio();
  folder = join(studio.home, 'adapted');
  for (const name of ['handlers', 'protocols']) mkdirSync(join(folder, name), { recursive: true });
  mkdirSync(join(root, 'coverage/screens'), { recursive: true });
  for (const [path, value] of Object.entries({ 'design.json': DESIGN, ...FILES })) writeFileSync(join(folder, path), `${JSON.stringify(value, null, 2)}\n`);
  writeFileSync(join(folder, 'handlers/desk.ts'), 'export const Ask = { ask: (input, self) => self.use.sort.classify({ text: input.text }) }\n');
});
test.afterEach(() => studio.remove());

type Wire = { readonly from: string; readonly to: string; readonly adapter?: object };
const wires = (): readonly Wire[] => (JSON.parse(readFileSync(join(folder, 'design.json'), 'utf8')) as { readonly wires?: readonly Wire[] }).wires ?? [];
const operation = (person: Person): Locator => person.inspector.getByRole('group', { name: 'operation classify' });
const chip = (page: Page): Locator => page.getByRole('region', { name: 'Canvas' }).getByRole('group', { name: 'adapter', exact: true });

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a wire is drawn to another protocol, adapted, run, and undone, ${colorScheme}`, async ({ page }) => {
    page.setDefaultTimeout(20_000);
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const violations = await watchViolations(page);
    await page.goto(await studio.start('--project', folder));
    const person = new Person(page);
    await expect(person.node('desk')).toBeVisible(PATIENCE);
    await page.getByRole('tab', { name: 'Flow' }).click();

    // Nobody provides Sort: an adapter makes do with what there is.
    await person.select('desk');
    await person.inspector.getByLabel('Wire of sort').selectOption('chat as Chat');
    await expect.poll(wires, PATIENCE).toEqual([{ from: 'desk.sort', to: 'chat', adapter: { protocol: 'Chat', operations: {} } }]);
    await expect(chip(page)).toContainText('as Chat');
    await expect(operation(person)).toContainText('WIR019', PATIENCE);

    await operation(person).getByLabel('classify goes to').selectOption('ask');
    await expect.poll(() => wires()[0]!.adapter, PATIENCE).toEqual({ protocol: 'Chat', operations: { classify: { to: 'ask' } } });
    // A cast is no answer to a call.
    await expect(operation(person).getByRole('option', { name: /^close/ })).toBeDisabled();
    // What it may answer with and nobody expects, and then: that input and answer do not fit.
    await expect(operation(person)).toContainText('WIR018', PATIENCE);
    await operation(person).getByLabel('Errors').fill('{ "Busy": "Tired" }');
    await expect(operation(person)).toContainText(/WIR01[67]/, PATIENCE);
    await operation(person).getByRole('button', { name: 'Begin the input' }).click();
    await expect(operation(person).getByLabel('Input')).toHaveValue(/"\$": "input.text"/);
    await operation(person).getByRole('button', { name: 'Begin the answer' }).click();
    await page.screenshot({ path: join(root, `coverage/screens/${colorScheme}-adapter-problems.png`), animations: 'disabled' });

    // A bad value is refused where it stands, and stays in the field.
    const answer = operation(person).getByLabel('Answer');
    await answer.fill('{ "topic": ');
    await expect(operation(person).getByRole('alert')).toContainText('Line 1');
    await expect(answer).toHaveValue('{ "topic": ');
    await answer.fill('{ "topic": { "$": "answer.0" } }');
    await expect(operation(person)).toContainText('WIR015', PATIENCE);
    await expect(operation(person)).toContainText('is no path');
    await answer.fill('{ "topic": { "$": "output.choices.0" } }');
    await expect(operation(person)).not.toContainText('WIR015', PATIENCE);
    await person.hasNoProblems();
    expect(await findObstacles(page, 'an adapter', '.inspector')).toEqual([]);
    await page.screenshot({ path: join(root, `coverage/screens/${colorScheme}-adapter.png`), animations: 'disabled' });
    await expect.poll(() => wires()[0]!.adapter, PATIENCE).toEqual({ protocol: 'Chat', operations: { classify: { to: 'ask', errors: { Busy: 'Tired' }, input: { text: { $: 'input.text' }, model: '' }, output: { topic: { $: 'output.choices.0' } } } } });

    await person.inspector.getByRole('button', { name: 'Adapter as JSON' }).click();
    await expect(person.inspector.getByLabel('Adapter', { exact: true })).toHaveValue(/"Busy": "Tired"/);
    await person.inspector.getByRole('button', { name: 'Adapter as JSON' }).click();

    await person.run();
    expect(await person.send('desk', { text: 'a bill' })).toContain('billing');
    await person.stop();
    expect(await violations()).toEqual([]);

    await page.getByRole('group', { name: 'wire desk.sort to chat', exact: true }).press('Enter');
    await person.inspector.getByRole('button', { name: 'Take the adapter off' }).click();
    await expect(chip(page)).toHaveCount(0);
    await person.tool('Undo').click();
    await expect(chip(page)).toBeVisible();
    await expect.poll(() => wires()[0]!.adapter, PATIENCE).toHaveProperty('operations.classify.errors', { Busy: 'Tired' });
    // Back to nothing: each step of the hand was one edit.
    while (wires().length > 0) {
      const before = JSON.stringify(wires());
      await person.tool('Undo').click();
      await expect.poll(() => JSON.stringify(wires()), PATIENCE).not.toBe(before);
    }
    await expect(chip(page)).toHaveCount(0);
    await person.tool('Redo').click();
    await expect.poll(wires, PATIENCE).toEqual([{ from: 'desk.sort', to: 'chat', adapter: { protocol: 'Chat', operations: {} } }]);
  });
}
