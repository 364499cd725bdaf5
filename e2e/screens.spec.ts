/** A picture of every view and panel, light and dark; none is blank, no two are the same. `npm run screens` puts those of the tour into docs/screens. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { Person } from './screen/person';
import { root, ServedStudio } from './screen/served-studio';

const PATIENCE = { timeout: 60_000 };
/** A blank page of this size packs into less. */
const LEAST_BYTES = 15_000;
/** Those that docs/tour.md and the README show. */
const OF_THE_TOUR = ['light-welcome', 'light-break', 'light-tree', 'light-editor', 'light-protocol', 'light-allow', 'light-send', 'light-run', 'light-export', 'light-guards', 'light-tests', 'light-providers', 'dark-flow-run'];
const keep = process.env['KEEP_SCREENS'] !== undefined;

/** What a person has on their machine: an endpoint with prices, a local one, and a server of tools. */
function writeRegistries(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const write = (name: string, value: object): void => writeFileSync(join(folder, name), JSON.stringify(value));
  write('providers.json', {
    format: 'prismatic-providers/1',
    providers: {
      gateway: { kind: 'openai-compatible', baseUrl: 'https://models.example.com/v1', keyFrom: { env: 'GATEWAY_API_KEY' }, models: { 'large-2': { inputUsd: 3, outputUsd: 15 }, 'small-2': { inputUsd: 0.25, outputUsd: 1.25 } } },
      local: { kind: 'ollama', baseUrl: 'http://127.0.0.1:11434', models: { 'llama3.2': null } },
    },
  });
  write('tools.json', { format: 'prismatic-tools/1', servers: { files: { command: 'npx', args: ['-y', 'files-server', '/home/me/reports'], env: {}, allow: ['read_file', 'list_folder'] } } });
}

/** The drawing has found its place: the camera stands still between two looks. */
async function atRest(page: Page): Promise<void> {
  const camera = page.locator('.react-flow__viewport');
  let last: string | null = '';
  await expect.poll(async () => {
    const before = last;
    last = (await camera.count()) === 0 ? null : await camera.getAttribute('style');
    return last === before;
  }, { ...PATIENCE, intervals: [300] }).toBe(true);
}

for (const scheme of ['light', 'dark'] as const) {
  test(`every view and panel, ${scheme}`, async ({ page }) => {
    test.setTimeout(600_000);
    const studio = new ServedStudio();
    writeRegistries(join(studio.home, 'data'));
    const seen = new Map<string, string>();
    const folder = join(root, 'coverage/screens');
    mkdirSync(folder, { recursive: true });
    const take = async (name: string, target: Page = page): Promise<void> => {
      await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
      await atRest(page);
      const png = await target.screenshot({ animations: 'disabled' });
      expect(png.length, `${name} is not blank`).toBeGreaterThan(LEAST_BYTES);
      const hash = createHash('sha256').update(png).digest('hex');
      expect(seen.get(hash), `${name} is a picture of its own`).toBeUndefined();
      seen.set(hash, name);
      writeFileSync(join(folder, `${scheme}-${name}.png`), png);
      if (keep && OF_THE_TOUR.includes(`${scheme}-${name}`)) writeFileSync(join(root, 'docs/screens', `${scheme}-${name}.png`), png);
    };
    try {
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      await page.goto(await studio.start());
      const person = new Person(page);
      await expect(page.getByRole('button', { name: 'Example support-desk' })).toBeVisible(PATIENCE);
      await take('welcome');
      await page.getByRole('button', { name: /^Break an example/ }).click();
      await expect(page.getByRole('region', { name: 'Timeline' })).toContainText(/event \d+ of \d+/, PATIENCE);
      await take('break');
      await page.getByRole('button', { name: 'Leave the simulation' }).click();
      await page.getByRole('tab', { name: 'Tree' }).click();
      await person.select('specialists');
      await take('tree');
      await page.getByRole('tab', { name: 'Flow' }).click();
      await take('flow');
      await page.getByRole('tab', { name: /^Problems/ }).click();
      await take('problems');
      await person.node('desk').dblclick();
      await expect(person.editor.getByRole('textbox', { name: 'Handler' })).toContainText('export const Triage', PATIENCE);
      await take('editor');
      await person.editor.getByRole('button', { name: /close/i }).first().click();
      await page.getByRole('group', { name: 'Protocols' }).getByRole('button', { name: /^Triage,/ }).click();
      await take('protocol');
      await page.getByRole('group', { name: 'wire desk.llm to brain', exact: true }).press('Enter');
      await page.getByRole('region', { name: 'Palette' }).getByRole('group', { name: 'Guards' }).getByRole('button', { name: 'Breaker', exact: true }).press('Enter');
      await expect(person.inspector.getByRole('group', { name: 'guard breaker', exact: true })).toBeVisible();
      await take('guards');
      await person.tool('Undo').click();
      await person.command('Run all tests');
      await expect(page.getByRole('status', { name: 'Tests status' })).toHaveText(/\d+ of \d+ tests pass/, { timeout: 180_000 });
      await take('tests');
      await page.getByRole('tab', { name: /^Problems/ }).click();
      for (const [words, name] of [['providers', 'providers'], ['tools: mcp', 'tools'], ['settings', 'settings'], ['shortcuts', 'shortcuts'], ['history', 'history'], ['licences', 'licences']] as const) {
        await person.command(words);
        await expect(person.dialog).toBeVisible();
        await take(name);
        await page.keyboard.press('Escape');
        await expect(person.dialog).toHaveCount(0);
      }
      await page.keyboard.press('ControlOrMeta+k');
      await expect(person.dialog).toBeVisible();
      await take('commands');
      await page.keyboard.press('Escape');
      await person.tool('Simulate').click();
      await take('simulate');
      await page.keyboard.press('Escape');
      await person.tool(/^Run/).click();
      await expect(person.dialog).toContainText('appends to', PATIENCE);
      await take('allow');
      await person.dialog.getByRole('button', { name: 'Allow and run' }).click();
      await expect(person.status('running')).toBeVisible(PATIENCE);
      await expect(page.getByRole('region', { name: 'Run' })).toContainText('all sources done', PATIENCE);
      await take('flow-run');
      await page.getByRole('tab', { name: 'Tree' }).click();
      await take('run');
      for (const tab of ['Events', 'Logs', 'Outputs']) {
        await page.getByRole('region', { name: 'Run' }).getByRole('tab', { name: tab }).click();
        await take(`run-${tab.toLowerCase()}`);
      }
      await person.fromMenu('desk', 'Send');
      await person.dialog.getByRole('button', { name: 'Send', exact: true }).click();
      await expect(person.dialog.getByRole('region', { name: 'Answer' })).toBeVisible(PATIENCE);
      await take('send');
      await page.keyboard.press('Escape');
      await person.tool('Export').click();
      await expect(person.dialog.getByRole('table')).toBeVisible(PATIENCE);
      await take('export');
    } finally {
      await studio.remove();
    }
  });
}
