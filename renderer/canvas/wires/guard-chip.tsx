import type { JsonObject } from '../../../shared/json/json';
import { BreakerGlyph, GuardIcon } from '../../glyphs/guard-icon';
import { selectGuard, useRun } from '../../stores/run';
import { armOf, wordCounts, wordLive } from '../../words/guard-state';
import { guardKindOf, wordGuard, wordGuardValue } from '../../words/guard-words';

type GuardChipProps = { readonly wire: string; readonly place: number; readonly guard: JsonObject; readonly hasValue: boolean };

/** One guard in the string on its wire: the icon, and its value where there is room, interest, or news. */
export function GuardChip({ wire, place, guard, hasValue }: GuardChipProps) {
  const kind = guardKindOf(guard);
  const live = useRun(selectGuard(wire, place, kind));
  const set = wordGuardValue(guard);
  // The wire of a fallback says itself where it leads.
  const { text, isLoud } = kind === 'fallback' ? { text: '', isLoud: false } : live ? wordLive(live, set) : { text: set, isLoud: false };
  const arm = kind === 'breaker' ? armOf(live?.state) : undefined;
  return (
    <span role="group" aria-label={`guard ${kind}`} aria-description={live ? `${text}, ${wordCounts(live)}` : text} title={`${wordGuard(kind)} ${live ? wordCounts(live) : set}`.trim()} className={`wr-guard${arm === undefined ? '' : ` breaker ${arm}`}`}>
      {arm === undefined ? <GuardIcon kind={kind} size={11} /> : <BreakerGlyph arm={arm} />}
      {text !== '' && <span className={hasValue || isLoud ? 'value' : 'value hid'}>{text}</span>}
    </span>
  );
}
