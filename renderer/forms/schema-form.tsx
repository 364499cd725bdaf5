/** A form made of a schema: one field for each property, a list for an array, JSON text for what has no simpler form. */
import { Plus, X } from 'lucide-react';
import { useId, useState } from 'react';
import type { Json, JsonObject } from '../../shared/json/json';
import { isList } from '../../shared/design/document';
import { isObject } from '../../shared/json/is-object';
import { sampleValue } from '../../shared/schema/sample-value';
import type { ValueSchema } from '../../shared/schema/value-schema';

type FieldProps = { readonly schema: ValueSchema; readonly value: Json; readonly label: string; readonly isRequired?: boolean; readonly onChange: (value: Json) => void };

const typeOf = (schema: ValueSchema): string | undefined => (typeof schema.type === 'string' ? schema.type : undefined);

export function SchemaField(props: FieldProps) {
  const { schema, value, label, onChange } = props;
  if (schema.const !== undefined) return <Row {...props}><span className="m dim">{JSON.stringify(schema.const)}</span></Row>;
  if (schema.enum !== undefined) return <EnumField {...props} />;
  switch (typeOf(schema)) {
    case 'object':
      return schema.properties ? <ObjectFields {...props} /> : <JsonField {...props} />;
    case 'array':
      return schema.items ? <ListFields {...props} /> : <JsonField {...props} />;
    case 'boolean':
      return <Row {...props}><input type="checkbox" role="switch" className="switch" aria-label={label} checked={value === true} onChange={(event) => onChange(event.target.checked)} /></Row>;
    case 'string':
      return <TextField {...props} />;
    case 'integer':
    case 'number':
      return <NumberField {...props} />;
    case 'null':
      return <Row {...props}><span className="m dim">null</span></Row>;
    default:
      return <JsonField {...props} />;
  }
}

function Row({ label, isRequired, children }: { readonly label: string; readonly isRequired?: boolean; readonly children: React.ReactNode }) {
  return <div className="f"><span>{label}{isRequired && <span className="dim" title="required"> *</span>}</span>{children}</div>;
}

function TextField(props: FieldProps) {
  const { value, label, onChange } = props;
  const text = typeof value === 'string' ? value : '';
  const isLong = text.includes('\n') || text.length > 60;
  return (
    <Row {...props}>
      {isLong ? <textarea className="in" rows={3} aria-label={label} value={text} onChange={(event) => onChange(event.target.value)} /> : <input className="in" aria-label={label} value={text} onChange={(event) => onChange(event.target.value)} />}
    </Row>
  );
}

function NumberField(props: FieldProps) {
  const { value, label, onChange } = props;
  const [text, setText] = useState(typeof value === 'number' || typeof value === 'string' ? String(value) : '');
  const number = Number(text);
  const isNumber = text.trim() !== '' && Number.isFinite(number);
  return <Row {...props}><input className="in" inputMode="decimal" aria-label={label} value={text} aria-invalid={!isNumber} onChange={(event) => { setText(event.target.value); const next = Number(event.target.value); onChange(event.target.value.trim() !== '' && Number.isFinite(next) ? next : event.target.value); }} /></Row>;
}

function EnumField(props: FieldProps) {
  const { schema, value, label, onChange } = props;
  const options = schema.enum ?? [];
  return (
    <Row {...props}>
      <select className="in" aria-label={label} value={JSON.stringify(value)} onChange={(event) => onChange(JSON.parse(event.target.value) as Json)}>
        {options.map((option) => <option key={JSON.stringify(option)} value={JSON.stringify(option)}>{typeof option === 'string' ? option : JSON.stringify(option)}</option>)}
      </select>
    </Row>
  );
}

function ObjectFields({ schema, value, label, onChange }: FieldProps) {
  const object: JsonObject = isObject(value) ? value : {};
  const set = (name: string, next: Json | undefined): void => {
    if (next !== undefined) return onChange({ ...object, [name]: next });
    const { [name]: _, ...rest } = object;
    onChange(rest);
  };
  return (
    <fieldset className="fields">
      {label !== '' && <legend>{label}</legend>}
      {Object.entries(schema.properties ?? {}).map(([name, inner]) => {
        const isRequired = schema.required?.includes(name) === true;
        if (!isRequired && !Object.hasOwn(object, name)) return <div key={name} className="f"><span>{name}</span><button type="button" className="b" onClick={() => set(name, sampleValue(inner))}><Plus size={12} aria-hidden="true" />set</button></div>;
        return (
          <div key={name} className="field-row">
            <SchemaField schema={inner} value={object[name] ?? null} label={name} isRequired={isRequired} onChange={(next) => set(name, next)} />
            {!isRequired && <button type="button" className="b ic" aria-label={`Leave ${name} out`} onClick={() => set(name, undefined)}><X size={12} /></button>}
          </div>
        );
      })}
    </fieldset>
  );
}

function ListFields({ schema, value, label, onChange }: FieldProps) {
  const list = isList(value) ? value : [];
  return (
    <fieldset className="fields">
      <legend>{label}</legend>
      {list.map((item, index) => (
        // Items have no name but their place.
        <div key={index} className="field-row">
          <SchemaField schema={schema.items ?? {}} value={item} label={String(index + 1)} onChange={(next) => onChange(list.with(index, next))} />
          <button type="button" className="b ic" aria-label={`Remove item ${index + 1}`} onClick={() => onChange(list.toSpliced(index, 1))}><X size={12} /></button>
        </div>
      ))}
      <button type="button" className="b" onClick={() => onChange([...list, sampleValue(schema.items ?? {})])}><Plus size={12} aria-hidden="true" />Add item</button>
    </fieldset>
  );
}

/** The text as typed; the value changes only while it is JSON. */
export function JsonField({ value, label, onChange }: FieldProps) {
  const [text, setText] = useState(() => JSON.stringify(value, null, 2));
  const problem = problemOf(text);
  const id = useId();
  return (
    <div className="json-field">
      <label htmlFor={id}>{label}</label>
      <textarea id={id} className="in m" rows={Math.min(12, text.split('\n').length + 1)} spellCheck={false} value={text} aria-invalid={problem !== undefined} onChange={(event) => { setText(event.target.value); if (problemOf(event.target.value) === undefined) onChange(JSON.parse(event.target.value) as Json); }} />
      {problem !== undefined && <p className="refusal" role="alert">{problem}</p>}
    </div>
  );
}

function problemOf(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? `This is no JSON yet: ${error.message}` : 'This is no JSON yet.';
  }
}
