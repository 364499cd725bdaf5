import { describe, expect, it } from 'vitest';
import type { OperationView } from '../../shared/design/protocol-view';
import { mock as mockSchema, type Mock } from '../../shared/run/mock';
import { wordMock } from '../words/mock-words';
import { beginDraft, beginRules, findDraftFault, listErrorCodes, mockOf, newFault, readMockFile } from './mock-form';

const complete: OperationView = { name: 'complete', kind: 'call', doc: '', input: {}, output: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] }, errors: ['RateLimited'], isIdempotent: true, isOptional: false };
const forget: OperationView = { ...complete, name: 'forget', kind: 'cast', output: {} };
const operations = [complete, forget];

describe('the draft of a mock', () => {
  it('begins with an answer to each call that fits, and is a mock at once', () => {
    const draft = beginDraft(undefined, operations);
    expect(draft.rules).toEqual([{ operation: 'complete', reply: { text: '' } }]);
    expect(findDraftFault(draft, operations)).toBeUndefined();
  });

  it.each<Mock>([
    { kind: 'scripted', rules: [{ operation: 'complete', contains: { prompt: 'refund' }, reply: { text: 'x' }, delayMs: 5 }] },
    { kind: 'generated', seed: 7 },
    { kind: 'recorded', match: 'order', answers: [{ operation: 'complete', input: { prompt: 'a' }, output: { text: 'b' } }] },
    { kind: 'faults', faults: [{ kind: 'error', rate: 0.5, code: 'RateLimited' }], answers: { kind: 'generated' } },
  ])('comes back as the mock that it was made of: %j', (mock) => expect(mockOf(beginDraft(mock, operations))).toEqual(mock));

  it('keeps what one has written while one looks at another kind', () => {
    const draft = { ...beginDraft({ kind: 'scripted', rules: [{ reply: 1 }] }, operations), answers: 'generated' as const };
    expect(mockOf(draft)).toEqual({ kind: 'generated' });
    expect(mockOf({ ...draft, answers: 'scripted' })).toEqual({ kind: 'scripted', rules: [{ reply: 1 }] });
  });

  it('says why it can’t stand in', () => {
    const draft = beginDraft(undefined, operations);
    expect(findDraftFault({ ...draft, rules: [{ operation: 'complete', reply: { txt: 'x' } }] }, operations)).toMatch(/^Rule 1: .*text/);
    expect(findDraftFault({ ...draft, rules: [{ operation: 'complete', reply: { text: '{{prompt}}' } }] }, operations)).toBeUndefined();
    expect(findDraftFault({ ...draft, rules: [{ operation: 'complete' }] }, operations)).toMatch(/neither/);
    expect(findDraftFault({ ...draft, answers: 'recorded' }, operations)).toMatch(/no recorded answer/);
    expect(findDraftFault({ ...draft, faults: [{ kind: 'delay', rate: 2, ms: 1 }] }, operations)).toMatch(/rate/);
  });

  it('new faults fit the format', () => {
    for (const kind of ['error', 'delay', 'garbage', 'silence'] as const) expect(mockSchema.safeParse({ kind: 'faults', faults: [newFault(kind, 'RateLimited')] }).error).toBeUndefined();
    expect(listErrorCodes(operations).slice(0, 2)).toEqual(['RateLimited', 'timeout']);
  });

  it('takes a file as the command line does, or says what is wrong with it', () => {
    const draft = beginDraft(undefined, operations);
    expect(readMockFile(draft, '[{"operation":"complete","input":1,"output":{"text":"a"}}]')).toMatchObject({ answers: 'recorded', recorded: { answers: [{ operation: 'complete' }] }, rules: beginRules(operations) });
    expect(readMockFile(draft, '{"format":"prismatic-mock/1","kind":"faults","faults":[{"kind":"silence"}]}')).toMatchObject({ answers: 'generated', faults: [{ kind: 'silence', rate: 1 }] });
    expect(readMockFile(draft, '{')).toMatch(/no JSON/);
    expect(readMockFile(draft, '{"kind":"generated"}')).toMatch(/format/);
  });
});

it.each<[Mock, string]>([
  [{ kind: 'scripted', rules: [{ reply: 1 }] }, '1 rule'],
  [{ kind: 'recorded', match: 'input', answers: [] }, '0 recorded answers'],
  [{ kind: 'faults', faults: [{ kind: 'error', rate: 0.1, code: 'RateLimited' }, { kind: 'delay', rate: 1, ms: 2000 }], answers: { kind: 'generated' } }, 'generated, 10 % RateLimited, all 2 s later'],
])('%j in words: %s', (mock, words) => expect(wordMock(mock)).toBe(words));
