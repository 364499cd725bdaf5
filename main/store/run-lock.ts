/** Who holds a run file: a small file beside it with process id and start time, so that a lock of a dead process binds nobody. */
import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { z } from 'zod';
import { held } from './store-error';

const holder = z.strictObject({ pid: z.int().min(1), startedAt: z.string() });
type Holder = z.infer<typeof holder>;

const lockPath = (file: string): string => `${file}.lock`;

/** Where the system tells (Linux), a process's start in clock ticks: a process id alone may belong to somebody else by now. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function isAlive({ pid, startedAt }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, and is another user's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  const start = startOf(pid);
  return start === '' || startedAt === '' || start === startedAt;
}

/** The living holder of a file, if there is one. */
export function findHolder(file: string): Holder | undefined {
  try {
    const parsed = holder.safeParse(JSON.parse(readFileSync(lockPath(file), 'utf8')));
    return parsed.success && isAlive(parsed.data) ? parsed.data : undefined;
  } catch {
    // No lock, or one that a dying process wrote half: nobody holds the file.
    return undefined;
  }
}

export function takeLock(file: string): void {
  const living = findHolder(file);
  if (living && living.pid !== process.pid) throw held(file, `process ${living.pid}`);
  rmSync(lockPath(file), { force: true });
  const descriptor = openSync(lockPath(file), 'wx', 0o600);
  writeSync(descriptor, JSON.stringify({ pid: process.pid, startedAt: startOf(process.pid) }));
  closeSync(descriptor);
}

export const releaseLock = (file: string): void => rmSync(lockPath(file), { force: true });
