/** States of a journal at every 500th record, so that any place in it is a few steps away. */
import type { JournalRecord } from './record';
import { applyRecord, EMPTY_STATE, type RecordedState, type Tree } from './state-at';

export const CHECKPOINT_EVERY = 500;

/** `states[n]` is the state after the first `n * every` records. */
export type Checkpoints = { readonly every: number; readonly tree: Tree; readonly states: readonly RecordedState[]; readonly last: RecordedState; readonly count: number };

export const beginCheckpoints = (tree: Tree = {}, every = CHECKPOINT_EVERY): Checkpoints => ({ every, tree, states: [EMPTY_STATE], last: EMPTY_STATE, count: 0 });

/** More records, in the order of the journal, with none left out in between. */
export function extendCheckpoints(checkpoints: Checkpoints, records: readonly JournalRecord[]): Checkpoints {
  const { every, tree } = checkpoints;
  const states = [...checkpoints.states];
  let { last, count } = checkpoints;
  for (const record of records) {
    last = applyRecord(last, record, tree);
    count += 1;
    if (count % every === 0) states.push(last);
  }
  return { every, tree, states, last, count };
}

/** Number of the first record that `stateAt` needs to know the state after `count` records. */
export const firstNeeded = ({ every, states }: Checkpoints, count: number): number => Math.min(Math.floor(count / every), states.length - 1) * every;

/** The state after the first `count` records. `records` are those from `firstNeeded` on: the whole journal from there, or a piece of it. */
export function stateAt(checkpoints: Checkpoints, records: readonly JournalRecord[], count: number): RecordedState {
  const from = firstNeeded(checkpoints, count);
  return records.slice(0, count - from).reduce((state, record) => applyRecord(state, record, checkpoints.tree), checkpoints.states[from / checkpoints.every]!);
}
