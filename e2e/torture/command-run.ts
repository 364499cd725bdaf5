/** `prismatic run` as it ships, fed by lines of its standard input, whose processes can be killed and stopped. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { root } from '../project';
import type { Reply } from './judge';

const LONGEST_RUN_MS = 300_000;

export type Result = { readonly ok: boolean; readonly inputs: number; readonly handled: number; readonly failed: number; readonly dropped: number };
export type Message = { readonly to: string; readonly protocol: string; readonly operation: string; readonly input: unknown };

export class CommandRun {
  readonly replies: Reply[] = [];
  result: Result | undefined;
  stderr = '';
  sent = 0;
  readonly ended: Promise<{ readonly code: number | null }>;
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (reply: Reply) => void>();
  /** After each line that the run prints. */
  onLine: () => void = () => undefined;

  constructor(dir: string, flags: readonly string[]) {
    this.#child = spawn(process.execPath, ['--no-warnings', join(root, 'dist/core/cli.js'), 'run', dir, '--input', '-', '--json', ...flags], { stdio: ['pipe', 'pipe', 'pipe'] });
    const limit = setTimeout(() => this.killCore(), LONGEST_RUN_MS);
    this.ended = new Promise((resolve) => {
      this.#child.on('close', (code) => {
        clearTimeout(limit);
        resolve({ code });
      });
    });
    this.#child.stdin!.on('error', () => undefined);
    this.#child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    createInterface({ input: this.#child.stdout! }).on('line', (line) => this.#hear(line));
  }

  #hear(line: string): void {
    const said = JSON.parse(line) as { readonly type: string };
    if (said.type === 'reply') this.#take(said as unknown as Reply);
    if (said.type === 'result') this.result = said as unknown as Result;
    this.onLine();
  }

  #take(reply: Reply): void {
    this.replies.push(reply);
    this.#waiting.get(reply.input)?.(reply);
    this.#waiting.delete(reply.input);
  }

  send(message: Message): void {
    this.sent += 1;
    this.#child.stdin!.write(`${JSON.stringify(message)}\n`);
  }

  ask(message: Message): Promise<Reply> {
    this.send(message);
    return new Promise((resolve) => this.#waiting.set(this.sent, resolve));
  }

  endInput(): void {
    this.#child.stdin!.end();
  }

  get isOver(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
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
    return pid !== undefined && signal(pid, 'SIGKILL');
  }

  killCore(): boolean {
    return !this.isOver && signal(this.#child.pid!, 'SIGKILL');
  }

  /** To core and engine both. */
  signalAll(name: 'SIGSTOP' | 'SIGCONT'): void {
    for (const pid of [this.#child.pid, this.enginePid()]) if (pid !== undefined) signal(pid, name);
  }
}

function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    process.kill(pid, name);
    return true;
  } catch {
    return false;
  }
}
