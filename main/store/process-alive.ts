/** Tells a living process from a dead one whose id somebody else may have by now. */
import { readFileSync } from 'node:fs';

/** `token` tells apart two cores in one process. */
export type ProcessMark = { readonly pid: number; readonly startedAt: string; readonly token: string };

/** Where the system tells (Linux), a process's start in clock ticks. */
export function processStart(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    // No such file system, or no such process.
    return '';
  }
}

export function isProcessAlive({ pid, startedAt }: Pick<ProcessMark, 'pid' | 'startedAt'>): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, and is another user's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  const start = processStart(pid);
  return start === '' || startedAt === '' || start === startedAt;
}
