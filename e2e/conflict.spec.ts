/** A file changes under an edit that is not in it yet, at the very same place: both are shown, either can be chosen, and neither is lost. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { findObstacles } from './screen/hearing';
import { Person } from './screen/person';
import { RestlessFile } from './screen/restless-file';
import { inEachShell } from './screen/shells';

const PATIENCE = { timeout: 30_000 };

inEachShell('support-desk', (at) => {
  let page: Page;
  let person: Person;
  test.beforeEach(async () => {
    git('init', '-q', '-b', 'mine');
    git('add', '-A');
    git('commit', '-qm', 'as it came');
    git('checkout', '-qb', 'theirs');
    writeFileSync(join(at.folder, 'design.json'), read('design.json').replace('"title": "Desk"', '"title": "Theirs"'));
    writeFileSync(join(at.folder, 'handlers/desk.ts'), read('handlers/desk.ts').replace('export const Triage = {', 'export const Triage = { // theirs'));
    git('commit', '-qam', 'theirs');
    git('checkout', '-q', 'mine');
    page = await at.shell.open(at.folder);
    person = new Person(page);
    await expect(person.node('desk')).toBeVisible(PATIENCE);
    await person.select('desk');
  });

  const git = (...args: readonly string[]): string => execFileSync('git', ['-c', 'user.name=p', '-c', 'user.email=p@example.org', ...args], { cwd: at.folder, encoding: 'utf8' });
  const read = (path: string): string => readFileSync(join(at.folder, path), 'utf8');
  const title = () => person.inspector.getByLabel('Title', { exact: true });
  const conflict = () => page.getByRole('region', { name: 'Problems' }).getByRole('listitem').filter({ hasText: 'MRG001' });
  const handler = () => person.editor.getByRole('textbox', { name: 'Handler' });

  /** An edit of theirs arrives while `edit` is acknowledged and in no file. */
  async function meet(path: string, edit: () => Promise<void>): Promise<void> {
    const file = new RestlessFile(join(at.folder, path));
    try {
      await edit();
      await person.isKept();
      file.stop();
      expect(file.isWritten, `the edit was in ${path} before theirs came`).toBe(false);
      git('checkout', '-qf', 'theirs');
    } finally {
      file.stop();
    }
    await page.getByRole('tab', { name: /^Problems/ }).click();
    await expect(conflict()).toHaveCount(1, PATIENCE);
  }
  const meetTitle = (): Promise<void> => meet('design.json', () => title().fill('Mine'));

  test('both values of a field are shown; keeping theirs can be undone', async () => {
    await meetTitle();
    await expect(conflict()).toContainText('desk.title');
    await expect(conflict()).toContainText('here "Mine", there "Theirs"');
    await expect(title()).toHaveValue('Mine');
    await expect.poll(() => read('design.json'), PATIENCE).toContain('"title": "Mine"');
    // Theirs came along where nothing met it.
    expect(read('handlers/desk.ts')).toContain('// theirs');

    // It waits for an answer, also over a reload.
    await page.reload();
    await expect(person.node('desk')).toBeVisible(PATIENCE);
    await page.getByRole('tab', { name: /^Problems/ }).click();
    await expect(conflict()).toContainText('here "Mine", there "Theirs"');
    // A window has no second page for axe to work in; the Problems are the same.
    if (at.kind === 'served') expect(await findObstacles(page, 'a conflict')).toEqual([]);

    await conflict().getByRole('button', { name: 'Keep theirs' }).click();
    await expect(conflict()).toHaveCount(0);
    await person.select('desk');
    await expect(title()).toHaveValue('Theirs');
    await expect.poll(() => read('design.json'), PATIENCE).toContain('"title": "Theirs"');
    await person.tool('Undo').click();
    await expect(title()).toHaveValue('Mine');
    await expect.poll(() => read('design.json'), PATIENCE).toContain('"title": "Mine"');
  });

  test('keeping mine can be undone too: theirs is in the history', async () => {
    await meetTitle();
    await conflict().getByRole('button', { name: 'Keep mine' }).click();
    await expect(conflict()).toHaveCount(0);
    await expect(title()).toHaveValue('Mine');
    await expect.poll(() => read('design.json'), PATIENCE).toContain('"title": "Mine"');
    await person.tool('Undo').click();
    await expect(title()).toHaveValue('Theirs');
    await expect.poll(() => read('design.json'), PATIENCE).toContain('"title": "Theirs"');
    await person.tool('Redo').click();
    await expect(title()).toHaveValue('Mine');
  });

  test('two changes of one line of a handler are told where it is edited', async () => {
    await person.node('desk').dblclick();
    await expect(handler()).toContainText('export const Triage', PATIENCE);
    await meet('handlers/desk.ts', async () => {
      await handler().locator('.cm-line', { hasText: 'export const Triage' }).first().click();
      await page.keyboard.press('End');
      await page.keyboard.type(' // mine');
    });
    const bar = person.editor.getByRole('alert').filter({ hasText: 'MRG001' });
    await expect(bar).toContainText('What stands here is yours.');
    await expect(handler()).toContainText('{ // mine');
    await bar.getByRole('button', { name: 'Take theirs' }).click();
    await expect(bar).toHaveCount(0);
    await expect(handler()).toContainText('{ // theirs');
    await expect.poll(() => read('handlers/desk.ts'), PATIENCE).toContain('{ // theirs');
    await person.tool('Undo').click();
    await expect(handler()).toContainText('{ // mine');
  });

  test('a draft that the file cannot have stays when the file changes at its place', async () => {
    await person.inspector.getByLabel('Mailbox', { exact: true }).fill('-7');
    const alert = person.inspector.getByRole('alert');
    await expect(alert).toContainText('The file keeps what it had.');
    writeFileSync(join(at.folder, 'design.json'), read('design.json').replace('"title": "Desk",', '"title": "Desk",\n      "mailbox": 12,'));
    await expect(alert).toContainText('Meanwhile the file has got 12 here: Escape takes that.', PATIENCE);
    await expect(person.inspector.getByLabel('Mailbox', { exact: true })).toHaveValue('-7');
    await person.inspector.getByLabel('Mailbox', { exact: true }).press('Escape');
    await expect(person.inspector.getByLabel('Mailbox', { exact: true })).toHaveValue('12');
    await expect(alert).toHaveCount(0);
  });
});
