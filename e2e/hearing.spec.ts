/** Every panel and dialog as axe sees it, light and dark. All that is found in a test is told at once, by place. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { findObstacles } from './screen/hearing';
import { Person } from './screen/person';
import { copyExample, ServedStudio } from './screen/served-studio';

const PATIENCE = { timeout: 60_000 };
let studio: ServedStudio;
let folder: string;
test.beforeEach(() => {
  test.setTimeout(240_000);
  studio = new ServedStudio();
  folder = copyExample(studio.home, 'support-desk');
});
test.afterEach(() => studio.remove());

async function openIn(page: Page, colorScheme: 'light' | 'dark'): Promise<{ readonly person: Person; readonly found: string[]; readonly look: (where: string, within?: string) => Promise<void> }> {
  page.setDefaultTimeout(30_000);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await page.goto(await studio.start('--project', folder));
  const person = new Person(page);
  await expect(person.node('desk')).toBeVisible(PATIENCE);
  const found: string[] = [];
  const look = async (where: string, within?: string): Promise<void> => {
    found.push(...(await findObstacles(page, where, within)));
  };
  return { person, found, look };
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nothing serious is in the way in the panels, ${colorScheme}`, async ({ page }) => {
    const { person, found, look } = await openIn(page, colorScheme);
    await page.getByRole('tab', { name: 'Flow' }).click();
    await look('Flow, nothing selected');
    await person.select('specialists');
    await look('Flow, a supervisor with its scope');
    await person.select('desk');
    await person.inspector.getByRole('tab', { name: 'Ports' }).click();
    await look('Inspector, ports', '.inspector');
    await person.inspector.getByRole('tab', { name: 'Node', exact: true }).click();
    await person.inspector.getByLabel('Mailbox', { exact: true }).fill('-7');
    await expect(person.inspector.getByRole('alert')).toBeVisible();
    await look('Inspector, a refused draft', '.inspector');
    await person.inspector.getByLabel('Mailbox', { exact: true }).press('Escape');
    await page.getByLabel('wire desk.llm to brain', { exact: true }).press('Enter');
    await look('Inspector, a wire', '.inspector');
    await page.getByRole('group', { name: 'Protocols' }).getByRole('button', { name: /^Triage,/ }).click();
    await look('protocol editor, form', '.inspector');
    await person.inspector.getByRole('tab', { name: 'JSON' }).click();
    await expect(person.inspector.getByRole('textbox', { name: 'Triage.json' })).toContainText('operations', PATIENCE);
    await look('protocol editor, JSON', '.inspector');
    await person.node('desk').dblclick();
    await expect(person.editor.getByRole('textbox', { name: 'Handler' })).toContainText('export const Triage', PATIENCE);
    await look('code editor', '.editor-place');
    await person.editor.getByRole('button', { name: 'Close the editor' }).click();
    writeFileSync(join(folder, 'handlers/specialist.ts'), 'export const Other = {}\n');
    await page.getByRole('tab', { name: /^Problems/ }).click();
    await expect(page.getByRole('region', { name: 'Problems' }).getByRole('listitem').first()).toBeVisible(PATIENCE);
    await look('Problems', '.problems');
    await person.tool('Undo').click();
    await person.hasNoProblems();
    expect(found).toEqual([]);
  });

  test(`nor in the dialogs, ${colorScheme}`, async ({ page }) => {
    const { person, found, look } = await openIn(page, colorScheme);
    const inDialog = async (where: string, open: () => Promise<void>): Promise<void> => {
      await open();
      await expect(person.dialog).toBeVisible();
      await look(where, '[role=dialog]');
      await page.keyboard.press('Escape');
      await expect(person.dialog).toHaveCount(0);
    };
    await inDialog('command palette', () => page.keyboard.press('ControlOrMeta+k'));
    for (const [where, words] of [['settings', 'settings'], ['shortcuts', 'keyboard shortcuts'], ['history', 'show the history'], ['licences', 'licences'], ['about', 'about prismatic'], ['new design', 'new design'], ['open a folder', 'open folder'], ['new protocol', 'add protocol']] as const) await inDialog(where, () => person.command(words));
    await person.node('desk').click();
    await inDialog('rename', () => page.keyboard.press('F2'));
    await person.tool('Export').click();
    await expect(person.dialog.getByRole('table')).toBeVisible(PATIENCE);
    await look('export', '[role=dialog]');
    await page.keyboard.press('Escape');
    await person.node('desk').click({ button: 'right' });
    await expect(page.getByRole('menu')).toBeVisible();
    await look('menu of a node');
    await page.keyboard.press('Escape');
    expect(found).toEqual([]);
  });

  test(`nor in a simulation and its scenario, ${colorScheme}`, async ({ page }) => {
    const { person, found, look } = await openIn(page, colorScheme);
    await person.tool('Simulate').click();
    await look('simulate', '[role=dialog]');
    await person.dialog.getByRole('button', { name: 'Edit' }).click();
    await expect(person.editor).toContainText('prismatic-scenario/1', PATIENCE);
    await look('scenario editor', '.editor-place');
    await person.editor.getByRole('button', { name: 'Close the editor' }).click();
    await person.command('simulate outage');
    await expect(page.getByRole('region', { name: 'Timeline' })).toContainText(/event \d+ of \d+/, PATIENCE);
    await look('Timeline');
    await page.getByRole('button', { name: 'Leave the simulation' }).click();
    expect(found).toEqual([]);
  });

  test(`nor in a run, ${colorScheme}`, async ({ page }) => {
    const { person, found, look } = await openIn(page, colorScheme);
    await person.tool(/^Run/).click();
    await expect(person.dialog).toContainText('Allow capabilities', PATIENCE);
    await look('capabilities', '[role=dialog]');
    await person.dialog.getByRole('button', { name: 'Allow and run' }).click();
    await expect(person.status('running')).toBeVisible(PATIENCE);
    for (const tab of ['Events', 'Logs', 'Outputs']) {
      await page.getByRole('region', { name: 'Run' }).getByRole('tab', { name: tab }).click();
      await look(`Run, ${tab}`);
    }
    await person.fromMenu('desk', 'Send');
    await person.dialog.getByRole('button', { name: 'Send', exact: true }).click();
    await expect(person.dialog.getByRole('region', { name: 'Answer' })).toBeVisible(PATIENCE);
    await look('send, with its answer', '[role=dialog]');
    expect(found).toEqual([]);
  });
}
