/** What the README tells, by one person, in both shells: a support desk drawn from nothing, run, broken, mended, taken away. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { Person } from './screen/person';
import { folderIn, inEachShell } from './screen/shells';
import { ANSWER, drawSupportDesk, TICKET } from './screen/support-desk';

inEachShell(undefined, (at) => {
  test('a support desk is drawn, run, sent a ticket, crashed, mended after a restart of the app, exported, and run without it', async () => {
    test.setTimeout(240_000);
    let person = new Person(await at.shell.open());
    await person.newDesign('support-desk');
    await drawSupportDesk(person);

    await person.run();
    expect(await person.send('desk', TICKET)).toContain(ANSWER);
    await person.fromMenu('billing', 'Crash');
    await expect(person.agent('billing').getByRole('cell').nth(4)).toHaveText('1', { timeout: 20_000 });
    expect(await person.send('desk', TICKET)).toContain(ANSWER);
    await person.stop();
    const dir = join(at.shell.home, 'Prismatic/support-desk');
    expect(readFileSync(join(dir, '.prismatic/out/answers.jsonl'), 'utf8')).toBe(`${JSON.stringify({ text: ANSWER })}\n`.repeat(2));

    // A mistake, and the app is closed before it is noticed.
    await person.remove('specialists');
    await person.isKept();
    person = new Person(await at.shell.reopen(dir));
    await expect(person.node('root')).toBeVisible({ timeout: 30_000 });
    await expect(person.node('billing')).toHaveCount(0);
    await person.tool('Undo').click();
    await expect(person.node('billing')).toBeVisible();
    await person.hasNoProblems();

    const target = at.kind === 'served' ? join(at.shell.home, 'support-desk-export') : folderIn(at.shell, 'support-desk-export');
    await at.shell.willChoose(target);
    await person.tool('Export').click();
    await person.dialog.getByRole('button', { name: /export/i }).last().click();
    await expect(person.dialog.getByRole('status')).toContainText('Exported to', { timeout: 30_000 });

    const line = JSON.stringify({ to: 'desk', protocol: 'Triage', operation: 'handle', input: TICKET });
    const said = execFileSync(process.execPath, [join(target, 'main.mjs'), '--json', '--input', '-', '--data-dir', join(at.shell.home, 'elsewhere')], { input: `${line}\n`, encoding: 'utf8', env: {}, cwd: at.shell.home });
    const lines = said.trim().split('\n').map((text) => JSON.parse(text) as Record<string, unknown>);
    expect(lines).toContainEqual({ type: 'reply', input: 1, ok: true, output: { text: ANSWER } });
    expect(lines.at(-1)).toMatchObject({ type: 'result', ok: true, reason: 'drained', inputs: 1, handled: 1 });
  });
});
