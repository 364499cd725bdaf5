/** The command as one types it, in the real world; all cases run so by hand (main/supervision/oracle/README.md). */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const oracle = join(root, 'main/supervision/oracle');
const out = mkdtempSync(join(tmpdir(), 'prismatic-conformance-'));
afterAll(() => rmSync(out, { recursive: true, force: true }));

type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

function conformance(...args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [join(root, 'scripts/conformance.mjs'), ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (text: Buffer) => (stdout += text.toString()));
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
}

/** Each for something of its own: bursts, orphans, retries, delays, blocks, shutdowns that climb, ids that come twice. */
const CASES = ['cases/burst-one_for_all-two-crashes', 'cases/kill-sub-supervisor', 'cases/shutdown-supervisor-brutal_kill-orphans', 'cases/init-fail-rest_for_one-later', 'cases/dynamic-many-stop-block', 'cases/auto-cascade', 'more/dynamic-id-twice', 'more/burst-give-up-answers', 'more/shutdown-kill-root'];

describe('npm run conformance', () => {
  it("gives OTP's bytes for cases whose supervisors and workers live on two threads of an engine process", { timeout: 180_000 }, async () => {
    const ended = await conformance('--world', 'real', '--out', out, ...CASES.map((name) => join(oracle, `${name}.json`)));
    expect(ended).toMatchObject({ code: 0, stdout: '', stderr: '' });
    for (const name of CASES) expect(readFileSync(join(out, `${name.split('/')[1]!}.trace.jsonl`), 'utf8'), name).toBe(readFileSync(join(oracle, `${name}.trace.jsonl`), 'utf8'));
  });

  it('prints the trace of one case', { timeout: 60_000 }, async () => {
    const { code, stdout } = await conformance(join(oracle, 'cases/auto-cascade.json'));
    expect(code).toBe(0);
    expect(stdout).toBe(readFileSync(join(oracle, 'cases/auto-cascade.trace.jsonl'), 'utf8'));
  });

  it.each([
    ['no case', [], 'which case?'],
    ['a file that is no case', [join(root, 'package.json')], 'is no case'],
    ['a file that is not there', [join(out, 'nothing.json')], "can't be read: ENOENT"],
    ['an unknown world', ['--world', 'third', 'x.json'], 'virtual or real'],
    ['several cases without a folder', ['a.json', 'b.json'], '--out DIR'],
  ])('ends with 2 and a sentence for %s', { timeout: 60_000 }, async (_, args, words) => {
    const ended = await conformance(...args);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain(words);
  });
});
