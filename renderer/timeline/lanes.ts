/** Where the marks of a journal stand on the Timeline: pure, and bounded by the width, not by the number of records. */
import type { JournalRecord } from '../../shared/journal/record';

export type LaneName = 'Faults' | 'Restarts' | 'Crashes' | 'Inputs' | 'Outputs' | 'Failures' | 'Expectations';
/** `cursor`: the record after which the mark is seen. `count`: how many records share the mark's pixel column. */
export type Mark = { readonly x: number; readonly cursor: number; readonly label: string; readonly count: number };
export type Lane = { readonly name: LaneName; readonly marks: readonly Mark[]; readonly total: number };

const LANES: readonly { readonly name: LaneName; readonly label: (record: JournalRecord) => string | undefined }[] = [
  { name: 'Faults', label: (record) => (record.type === 'fault.injected' ? `${record.kind} ${record.target}` : undefined) },
  { name: 'Crashes', label: (record) => (record.type === 'process.exited' && !/^(normal|shutdown|\{shutdown)/.test(record.reason) ? `${record.node}: ${record.reason}` : record.type === 'host.lost' ? `host ${record.reason}` : undefined) },
  { name: 'Restarts', label: (record) => (record.type === 'supervisor.restarting' ? `${record.node} restarts ${record.scope.join(', ')}` : record.type === 'supervisor.gaveUp' ? `${record.node} gave up` : undefined) },
  { name: 'Inputs', label: (record) => (record.type === 'input.received' ? `${record.node} #${record.id}` : undefined) },
  { name: 'Outputs', label: (record) => (record.type === 'output.emitted' ? record.node : record.type === 'effect.settled' ? record.key : undefined) },
  { name: 'Failures', label: (record) => (record.type === 'call.failed' ? `${record.from} → ${record.to}: ${record.code}` : record.type === 'message.dropped' ? `${record.node}: ${record.reason}` : undefined) },
  { name: 'Expectations', label: (record) => (record.type === 'expectation.failed' ? record.name : undefined) },
];

/** Time of the axis's end: a little after the last record. */
export const spanOf = (records: readonly JournalRecord[]): number => Math.max(1, (records.at(-1)?.atMs ?? 0) * 1.02);

export function layLanes(records: readonly JournalRecord[], width: number): readonly Lane[] {
  const span = spanOf(records);
  return LANES.map(({ name, label }) => {
    const columns = new Map<number, Mark>();
    let total = 0;
    records.forEach((record, index) => {
      const words = label(record);
      if (words === undefined) return;
      total += 1;
      const x = Math.round((record.atMs / span) * width);
      const known = columns.get(x);
      columns.set(x, known ? { ...known, count: known.count + 1 } : { x, cursor: index + 1, label: words, count: 1 });
    });
    return { name, marks: [...columns.values()], total };
  }).filter(({ name, total }) => total > 0 || name === 'Faults' || name === 'Restarts');
}

/** The cursor at a place of the axis: all records up to that time have happened. Binary search, since records are in order of time. */
export function cursorAt(records: readonly JournalRecord[], atMs: number): number {
  let [low, high] = [0, records.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (records[middle]!.atMs <= atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The next record after the cursor, or the one before it, that is of a type. */
export function findFrom(records: readonly JournalRecord[], cursor: number, isWanted: (record: JournalRecord) => boolean): number | undefined {
  const index = records.findIndex((record, at) => at >= cursor && isWanted(record));
  return index < 0 ? undefined : index + 1;
}

const STEPS = [1, 2, 5] as const;
/** Ticks of an axis: round times, at least `leastPx` apart. */
export function ticksOf(spanMs: number, width: number, leastPx = 90): readonly number[] {
  const least = (spanMs * leastPx) / Math.max(1, width);
  const power = 10 ** Math.floor(Math.log10(Math.max(least, 1e-9)));
  const step = [...STEPS, 10].map((factor) => factor * power).find((one) => one >= least)!;
  return Array.from({ length: Math.floor(spanMs / step) + 1 }, (_, index) => Math.round(index * step * 1000) / 1000);
}

export const wordTick = (ms: number): string => (ms >= 1000 || ms === 0 ? `${Math.round(ms / 100) / 10} s` : `${Math.round(ms)} ms`);
