import { useId } from 'react';
import { formatJson } from '../../shared/design/document';
import type { JsonPath } from '../../shared/design/edits/edit';
import { positionAt, readStrictJson } from '../../shared/json/strict-json';
import type { Json } from '../../shared/json/json';
import { valueAt } from '../../shared/json/value-at';
import { FieldRow } from './field-row';
import { fieldName, useFieldPlace, useFieldTarget } from './field-target';
import { LongValue, MOST_EDITED } from './long-value';
import { useDraft } from './use-draft';

/** The value of a JSON text, or where and why it is none. */
export function parseJsonText(text: string): { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly refusal: string } {
  const { value, faults } = readStrictJson(text);
  const [fault] = faults;
  if (fault === undefined && value !== undefined) return { ok: true, value };
  const { line, column } = positionAt(text, fault?.offset ?? 0);
  return { ok: false, refusal: `Line ${line}, column ${column}: ${fault?.message ?? 'this is no JSON'}.` };
}

const MOST_ROWS = 14;
const inOneLine = (value: Json): string => (value !== null && typeof value === 'object' ? formatJson(value).trimEnd() : JSON.stringify(value));

/** Takes the value, or says why not; `undefined`: the text is empty. */
type Commit = (value: Json | undefined, group: string) => string | undefined;

/** JSON as text, checked at each letter. */
export function useJsonDraft(value: Json | undefined, commit: Commit, place?: string): ReturnType<typeof useDraft> {
  return useDraft(value === undefined ? '' : inOneLine(value), (text, group) => {
    if (text.trim() === '') return commit(undefined, group);
    const parsed = parseJsonText(text);
    return parsed.ok ? commit(parsed.value, group) : parsed.refusal;
  }, place);
}

export function JsonInput({ label, draft, placeholder, refusalId }: { readonly label: string; readonly draft: ReturnType<typeof useDraft>; readonly placeholder?: string | undefined; readonly refusalId: string }) {
  const isBad = draft.refusal !== undefined;
  if (draft.text.length > MOST_EDITED) return <LongValue label={label} text={draft.text} />;
  return (
    <textarea
      className="in m" aria-label={label} aria-invalid={isBad} aria-describedby={isBad ? refusalId : undefined} spellCheck={false} placeholder={placeholder}
      rows={Math.min(MOST_ROWS, Math.max(1, draft.text.split('\n').length))} value={draft.text} onFocus={draft.begin} onChange={(event) => draft.change(event.target.value)}
      onKeyDown={(event) => { if (event.key === 'Escape' && isBad) draft.reset(); }}
    />
  );
}

/** A field that takes any JSON value; an empty text takes it away. */
export function JsonField({ label, path, placeholder, isRequired = false }: { readonly label: string; readonly path: JsonPath; readonly placeholder?: string; readonly isRequired?: boolean }) {
  const { raw, refuse, set } = useFieldTarget();
  const id = useId();
  const draft = useJsonDraft(valueAt(raw, path), (value, group) => {
    if (value === undefined && isRequired) return 'Nothing is no JSON; write null for no value.';
    const refusal = refuse(path, value);
    if (refusal === undefined) set(path, value, group);
    return refusal;
  }, useFieldPlace(path));
  return (
    <FieldRow label={label} field={fieldName(path)} refusal={draft.refusal} refusalId={`${id}-refusal`} isWide>
      <JsonInput label={label} draft={draft} placeholder={placeholder} refusalId={`${id}-refusal`} />
    </FieldRow>
  );
}
