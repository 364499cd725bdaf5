/** One run of the command line, fed line by line, whose processes can be killed. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { root } from '../project';
import type { Reply } from './judge';

export const LINES = 200;
/** Lines that wait for an answer: enough that a kill meets work under way, few enough that the run lasts. */
const IN_FLIGHT = 24;
const TARGETS = ['route', 'near', 'far'];
const LONGEST_RUN_MS = 120_000;

export type Result = { readonly ok: boolean; readonly inputs: number; readonly handled: number; readonly failed: number; readonly dropped: number };

export class TorturedRun {
  readonly replies: Reply[] = [];
  readonly outDir: string;
  result: Result | undefined;
  stderr = '';
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>;
  readonly #child: ChildProcess;
  #sent = 0;

  constructor({ dir, dataDir, outDir }: { readonly dir: string; readonly dataDir: string; readonly outDir: string }) {
    this.outDir = outDir;
    const args = ['--no-warnings', join(root, 'dist/core/cli.js'), 'run', dir, '--input', '-', '--json', '--data-dir', dataDir, '--out', outDir];
    this.#child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    const limit = setTimeout(() => this.killCore(), LONGEST_RUN_MS);
    this.ended = new Promise((resolve) => {
      this.#child.on('close', (code, signal) => {
        clearTimeout(limit);
        resolve({ code, signal });
      });
    });
    this.#child.stdin!.on('error', () => undefined);
    this.#child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    createInterface({ input: this.#child.stdout! }).on('line', (line) => this.#hear(line));
    this.#feed();
  }

  #hear(line: string): void {
    const said = JSON.parse(line) as { readonly type: string };
    if (said.type === 'reply') this.replies.push(said as unknown as Reply);
    if (said.type === 'result') this.result = said as unknown as Result;
    this.#feed();
  }

  #feed(): void {
    const { stdin } = this.#child;
    while (this.#sent < LINES && this.#sent - this.replies.length < IN_FLIGHT) {
      this.#sent += 1;
      stdin!.write(`${JSON.stringify({ to: TARGETS[this.#sent % TARGETS.length], protocol: 'Work', operation: 'do', input: { id: `line-${this.#sent}` } })}\n`);
    }
    if (this.#sent === LINES) stdin!.end();
  }

  get isOver(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  async untilReplies(count: number): Promise<void> {
    while (!this.isOver && this.replies.length < count) await pause(2);
  }

  /** The engine is the core's only child. */
  enginePid(): number | undefined {
    const file = `/proc/${this.#child.pid}/task/${this.#child.pid}/children`;
    if (this.isOver || !existsSync(file)) return undefined;
    const [pid] = readFileSync(file, 'utf8').trim().split(' ').filter(Boolean).map(Number);
    return pid;
  }

  /** Answers whether there was one to kill. */
  killEngine(): boolean {
    const pid = this.enginePid();
    return pid !== undefined && kill(pid);
  }

  killCore(): boolean {
    return !this.isOver && kill(this.#child.pid!);
  }

  ledger(): readonly string[] {
    const file = join(this.outDir, 'ledger.jsonl');
    return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter((line) => line !== '') : [];
  }
}

function kill(pid: number): boolean {
  try {
    process.kill(pid, 'SIGKILL');
    return true;
  } catch {
    return false;
  }
}

export async function untilGone(pid: number): Promise<boolean> {
  for (let rounds = 0; rounds < 1000; rounds += 1) {
    if (!existsSync(`/proc/${pid}`)) return true;
    await pause(10);
  }
  return false;
}
