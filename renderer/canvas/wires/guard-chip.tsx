import type { JsonObject } from '../../../shared/json/json';
import { GuardIcon } from '../../glyphs/guard-icon';
import { guardKindOf, wordGuard, wordGuardValue } from '../../words/guard-words';

/** One guard in the string on its wire: the icon, and its value where there is room or interest. */
export function GuardChip({ guard, hasValue }: { readonly guard: JsonObject; readonly hasValue: boolean }) {
  const kind = guardKindOf(guard);
  // The wire of a fallback says itself where it leads.
  const value = kind === 'fallback' ? '' : wordGuardValue(guard);
  return (
    <span role="group" aria-label={`guard ${kind}`} title={`${wordGuard(kind)} ${wordGuardValue(guard)}`.trim()} className="wr-guard">
      <GuardIcon kind={kind} size={11} />
      {value !== '' && <span className={hasValue ? 'value' : 'value hid'}>{value}</span>}
    </span>
  );
}
