import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { designOf, type ProjectDocument } from './document';
import { applyEdit } from './edits/apply-edit';
import type { Edit } from './edits/edit';
import { appendToHistory, EMPTY_HISTORY, foldHistory, redoLabel, redoOf, undoLabel, undoneSeqs, undoOf, type EditHistory, type LogEntry } from './history';

type Move = { readonly kind: 'edit' | 'outside' | 'undo' | 'redo'; readonly group?: string };
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('edit' as const), group: fc.constantFrom('g', 'h') }, { requiredKeys: ['kind'] }) },
  { weight: 1, arbitrary: fc.constant<Move>({ kind: 'outside' }) },
  { weight: 4, arbitrary: fc.constant<Move>({ kind: 'undo' }) },
  { weight: 3, arbitrary: fc.constant<Move>({ kind: 'redo' }) },
);

const start: ProjectDocument = { files: { 'design.json': { kind: 'json', value: { n: 0 } } } };
const numberOf = (document: ProjectDocument): number => Number(designOf(document)['n']);
const apply = (document: ProjectDocument, edit: Edit): ProjectDocument => {
  const applied = applyEdit(document, edit);
  if (!applied.ok) throw new Error(JSON.stringify(applied.error));
  return applied.value;
};

/** Plays moves with the real fold, and with two plain stacks of whole documents beside it. */
function play(moves: readonly Move[]): { readonly entries: readonly LogEntry[]; readonly documents: readonly ProjectDocument[]; readonly expected: readonly number[] } {
  let [document, history]: [ProjectDocument, EditHistory] = [start, EMPTY_HISTORY];
  let [past, future, openGroup]: [number[], number[], string | undefined] = [[], [], undefined];
  let [now, fresh] = [0, 0];
  const [entries, documents, expected]: [LogEntry[], ProjectDocument[], number[]] = [[], [document], [0]];
  for (const { kind, group } of moves) {
    let edit: Edit | undefined;
    if (kind === 'undo') {
      edit = undoOf(history);
      expect(edit === undefined).toBe(past.length === 0);
      if (edit) [now, future, openGroup] = [past.pop()!, [...future, now], undefined];
    } else if (kind === 'redo') {
      edit = redoOf(history);
      expect(edit === undefined).toBe(future.length === 0);
      if (edit) [now, past, openGroup] = [future.pop()!, [...past, now], undefined];
    } else {
      fresh += 1;
      edit = { label: `e${fresh}`, changes: [{ kind: 'set', file: 'design.json', path: ['n'], before: now, after: fresh }], ...(group === undefined || kind === 'outside' ? {} : { group }) };
      if (!(kind === 'edit' && group !== undefined && group === openGroup)) past = [...past, now];
      [now, future, openGroup] = [fresh, [], kind === 'edit' ? group : undefined];
    }
    if (!edit) continue;
    const entry: LogEntry = { seq: entries.length + 1, atUnixMs: 0, kind, edit };
    entries.push(entry);
    history = appendToHistory(history, entry);
    document = apply(document, edit);
    documents.push(document);
    expected.push(now);
  }
  return { entries, documents, expected };
}

describe('history', () => {
  test.prop([fc.array(move, { maxLength: 40 })], { numRuns: 500 })('agrees with two stacks of whole documents, move by move', (moves) => {
    const { documents, expected } = play(moves);
    expect(documents.map(numberOf)).toEqual(expected);
  });

  test.prop([fc.array(move, { maxLength: 40 })], { numRuns: 300 })('folded from the log is the one that grew with it', (moves) => {
    const { entries, documents } = play(moves);
    const history = foldHistory(entries);
    expect(history.seq).toBe(entries.length);
    const undo = undoOf(history);
    if (undo) apply(documents.at(-1)!, undo);
    const redo = redoOf(history);
    if (redo) apply(documents.at(-1)!, redo);
  });

  test.prop([fc.array(move, { maxLength: 40 }), fc.nat(40)], { numRuns: 500 })('of a log whose beginning was dropped takes back, step by step, to states that were', (moves, dropped) => {
    const { entries, documents } = play(moves);
    let history = foldHistory(entries.slice(dropped));
    let document = documents.at(-1)!;
    const known = new Set(documents.map(numberOf));
    for (let edit = undoOf(history); edit; edit = undoOf(history)) {
      document = apply(document, edit);
      expect(known).toContain(numberOf(document));
      history = appendToHistory(history, { seq: history.seq + 1, atUnixMs: 0, kind: 'undo', edit });
    }
    for (let edit = redoOf(history); edit; edit = redoOf(history)) {
      document = apply(document, edit);
      history = appendToHistory(history, { seq: history.seq + 1, atUnixMs: 0, kind: 'redo', edit });
    }
  });

  it('joins edits of one group in a row, and no others', () => {
    const edit = (seq: number, group?: string): LogEntry => ({ seq, atUnixMs: 0, kind: 'edit', edit: { label: `e${seq}`, changes: [{ kind: 'text', file: 'prompts/a.md', offset: 0, removed: '', inserted: `${seq}` }], ...(group === undefined ? {} : { group }) } });
    const history = foldHistory([edit(1, 'g'), edit(2), edit(3, 'g'), edit(4, 'g')]);
    expect(undoOf(history)?.changes).toHaveLength(2);
    expect([undoLabel(history), redoLabel(history)]).toEqual(['e4', undefined]);
  });

  test.prop([fc.array(move, { maxLength: 40 })], { numRuns: 300 })('says which entries are undone: those whose value can only be had by redo, or not at all', (moves) => {
    const { entries, documents } = play(moves);
    const undone = undoneSeqs(entries);
    const newest = entries.findLast(({ kind, seq }) => (kind === 'edit' || kind === 'outside') && !undone.has(seq));
    const now = numberOf(documents.at(-1)!);
    expect(now).toBe(newest === undefined ? 0 : Number(newest.edit.label.slice(1)));
  });
});
