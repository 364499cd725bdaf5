/**
 * How busy the rest of the machine is: all cores' busy time of /proc/stat less that of this process and of its children, living
 * and ended. Times count in hundredths of a second, so a short sample is known roughly.
 */
import { readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;
/** Shorter than this, ticks say too little. */
const SHORTEST_SECONDS = 0.1;

type Reading = { readonly atMs: number; readonly busy: number; readonly own: ReadonlyMap<number, number> };

export class ForeignLoad {
  #before: Reading | undefined = read();

  /** Cores used by others since it was made or asked last. */
  sample(): number | null {
    const [before, after] = [this.#before, read()];
    this.#before = after;
    if (!before || !after) return null;
    const own = [...after.own].reduce((sum, [pid, ticks]) => sum + ticks - (before.own.get(pid) ?? ticks), 0);
    const seconds = Math.max((after.atMs - before.atMs) / 1000, SHORTEST_SECONDS);
    return Number(Math.max(0, (after.busy - before.busy - own) / TICKS_PER_SECOND / seconds).toFixed(2));
  }
}

function read(): Reading | undefined {
  try {
    const ticks = readFileSync('/proc/stat', 'utf8').split('\n')[0]!.trim().split(/\s+/).slice(1).map(Number);
    // user, nice, system, irq, softirq, steal
    const busy = [0, 1, 2, 5, 6, 7].reduce((sum, field) => sum + (ticks[field] ?? 0), 0);
    return { atMs: performance.now(), busy, own: new Map([process.pid, ...childrenOf(process.pid)].map((pid) => [pid, ticksOf(pid)])) };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Living ones: engines. */
function childrenOf(pid: number): readonly number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
}

/** Own time and that of children that have been waited for. A process that has just ended is in its parent's. */
function ticksOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ').map(Number);
    return fields[11]! + fields[12]! + fields[13]! + fields[14]!;
  } catch {
    return 0;
  }
}
