/** What was typed and is no edit yet outlives a reload and a closed window; what is one is in the file, however soon the page goes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { Person } from './screen/person';
import { inEachShell } from './screen/shells';

const PATIENCE = { timeout: 30_000 };

inEachShell('support-desk', (at) => {
  const read = (path: string): string => readFileSync(join(at.folder, path), 'utf8');
  const opened = async (page: Page): Promise<Person> => {
    const person = new Person(page);
    await expect(person.node('desk')).toBeVisible(PATIENCE);
    return person;
  };
  const json = (person: Person) => person.inspector.getByRole('textbox', { name: 'Triage.json' });
  async function openProtocol(person: Person): Promise<void> {
    await person.page.getByRole('group', { name: 'Protocols' }).getByRole('button', { name: /^Triage,/ }).click();
    await person.inspector.getByRole('tab', { name: 'JSON' }).click();
    await expect(json(person)).toContainText('operations');
  }
  const mailbox = (person: Person) => person.inspector.getByLabel('Mailbox', { exact: true });

  test('typing that no file can have yet is there again after a reload', async () => {
    const page = await at.shell.open(at.folder);
    let person = await opened(page);
    const before = { design: read('design.json'), protocol: read('protocols/Triage.json') };
    await person.select('desk');
    await mailbox(person).fill('-7');
    await expect(person.inspector.getByRole('alert')).toContainText('The file keeps what it had.');
    await openProtocol(person);
    await json(person).locator('.cm-line').first().click();
    await page.keyboard.press('End');
    await page.keyboard.type('"extends" [],');
    await expect(person.inspector.getByRole('alert')).toContainText('No JSON yet');
    await person.select('desk');
    await person.inspector.getByLabel('Requires', { exact: true }).fill('more: Tria');

    await page.reload();
    person = await opened(page);
    await expect(page.getByText(/^Typing that is in no file yet was kept/)).toContainText('desk.mailbox');
    await expect(page.getByText(/^Typing that is in no file yet was kept/)).toContainText('protocols/Triage.json');
    await person.select('desk');
    await expect(mailbox(person)).toHaveValue('-7');
    await expect(person.inspector.getByRole('alert')).toContainText('The file keeps what it had.');
    await expect(person.inspector.getByLabel('Requires', { exact: true })).toHaveValue('more: Tria');
    await openProtocol(person);
    await expect(json(person)).toContainText('"extends" [],');
    await expect(person.inspector.getByRole('alert')).toContainText('No JSON yet');
    expect({ design: read('design.json'), protocol: read('protocols/Triage.json') }).toEqual(before);

    // Mended, it is an edit; let go of, it is gone: in both cases nothing is held any more.
    await json(person).locator('.cm-line').first().click();
    await page.keyboard.press('End');
    for (let left = 0; left < '[],'.length + 1; left += 1) await page.keyboard.press('ArrowLeft');
    await page.keyboard.type(':');
    await expect.poll(() => (JSON.parse(read('protocols/Triage.json')) as { readonly extends?: unknown }).extends, PATIENCE).toEqual([]);
    await person.select('desk');
    await mailbox(person).press('Escape');
    await expect(mailbox(person)).toHaveValue('');
    await person.inspector.getByLabel('Requires', { exact: true }).fill('');
    await page.reload();
    person = await opened(page);
    await expect(page.getByText(/^Typing that is in no file yet was kept/)).toHaveCount(0);
    await person.select('desk');
    await expect(mailbox(person)).toHaveValue('');
  });

  test('the last letters before a reload are in the file, also of a name that is taken when its field is left', async () => {
    const page = await at.shell.open(at.folder);
    const person = await opened(page);
    await person.node('desk').dblclick();
    await expect(person.editor.getByRole('textbox', { name: 'Handler' })).toContainText('export const Triage', PATIENCE);
    await person.editor.getByRole('textbox', { name: 'Handler' }).click();
    await page.keyboard.press('ControlOrMeta+End');
    await page.keyboard.type('// the last letters');
    await person.inspector.getByLabel('Title', { exact: true }).fill('Front desk');
    await person.inspector.getByRole('textbox', { name: 'Name of port answers' }).fill('replies');
    await page.reload();
    await opened(page);
    await expect.poll(() => read('handlers/desk.ts'), PATIENCE).toContain('// the last letters');
    await expect.poll(() => read('design.json'), PATIENCE).toContain('"title": "Front desk"');
    await expect.poll(() => read('design.json'), PATIENCE).toContain('"desk.replies"');
  });

  test('and after the window was closed', async () => {
    test.skip(at.kind === 'served', 'a page of another server is another place to the browser, with a storage of its own');
    let person = await opened(await at.shell.open(at.folder));
    await person.select('desk');
    await mailbox(person).fill('-7');
    await expect(person.inspector.getByRole('alert')).toBeVisible();
    person = await opened(await at.shell.reopen(at.folder));
    await person.select('desk');
    await expect(mailbox(person)).toHaveValue('-7');
    await expect(person.inspector.getByRole('alert')).toContainText('The file keeps what it had.');
  });
});
