/**
 * Undo and redo as a fold over the edit log: nothing but the log is kept, so both survive a restart. Undo is linear: the newest
 * edit goes first, and a new edit ends what could be brought again. An undo and a redo are entries of the log like any other, with
 * the edit that they made.
 *
 * The fold may begin in the middle of a log whose older entries were dropped: what an undo took back is read from the undo itself.
 */
import { invertEdit, type Edit } from './edits/edit';

export type LogKind = 'edit' | 'undo' | 'redo' | 'outside';
export type LogEntry = {
  readonly seq: number;
  readonly atUnixMs: number;
  readonly kind: LogKind;
  readonly edit: Edit;
  /** Of a change from outside: each file as it was found (sha256, `null` for one that was gone), so that it is not taken twice. */
  readonly seen?: { readonly [path: string]: string | null };
};

/** What one undo takes back, or one redo brings again. `edits` in the order in which they were made; `seqs` are their first entries. */
type Step = { readonly label: string; readonly edits: readonly Edit[]; readonly seqs: readonly number[] };
/** A list whose end is its top: the rest is shared, so that an edit costs no copy of all before it. */
type Stack = { readonly top: Step; readonly below: Stack } | undefined;

export type EditHistory = {
  /** Number of the last entry; edits ever made. */
  readonly seq: number;
  readonly undo: Stack;
  readonly redo: Stack;
  /** Group of the entry before, while further edits may join it. */
  readonly openGroup?: string;
};

export const EMPTY_HISTORY: EditHistory = { seq: 0, undo: undefined, redo: undefined };

export function appendToHistory(history: EditHistory, entry: LogEntry): EditHistory {
  switch (entry.kind) {
    case 'undo': {
      const taken = history.undo;
      const step: Step = { label: entry.edit.label, edits: [invertEdit(entry.edit)], seqs: taken?.top.seqs ?? [] };
      return { seq: entry.seq, undo: taken?.below, redo: { top: step, below: history.redo } };
    }
    case 'redo': {
      const brought = history.redo;
      const step: Step = { label: entry.edit.label, edits: [entry.edit], seqs: brought?.top.seqs ?? [] };
      return { seq: entry.seq, undo: { top: step, below: history.undo }, redo: brought?.below };
    }
    case 'outside':
      return { seq: entry.seq, undo: { top: stepOf(entry), below: history.undo }, redo: undefined };
    case 'edit': {
      const { group } = entry.edit;
      const joins = group !== undefined && group === history.openGroup && history.undo !== undefined;
      const undo: Stack = joins ? { top: joinSteps(history.undo.top, entry), below: history.undo.below } : { top: stepOf(entry), below: history.undo };
      return { seq: entry.seq, undo, redo: undefined, ...(group === undefined ? {} : { openGroup: group }) };
    }
  }
}

export const foldHistory = (entries: readonly LogEntry[]): EditHistory => entries.reduce(appendToHistory, EMPTY_HISTORY);

const stepOf = ({ edit, seq }: LogEntry): Step => ({ label: edit.label, edits: [edit], seqs: [seq] });
const joinSteps = (step: Step, { edit, seq }: LogEntry): Step => ({ label: edit.label, edits: [...step.edits, edit], seqs: [...step.seqs, seq] });

/** The edit that takes the newest step back, or nothing where there is none. */
export function undoOf({ undo }: EditHistory): Edit | undefined {
  if (!undo) return undefined;
  const { label, edits } = undo.top;
  return { label, changes: edits.toReversed().flatMap((edit) => invertEdit(edit).changes) };
}

export function redoOf({ redo }: EditHistory): Edit | undefined {
  if (!redo) return undefined;
  const { label, edits } = redo.top;
  return { label, changes: edits.flatMap((edit) => edit.changes) };
}

export const undoLabel = ({ undo }: EditHistory): string | undefined => undo?.top.label;
export const redoLabel = ({ redo }: EditHistory): string | undefined => redo?.top.label;

/** Numbers of the entries whose effect was taken back and not brought again. */
export function undoneSeqs(entries: readonly LogEntry[]): ReadonlySet<number> {
  const undone = new Set<number>();
  let history = EMPTY_HISTORY;
  for (const entry of entries) {
    if (entry.kind === 'undo') for (const seq of history.undo?.top.seqs ?? []) undone.add(seq);
    if (entry.kind === 'redo') for (const seq of history.redo?.top.seqs ?? []) undone.delete(seq);
    history = appendToHistory(history, entry);
  }
  return undone;
}
