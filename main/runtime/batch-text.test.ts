import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { Batch } from '../kernel/ports';
import type { Envelope } from '../kernel/signal';
import { decodeBatch, encodeBatch } from './batch-text';

const batchOf = (messages: readonly Envelope[]): Batch => ({ from: 'main', life: 2, number: 7, acknowledged: 3, depends: { 'main#2': 9, 'far#1': 4 }, messages });
/** What the receiving host had from a plain JSON text. */
const plain = (batch: Batch): Batch => JSON.parse(JSON.stringify(batch)) as Batch;
const decoded = (batch: Batch): Batch => plain(decodeBatch(encodeBatch(batch)));

const word = fc.constantFrom('desk', 'main#1.4', 'far#2.0', 'Echo', '0', '"', '');
const json = fc.jsonValue() as fc.Arbitrary<null>;
const ref = fc.integer({ min: 1, max: 1e6 });
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });
const origin = maybe(fc.record({ input: word, attempt: word }));
const operation = { from: word, fromNode: word, protocol: word, operation: word, input: json, origin };
const error = fc.record({ code: word, message: fc.string(), data: json }, { requiredKeys: ['code', 'message'] });
const signal = fc.oneof(
  fc.record({ kind: fc.constant('call' as const), ref, deadlineMs: fc.nat(), ...operation }),
  fc.record({ kind: fc.constant('cast' as const), ref: maybe(ref), ...operation }),
  fc.record({ kind: fc.constant('reply' as const), ref, result: fc.oneof(fc.record({ ok: fc.constant(true as const), output: json }), fc.record({ ok: fc.constant(false as const), error })) }),
  fc.record({ kind: fc.constant('exit' as const), from: word, reason: fc.string() }),
  fc.record({ kind: fc.constant('spawn' as const), ref, from: word, spawn: fc.record({ node: word, name: word, args: json }, { requiredKeys: ['node', 'name'] }) }),
);

describe('a batch as text', () => {
  test.prop([fc.array(fc.record({ to: word, signal }))], { seed: 11, numRuns: 300 })('says what it said as plain JSON, in the same order (seed 11)', (messages) => {
    expect(decoded(batchOf(messages))).toEqual(plain(batchOf(messages)));
  });

  it('keeps messages of other routes apart that stand between those of one', () => {
    const cast = (to: string, text: string): Envelope => ({ to, signal: { kind: 'cast', from: 'main#1.1', fromNode: 'driver', protocol: 'Echo', operation: 'note', input: { text } } });
    const batch = batchOf([cast('desk', '1'), cast('brain', '2'), cast('desk', '3')]);
    expect(decoded(batch)).toEqual(plain(batch));
  });

  it('is a quarter as long for casts of one sender to one receiver', () => {
    const cast: Envelope = { to: 'desk', signal: { kind: 'cast', from: 'main#1.1', fromNode: 'driver', protocol: 'Echo', operation: 'note', input: { text: 'hello' } } };
    const batch = batchOf(Array.from({ length: 512 }, () => cast));
    expect(encodeBatch(batch).length).toBeLessThan(JSON.stringify(batch).length / 4);
  });

  it('is small where there is nothing but an acknowledgement', () => {
    expect(decoded(batchOf([]))).toEqual(batchOf([]));
  });
});
