import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { countOpen, judge, type Evidence, type Row } from './judge';

type Draft = Pick<Row, 'kind' | 'stream' | 'version'> & { readonly last?: number; readonly body: unknown };
const text = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body));

function chained(drafts: readonly Draft[]): readonly Row[] {
  let previous: Uint8Array = new Uint8Array(32);
  return drafts.map(({ kind, stream, version, last = version, body }, index) => {
    const seq = index + 1;
    const hash = createHash('sha256').update(previous).update(JSON.stringify([seq, kind, stream, version, last])).update('\n').update(text(body)).digest();
    previous = hash;
    return { seq, kind, stream, version, last, body: text(body), hash };
  });
}

const line = '{"id":"line-1"}';
const effect = { kind: 'effect.intended', stream: '1/ledger/1', version: 0, body: { request: { text: `${line}\n` } } };
const GOOD: readonly Draft[] = [
  { kind: 'input.acknowledged', stream: 'input', version: 1, body: {} },
  { kind: 'chunk', stream: 'main#1', version: 1, last: 2, body: `{"type":"host.started"}\n{"type":"effect.requested","key":"1/ledger/1"}\n` },
  effect,
  { kind: 'effect.settled', stream: '1/ledger/1', version: 0, body: { ok: true } },
  { kind: 'input.settled', stream: 'input', version: 1, body: { ok: true, output: { id: 'line-1' } } },
  { kind: 'core.event', stream: 'core', version: 1, body: { event: { type: 'run.ended' } } },
];
const REPLY = { input: 1, ok: true, output: { id: 'line-1' } };
const without = (kind: string): readonly Draft[] => GOOD.filter((draft) => draft.kind !== kind);
const evidence = (drafts: readonly Draft[], more: Partial<Evidence> = {}): Evidence => ({ rows: chained(drafts), replies: [REPLY], ledger: [line], isEnded: true, mustHandle: 1, ...more });

describe('the judge', () => {
  it('has nothing to say of a run that kept its promises', () => expect(judge(evidence(GOOD))).toEqual([]));

  it.each<[string, Evidence, RegExp]>([
    ['a lost row', evidence(GOOD, { rows: chained(GOOD).filter(({ seq }) => seq !== 3) }), /row 3 is missing/],
    ['a changed row', evidence(GOOD, { rows: chained(GOOD).map((row) => (row.seq === 2 ? { ...row, body: row.body.replace('main', 'mein').replace('host', 'hast') } : row)) }), /the chain breaks at row 2/],
    ['a gap between chunks', evidence(GOOD.map((draft) => (draft.kind === 'chunk' ? { ...draft, version: 2, last: 3 } : draft))), /record 1 is missing/],
    ['a chunk with too few records', evidence(GOOD.map((draft) => (draft.kind === 'chunk' ? { ...draft, last: 3 } : draft))), /2 records where 1 to 3 should be/],
    ['an answer without an input', evidence(without('input.acknowledged')), /answered, and is not on record/],
    ['an answer that was never settled', evidence(without('input.settled')), /the answer to input 1 is not on record/],
    ['another answer than on record', evidence(GOOD, { replies: [{ ...REPLY, output: { id: 'line-2' } }] }), /answered otherwise/],
    ['two answers', evidence(GOOD, { replies: [REPLY, REPLY] }), /answered twice/],
    ['a line written twice', evidence(GOOD, { ledger: [line, line] }), /written 2 times/],
    ['a line that is missing', evidence(GOOD, { ledger: [] }), /its line is missing/],
    ['a line out of nowhere', evidence(without('effect.intended'), {}), /without an intent/],
    ['an intent before its request', evidence(without('chunk')), /intended before its request/],
    ['one effect under two keys', evidence([...GOOD.slice(0, -1), { ...effect, stream: '1/ledger/2' }, ...GOOD.slice(-1)]), /was intended twice/],
    ['an end without an end', evidence(without('core.event')), /no end on record/],
    ['an intent that nobody answered', evidence(without('effect.settled')), /neither answered nor unknown/],
    ['an input that was not handled', evidence(GOOD.map((draft) => (draft.kind === 'input.settled' ? { ...draft, body: { ok: false, error: { code: 'timeout' } } } : draft)), { replies: [] }), /0 inputs were handled, and 1 should have been: 1 times \{"code":"timeout"\}/],
  ])('notices %s', (_, given, expected) => expect(judge(given).join('; ')).toMatch(expected));

  it('counts what is under way', () => expect(countOpen(chained(GOOD.filter(({ kind }) => !kind.endsWith('.settled'))))).toEqual({ inputs: 1, effects: 1 }));
});
