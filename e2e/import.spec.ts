/** A protocol made of a text of others: read and shown first, added as one edit, undone; what is none says where and why, and the text stays. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { findObstacles } from './screen/hearing';
import { Person } from './screen/person';
import { copyExample, root, ServedStudio } from './screen/served-studio';
import { watchViolations } from './screen/violations';

const PATIENCE = { timeout: 60_000 };
const MCP = JSON.stringify({ jsonrpc: '2.0', id: 1, result: { tools: [{ name: 'read_file', description: 'The text of a file.', inputSchema: { type: 'object', properties: { path: { type: 'string', pattern: '^/' } }, required: ['path'] } }, { name: 'list-dir', inputSchema: { type: 'object', properties: {} } }] } });
const OPENAPI = JSON.stringify({
  openapi: '3.1.0', info: { title: 'Orders', version: '1' },
  paths: { '/orders/{id}': { get: { operationId: 'getOrder', summary: 'One order.', parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }], responses: { 200: { description: 'it', content: { 'application/json': { schema: { type: 'object', properties: { total: { type: 'number' } }, required: ['total'] } } } }, 404: { description: 'none' } } } } },
});
const TYPESCRIPT = 'interface Weather {\n  /** How warm it is. */\n  read(input: { place: string; days?: number }): Promise<{ celsius: number }>\n}\n';

type Case = { readonly kind: string; readonly text: string; readonly file: string; readonly operations: readonly string[]; readonly garbage: readonly (readonly [string, RegExp])[] };
const CASES: readonly Case[] = [
  { kind: 'MCP tool list', text: MCP, file: 'protocols/Tools.json', operations: ['readFile', 'listDir'], garbage: [['{ "tools": [', /no JSON/], ['{ "tools": 7 }', /./], ['not json at all', /no JSON/]] },
  { kind: 'OpenAPI', text: OPENAPI, file: 'protocols/Orders.json', operations: ['getOrder'], garbage: [['openapi: 3.1.0\ninfo:\n', /YAML|JSON/], ['{ "openapi": "3.1.0" }', /./], ['[]', /./]] },
  { kind: 'TypeScript type', text: TYPESCRIPT, file: 'protocols/Weather.json', operations: ['read'], garbage: [['const a = 1', /./], ['interface Broken { read(input: {', /./], ['\u0000\u0001<html>', /./]] },
];

let studio: ServedStudio;
let folder: string;
test.beforeEach(() => {
  test.setTimeout(240_000);
  studio = new ServedStudio();
  folder = copyExample(studio.home, 'support-desk');
  mkdirSync(join(root, 'coverage/screens'), { recursive: true });
});
test.afterEach(() => studio.remove());

async function open(page: Page): Promise<Person> {
  page.setDefaultTimeout(20_000);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(await studio.start('--project', folder));
  const person = new Person(page);
  await expect(person.node('root')).toBeVisible(PATIENCE);
  return person;
}

for (const { kind, text, file, operations, garbage } of CASES) {
  test(`${kind}: garbage is refused in words, a text is read, added and undone`, async ({ page }) => {
    const violations = await watchViolations(page);
    const person = await open(page);
    const { dialog } = person;
    await page.getByRole('button', { name: 'Import protocol' }).click();
    await expect(dialog).toContainText('Import protocol');
    await dialog.getByLabel('From').selectOption(kind);
    const box = dialog.getByLabel('Text to import');
    for (const [wrong, words] of garbage) {
      await box.fill(wrong);
      await dialog.getByRole('button', { name: 'Read it' }).click();
      await expect(dialog.getByRole('alert')).toContainText(words, PATIENCE);
      await expect(box).toHaveValue(wrong);
      await expect(dialog.getByRole('button', { name: /^Add/ })).toHaveCount(0);
    }
    await page.screenshot({ path: join(root, `coverage/screens/light-import-${operations[0]}-refused.png`), animations: 'disabled' });
    await box.fill(text);
    await expect(dialog.getByRole('alert')).toHaveCount(0);
    await dialog.getByRole('button', { name: 'Read it' }).click();
    const read = dialog.getByRole('status', { name: 'What was read' });
    for (const operation of operations) await expect(read).toContainText(`"${operation}"`, PATIENCE);
    for (const scheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      await page.screenshot({ path: join(root, `coverage/screens/${scheme}-import-${operations[0]}.png`), animations: 'disabled' });
    }
    expect(await findObstacles(page, 'Import protocol', '[role=dialog]')).toEqual([]);
    // Nothing is written before it is added.
    expect(existsSync(join(folder, file))).toBe(false);
    await dialog.getByRole('button', { name: `Add ${file}` }).click();
    await expect(dialog).toHaveCount(0);
    await expect.poll(() => existsSync(join(folder, file)), PATIENCE).toBe(true);
    expect(Object.keys((JSON.parse(readFileSync(join(folder, file), 'utf8')) as { readonly operations: object }).operations)).toEqual(operations);
    await expect(person.inspector).toContainText(operations[0]!);
    await person.tool('Undo').click();
    await expect.poll(() => existsSync(join(folder, file)), PATIENCE).toBe(false);
    await person.tool('Redo').click();
    await expect.poll(() => existsSync(join(folder, file)), PATIENCE).toBe(true);
    expect(await violations()).toEqual([]);
  });
}

test('from a file, under a name of its own; a name that is taken is told at the name', async ({ page }) => {
  const person = await open(page);
  const { dialog } = person;
  const path = join(studio.home, 'weather.ts');
  writeFileSync(path, TYPESCRIPT);
  await page.getByRole('button', { name: 'Import protocol' }).click();
  await dialog.getByLabel('File').setInputFiles(path);
  await expect(dialog.getByLabel('Text to import')).toHaveValue(TYPESCRIPT);
  // The file says by its name what it is.
  await expect(dialog.getByLabel('From')).toHaveValue('typescript');
  const name = dialog.getByLabel('Name');
  await name.fill('Triage');
  await name.press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('there is a protocol Triage already', PATIENCE);
  await expect(name).toHaveAttribute('aria-invalid', 'true');
  await expect(name).toHaveValue('Triage');
  await name.fill('Climate');
  await name.press('Enter');
  await dialog.getByRole('button', { name: 'Add protocols/Climate.json' }).press('Enter');
  await expect.poll(() => existsSync(join(folder, 'protocols/Climate.json')), PATIENCE).toBe(true);
});
