import { fc, it } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { JournalChunk, JournalHeader, JournalRecord } from '../../../shared/journal/record';
import { JournalMerge } from '../../store/journal-merge';
import type { CoreEvent, RowName } from '../../store/run-store';
import type { OpenedRunStore } from '../../store/store-client';
import { LiveJournal, MOST_RECORDS_AT_ONCE } from './live-journal';

type Written = { readonly chunk: JournalChunk } | { readonly event: CoreEvent };

/** A store that keeps rows in memory, under the names by which the real one finds them. */
function memoryStore(): OpenedRunStore {
  const rows = new Map<string, string>();
  const nameOf = ({ kind, stream, version }: RowName): string => `${kind} ${stream} ${version}`;
  let events = 0;
  const store = {
    appendChunk: (chunk: JournalChunk) => Promise.resolve(void rows.set(nameOf({ kind: 'chunk', stream: `${chunk.host}#${chunk.life}`, version: chunk.first }), chunk.text)),
    appendCoreEvent: (event: CoreEvent) => Promise.resolve(void rows.set(nameOf({ kind: 'core.event', stream: 'core', version: (events += 1) }), JSON.stringify(event))),
    readRows: (of: readonly RowName[]) => Promise.resolve(of.map((name) => rows.get(nameOf(name))!)),
  };
  return store as unknown as OpenedRunStore;
}

/** Chunks of two hosts, records with causes within their own host or of the other (known already, or not yet), and events of the core between them. */
const written: fc.Arbitrary<readonly Written[]> = fc.array(fc.oneof({ weight: 4, arbitrary: fc.record({ host: fc.constantFrom('main', 'control'), count: fc.integer({ min: 1, max: 9 }), cause: fc.nat(5), isOfOther: fc.boolean() }) }, { weight: 1, arbitrary: fc.constant(undefined) }), { maxLength: 30 }).map((plan) => {
  const numbers = new Map<string, number>();
  return plan.map((one): Written => {
    if (!one) return { event: { atMs: 1, event: { type: 'host.lost', life: 1, reason: 'main: x' } } };
    const first = (numbers.get(one.host) ?? 0) + 1;
    numbers.set(one.host, first + one.count - 1);
    const lines = Array.from({ length: one.count }, (_, index) => JSON.stringify({ number: first + index, step: index, atMs: first, cause: first + index - one.cause > 0 && one.cause > 0 ? first + index - one.cause : null, ...(one.isOfOther ? { causeIn: one.host === 'main' ? 'control#1' : 'main#1' } : {}), type: 'process.exited', node: 'a', pid: 'p', reason: 'x' }));
    return { chunk: { host: one.host, life: 1, first, last: first + one.count - 1, text: lines.join('\n') } };
  });
});

function merged(all: readonly Written[]): readonly JournalRecord[] {
  const merge = new JournalMerge();
  const lines = all.flatMap((one, index): readonly (JournalHeader | JournalRecord)[] => {
    const common = { seq: index + 1, version: 1, last: 1 };
    if ('event' in one) return [...merge.add({ ...common, kind: 'core.event', stream: 'core', body: JSON.stringify(one.event) })];
    return [...merge.add({ ...common, kind: 'chunk', stream: `${one.chunk.host}#1`, body: one.chunk.text })];
  });
  return lines as readonly JournalRecord[];
}

async function write(all: readonly Written[]): Promise<{ readonly journal: LiveJournal; readonly states: readonly JournalRecord[] }> {
  const states: JournalRecord[] = [];
  const journal = new LiveJournal(() => undefined, (record) => states.push(record));
  const store = journal.tap(memoryStore());
  for (const one of all) await ('event' in one ? store.appendCoreEvent(one.event) : store.appendChunk(one.chunk));
  return { journal, states };
}

describe('the journal of a run that goes on', () => {
  it.prop([written, fc.nat(40), fc.integer({ min: 1, max: 40 })])('has the numbers and causes of the journal as it is merged, on every page', async (all, from, count) => {
    const { journal, states } = await write(all);
    const records = merged(all);
    expect(journal.total).toBe(records.length);
    expect(await journal.page(from, count)).toEqual(records.slice(Math.max(1, from) - 1, Math.max(1, from) - 1 + count));
    expect(states).toEqual(records);
    const tail = journal.takeTail();
    expect(tail).toEqual({ records, skipped: 0 });
    expect(journal.takeTail()).toEqual({ records: [], skipped: 0 });
  });

  it('shows the newest of a flood and what tells of lives, and counts the rest', async () => {
    const chunkOf = (first: number, type: string): Written => ({ chunk: { host: 'main', life: 1, first, last: first + 99, text: Array.from({ length: 100 }, (_, index) => JSON.stringify({ number: first + index, step: 0, atMs: 0, cause: null, ...(index === 0 ? { type: 'process.exited', node: 'a', pid: 'p', reason: 'x' } : { type }) })).join('\n') } });
    const { journal } = await write(Array.from({ length: 20 }, (_, index) => chunkOf(1 + index * 100, 'batch.received')));
    const { records, skipped } = journal.takeTail();
    expect(records).toHaveLength(MOST_RECORDS_AT_ONCE);
    expect(records.filter(({ type }) => type === 'process.exited').map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, index) => 1 + index * 100));
    expect(records.map(({ seq }) => seq)).toEqual(records.map(({ seq }) => seq).toSorted((a, b) => a - b));
    expect(records.at(-1)!.seq).toBe(2000);
    expect(skipped).toBe(2000 - MOST_RECORDS_AT_ONCE);
  });
});
