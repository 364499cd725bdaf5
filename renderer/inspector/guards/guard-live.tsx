import { BreakerGlyph } from '../../glyphs/guard-icon';
import { forceGuard, selectGuard, useRun } from '../../stores/run';
import { armOf, BREAKER_WORDS, wordCounts, type BreakerState } from '../../words/guard-state';

type GuardLiveProps = { readonly wire: string; readonly place: number; readonly kind: string };
const FORCES = [['open', 'Force open', 'forcedOpen'], ['closed', 'Force closed', 'forcedClosed'], ['auto', 'Automatic', undefined]] as const;

/** What a guard of the run has done; of a breaker how it stands, and a person's hand on it. */
export function GuardLive({ wire, place, kind }: GuardLiveProps) {
  const live = useRun(selectGuard(wire, place, kind));
  if (!live) return null;
  return (
    <div className="guard-live">
      {live.state !== undefined && <BreakerHand wire={wire} place={place} state={live.state} />}
      <p className="dim" role="status" aria-label={`${kind} counts`}>{wordCounts(live)}</p>
    </div>
  );
}

function BreakerHand({ wire, place, state }: { readonly wire: string; readonly place: number; readonly state: BreakerState }) {
  const arm = armOf(state);
  const isForced = state === 'forcedOpen' || state === 'forcedClosed';
  return (
    <>
      <p className={`breaker-state ${arm}`} role="status" aria-label="breaker state"><BreakerGlyph arm={arm} />{BREAKER_WORDS[state]}</p>
      <div className="seg" role="group" aria-label="Breaker">
        {FORCES.map(([force, name, when]) => {
          const isOn = when === undefined ? !isForced : state === when;
          return <button key={force} type="button" className={isOn ? 'on' : ''} aria-pressed={isOn} onClick={() => forceGuard(wire, place, force)}>{name}</button>;
        })}
      </div>
    </>
  );
}
