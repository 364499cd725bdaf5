/**
 * What the kernel was asked for, as strace saw it: every process, every connection, every change of the file system, of all threads from the
 * first moment on. Where there is no strace, /proc and the files themselves still tell, and the test says that it went without.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const CALLS = [
  'execve', 'execveat', 'fork', 'vfork', 'clone', 'clone3',
  'connect', 'sendto', 'sendmsg', 'sendmmsg',
  'open', 'openat', 'openat2', 'creat', 'truncate', 'rename', 'renameat', 'renameat2', 'unlink', 'unlinkat', 'mkdir', 'mkdirat', 'rmdir', 'symlink', 'symlinkat', 'link', 'linkat', 'mknod', 'mknodat', 'chmod', 'fchmodat', 'chown', 'fchownat', 'utimensat', 'setxattr',
];

/** As a grandchild, so that the server is our own child and gets our signals; names are never cut short. */
export const straceCommand = (file: string): readonly string[] => ['strace', '-D', '-f', '--seccomp-bpf', '-qq', '-s', '4096', '-e', 'signal=none', '-e', `trace=${CALLS.join(',')}`, '-o', file];

/** Why there is no strace, or nothing. */
export function whyNoStrace(): string | undefined {
  if (process.platform !== 'linux') return `${process.platform} has no strace`;
  const tried = spawnSync('strace', ['-D', '-f', '--seccomp-bpf', '-qq', '-e', 'trace=execve', '-o', '/dev/null', 'true'], { encoding: 'utf8' });
  return tried.status === 0 ? undefined : (tried.error?.message ?? tried.stderr.trim());
}

export type Traced = { readonly kind: 'process' | 'connection' | 'write'; readonly what: string };

export class Trace {
  readonly #file: string;
  readonly #mayWrite: readonly string[];
  #read = 0;

  /** `mayWrite`: folders in which changes are no matter. */
  constructor(file: string, mayWrite: readonly string[]) {
    this.#file = file;
    this.#mayWrite = mayWrite;
  }

  /** What is new since the last look. */
  look(): readonly Traced[] {
    if (!existsSync(this.#file)) return [];
    const text = readFileSync(this.#file, 'utf8');
    const end = text.lastIndexOf('\n') + 1;
    const lines = text.slice(this.#read, end).split('\n');
    this.#read = end;
    return lines.flatMap((line) => this.#judge(line) ?? []);
  }

  #judge(line: string): Traced | undefined {
    // `<pid> name(arguments...`; the second half of a call that another thread interrupted says nothing new.
    const [, name, given] = /^\d+ +([a-z0-9_]+)\((.*)$/.exec(line) ?? [];
    if (name === undefined || given === undefined) return undefined;
    if (/^(execve|execveat|fork|vfork)$/.test(name)) return { kind: 'process', what: line };
    if (name.startsWith('clone')) return given.includes('CLONE_THREAD') ? undefined : { kind: 'process', what: line };
    if (name === 'connect') return { kind: 'connection', what: line };
    if (name.startsWith('send')) return given.includes('sa_family') ? { kind: 'connection', what: line } : undefined;
    if (name.startsWith('open') && !/O_WRONLY|O_RDWR|O_CREAT|O_TRUNC/.test(given)) return undefined;
    return pathsIn(given).every((path) => this.#mayWrite.some((folder) => path === folder || path.startsWith(`${folder}/`))) ? undefined : { kind: 'write', what: line };
  }
}

/** The texts in quotation marks before the answer. A relative one is in no folder, and so in none that is allowed. */
function pathsIn(given: string): readonly string[] {
  const paths = [...given.replace(/\) += .*$/, '').matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, path]) => path!);
  return paths.length === 0 ? [''] : paths;
}
