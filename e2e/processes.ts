/** All processes of this machine, as /proc tells. */
import { readdirSync, readFileSync } from 'node:fs';

export type RunningProcess = { readonly pid: number; /** Its words, with a space between. */ readonly command: string };

export const listProcesses = (): readonly RunningProcess[] =>
  readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
    try {
      return [{ pid: Number(pid), command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() }];
    } catch {
      return []; // It has ended meanwhile.
    }
  });
