/** Of which world the answers among journal records are: by the modes of effects, what follows from them, and who is mocked. Pure. */
import type { EffectMode, JournalRecord } from '../../shared/journal/record';
import { originOfKey, worseMode } from '../../shared/run/answer-world';

/** `with mocks`: the run has some, and whether one stood behind this is not on record. */
export type World = EffectMode | 'with mocks';

/**
 * The world of each record, in their order. An effect's answer has its own; an output has the worst of what it follows from: causes, and
 * effects made before for the same outside message. All else is of the run's world.
 */
export function worldsOf(records: readonly JournalRecord[], world: 'live' | 'simulated', hasMocks: boolean): readonly World[] {
  const bySeq = new Map<number, EffectMode>();
  const byOrigin = new Map<string, EffectMode>();
  return records.map((record) => {
    const behind = record.cause === null ? world : (bySeq.get(record.cause) ?? world);
    const { known, shown } = judge(record, behind, byOrigin);
    if (known !== world) bySeq.set(record.seq, known);
    if (shown === undefined) return world;
    return shown === world && hasMocks && record.type === 'output.emitted' ? 'with mocks' : shown;
  });
}

/** `known`: what follows from it is at least so. `shown`: its own world, where it is an answer. */
function judge(record: JournalRecord, behind: EffectMode, byOrigin: Map<string, EffectMode>): { readonly known: EffectMode; readonly shown?: EffectMode } {
  if (record.type === 'effect.settled') {
    const origin = originOfKey(record.key);
    const all = worseMode(record.mode, worseMode(byOrigin.get(origin) ?? record.mode, behind));
    byOrigin.set(origin, all);
    return { known: all, shown: record.mode };
  }
  if (record.type === 'effect.requested') return { known: worseMode(behind, byOrigin.get(originOfKey(record.key)) ?? behind) };
  return record.type === 'output.emitted' ? { known: behind, shown: behind } : { known: behind };
}

export const WORLD_WORDS: Readonly<Record<World, string>> = {
  live: 'from the live world',
  recorded: 'a recorded answer, from a cassette',
  mocked: 'a mock stood in',
  simulated: 'simulated: nothing left this computer',
  'with mocks': 'nodes are mocked in this run, and one of them may stand behind this',
};
