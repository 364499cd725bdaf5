/** The Studio as `prismatic serve` gives it, with a data folder of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** A copy of an example in a home, without what runs have left in it. */
export function copyExample(home: string, name: string): string {
  const project = join(home, name);
  cpSync(join(root, 'assets/examples', name), project, { recursive: true, filter: (path) => !path.includes('.prismatic') });
  return project;
}

/** `under`: a program that starts the server and watches it, and its arguments. */
export type ServedWith = { readonly under?: readonly string[]; readonly env?: Readonly<Record<string, string>> };

export class ServedStudio {
  readonly home = mkdtempSync(join(tmpdir(), 'prismatic-served-'));
  readonly #with: ServedWith;
  #child: ChildProcess | undefined;
  port = 0;

  constructor(options: ServedWith = {}) {
    this.#with = options;
  }

  get pid(): number {
    return this.#child!.pid!;
  }

  /** Answers the link that opens one page. A second start listens where the first did. */
  async start(...args: readonly string[]): Promise<string> {
    const port = this.port === 0 ? [] : ['--port', String(this.port)];
    // A home of its own: what a page browses is not the developer's.
    const [program, ...before] = [...(this.#with.under ?? []), process.execPath];
    const child = spawn(program, [...before, '--no-warnings', join(root, 'dist/core/cli.js'), 'serve', '--data-dir', join(this.home, 'data'), ...port, ...args], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...this.#with.env, HOME: this.home } });
    this.#child = child;
    for await (const line of createInterface({ input: child.stdout })) {
      const link = /^listening (http:\/\/127\.0\.0\.1:(\d+)\/#code=\S+)$/.exec(line);
      if (!link) continue;
      this.port = Number(link[2]);
      return link[1]!;
    }
    throw new Error('the server ended without listening');
  }

  /** Answers its exit code. */
  async stop(signal: NodeJS.Signals = 'SIGINT'): Promise<number | null> {
    const child = this.#child;
    if (!child || child.exitCode !== null) return child?.exitCode ?? null;
    const ended = once(child, 'exit') as Promise<[number | null]>;
    child.kill(signal);
    return (await ended)[0];
  }

  async remove(): Promise<void> {
    await this.stop('SIGKILL');
    rmSync(this.home, { recursive: true, force: true });
  }
}
