import { describe, expect, it } from 'vitest';
import type { JournalRecord } from '../../shared/journal/record';
import { passesFilter, wordClock, wordRecord } from './record-words';

const at = { seq: 1, host: 'main', step: 1, atMs: 5, cause: null };
describe('a record in words', () => {
  it.each<[JournalRecord, string]>([
    [{ ...at, type: 'process.exited', node: 'desk', pid: 'main#1.2', reason: 'crash: Error: x' }, 'bad exited desk crash: Error: x'],
    [{ ...at, type: 'process.exited', node: 'desk', pid: 'main#1.2', reason: 'shutdown' }, 'plain exited desk shutdown'],
    [{ ...at, type: 'supervisor.restarting', node: 'root', child: 'desk', scope: ['desk', 'b'], count: 2, max: 3 }, 'warn restarting root desk exited; desk, b start again, 2 of 3'],
    [{ ...at, type: 'message.dropped', node: 'desk', reason: 'mailbox_full', count: 1 }, 'warn dropped desk 1 message: mailbox full'],
    [{ ...at, type: 'fault.injected', kind: 'killHost', target: 'main' }, 'bad fault killHost main '],
    [{ ...at, type: 'output.emitted', node: 'screen', port: 'show', value: { a: 'x'.repeat(300) } }, `plain output screen {"a":"${'x'.repeat(153)}…`],
  ])('%j', (record, expected) => {
    const { tone, kind, where, detail } = wordRecord(record);
    expect(`${tone} ${kind} ${where} ${detail}`).toBe(expected);
  });

  it('is found by its group and by every word', () => {
    const words = wordRecord({ ...at, type: 'call.failed', from: 'desk', to: 'brain', code: 'timeout' });
    expect(passesFilter(words, 'all', 'desk TIMEOUT')).toBe(true);
    expect(passesFilter(words, 'failure', '')).toBe(true);
    expect(passesFilter(words, 'log', '')).toBe(false);
    expect(passesFilter(words, 'all', 'desk refused')).toBe(false);
  });

  it.each([[0, '00:00.000'], [44_300, '00:44.300'], [3_723_004, '62:03.004']])('%d ms is %s', (ms, words) => expect(wordClock(ms)).toBe(words));
});
