/** A model agent from the Palette: it has a prompt to write, a model to ask, and runs. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { Person } from './screen/person';
import { root, ServedStudio } from './screen/served-studio';
import { watchViolations } from './screen/violations';

let studio: ServedStudio;
test.beforeEach(() => {
  studio = new ServedStudio();
});
test.afterEach(() => studio.remove());

for (const scheme of ['light', 'dark'] as const) {
  test(`a model agent is drawn, its prompt is written and kept, ${scheme}`, async ({ page }) => {
    test.setTimeout(240_000);
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width: 1600, height: 1000 });
    const violations = await watchViolations(page);
    const person = new Person(page);
    await page.goto(await studio.start());
    await person.newDesign('letters');
    await person.select('root');
    const palette = page.getByRole('region', { name: 'Palette' });
    await palette.getByRole('button', { name: 'Model agent', exact: true }).press('Enter');
    await expect(person.node('assistant')).toBeVisible();
    await expect(person.node('model')).toBeVisible();
    await person.select('assistant');
    await expect(person.onCanvas('model agent assistant')).toBeVisible();
    const prompt = person.inspector.getByRole('textbox', { name: 'Prompt' });
    await expect(prompt).toContainText('{{input}}', { timeout: 60_000 });
    await prompt.click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('Be kind.');
    await expect.poll(promptOnDisk, { timeout: 30_000 }).toContain('Be kind.');
    await palette.getByRole('button', { name: 'Tool', exact: true }).press('Enter');
    await expect(person.onCanvas('tool tool')).toBeVisible();
    await person.select('assistant');
    await page.screenshot({ path: join(root, 'coverage', `model-agent-${scheme}.png`) });
    await person.select('tool');
    await expect(person.inspector.getByRole('textbox', { name: 'Server' })).toHaveValue('tool');
    expect(await violations()).toEqual([]);
  });
}

/** Wherever new designs are put; nothing, where it has not been written yet. */
function promptOnDisk(): string {
  const found = readdirSync(studio.home, { recursive: true, encoding: 'utf8' }).find((path) => path.endsWith(join('prompts', 'assistant.md')));
  return found === undefined ? '' : readFileSync(join(studio.home, found), 'utf8');
}
