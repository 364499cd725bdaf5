import { describe, expect, it } from 'vitest';
import type { HostRecord, JournalChunk } from '../../../shared/journal/record';
import { CausalOrder } from './causal-order';

const record = (number: number, from?: readonly [string, number]): HostRecord => ({ number, step: 0, atMs: 0, cause: from?.[1] ?? null, ...(from ? { causeIn: from[0] } : {}), type: 'supervisor.gaveUp', node: `n${number}` });
const chunk = (host: string, ...records: readonly HostRecord[]): JournalChunk => ({ host, life: 1, first: records[0]!.number, last: records.at(-1)!.number, text: records.map((one) => JSON.stringify(one)).join('\n') });

describe('records of several hosts', () => {
  it('come in the order of cause and effect, however their chunks arrive', () => {
    const seen: string[] = [];
    const order = new CausalOrder((hostLife, { number }) => seen.push(`${hostLife}.${number}`));
    order.add(chunk('b', record(1), record(2, ['a#1', 2]), record(3)));
    expect(seen).toEqual(['b#1.1']);
    order.add(chunk('a', record(1)));
    expect(seen).toEqual(['b#1.1', 'a#1.1']);
    expect(order.waiting).toBe(2);
    order.add(chunk('a', record(2), record(3, ['b#1', 3])));
    expect(seen).toEqual(['b#1.1', 'a#1.1', 'a#1.2', 'b#1.2', 'b#1.3', 'a#1.3']);
    expect(order.waiting).toBe(0);
  });
});
