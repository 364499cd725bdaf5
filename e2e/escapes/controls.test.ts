/**
 * What each bound is good for: with fuel, the memory maximum or the heartbeat switched off one by one, the attempts that it holds
 * get through. Without these, a suite in which nothing ever happens would look like one in which everything is held.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GuestOutcome } from '../../main/behaviours/guest';
import type { Limits } from '../../main/runtime/sandbox/limits';

const attempts = JSON.parse(readFileSync(new URL('attempts.json', import.meta.url), 'utf8')) as readonly { readonly name: string; readonly code: string }[];
const root = fileURLToPath(new URL('../../', import.meta.url));
/** Longer than any turn under fuel takes, also on a loaded machine. */
const PATIENCE_MS = 4000;
const MEGABYTE = 1024 * 1024;

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'prismatic-controls-'));
  await build({
    root, configFile: false, logLevel: 'error', ssr: { noExternal: true },
    build: { ssr: join(root, 'e2e/escapes/sandbox-thread.ts'), outDir: folder, target: 'node18', minify: false, rolldownOptions: { output: { entryFileNames: 'thread.mjs' } } },
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

type End = { readonly outcome: GuestOutcome; readonly residentBytes: number } | 'still running';

/** How the attempt ended within the given time after its start; the thread is ended in any case, and that works. */
async function play(name: string, limits: Partial<Limits> = {}, patienceMs = PATIENCE_MS): Promise<End> {
  const attempt = attempts.find((one) => one.name === name)!;
  const code = `({ Probe: { async attack(msg, self) {\n${attempt.code}\n} } })`;
  const worker = new Worker(join(folder, 'thread.mjs'), { workerData: { code, limits }, env: {}, resourceLimits: { maxOldGenerationSizeMb: 64 } });
  try {
    return await new Promise<End>((resolve, reject) => {
      worker.on('error', reject);
      worker.on('message', (message: { readonly started: true } | Exclude<End, string>) => {
        if ('outcome' in message) resolve(message);
        else setTimeout(() => resolve('still running'), patienceMs);
      });
    });
  } finally {
    await worker.terminate();
  }
}

const NO_FUEL: Partial<Limits> = { fuel: Number.MAX_SAFE_INTEGER, jobs: Number.MAX_SAFE_INTEGER };
const NO_MEMORY_CAP: Partial<Limits> = { memoryPages: 8192 };

describe('fuel', () => {
  it.each(['loop-microtask', 'loop-after-return', 'hostile-throw-loop'])('holds %s, and nothing else does', async (name) => {
    expect(await play(name)).toMatchObject({ outcome: { status: 'faulted', reason: 'fuel' } });
    expect(await play(name, NO_FUEL, 1500)).toBe('still running');
  });
});

describe('the memory maximum', () => {
  it.each(['mem-arraybuffer', 'mem-resizable'])('holds %s, and nothing else does', async (name) => {
    const held = await play(name);
    expect(held).toMatchObject({ outcome: { status: 'faulted', reason: 'memory' } });
    // Half a gigabyte is filled, which on a loaded machine takes its time.
    const free = await play(name, NO_MEMORY_CAP, 60_000);
    expect(bytesOf(free) - bytesOf(held)).toBeGreaterThan(200 * MEGABYTE);
  }, 120_000);
});

const bytesOf = (end: End): number => (end === 'still running' ? Number.NaN : end.residentBytes);

describe('the heartbeat', () => {
  it.each(['loop-native-indexof', 'loop-native-includes', 'loop-native-reverse'])('is what ends %s: fuel does not see it, and the thread can be ended', async (name) => {
    expect(await play(name, {}, 1500)).toBe('still running');
  });
});
