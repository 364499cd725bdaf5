import { CircleCheck, CircleHelp, CircleX } from 'lucide-react';
import type { Simulation } from '../../shared/api/run';

export const VERDICTS = { pass: CircleCheck, fail: CircleX, unknown: CircleHelp } as const;

/** The lowest lane: what the scenario expects, and whether it came so. */
export function Expectations({ result: { expectations } }: { readonly result: Simulation['result'] }) {
  if (expectations.length === 0) return null;
  const passed = expectations.filter(({ verdict }) => verdict === 'pass').length;
  return (
    <ul className="expectations" aria-label="Expectations">
      <li className="label"><span>Expectations</span><span className="dim">{passed} of {expectations.length}</span></li>
      {expectations.map(({ name, verdict, message }) => {
        const Icon = VERDICTS[verdict];
        return <li key={name} className={`verdict ${verdict}`} title={`${verdict}: ${message}`}><Icon size={13} aria-label={verdict} /><span>{name}</span></li>;
      })}
    </ul>
  );
}
