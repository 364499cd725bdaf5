import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import type { OperationView } from '../../shared/design/protocol-view';
import type { MockFault } from '../../shared/run/mock';
import { listErrorCodes, newFault } from './mock-form';

const KINDS: Readonly<Record<MockFault['kind'], string>> = { error: 'fails', delay: 'is slow', garbage: 'answers nonsense', silence: 'says nothing' };
type FaultsProps = { readonly faults: readonly MockFault[]; readonly operations: readonly OperationView[]; readonly change: (faults: readonly MockFault[]) => void };

/** What goes wrong before it answers, and to which share of the calls; drawn by the run's seed. */
export function MockFaults({ faults, operations, change }: FaultsProps) {
  const codes = listErrorCodes(operations);
  return (
    <fieldset className="fields">
      <legend>Faults</legend>
      <ol className="mock-faults" aria-label="Faults">
        {faults.map((fault, index) => (
          <li key={index} aria-label={`Fault ${index + 1}`}>
            <FaultFields fault={fault} codes={codes} change={(next) => change(faults.with(index, next))} />
            <button type="button" className="b ic small" aria-label={`Delete fault ${index + 1}`} onClick={() => change(faults.toSpliced(index, 1))}><X size={12} /></button>
          </li>
        ))}
      </ol>
      <button type="button" className="b" onClick={() => change([...faults, newFault('error', codes[0]!)])}><Plus size={13} aria-hidden="true" />Add fault</button>
    </fieldset>
  );
}

function FaultFields({ fault, codes, change }: { readonly fault: MockFault; readonly codes: readonly string[]; readonly change: (fault: MockFault) => void }) {
  return (
    <>
      <NumberBox label="Share" unit="%" value={fault.rate * 100} most={100} onChange={(percent) => change({ ...fault, rate: percent / 100 })} />
      <select className="in" aria-label="What happens" value={fault.kind} onChange={({ target }) => change({ ...newFault(target.value as MockFault['kind'], codes[0]!), rate: fault.rate })}>
        {Object.entries(KINDS).map(([kind, says]) => <option key={kind} value={kind}>{says}</option>)}
      </select>
      {fault.kind === 'error' && (
        <select className="in m" aria-label="Code" value={fault.code} onChange={({ target }) => change({ ...fault, code: target.value })}>
          {[...new Set([...codes, fault.code])].map((code) => <option key={code}>{code}</option>)}
        </select>
      )}
      {fault.kind === 'delay' && <NumberBox label="Delay" unit="ms" value={fault.ms} onChange={(ms) => change({ ...fault, ms: Math.round(ms) })} />}
      {(fault.kind === 'garbage' || fault.kind === 'silence') && <span className="dim">{fault.kind === 'garbage' ? 'it crashes; callers hear callee_exit' : 'callers hear timeout'}</span>}
    </>
  );
}

/** The text as typed; what is no number leaves the value as it was. */
function NumberBox({ label, unit, value, most = Number.MAX_SAFE_INTEGER, onChange }: { readonly label: string; readonly unit: string; readonly value: number; readonly most?: number; readonly onChange: (value: number) => void }) {
  const [text, setText] = useState(String(Math.round(value * 1000) / 1000));
  const number = Number(text);
  const isFine = text.trim() !== '' && number >= 0 && number <= most;
  const type = (next: string): void => {
    setText(next);
    const given = Number(next);
    if (next.trim() !== '' && given >= 0 && given <= most) onChange(given);
  };
  return <span className={isFine ? 'in box' : 'in box bad'}><input inputMode="decimal" aria-label={label} aria-invalid={!isFine} value={text} onChange={({ target }) => type(target.value)} /><span className="u" aria-hidden="true">{unit}</span></span>;
}
