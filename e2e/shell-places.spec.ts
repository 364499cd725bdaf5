/** Where the two shells differ: the clipboard, the log folder, licences, the page of a bug, a design as one file. */
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { Person } from './screen/person';
import { root } from './screen/served-studio';
import { inEachShell } from './screen/shells';
import { watchViolations } from './screen/violations';

const PATIENCE = { timeout: 30_000 };

inEachShell('word-count', (at) => {
  let page: Page;
  let person: Person;
  test.beforeEach(async () => {
    page = await at.shell.open(at.folder);
    person = new Person(page);
    await expect(person.node('totals')).toBeVisible(PATIENCE);
  });
  const children = (id: string): readonly string[] => (JSON.parse(readFileSync(join(at.folder, 'design.json'), 'utf8')) as { readonly nodes: Readonly<Record<string, { readonly children?: readonly string[] }>> }).nodes[id]?.children ?? [];

  test('nodes are copied, cut and pasted, and what else the clipboard holds is no node', async () => {
    const before = children('root');
    await person.select('totals');
    await person.node('totals').press('ControlOrMeta+c');
    await person.select('root');
    await person.node('root').press('ControlOrMeta+v');
    await expect.poll(() => children('root'), PATIENCE).toEqual([...before, 'totals-2']);
    await person.node('totals-2').press('ControlOrMeta+x');
    await expect.poll(() => children('root'), PATIENCE).toEqual(before);
    await person.node('root').press('ControlOrMeta+v');
    await expect.poll(() => children('root').length, PATIENCE).toBe(before.length + 1);
    await at.shell.copy('a secret of another program');
    await person.node('root').press('ControlOrMeta+v');
    await expect(page.getByText('The clipboard holds no nodes.')).toBeVisible();
    expect(children('root')).toHaveLength(before.length + 1);
  });

  test('a bug of ours is told, its report can be copied, and after a reload all is there', async () => {
    await person.select('totals');
    await person.fill('Title', 'Sums');
    await person.isKept();
    await person.select('root');
    // The next thing that is drawn runs into a fault.
    await page.evaluate(() => {
      Array.prototype.toSorted = () => {
        throw new Error('planted by a test');
      };
    });
    // With nothing selected the Inspector lists the files, sorted.
    await person.node('root').press('Escape');
    await expect(page.getByRole('heading', { name: 'This window has stopped at a bug of ours' })).toBeVisible(PATIENCE);
    await page.getByRole('button', { name: 'Copy report' }).click();
    await expect(page.getByRole('status').filter({ hasText: 'The report is in the clipboard.' })).toBeVisible();
    const report = await at.shell.clipboard();
    expect(report).toMatch(/^Prismatic Studio \d+\.\d+\.\d+ on \w+ \((window|browser)\)\nError: planted by a test\n/);
    expect(report.length).toBeGreaterThan(200);
    await page.getByRole('button', { name: 'Reload' }).click();
    await person.select('totals');
    await expect(person.inspector.getByLabel('Title', { exact: true })).toHaveValue('Sums');
  });

  test('the log folder is opened, or named', async () => {
    const opened = await at.shell.openedFolders();
    await person.command('open the log folder');
    await expect(page.getByText(/^Logs are in .*\/data\/logs$/)).toBeVisible();
    const logs = join(at.shell.home, 'data/logs');
    expect(statSync(logs).mode & 0o077).toBe(0);
    expect(await opened()).toEqual(at.kind === 'window' ? [logs] : []);
    if (at.kind === 'window') expect(readFileSync(join(logs, 'app.log'), 'utf8')).toMatch(/ started \d+\.\d+\.\d+ on \w+, Electron /);
  });

  test('what is shipped, and by whom, can be read', async () => {
    const violations = await watchViolations(page);
    await page.reload();
    await expect(person.node('totals')).toBeVisible(PATIENCE);
    await person.command('about prismatic');
    await expect(person.dialog).toContainText(at.kind === 'window' ? 'in a window' : 'in a browser');
    await person.dialog.getByRole('button', { name: 'Licences' }).click();
    await expect(person.dialog).toContainText('Apache License');
    for (const name of ['react', 'better-sqlite3', 'quickjs', 'SIL OPEN FONT LICENSE']) await expect(person.dialog).toContainText(name);
    expect((await person.dialog.locator('pre').innerText()).trimEnd()).toBe(readFileSync(join(root, 'NOTICES.txt'), 'utf8').trimEnd());
    expect(await violations()).toEqual([]);
  });

  test('a design goes out as one file and comes in again, beside the first', async () => {
    mkdirSync(join(at.shell.home, 'out'));
    const file = join(at.shell.home, 'out', 'shared.prismatic');
    await at.shell.willChoose(file);
    await at.shell.save(file, () => person.command('share'));
    expect(readFileSync(file).subarray(0, 2).toString()).toBe('PK');
    await person.command('close the design');
    await at.shell.upload(file, () => page.getByRole('button', { name: /^Open \.prismatic file/ }).click());
    await expect(person.node('totals')).toBeVisible(PATIENCE);
    await person.hasNoProblems();
    await person.select('totals');
    await person.fill('Title', 'Of the copy');
    await person.isKept();
    const copies = ['Prismatic/shared', 'Prismatic/word-count', 'Prismatic/word-count-2'].filter((path) => existsSync(join(at.shell.home, path)));
    expect(copies).toHaveLength(1);
    await expect.poll(() => readFileSync(join(at.shell.home, copies[0]!, 'design.json'), 'utf8'), PATIENCE).toContain('Of the copy');
    expect(readFileSync(join(at.folder, 'design.json'), 'utf8')).not.toContain('Of the copy');
  });
});
