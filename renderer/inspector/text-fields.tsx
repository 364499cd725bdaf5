import { useId, type InputHTMLAttributes, type KeyboardEvent } from 'react';
import type { JsonPath } from '../../shared/design/edits/edit';
import type { Json } from '../../shared/json/json';
import { valueAt } from '../../shared/json/value-at';
import { fieldName, useFieldPlace, useFieldTarget } from './field-target';
import { FieldRow } from './field-row';
import { LongValue, MOST_EDITED } from './long-value';
import { useDraft, type Draft } from './use-draft';

type FieldProps = { readonly label: string; readonly path: JsonPath; readonly placeholder?: string; readonly unit?: string };

/** One line in a box, with its unit. */
export function DraftInput({ label, draft, unit, refusalId, isMono = false, isMixed = false, ...input }: { readonly label: string; readonly draft: Draft; readonly unit?: string | undefined; readonly refusalId: string; readonly isMono?: boolean; readonly isMixed?: boolean } & InputHTMLAttributes<HTMLInputElement>) {
  const isBad = draft.refusal !== undefined;
  if (draft.text.length > MOST_EDITED) return <LongValue label={label} text={draft.text} onCut={draft.change} />;
  return (
    <span className={`in box${isMono ? ' m' : ''}${isBad ? ' bad' : ''}`}>
      <input
        type="text" spellCheck={false} autoComplete="off" {...input}
        aria-label={label} aria-invalid={isBad} aria-describedby={isBad ? refusalId : undefined} placeholder={isMixed ? 'differ' : input.placeholder}
        value={draft.text} onFocus={draft.begin} onChange={(event) => draft.change(event.target.value)}
        onKeyDown={(event) => {
          input.onKeyDown?.(event);
          if (event.key === 'Escape' && isBad) draft.reset();
        }}
      />
      {unit !== undefined && <span className="u" aria-hidden="true">{unit}</span>}
    </span>
  );
}

/** Text; an empty one takes the field away, or is kept where the field must be there. */
export function TextField({ label, path, placeholder, unit, isMono = false, isRequired = false, list }: FieldProps & { readonly isMono?: boolean; readonly isRequired?: boolean; readonly list?: readonly string[] }) {
  const { raw, mixed, refuse, set } = useFieldTarget();
  const id = useId();
  const field = fieldName(path);
  const value = valueAt(raw, path);
  const draft = useDraft(typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value), (text, group) => {
    const next = text === '' && !isRequired ? undefined : text;
    const refusal = refuse(path, next);
    if (refusal === undefined) set(path, next, group);
    return refusal;
  }, useFieldPlace(path));
  return (
    <FieldRow label={label} field={field} refusal={draft.refusal} refusalId={`${id}-refusal`}>
      <DraftInput label={label} draft={draft} unit={unit} refusalId={`${id}-refusal`} isMono={isMono} isMixed={mixed?.has(field) ?? false} placeholder={placeholder} {...(list ? { list: `${id}-list` } : {})} />
      {list && <datalist id={`${id}-list`}>{list.map((one) => <option key={one} value={one} />)}</datalist>}
    </FieldRow>
  );
}

const STEPS: Readonly<Record<string, number>> = { ArrowUp: 1, ArrowDown: -1 };

/** A whole number; the arrows count. Empty: the field goes, and its default (the placeholder) holds. */
export function NumberField({ label, path, standard, unit, isRequired = false }: FieldProps & { readonly standard?: number; readonly isRequired?: boolean }) {
  const { raw, mixed, refuse, set } = useFieldTarget();
  const id = useId();
  const field = fieldName(path);
  const value = valueAt(raw, path);
  const draft = useDraft(value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value), (text, group) => {
    const next = parseNumber(text);
    if (next === undefined && isRequired) return `${path.at(-1)} is missing; ${refuse(path, undefined)?.split('; ')[1] ?? 'it is a number.'}`;
    const refusal = refuse(path, next);
    if (refusal === undefined) set(path, next, group);
    return refusal;
  }, useFieldPlace(path));
  const step = (event: KeyboardEvent<HTMLInputElement>): void => {
    const by = STEPS[event.key];
    const now = parseNumber(draft.text) ?? standard;
    if (by === undefined || typeof now !== 'number') return;
    event.preventDefault();
    draft.change(String(now + by));
  };
  const now = parseNumber(draft.text);
  return (
    <FieldRow label={label} field={field} refusal={draft.refusal} refusalId={`${id}-refusal`}>
      <DraftInput label={label} draft={draft} unit={unit} refusalId={`${id}-refusal`} isMixed={mixed?.has(field) ?? false} role="spinbutton" inputMode="numeric" aria-valuenow={typeof now === 'number' ? now : (standard ?? 0)} placeholder={standard === undefined ? undefined : String(standard)} onKeyDown={step} />
    </FieldRow>
  );
}

/** What is no number is kept as text, so that the check can name it. */
function parseNumber(text: string): Json | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const number = Number(trimmed);
  return Number.isFinite(number) ? number : trimmed;
}

/** Milliseconds, or one of OTP's two words. */
export function ShutdownField({ standard }: { readonly standard: number | 'infinity' }) {
  const { raw, mixed, refuse, set } = useFieldTarget();
  const id = useId();
  const value = raw['shutdown'];
  const draft = useDraft(value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value), (text, group) => {
    const next = parseNumber(text);
    const refusal = refuse(['shutdown'], next);
    if (refusal === undefined) set(['shutdown'], next, group);
    return refusal;
  }, useFieldPlace(['shutdown']));
  const unit = /^\s*\d*\s*$/.test(draft.text) && !(draft.text.trim() === '' && standard === 'infinity') ? 'ms' : undefined;
  return (
    <FieldRow label="Shutdown" field="shutdown" refusal={draft.refusal} refusalId={`${id}-refusal`}>
      <DraftInput label="Shutdown" draft={draft} unit={unit} refusalId={`${id}-refusal`} isMixed={mixed?.has('shutdown') ?? false} placeholder={String(standard)} list={`${id}-list`} />
      <datalist id={`${id}-list`}><option value="5000" /><option value="brutal_kill" /><option value="infinity" /></datalist>
    </FieldRow>
  );
}
