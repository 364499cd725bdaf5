import { Trash2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { refuseValue } from '../../../shared/design/check-field';
import { renameOperation, setProtocolField } from '../../../shared/design/edits/protocol-edits';
import { isObject } from '../../../shared/json/is-object';
import { operation as operationSchema } from '../../../shared/design/protocol';
import { findDefinition, type OperationForm as OperationValue, type ProtocolForm } from '../../../shared/design/protocol-form';
import { listOperations } from '../../../shared/design/protocol-view';
import { valueAt } from '../../../shared/json/value-at';
import { sampleValue } from '../../../shared/schema/sample-value';
import { shapeOf } from '../../../shared/schema/schema-fields';
import { documentNow, edit, selectDocument, useDocument } from '../../stores/document';
import { useProblemsOfProtocol } from '../../stores/problems';
import { ChoiceField, SwitchField } from '../choice-fields';
import { FieldRow } from '../field-row';
import { FieldTargetContext, type FieldTarget } from '../field-target';
import { JsonField } from '../json-field';
import { Section } from '../section';
import { TextField } from '../text-fields';
import { ErrorsField } from './errors-field';
import { SchemaTable } from './schema-table';
import { ShapeSelect } from './shape-select';

type OperationProps = { readonly protocol: ProtocolForm; readonly operation: OperationValue; readonly onRenamed: (name: string) => void };

/** One operation: what it takes, answers and may fail with. One of a protocol that is extended, or of ours, is only shown. */
export function OperationForm({ protocol, operation, onRenamed }: OperationProps) {
  const isFixed = protocol.isBuiltIn || operation.from !== undefined;
  const target = useOperationTarget(protocol.name, operation);
  const refs = useMemo(() => (isObject(protocol.raw['definitions']) ? Object.keys(protocol.raw['definitions']).map((name) => `#/definitions/${name}`) : []), [protocol]);
  return (
    <FieldTargetContext value={target}>
      <Section isFirst>
        {isFixed ? <FixedWords operation={operation} /> : (
          <>
            <OperationName protocol={protocol.name} name={operation.name} onRenamed={onRenamed} />
            <ChoiceField label="Kind" path={['kind']} options={['call', 'cast', 'stream']} standard="call" words={{ call: 'call: answered', cast: 'cast: one way', stream: 'stream: answered item by item' }} />
            <TextField label="Says" path={['doc']} placeholder="what it does" />
            <SwitchField label="Idempotent" path={['idempotent']} says={operation.isIdempotent ? 'on: doing it twice is as doing it once' : 'off: a retry may do it twice'} />
          </>
        )}
      </Section>
      <SchemaSection protocol={protocol.name} label="Input" which="input" operation={operation} refs={refs} isFixed={isFixed} set={target.set} />
      {operation.kind !== 'cast' && <SchemaSection protocol={protocol.name} label="Output" which="output" operation={operation} refs={refs} isFixed={isFixed} set={target.set} />}
      <Section title="Failures">
        <ErrorsField errors={operation.errors} isFixed={isFixed} />
        <p className="note dim">{operation.errors.length === 0 ? 'Whatever a handler throws is a crash.' : 'A handler throws them by self.error(name). Anything else it throws is a crash.'}</p>
      </Section>
      {!isFixed && <ExampleSection protocol={protocol.name} operation={operation} set={target.set} />}
      {!isFixed && <div className="sec"><button type="button" className="b" onClick={() => edit(setProtocolField(documentNow(), protocol.name, ['operations', operation.name], undefined))}><Trash2 size={13} aria-hidden="true" />Delete {operation.name}</button></div>}
    </FieldTargetContext>
  );
}

function useOperationTarget(protocol: string, { name, raw }: OperationValue): FieldTarget {
  const problems = useProblemsOfProtocol(protocol);
  return useMemo(() => {
    const prefix = `operations.${name}.`;
    return {
      key: `${protocol}.${name}`,
      prefix,
      raw,
      refuse: (path, value) => refuseValue(operationSchema, raw, path, value),
      set: (path, value, group) => void edit(setProtocolField(documentNow(), protocol, ['operations', name, ...path], value, group)),
      problemsOf: (field) => problems.filter(({ at }) => at.field === `${prefix}${field}` || (at.field?.startsWith(`${prefix}${field}.`) ?? false) || (field === 'kind' && at.field === `operations.${name}`)),
    };
  }, [protocol, name, raw, problems]);
}

function FixedWords({ operation }: { readonly operation: OperationValue }) {
  return <p className="note">{operation.doc}{operation.from !== undefined && <span className="dim"> From {operation.from}, which this protocol extends.</span>}</p>;
}

/** Renamed when it is left. Handlers keep their names: the check says which to rename. */
function OperationName({ protocol, name, onRenamed }: { readonly protocol: string; readonly name: string; readonly onRenamed: (name: string) => void }) {
  const [draft, setDraft] = useState<string>();
  const [refusal, setRefusal] = useState<string>();
  const finish = (): void => {
    if (draft === undefined || draft === name) return setDraft(undefined);
    const made = renameOperation(documentNow(), protocol, name, draft);
    if (typeof made === 'string') return setRefusal(`${made.charAt(0).toUpperCase()}${made.slice(1)}.`);
    if (edit(made)) onRenamed(draft);
    setDraft(undefined);
  };
  return (
    <FieldRow label="Name" field="name" refusal={refusal} refusalId={`${protocol}-name-refusal`}>
      <input className="in m" aria-label="Name of the operation" aria-invalid={refusal !== undefined} aria-describedby={refusal === undefined ? undefined : `${protocol}-name-refusal`} spellCheck={false} value={draft ?? name} onChange={(event) => { setDraft(event.target.value); setRefusal(undefined); }} onBlur={finish} onKeyDown={(event) => { if (event.key === 'Enter') finish(); if (event.key === 'Escape') { setDraft(undefined); setRefusal(undefined); } }} />
    </FieldRow>
  );
}

type SchemaSectionProps = { readonly protocol: string; readonly label: string; readonly which: 'input' | 'output'; readonly operation: OperationValue; readonly refs: readonly string[]; readonly isFixed: boolean; readonly set: FieldTarget['set'] };

function SchemaSection({ protocol, label, which, operation, refs, isFixed, set }: SchemaSectionProps) {
  const schema = operation[which];
  const named = shapeOf(schema) === 'ref' ? valueAt(schema, ['$ref']) : undefined;
  return (
    <Section title={label} note={<ShapeSelect label={`Type of ${label.toLowerCase()}`} schema={schema} refs={refs} isFixed={isFixed} set={(next) => set([which], next)} />}>
      {which === 'output' && operation.kind === 'stream' && <p className="note dim">What each item of the stream is.</p>}
      <FieldRow field={which}>
        {typeof named === 'string' ? <Definition protocol={protocol} label={label} named={named} refs={refs} isFixed={isFixed} /> : <SchemaTable label={label} schema={schema} refs={refs} isFixed={isFixed} set={(next, group) => set([which], next, group)} />}
      </FieldRow>
    </Section>
  );
}

/** What a reference names, in its own table: a change of it is a change for all who name it. */
function Definition({ protocol, label, named, refs, isFixed }: { readonly protocol: string; readonly label: string; readonly named: string; readonly refs: readonly string[]; readonly isFixed: boolean }) {
  const document = useDocument(selectDocument);
  const found = useMemo(() => findDefinition(document, protocol, named), [document, protocol, named]);
  if (!found) return <p className="note dim">There is no {named}.</p>;
  const { name, schema } = found;
  return (
    <>
      <p className="note dim">{found.protocol === protocol ? name : `${found.protocol}.${name}`}, wherever it is named:</p>
      <SchemaTable label={label} schema={schema} refs={refs.filter((one) => one !== named)} isFixed={isFixed} set={(next, group) => void edit(setProtocolField(documentNow(), found.protocol, ['definitions', name], next, group))} />
    </>
  );
}

/** An input, or an input with its answer; the check holds it against the schemas. */
function ExampleSection({ protocol, operation, set }: { readonly protocol: string; readonly operation: OperationValue; readonly set: FieldTarget['set'] }) {
  const fill = (): void => {
    const input = listOperations(documentNow(), protocol).find(({ name }) => name === operation.name)?.input;
    set(['example'], input ? sampleValue(input) : null);
  };
  return (
    <Section title="Example" note={operation.example === undefined ? <button type="button" className="link" onClick={fill}>Make one of the schema</button> : undefined}>
      <JsonField label="Example" path={['example']} placeholder="none; an input as JSON" />
    </Section>
  );
}
