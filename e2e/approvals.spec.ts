/** A person is asked by a run, and answers in Approvals: by the form, by the keyboard, with a declared error. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { findObstacles } from './screen/hearing';
import { Person } from './screen/person';
import { root, ServedStudio } from './screen/served-studio';
import { watchViolations } from './screen/violations';

const PATIENCE = { timeout: 90_000 };
const DESIGN = {
  format: 'prismatic/1', name: 'asked', root: 'root',
  nodes: {
    root: { kind: 'supervisor', strategy: 'one_for_one', maxRestarts: 3, maxSeconds: 10, children: ['editor', 'desk'] },
    editor: { kind: 'human', question: 'Is this report good enough to be sent?', deadlineMs: 3_600_000, provides: ['Approval'] },
    desk: { kind: 'agent', behaviour: { type: 'code', file: 'handlers/desk.ts' }, provides: ['Report'], requires: { ask: 'Approval' } },
  },
  wires: [{ from: 'desk.ask', to: 'editor', guards: [{ kind: 'timeout', ms: 3_600_000 }] }],
};
const report = { type: 'object', properties: { title: { type: 'string' }, body: { type: 'string' } }, required: ['title', 'body'], additionalProperties: false };
const verdict = { type: 'object', properties: { approved: { type: 'boolean' }, note: { type: 'string' } }, required: ['approved'], additionalProperties: false };

let studio: ServedStudio;
let folder: string;
test.beforeEach(() => {
  test.setTimeout(300_000);
  studio = new ServedStudio();
  folder = join(studio.home, 'asked');
  for (const name of ['handlers', 'protocols']) mkdirSync(join(folder, name), { recursive: true });
  const write = (path: string, value: object): void => writeFileSync(join(folder, path), `${JSON.stringify(value, null, 2)}\n`);
  write('design.json', DESIGN);
  write('protocols/Approval.json', { operations: { review: { kind: 'call', input: report, output: verdict, errors: ['NotNow'] } } });
  write('protocols/Report.json', { operations: { send: { kind: 'cast', input: report } } });
  writeFileSync(join(folder, 'handlers/desk.ts'), "export const Report = { async send(input, self) {\n  const answer = await self.use.ask.review(input)\n  self.log.info('decided ' + JSON.stringify(answer))\n} }\n");
});
test.afterEach(() => studio.remove());

test('a request waits, is read, and is approved with a note by the keyboard', async ({ page }) => {
  page.setDefaultTimeout(60_000);
  await page.setViewportSize({ width: 1440, height: 900 });
  const violations = await watchViolations(page);
  await page.goto(await studio.start('--project', folder));
  const person = new Person(page);
  await expect(person.node('editor')).toBeVisible(PATIENCE);
  await page.getByRole('tab', { name: /^Approvals/ }).click();
  await expect(page.getByRole('region', { name: 'Approvals' })).toContainText('Not running');
  await person.run();
  await person.send('desk', { title: 'Rivers', body: 'Long and wide.' });
  await page.getByRole('button', { name: '1 request waits for you' }).click(PATIENCE);
  const approvals = page.getByRole('region', { name: 'Approvals' });
  const request = approvals.getByRole('form', { name: 'Request of editor' });
  await expect(request).toContainText('Is this report good enough to be sent?');
  await expect(request).toContainText('Rivers');
  await expect(approvals.getByRole('list', { name: 'Requests' })).toContainText(/59:\d\d|1 h 00/);
  expect(await findObstacles(page, 'Approvals', '.approvals')).toEqual([]);
  mkdirSync(join(root, 'coverage/screens'), { recursive: true });
  await page.screenshot({ path: join(root, 'coverage/screens/light-approvals.png'), animations: 'disabled' });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.screenshot({ path: join(root, 'coverage/screens/dark-approvals.png'), animations: 'disabled' });
  await page.emulateMedia({ colorScheme: 'light' });

  await request.getByRole('button', { name: 'set' }).click();
  await request.getByLabel('note', { exact: true }).fill('fine');
  await request.getByRole('switch', { name: 'approved' }).check();
  await request.getByLabel('note', { exact: true }).press('Control+Enter');
  await expect(approvals).toContainText('Nobody asks you anything', PATIENCE);
  await page.getByRole('tab', { name: 'Run', exact: true }).click();
  await page.getByRole('tab', { name: 'Logs' }).click();
  await expect(page.getByRole('table', { name: 'Events' })).toContainText('decided {"approved":true,"note":"fine"}', PATIENCE);

  // Two more: one refused with a click, one with the declared error.
  await person.send('desk', { title: 'Lakes', body: 'Flat.' });
  await page.getByRole('tab', { name: /^Approvals/ }).click();
  await request.getByRole('button', { name: 'Refuse' }).click(PATIENCE);
  await expect(approvals).toContainText('Nobody asks you anything', PATIENCE);
  await person.send('desk', { title: 'Seas', body: 'Wet.' });
  await request.getByRole('button', { name: 'NotNow' }).click(PATIENCE);
  await expect(approvals).toContainText('Nobody asks you anything', PATIENCE);
  await page.getByRole('tab', { name: 'Run', exact: true }).click();
  await page.getByRole('tab', { name: 'Logs' }).click();
  await expect(page.getByRole('table', { name: 'Events' })).toContainText('"approved":false', PATIENCE);
  expect(await violations()).toEqual([]);
});
