import { ArrowRight, ChevronDown, Wand2 } from 'lucide-react';
import { useState } from 'react';
import { proposeTemplate } from '../../../shared/adapters/propose-template';
import type { OperationView } from '../../../shared/design/protocol-view';
import { isObject } from '../../../shared/json/is-object';
import { valueAt } from '../../../shared/json/value-at';
import { FieldProblem } from '../field-row';
import { useFieldTarget } from '../field-target';
import { JsonField } from '../json-field';

type OperationProps = { readonly name: string; readonly asked: OperationView | undefined; readonly others: readonly OperationView[] };
const PARTS = ['input', 'output', 'errors'] as const;

/** One operation of the port's protocol: to which it goes, and how its input, its answer and its errors are made. */
export function AdapterOperation({ name, asked, others }: OperationProps) {
  const { raw, set, problemsOf } = useFieldTarget();
  const path = ['operations', name] as const;
  const entry = valueAt(raw, path);
  const written = isObject(entry) ? entry : undefined;
  const to = typeof written?.['to'] === 'string' ? written['to'] : name;
  const hasParts = PARTS.some((part) => written?.[part] !== undefined);
  const problems = problemsOf(path.join('.'));
  const [isOpen, setOpen] = useState(false);
  const isShown = isOpen || hasParts || problems.length > 0;
  const known = others.some((one) => one.name === to);
  const own = PARTS.flatMap((part) => problemsOf([...path, part].join('.')));
  return (
    <div className="guard" role="group" aria-label={`operation ${name}`}>
      <div className="adapter-head">
        <b className="m">{name}</b><ArrowRight size={12} aria-label="goes to" />
        <span className={known ? 'in box choice' : 'in box choice bad'}>
          <select aria-label={`${name} goes to`} aria-invalid={!known} value={to} onChange={({ target }) => set([...path, 'to'], target.value)}>
            {!known && <option value={to}>{written?.['to'] === undefined ? 'nowhere yet' : `${to}, which is not there`}</option>}
            {others.map((one) => <option key={one.name} value={one.name} disabled={asked !== undefined && one.kind !== asked.kind}>{one.name}{asked !== undefined && one.kind !== asked.kind ? `, a ${one.kind}` : ''}</option>)}
          </select>
          <ChevronDown size={12} aria-hidden="true" />
        </span>
      </div>
      {problems.filter((one) => !own.includes(one)).map((problem) => <FieldProblem key={`${problem.code} ${problem.message}`} problem={problem} />)}
      {isShown ? <Templates name={name} asked={asked} answering={others.find((one) => one.name === to)} /> : <button type="button" className="link" onClick={() => setOpen(true)}>as it is; write templates</button>}
    </div>
  );
}

function Templates({ name, asked, answering }: { readonly name: string; readonly asked: OperationView | undefined; readonly answering: OperationView | undefined }) {
  const { raw, set } = useFieldTarget();
  const path = ['operations', name] as const;
  const isAbsent = (part: string): boolean => valueAt(raw, [...path, part]) === undefined;
  const begin = asked && answering;
  return (
    <>
      <JsonField label="Input" path={[...path, 'input']} placeholder={'as it is; or { "prompt": { "$": "input.text" } }'} />
      {begin && isAbsent('input') && <Begin label="Begin the input" onClick={() => set([...path, 'input'], proposeTemplate(asked.input, answering.input, 'input'))} />}
      {asked?.kind !== 'cast' && <JsonField label="Answer" path={[...path, 'output']} placeholder={'as it comes; or { "topic": { "$": "output.text" } }'} />}
      {begin && asked.kind !== 'cast' && isAbsent('output') && <Begin label="Begin the answer" onClick={() => set([...path, 'output'], proposeTemplate(answering.output, asked.output, 'output'))} />}
      {((answering?.errors.length ?? 0) > 0 || !isAbsent('errors')) && <JsonField label="Errors" path={[...path, 'errors']} placeholder={`none; or { "${answering?.errors[0] ?? 'Busy'}": "${asked?.errors[0] ?? 'overloaded'}" }`} />}
    </>
  );
}

function Begin({ label, onClick }: { readonly label: string; readonly onClick: () => void }) {
  return <button type="button" className="link adapter-begin" title="Fields of the same name are taken over; the rest is for you to write." onClick={onClick}><Wand2 size={12} aria-hidden="true" />{label}</button>;
}
