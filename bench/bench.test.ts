/** The command as one types it, small: that everything it measures runs, and that it writes what it says. Times are asserted nowhere. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'prismatic-bench-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const side = z.strictObject({ name: z.string().min(1), samples: z.array(z.object({ round: z.int(), value: z.number().positive(), foreign: z.number().min(0).nullable() })).min(1) });
const results = z.object({
  format: z.literal('prismatic-bench/1'),
  quick: z.literal(true),
  absent: z.array(z.object({ topic: z.string(), what: z.string() })),
  results: z.array(z.object({ id: z.string(), topic: z.string(), kind: z.enum(['built-in', 'sandboxed', 'native', 'system']), journal: z.enum(['off', 'memory', 'durable']), ours: side, limits: z.array(side).min(1) })),
});

type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

function bench(...args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [join(root, 'scripts/bench.mjs'), ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (text: Buffer) => (stdout += text.toString()));
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
}

describe('npm run bench -- --quick', () => {
  it('measures every topic, prints a row for each figure and writes all samples', { timeout: 300_000 }, async () => {
    const file = join(folder, 'all.json');
    const { code, stdout, stderr } = await bench('--quick', '--out', file);
    expect(code, stderr).toBe(0);
    const written = results.parse(JSON.parse(readFileSync(file, 'utf8')));
    const ids = written.results.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...new Set(written.results.map(({ topic }) => topic))]).toEqual(['messages', 'guards', 'hosts', 'processes', 'restarts', 'host-loss', 'journal', 'compiler']);
    expect(stdout.split('\n').filter((line) => line.startsWith('| '))).toHaveLength(ids.length + 2);
  });

  it('says which topics there are, where one is asked for that is not', async () => {
    const { code, stderr } = await bench('--quick', 'mesages');
    expect(code).toBe(2);
    expect(stderr).toContain('no topic mesages: there are messages, guards, hosts');
  });
});
