/** A schema as a table (look.md, `inspector.html`): name, type, whether it must be there, limits; the rest of a field opens below it. */
import { ChevronDown, ChevronRight, Plus, X } from 'lucide-react';
import { useId, useState, type KeyboardEvent } from 'react';
import type { Json } from '../../../shared/json/json';
import { addField, deleteField, letOthersIn, letsOthersIn, listFields, refuseFieldName, renameField, requireField, setField, shapeOf, withDoc, type SchemaFieldRow } from '../../../shared/schema/schema-fields';
import { valueAt } from '../../../shared/json/value-at';
import { JsonInput, useJsonDraft } from '../json-field';
import { LimitInput } from './limit-input';
import { ShapeSelect } from './shape-select';

export type SchemaTableProps = {
  /** `Input` of `Input field prompt`. */
  readonly label: string;
  readonly schema: Json | undefined;
  readonly refs: readonly string[];
  readonly isFixed: boolean;
  readonly set: (schema: Json, group?: string) => void;
};

const DEEPEST = 3;

export function SchemaTable({ depth = 0, ...props }: SchemaTableProps & { readonly depth?: number }) {
  const { label, schema, refs, isFixed, set } = props;
  const shape = shapeOf(schema);
  if (shape === 'custom' || depth > DEEPEST) return <SchemaJson {...props} />;
  if (shape === 'list') return <ListTable {...props} depth={depth} />;
  if (shape !== 'object') return schema !== undefined && <div className="schema-one"><LimitInput label={`Limit of ${label}`} schema={schema} isFixed={isFixed} set={set} /></div>;
  const object = schema!;
  const fields = listFields(object);
  return (
    <div className="schema" role="group" aria-label={`Fields of ${label}`}>
      {fields.length > 0 && <div className="schema-row head" aria-hidden="true"><span /><span>Field</span><span>Type</span><span>Must</span><span>Limit</span><span /></div>}
      {fields.map((field, index) => <FieldRows key={index} label={label} field={field} object={object} refs={refs} isFixed={isFixed} set={set} depth={depth} />)}
      {fields.length === 0 && <p className="note dim">No field yet.</p>}
      {!isFixed && (
        <div className="schema-foot">
          <button type="button" className="b small" onClick={() => set(addField(object).schema)}><Plus size={13} aria-hidden="true" />Add field</button>
          <label className="others"><input type="checkbox" checked={letsOthersIn(object)} onChange={(event) => set(letOthersIn(object, event.target.checked))} />lets other fields in</label>
        </div>
      )}
    </div>
  );
}

type FieldProps = { readonly label: string; readonly field: SchemaFieldRow; readonly object: Json; readonly refs: readonly string[]; readonly isFixed: boolean; readonly set: SchemaTableProps['set']; readonly depth: number };

function FieldRows({ label, field, object, refs, isFixed, set, depth }: FieldProps) {
  const { name, shape, isRequired, schema } = field;
  const [isOpen, setOpen] = useState(false);
  const hasInside = shape === 'object' || shape === 'list' || shape === 'custom';
  const change = (inner: Json, group?: string): void => set(setField(object, name, inner), group);
  return (
    <div className="schema-field">
      <div className="schema-row">
        <button type="button" className="chevron" aria-expanded={isOpen} aria-label={`More of ${name}`} onClick={() => setOpen(!isOpen)}>{isOpen ? <ChevronDown size={12} /> : <ChevronRight size={12} />}</button>
        <NameInput label={`Name of ${label} field ${name}`} name={name} object={object} isFixed={isFixed} set={set} />
        <ShapeSelect label={`Type of ${name}`} schema={schema} refs={refs} isFixed={isFixed} set={(inner) => { change(inner); if (shapeOf(inner) === 'object' || shapeOf(inner) === 'list') setOpen(true); }} />
        <input type="checkbox" className="must" aria-label={`${name} must be there`} checked={isRequired} disabled={isFixed} onChange={(event) => set(requireField(object, name, event.target.checked))} />
        <LimitInput label={`Limit of ${name}`} schema={schema} isFixed={isFixed} set={change} />
        {!isFixed ? <button type="button" className="b ic small" aria-label={`Delete field ${name}`} title={`Delete ${name}`} onClick={() => set(deleteField(object, name))}><X size={12} /></button> : <span />}
      </div>
      {isOpen && (
        <div className="schema-more">
          <DocInput label={`Says of ${name}`} doc={field.doc} isFixed={isFixed} set={(doc, group) => change(withDoc(schema, doc), group)} />
          {hasInside && <SchemaTable label={name} schema={schema} refs={refs} isFixed={isFixed} set={change} depth={depth + 1} />}
        </div>
      )}
    </div>
  );
}

/** Renamed when it is left: a name half typed would be a field of its own. */
function NameInput({ label, name, object, isFixed, set }: { readonly label: string; readonly name: string; readonly object: Json; readonly isFixed: boolean; readonly set: SchemaTableProps['set'] }) {
  const [draft, setDraft] = useState<string>();
  const id = useId();
  const text = draft ?? name;
  const refusal = draft === undefined ? undefined : refuseFieldName(object, draft.trim(), name);
  const finish = (): void => {
    if (draft === undefined || refusal !== undefined) return;
    setDraft(undefined);
    if (draft.trim() !== name) set(renameField(object, name, draft.trim()));
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') finish();
    if (event.key === 'Escape') setDraft(undefined);
  };
  return (
    <span className="with-refusal">
      <input className="in m" aria-label={label} title={text} value={text} readOnly={isFixed} spellCheck={false} aria-invalid={refusal !== undefined} aria-describedby={refusal === undefined ? undefined : id} onChange={(event) => setDraft(event.target.value)} onBlur={finish} onKeyDown={press} />
      {refusal !== undefined && <span className="refusal" role="alert" id={id}>{refusal}</span>}
    </span>
  );
}

export function DocInput({ label, doc, isFixed, set }: { readonly label: string; readonly doc: string; readonly isFixed: boolean; readonly set: (doc: string, group: string) => void }) {
  const id = useId();
  return <div className="f"><span aria-hidden="true">Says</span><input className="in" aria-label={label} placeholder={isFixed ? '' : 'words for people'} value={doc} readOnly={isFixed} onChange={(event) => set(event.target.value, `doc ${id}`)} /></div>;
}

function ListTable({ label, schema, refs, isFixed, set, depth }: SchemaTableProps & { readonly depth: number }) {
  const list = schema as { readonly [key: string]: Json };
  const items = valueAt(list, ['items']);
  const change = (inner: Json, group?: string): void => set({ ...list, items: inner }, group);
  return (
    <div className="schema" role="group" aria-label={`Items of ${label}`}>
      <div className="f"><span aria-hidden="true">Each item</span><ShapeSelect label={`Type of each ${label}`} schema={items} refs={refs} isFixed={isFixed} set={change} /></div>
      {items !== undefined && <SchemaTable label={`each ${label}`} schema={items} refs={refs} isFixed={isFixed} set={change} depth={depth + 1} />}
    </div>
  );
}

/** What has no simpler form, as it stands. */
function SchemaJson({ label, schema, isFixed, set }: SchemaTableProps) {
  const id = useId();
  const draft = useJsonDraft(schema, (value, group) => {
    if (value === undefined) return 'Nothing is no schema; write {} for any value.';
    set(value, group);
    return undefined;
  });
  return (
    <div className="schema-json">
      {isFixed ? <pre className="m">{JSON.stringify(schema, null, 2)}</pre> : <JsonInput label={`Schema of ${label}`} draft={draft} refusalId={id} />}
      {draft.refusal !== undefined && <p className="field-says bad" role="alert" id={id}>{draft.refusal}</p>}
    </div>
  );
}
