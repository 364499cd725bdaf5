/** The Tests panel: run, read, and act on what is found. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { findObstacles } from './screen/hearing';
import { Person } from './screen/person';
import { copyExample, root, ServedStudio } from './screen/served-studio';
import { watchViolations } from './screen/violations';
import { SORTERS, writeProject } from './two-sorters';

const PATIENCE = { timeout: 90_000 };
/** With a crash besides: seven is its undoing. */
const PROJECT = { ...SORTERS, 'handlers/hasty.ts': SORTERS['handlers/hasty.ts']!.replace('return', "if (numbers.length === 3) throw new Error('three')\n    return") };

let studio: ServedStudio;
test.beforeEach(() => {
  studio = new ServedStudio();
});
test.afterEach(() => studio.remove());

for (const scheme of ['light', 'dark'] as const) {
  test(`tests are run, read and acted upon, ${scheme}`, async ({ page }) => {
    test.setTimeout(240_000);
    const folder = join(studio.home, 'sorters');
    writeProject(folder, PROJECT);
    const violations = await watchViolations(page);
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.goto(await studio.start('--project', folder));
    const person = new Person(page);
    await expect(person.node('careful')).toBeVisible(PATIENCE);

    await page.getByRole('tab', { name: 'Tests' }).click();
    const panel = page.getByRole('region', { name: 'Tests', exact: true });
    await expect(panel).toContainText('No tests run yet');
    await panel.getByRole('button', { name: 'Run tests' }).press('Enter');
    await expect(panel.getByRole('status', { name: 'Tests status' })).toHaveText(/^\d+ of \d+ tests pass$/, PATIENCE);
    await expect(panel.getByRole('region', { name: 'careful as Sort: pass' })).toBeVisible();
    const hasty = panel.getByRole('region', { name: 'hasty as Sort: fail' });
    await expect(hasty.getByRole('listitem').filter({ hasText: 'valid input is answered' })).toContainText('it crashed: Error: three (handlers/hasty.ts:3');
    await expect(hasty.getByLabel('Counterexample').first()).toContainText('"numbers"');
    mkdirSync(join(root, 'coverage/screens'), { recursive: true });
    await page.screenshot({ path: join(root, `coverage/screens/${scheme}-tests.png`), animations: 'disabled' });

    await hasty.getByRole('button', { name: 'Keep as example' }).click();
    await expect(page.getByRole('button', { name: 'Undo' })).toBeEnabled();
    await expect(panel).toContainText('edited since', PATIENCE);
    await hasty.getByRole('button', { name: /^Open handlers\/hasty\.ts:3/ }).first().click();
    await expect(person.editor.getByRole('textbox', { name: 'Handler' })).toContainText("throw new Error('three')", PATIENCE);
    await person.editor.getByRole('button', { name: /close/i }).first().click();
    await hasty.getByRole('button', { name: 'Send it' }).first().click();
    await expect(person.dialog).toContainText('hasty');
    await page.keyboard.press('Escape');

    // Before axe, whose own scripts make functions from text.
    expect(await violations()).toEqual([]);
    const { violations: found } = await new AxeBuilder({ page }).include('section[aria-label="Tests"]').analyze();
    expect(found.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);

    // Only one, and stopped in the middle.
    await panel.getByRole('combobox', { name: 'What to test' }).selectOption('careful');
    await panel.getByRole('button', { name: 'Run tests' }).click();
    await expect(panel.getByRole('status', { name: 'Tests status' })).toHaveText(/^\d+ of \d+ tests pass$/, PATIENCE);
    await expect(panel.getByRole('region', { name: /^hasty as Sort/ })).toHaveCount(0);
  });
}

test('a run of the tests can be stopped, and begun again', async ({ page }) => {
  test.setTimeout(240_000);
  const folder = join(studio.home, 'sorters');
  // Each case uses up its fuel.
  writeProject(folder, { ...SORTERS, 'handlers/careful.ts': SORTERS['handlers/careful.ts']!.replace('return', 'const start = numbers.length\n    for (let n = 0; n < 2e6; n += 1) numbers.length = start\n    return') });
  await page.goto(await studio.start('--project', folder));
  const person = new Person(page);
  await expect(person.node('careful')).toBeVisible(PATIENCE);
  await person.command('Run all tests');
  const panel = page.getByRole('region', { name: 'Tests', exact: true });
  await expect(panel.getByRole('status', { name: 'Tests status' })).toHaveText('1 of 2: careful as Sort', PATIENCE);
  await panel.getByRole('button', { name: 'Stop tests' }).click();
  await expect(panel.getByRole('alert')).toContainText('the tests were stopped', PATIENCE);
  await panel.getByRole('button', { name: 'Run tests' }).click();
  await expect(panel.getByRole('status', { name: 'Tests status' })).toHaveText('1 of 2: careful as Sort', PATIENCE);
  await panel.getByRole('button', { name: 'Stop tests' }).click();
});

for (const scheme of ['light', 'dark'] as const) {
  test(`whose answers were heard is said of each test, ${scheme}`, async ({ page }) => {
    test.setTimeout(240_000);
    const folder = copyExample(studio.home, 'research-team');
    const violations = await watchViolations(page);
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.goto(await studio.start('--project', folder));
    const person = new Person(page);
    await expect(person.node('lead')).toBeVisible(PATIENCE);
    await page.getByRole('tab', { name: 'Tests' }).click();
    const panel = page.getByRole('region', { name: 'Tests', exact: true });
    const status = panel.getByRole('status', { name: 'Tests status' });
    const valid = panel.getByRole('region', { name: /^lead as Research/ }).getByRole('listitem').filter({ hasText: 'research: valid input' });

    await panel.getByRole('combobox', { name: 'What to test' }).selectOption('lead');
    await panel.getByRole('button', { name: 'Run tests' }).click();
    await expect(status).toHaveText(/^\d+ of \d+ tests pass$/, PATIENCE);
    await panel.getByRole('button', { name: 'Tests of lead as Research' }).click();
    await expect(valid).toContainText('editorgenerated');
    mkdirSync(join(root, 'coverage/screens'), { recursive: true });
    await page.screenshot({ path: join(root, `coverage/screens/${scheme}-tests-generated.png`), animations: 'disabled' });

    await panel.getByRole('combobox', { name: 'Answers of models and tools' }).selectOption('recorded');
    await panel.getByRole('button', { name: 'Run tests' }).click();
    await expect(panel.getByRole('alert')).toContainText('there are no cassettes', PATIENCE);
    await panel.getByRole('combobox', { name: 'Answers of models and tools' }).selectOption('generated');

    // What stands in for a node in this window does so here too.
    await person.fromMenu('editor', 'Mock');
    await person.dialog.getByRole('radio', { name: 'Generated' }).click();
    await person.dialog.getByRole('button', { name: 'Mock', exact: true }).click();
    await panel.getByRole('button', { name: 'Run tests' }).click();
    await expect(status).toHaveText(/^\d+ of \d+ tests pass$/, PATIENCE);
    await panel.getByRole('button', { name: 'Tests of lead as Research' }).click();
    await expect(valid).toContainText('editormocked');
    await expect(panel).toContainText('editormocked');
    expect(await findObstacles(page, 'the Tests panel with its badges', 'section[aria-label="Tests"]')).toEqual([]);
    await page.screenshot({ path: join(root, `coverage/screens/${scheme}-tests-mocked.png`), animations: 'disabled' });
    expect(await violations()).toEqual([]);
  });
}
