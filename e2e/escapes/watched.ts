/**
 * A child process with a canary beside it, and what it does, seen from outside: /proc for what it has, strace (where it can be had) for all
 * that it asks of the kernel, the canary's folder for what it changed there.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { differences, fingerprint } from '../hostile/observers';
import { straceCommand, Trace, whyNoStrace } from '../hostile/trace';

export const noStrace = whyNoStrace();

export type Deed = { readonly kind: 'process' | 'connection' | 'write' | 'read'; readonly what: string };

export class Watched {
  /** Stands in the file `canary` of its working folder, and in the environment of whoever starts it: no answer may hold it. */
  readonly canary = `canary-${randomUUID()}`;
  readonly child: ChildProcess;
  readonly #folder = mkdtempSync(join(tmpdir(), 'prismatic-watched-'));
  readonly #traced = mkdtempSync(join(tmpdir(), 'prismatic-traced-'));
  readonly #trace: Trace;
  #before: ReadonlyMap<string, string>;

  constructor(entry: string, flags: readonly string[]) {
    writeFileSync(join(this.#folder, 'canary'), this.canary);
    process.env['PRISMATIC_CANARY'] = this.canary;
    const file = join(this.#traced, 'strace');
    const [program = '', ...given] = straceCommand(file);
    const under = noStrace === undefined ? { execPath: `/usr/bin/${program}`, execArgv: [...given, process.execPath, ...flags] } : { execArgv: [...flags] };
    this.child = fork(entry, { ...under, cwd: this.#folder, env: { TZ: 'UTC' }, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    this.#trace = new Trace(file, [], [join(this.#folder, 'canary')]);
    this.#before = fingerprint(this.#folder);
  }

  /** What was asked for so far was its own start. */
  begin(): void {
    this.#trace.look();
    this.#before = fingerprint(this.#folder);
  }

  /** Since `begin`. Nothing, if all is well. */
  look(): readonly Deed[] {
    const changed = differences(this.#before, fingerprint(this.#folder)).map(({ what }): Deed => ({ kind: 'write', what }));
    return [...this.#trace.look(), ...changed, ...this.#children(), ...this.#sockets()];
  }

  #children(): readonly Deed[] {
    const pid = this.child.pid!;
    const named = readdirSync(`/proc/${pid}/task`).map((task) => readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim());
    return named.filter((text) => text !== '').map((text): Deed => ({ kind: 'process', what: `child ${text}` }));
  }

  #sockets(): readonly Deed[] {
    const pid = this.child.pid!;
    const inodes = readdirSync(`/proc/${pid}/fd`).flatMap((fd) => /^socket:\[(\d+)\]$/.exec(linkOf(`/proc/${pid}/fd/${fd}`))?.[1] ?? []);
    const inet = ['tcp', 'tcp6', 'udp', 'udp6'].map((table) => readFileSync(`/proc/${pid}/net/${table}`, 'utf8')).join('\n');
    return inodes.filter((inode) => new RegExp(`\\s${inode}\\s`).test(inet)).map((inode): Deed => ({ kind: 'connection', what: `socket ${inode}` }));
  }

  /** The most memory that it has had, in MB. */
  peakMb(): number {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${this.child.pid}/status`, 'utf8'))?.[1]) / 1024;
  }

  end(): void {
    this.child.kill('SIGKILL');
    for (const folder of [this.#folder, this.#traced]) rmSync(folder, { recursive: true, force: true });
  }
}

/** A file may be closed while we look. */
function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
