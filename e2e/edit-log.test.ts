/** A core that is killed while it takes edits, again and again: what it acknowledged is there, in memory and in the files. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { build } from 'vite';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SMALL_PROJECT } from '../main/core/small-project';
import { root } from './project';
import { numbers } from './numbers';

const out = join(root, 'dist/e2e-edit-log');
const CYCLES = Number(process.env['PRISMATIC_KILLS'] ?? 50);
let home = '';
let dir = '';

beforeAll(async () => {
  const input = { core: join(root, 'e2e/edit-log/core.ts'), 'workspace-worker': join(root, 'main/store/workspace-worker.ts'), 'compiler-worker': join(root, 'main/compiler/compiler-worker.ts') };
  await build({ configFile: false, logLevel: 'error', root, ssr: { noExternal: true, external: ['better-sqlite3'] }, build: { ssr: true, outDir: out, emptyOutDir: true, target: 'node22', minify: false, rolldownOptions: { input, output: { entryFileNames: '[name].js' } } } });
});
beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'prismatic-kill-')));
  dir = join(home, 'greeter');
  for (const [path, content] of SMALL_PROJECT) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), content);
  }
});
afterAll(() => rmSync(out, { recursive: true, force: true }));

class Core {
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  #said = '';
  #wake: () => void = () => undefined;

  constructor(mode: string) {
    this.#child = spawn(process.execPath, ['--no-warnings', join(out, 'core.js'), join(home, 'data'), dir, mode], { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      this.#said += text;
      this.#wake();
    });
    // `close` comes after the last byte of the pipe.
    this.#ended = new Promise((resolve) => this.#child.on('close', () => (resolve(), this.#wake())));
  }

  get lines(): readonly string[] {
    return this.#said.split('\n').slice(0, -1);
  }

  get pid(): number {
    return this.#child.pid!;
  }

  async until(beginning: string, count = 1): Promise<void> {
    while (this.lines.filter((line) => line.startsWith(beginning)).length < count) {
      if (this.#child.exitCode !== null) throw new Error(`it ended with ${this.#child.exitCode}: ${this.#said}`);
      await new Promise<void>((wake) => (this.#wake = wake));
    }
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  async end(): Promise<readonly string[]> {
    await this.#ended;
    return this.lines;
  }
}

const read = (path: string): string => readFileSync(join(dir, path), 'utf8');
const design = (): { count?: number; name: string } => JSON.parse(read('design.json')) as { count?: number; name: string };

describe('a core killed while it takes edits', () => {
  it(`${CYCLES} times at moments of seed 7: every acknowledged edit is in the document and in the files, and undo leads through all of it`, async () => {
    const random = numbers(7);
    const original = { design: JSON.stringify(JSON.parse(read('design.json'))), handler: read('handlers/greeter.ts') };
    let [acknowledged, unwritten, notAcknowledged, outside] = [0, 0, 0, 0];
    for (let cycle = 1; cycle <= CYCLES; cycle += 1) {
      const core = new Core('edit');
      await core.until('ack', 1 + Math.floor(random() * 40));
      // Somewhere between an acknowledgement, a write of the files, and the record of that write.
      await pause(random() * 200);
      await core.kill();
      acknowledged = Math.max(acknowledged, ...core.lines.filter((line) => line.startsWith('ack')).map((line) => Number(line.slice(4))));
      // Old or new, never half.
      const onDisk = design().count ?? 0;
      if (onDisk < acknowledged) unwritten += 1;
      if (cycle % 5 === 0) {
        writeFileSync(join(dir, 'design.json'), JSON.stringify({ ...design(), name: `outside-${cycle}` }));
        outside += 1;
      }
      const found = (await new Core('tell').end()).find((line) => line.startsWith('found'))?.slice(6);
      const { number, flushed, layout, name } = JSON.parse(found ?? 'null') as { number: number; flushed: boolean; layout: number; name: string };
      expect(number).toBeGreaterThanOrEqual(acknowledged);
      if (number > acknowledged) notAcknowledged += 1;
      expect({ flushed, layout, onDisk: design().count, layoutOnDisk: (JSON.parse(read('layout.json')) as { count: number }).count }).toEqual({ flushed: true, layout: number, onDisk: number, layoutOnDisk: number });
      expect(read('handlers/greeter.ts')).toBe(original.handler + Array.from({ length: number }, (_, index) => `// ${index + 1}\n`).join(''));
      if (cycle % 5 === 0) expect([name, design().name]).toEqual([`outside-${cycle}`, `outside-${cycle}`]);
      acknowledged = number;
    }
    const undone = (await new Core('undo').end()).find((line) => line.startsWith('undone'));
    expect(Number(undone?.slice(7))).toBe(acknowledged + outside + 1);
    expect(JSON.stringify(design())).toBe(original.design);
    expect(read('handlers/greeter.ts')).toBe(original.handler);
    expect(readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    // The kills did meet the moments that matter.
    expect(unwritten).toBeGreaterThan(CYCLES / 10);
    console.log(`${acknowledged} edits, ${CYCLES} kills: ${unwritten} with unwritten edits, ${notAcknowledged} with edits committed and not acknowledged, 0 lost`);
    rmSync(home, { recursive: true, force: true });
  }, 300_000);
});

describe('a second process on the same folder', () => {
  it('is told within a second who holds it, and may have it once the first is gone, also when that was killed', async () => {
    const first = new Core('hold');
    await first.until('open');
    const startedMs = performance.now();
    const second = await new Core('tell').end();
    const tookMs = performance.now() - startedMs;
    expect(second.join()).toContain(`process ${first.pid}`);
    expect(second.join()).toContain('OPN003');
    // With the start of a whole process.
    expect(tookMs).toBeLessThan(5000);
    await first.kill();
    expect((await new Core('tell').end()).join()).toContain('found');
    rmSync(home, { recursive: true, force: true });
  });
});
