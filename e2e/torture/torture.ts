/** Runs a design again and again, kills its core and its engine at moments drawn from a seed, and judges what is left. */
import { mkdtempSync, rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { numbers } from '../numbers';
import { ITEMS, writeTortured } from './design';
import { countOpen, judge, type Evidence, type Row } from './judge';
import { readRunFile, runFilesIn } from './read-run-file';
import { LINES, TorturedRun, untilGone } from './tortured-run';

export type Report = {
  readonly runs: number;
  readonly kills: { core: number; engine: number };
  /** Kills that met inputs without an answer or effects without one. */
  unflushed: number;
  /** Inputs and effects that were under way at the kills, in all. */
  readonly open: { inputs: number; effects: number };
  readonly inputs: number;
  readonly faults: readonly string[];
};
type Killed = { readonly file: string; readonly before: readonly Row[]; readonly evidence: Omit<Evidence, 'rows' | 'isEnded'>; readonly run: number };

export async function torture({ kills, seed }: { readonly kills: number; readonly seed: number }): Promise<Report> {
  const home = mkdtempSync(join(tmpdir(), 'prismatic-torture-'));
  try {
    return await new Torture(home, kills, seed).all();
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

class Torture {
  readonly #home: string;
  readonly #wanted: number;
  readonly #random: () => number;
  readonly #killed: Killed[] = [];
  readonly #faults: string[] = [];
  readonly #kills = { core: 0, engine: 0 };
  readonly #open = { inputs: 0, effects: 0 };
  #unflushed = 0;
  #runs = 0;
  #inputs = 0;

  constructor(home: string, kills: number, seed: number) {
    this.#home = home;
    this.#wanted = kills;
    this.#random = numbers(seed);
    writeTortured(this.#dir);
  }

  get #dir(): string {
    return join(this.#home, 'tortured');
  }
  get #dataDir(): string {
    return join(this.#home, 'data');
  }

  async all(): Promise<Report> {
    while (this.#kills.core + this.#kills.engine < this.#wanted) await this.#oneRun(true);
    // Seals what the last kill has left open.
    await this.#oneRun(false);
    for (const one of this.#killed) this.#judgeSealed(one);
    return { runs: this.#runs, kills: this.#kills, unflushed: this.#unflushed, open: this.#open, inputs: this.#inputs, faults: this.#faults };
  }

  async #oneRun(isTortured: boolean): Promise<void> {
    this.#runs += 1;
    const known = new Set(runFilesIn(this.#dataDir));
    const run = new TorturedRun({ dir: this.#dir, dataDir: this.#dataDir, outDir: join(this.#home, `out-${this.#runs}`) });
    const isCoreKilled = isTortured && (await this.#killSome(run));
    const { code } = await run.command.ended;
    const file = runFilesIn(this.#dataDir).find((name) => !known.has(name));
    const rows = file === undefined ? [] : readRunFile(file);
    const evidence = { replies: run.command.replies, ledger: run.ledger() };
    this.#countEngineKills(rows);
    if (isCoreKilled) this.#judgeKilled(file, rows, evidence);
    else this.#judgeLived(run, code, { ...evidence, rows, isEnded: true, mustHandle: LINES + ITEMS });
  }

  /** Answers whether the core was killed, which is the end of it. */
  async #killSome(run: TorturedRun): Promise<boolean> {
    for (let engines = Math.floor(this.#random() * 4); engines > 0; engines -= 1) {
      await this.#untilSomewhere(run);
      if (run.command.killEngine()) this.#kills.engine += 1;
    }
    if (this.#random() < 0.35) return false;
    await this.#untilSomewhere(run);
    const engine = run.command.enginePid();
    if (!run.command.killCore()) return false;
    this.#kills.core += 1;
    await run.command.ended;
    if (engine !== undefined && !(await untilGone(engine))) this.#say('the engine outlived its core by 10 s');
    return true;
  }

  /** Mostly in the middle of the work, sometimes while it is still starting. */
  async #untilSomewhere(run: TorturedRun): Promise<void> {
    if (this.#random() < 0.15) return pause(this.#random() * 1200);
    await run.untilReplies(run.command.replies.length + 1 + Math.floor(this.#random() * 40));
    await pause(this.#random() * 30);
  }

  #countEngineKills(rows: readonly Row[]): void {
    for (const [index, { kind, body }] of rows.entries()) if (kind === 'core.event' && body.includes('"reason":"engine: ')) this.#countOpen(rows.slice(0, index));
  }

  #countOpen(rows: readonly Row[]): void {
    const { inputs, effects } = countOpen(rows);
    this.#open.inputs += inputs;
    this.#open.effects += effects;
    if (inputs + effects > 0) this.#unflushed += 1;
  }

  #judgeKilled(file: string | undefined, before: readonly Row[], evidence: Killed['evidence']): void {
    this.#countOpen(before);
    this.#inputs += before.filter(({ kind }) => kind === 'input.acknowledged').length;
    for (const fault of judge({ ...evidence, rows: before, isEnded: false })) this.#say(`killed: ${fault}`);
    if (file !== undefined && before.length > 0) this.#killed.push({ file, before, evidence, run: this.#runs });
  }

  #judgeSealed({ file, before, evidence, run }: Killed): void {
    const rows = readRunFile(file);
    const isKept = before.every((row, index) => rows[index]?.body === row.body);
    if (!isKept) this.#faults.push(`run ${run}, sealed: rows that were on the disk are gone`);
    for (const fault of judge({ ...evidence, rows, isEnded: true })) this.#faults.push(`run ${run}, sealed: ${fault}`);
  }

  #judgeLived({ command: { result, stderr } }: TorturedRun, code: number | null, evidence: Evidence): void {
    this.#inputs += LINES + ITEMS;
    for (const fault of judge(evidence)) this.#say(fault);
    if (code !== 0 || result === undefined) return this.#say(`it ended with ${code} and ${JSON.stringify(result)}: ${stderr.slice(-500)}`);
    if (result.inputs !== LINES + ITEMS || result.dropped !== 0) this.#say(`its result is ${JSON.stringify(result)}`);
  }

  #say(fault: string): void {
    this.#faults.push(`run ${this.#runs}, ${fault}`);
  }
}
