import { describe, expect, expectTypeOf, it } from 'vitest';
import type { z } from 'zod';
import type { JournalEvent } from './record';
import { journalEvent, journalRecord } from './record-schema';

describe('the schema of the journal', () => {
  it('knows the records that the type knows, and no other', () => {
    expectTypeOf<JournalEvent['type']>().toEqualTypeOf<z.infer<typeof journalEvent>['type']>();
    // Compiles only while each written record fits the schema.
    const asRead = (written: JournalEvent): z.input<typeof journalEvent> => written;
    const gaveUp = asRead({ type: 'supervisor.gaveUp', node: 'root' });
    expect(journalEvent.parse(gaveUp)).toEqual(gaveUp);
  });

  it.each([
    ['no type', {}],
    ['an unknown type', { type: 'process.vanished' }],
    ['a missing field', { type: 'process.exited', node: 'desk', pid: 'main#1.1' }],
  ])('refuses a record with %s', (_, event) => {
    expect(journalRecord.safeParse({ seq: 1, host: 'main', step: 0, atMs: 0, cause: null, ...event }).success).toBe(false);
  });
});
