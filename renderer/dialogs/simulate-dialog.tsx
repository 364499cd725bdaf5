import { FlaskConical } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { findJson, isList, scenarioNamesOf } from '../../shared/design/document';
import { isObject } from '../../shared/json/is-object';
import { setText } from '../../shared/design/edits/text-edits';
import { formatJson } from '../../shared/design/document';
import { closeDialog } from '../stores/dialogs';
import { documentNow, edit, selectDocument, useDocument } from '../stores/document';
import { simulate, useSimulation } from '../stores/simulation';
import { openEditor } from '../stores/viewport';
import { Sheet } from './sheet';

const LARGEST_SEED = 2 ** 31;
const EMPTY_SCENARIO = { format: 'prismatic-scenario/1', load: [], faults: [{ atMs: 1000, kind: 'killHost', host: 'main' }], expectations: [{ name: 'nothing is lost', kind: 'nothingLost' }] };

/** Which scenario, which seed. The same three, design, scenario and seed, give the same run. */
export function SimulateDialog() {
  const document = useDocument(selectDocument);
  const names = scenarioNamesOf(document);
  const last = useSimulation((state) => state.scenario);
  const [scenario, setScenario] = useState(last ?? names[0] ?? '');
  const [seed, setSeed] = useState(String(useSimulation.getState().seed));
  const isSeed = /^\d{1,10}$/.test(seed) && Number(seed) <= LARGEST_SEED;
  const start = (event: FormEvent): void => {
    event.preventDefault();
    closeDialog();
    void simulate({ seed: Number(seed), ...(scenario === '' ? {} : { scenario }) });
  };
  const openFile = (name: string): void => {
    closeDialog();
    openEditor(`scenarios/${name}.json`);
  };
  const addScenario = (): void => {
    const name = ['outage', 'scenario', ...Array.from({ length: 50 }, (_, index) => `scenario-${index + 2}`)].find((one) => !names.includes(one))!;
    if (edit(setText(documentNow(), `scenarios/${name}.json`, formatJson(EMPTY_SCENARIO)))) openFile(name);
  };
  return (
    <Sheet title="Simulate" says="The same kernel in virtual time. Nothing leaves the simulation." width={460}>
      <form className="stack" onSubmit={start}>
        <label className="f"><span>Scenario</span>
          <select className="in" value={scenario} onChange={(event) => setScenario(event.target.value)}>
            {names.map((name) => <option key={name} value={name}>{name}</option>)}
            <option value="">none: its own sources, no faults</option>
          </select>
        </label>
        <label className="f"><span>Seed</span><input className="in" inputMode="numeric" value={seed} aria-invalid={!isSeed} onChange={(event) => setSeed(event.target.value)} /></label>
        {!isSeed && <p className="refusal" role="alert">A seed is a whole number from 0 to {LARGEST_SEED}.</p>}
        {scenario !== '' && <p className="note">{sayScenario(findJson(document, `scenarios/${scenario}.json`))}</p>}
        <footer className="sheet-foot">
          <button type="button" className="b" onClick={addScenario}>New scenario</button>
          {scenario !== '' && <button type="button" className="b" onClick={() => openFile(scenario)}>Edit</button>}
          <span className="sp" />
          <button type="submit" className="b solid" disabled={!isSeed}><FlaskConical size={13} aria-hidden="true" />Simulate</button>
        </footer>
      </form>
    </Sheet>
  );
}

function sayScenario(raw: unknown): string {
  const file = raw as Parameters<typeof isObject>[0];
  if (!isObject(file)) return 'Its file is no JSON; open it to mend it.';
  const count = (key: string): number => (isList(file[key]) ? file[key].length : 0);
  const doc = typeof file['doc'] === 'string' ? `${file['doc']} ` : '';
  return `${doc}${count('faults')} faults, ${count('load')} messages of load, ${count('expectations')} expectations.`;
}
