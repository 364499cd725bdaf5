/** The last line of CI counts every suite, and is red for what a count alone would hide. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const home = mkdtempSync(join(tmpdir(), 'ci-summary-'));
afterAll(() => rmSync(home, { recursive: true }));

const vitest = (passed: number, failed: number, files: readonly object[] = [{ name: 'a.test.ts', status: 'passed', assertionResults: [{ status: 'passed' }] }]): object => ({ numPassedTests: passed, numFailedTests: failed, testResults: files });
type Spec = { readonly status: string; readonly reason?: string };
const playwright = (specs: readonly Spec[], errors: readonly object[] = []): object => ({
  stats: { expected: specs.filter(({ status }) => status === 'expected').length, unexpected: specs.filter(({ status }) => status === 'unexpected').length, flaky: 0, skipped: 0 },
  errors,
  suites: [{ file: 'x.spec.ts', specs: [], suites: [{ specs: specs.map(({ status, reason }) => ({ tests: [{ status, annotations: reason === undefined ? [] : [{ type: 'skip', description: reason }] }] })) }] }],
});

function summary(...suites: readonly (readonly [object | undefined, number])[]): { readonly code: number | null; readonly lines: readonly string[] } {
  const args = suites.map(([report, code], index) => {
    const file = join(home, `${index}.json`);
    rmSync(file, { force: true });
    if (report) writeFileSync(file, JSON.stringify(report));
    return `${file}=${code}`;
  });
  const { status, stdout } = spawnSync(process.execPath, [fileURLToPath(new URL('ci-summary.mjs', import.meta.url)), ...args], { encoding: 'utf8' });
  return { code: status, lines: stdout.trim().split('\n') };
}

describe('the last line', () => {
  it('adds up all suites', () => expect(summary([vitest(3, 0), 0], [playwright([{ status: 'expected' }, { status: 'expected' }]), 0])).toEqual({ code: 0, lines: ['5 passed, 0 failed'] }));

  it.each<[string, readonly (readonly [object | undefined, number])[], string]>([
    ['a test failed', [[vitest(2, 1), 1]], '2 passed, 1 failed'],
    ['a test on the screen failed', [[vitest(2, 0), 0], [playwright([{ status: 'unexpected' }]), 1]], '2 passed, 1 failed'],
    ['there is no report', [[vitest(2, 0), 0], [undefined, 1]], '2 passed, 1 failed'],
    ['a file collected nothing', [[vitest(2, 0, [{ name: 'a.test.ts', status: 'failed', assertionResults: [] }]), 1]], '2 passed, 1 failed'],
    ['a file of the screen collected nothing', [[vitest(2, 0), 0], [playwright([]), 0]], '2 passed, 1 failed'],
    ['a file could not be loaded', [[vitest(2, 0), 0], [playwright([{ status: 'expected' }], [{ message: 'SyntaxError\nat' }]), 1]], '3 passed, 1 failed'],
    ['a command failed though its tests passed', [[vitest(2, 0), 1]], '2 passed, 1 failed'],
    ['nothing passed at all', [[playwright([{ status: 'skipped', reason: 'no display' }]), 0]], '0 passed, 0 failed'],
  ])('is red where %s', (_, suites, last) => {
    const { code, lines } = summary(...suites);
    expect([code, lines.at(-1)]).toEqual([1, last]);
  });

  it('comes after what failed, and after what failed first, with their words', () => {
    const file = { name: join(process.cwd(), 'a.test.ts'), status: 'failed', assertionResults: [{ fullName: 'adds', status: 'failed', failureMessages: ['\u001b[31mexpected 1 to be 2\u001b[39m\n    at a.test.ts:3\n    at node_modules/vitest/x.js'] }, { fullName: 'waits', status: 'passed', failureMessages: ['late'] }, { fullName: 'is', status: 'passed', failureMessages: [] }] };
    const spec = { title: 'opens', tests: [{ status: 'flaky', annotations: [], results: [{ error: { message: 'not there' } }, {}] }] };
    const screen = { stats: { expected: 0, unexpected: 0, flaky: 1 }, errors: [], suites: [{ file: 'x.spec.ts', specs: [spec], suites: [] }] };
    expect(summary([vitest(2, 1, [file]), 1], [screen, 0])).toEqual({
      code: 1,
      lines: ['failed: a.test.ts › adds', '    expected 1 to be 2', '        at a.test.ts:3', 'passed only at another try: a.test.ts › waits', '    late', 'passed only at another try: x.spec.ts › opens', '    not there', '3 passed, 1 failed'],
    });
  });

  it('comes after what was skipped, and why', () => expect(summary([vitest(1, 0), 0], [playwright([{ status: 'skipped', reason: 'no display' }, { status: 'skipped', reason: 'no display' }]), 0]).lines).toEqual(['x.spec.ts: 2 skipped: no display', '1 passed, 0 failed']));
});
