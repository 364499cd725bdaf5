import { FlaskConical } from 'lucide-react';
import { useSimulation } from '../../stores/simulation';

/** The ink badge, the scenario and its seed: simulated never looks live. */
export function SimulatedWords() {
  const scenario = useSimulation((state) => state.simulation?.plan.name ?? state.scenario);
  const seed = useSimulation((state) => state.seed);
  return (
    <>
      <span className="badge inkd"><FlaskConical size={11} aria-hidden="true" />simulated</span>
      <span className="spec-says">{scenario ?? 'the design as it is'}, seed {seed}</span>
    </>
  );
}
