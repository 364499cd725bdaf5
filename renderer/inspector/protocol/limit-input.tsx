import { useId } from 'react';
import type { Json } from '../../../shared/json/json';
import { shapeOf } from '../../../shared/schema/schema-fields';
import { hasLimits, limitUnit, parseLimits, wordLimits } from '../../../shared/schema/schema-limits';
import { useDraft } from '../use-draft';

/** `1 to 100`; a text that says no limits stays in the field, with words why the schema still has the old ones. */
export function LimitInput({ label, schema, isFixed, set }: { readonly label: string; readonly schema: Json; readonly isFixed: boolean; readonly set: (schema: Json, group?: string) => void }) {
  const id = useId();
  const shape = shapeOf(schema);
  const draft = useDraft(wordLimits(schema), (text, group) => {
    const parsed = parseLimits(schema, text);
    if (!parsed.ok) return parsed.refusal;
    set(parsed.schema, group);
    return undefined;
  });
  if (!hasLimits(shape)) return <span />;
  const isBad = draft.refusal !== undefined;
  return (
    <span className="with-refusal">
      <input className="in" aria-label={label} value={draft.text} readOnly={isFixed} spellCheck={false} placeholder={isFixed ? '' : limitUnit(shape) || 'none'} aria-invalid={isBad} aria-describedby={isBad ? id : undefined} onFocus={draft.begin} onChange={(event) => draft.change(event.target.value)} onKeyDown={(event) => { if (event.key === 'Escape') draft.reset(); }} />
      {isBad && <span className="refusal" role="alert" id={id}>{draft.refusal}</span>}
    </span>
  );
}
