import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { join } from 'node:path';
import { CommandRun } from './command-run';

export const LINES = 200;
/** Lines that wait for an answer: enough that a kill meets work under way, few enough that the run lasts. */
const IN_FLIGHT = 24;
const TARGETS = ['route', 'near', 'far'];

/** One run of the tortured design, fed as fast as it answers. */
export class TorturedRun {
  readonly command: CommandRun;
  readonly outDir: string;

  constructor({ dir, dataDir, outDir }: { readonly dir: string; readonly dataDir: string; readonly outDir: string }) {
    this.outDir = outDir;
    this.command = new CommandRun(dir, ['--data-dir', dataDir, '--out', outDir]);
    this.command.onLine = () => this.#feed();
    this.#feed();
  }

  #feed(): void {
    const { command } = this;
    while (command.sent < LINES && command.sent - command.replies.length < IN_FLIGHT) {
      const number = command.sent + 1;
      command.send({ to: TARGETS[number % TARGETS.length]!, protocol: 'Work', operation: 'do', input: { id: `line-${number}` } });
    }
    if (command.sent === LINES) command.endInput();
  }

  async untilReplies(count: number): Promise<void> {
    while (!this.command.isOver && this.command.replies.length < count) await pause(2);
  }

  ledger(): readonly string[] {
    const file = join(this.outDir, 'ledger.jsonl');
    return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter((line) => line !== '') : [];
  }
}

export async function untilGone(pid: number): Promise<boolean> {
  for (let rounds = 0; rounds < 1000; rounds += 1) {
    if (!existsSync(`/proc/${pid}`)) return true;
    await pause(10);
  }
  return false;
}
