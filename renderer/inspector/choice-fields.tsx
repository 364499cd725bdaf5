import { Check, ChevronDown } from 'lucide-react';
import { useId } from 'react';
import type { JsonPath } from '../../shared/design/edits/edit';
import { valueAt } from '../../shared/json/value-at';
import type { Strategy } from '../../shared/program/program';
import { StrategyGlyph } from '../glyphs/strategy-glyph';
import { FieldRow } from './field-row';
import { fieldName, useFieldTarget } from './field-target';

type ChoiceFieldProps = { readonly label: string; readonly path: JsonPath; readonly options: readonly string[]; readonly standard: string; readonly words?: Readonly<Record<string, string>>; /** The option that takes the field away. */ readonly absent?: string };

/** Nobody looks through more. */
export const MOST_CHOICES = 200;

/** One of a few words. A value that is none of them is shown as it stands. */
export function ChoiceField({ label, path, options, standard, words = {}, absent }: ChoiceFieldProps) {
  const { raw, mixed, set } = useFieldTarget();
  const value = valueAt(raw, path);
  const isMixed = mixed?.has(fieldName(path)) ?? false;
  const shown = isMixed ? '' : value === undefined ? standard : typeof value === 'string' ? value : JSON.stringify(value);
  const all = options.includes(shown) ? options : [shown, ...options];
  return (
    <FieldRow label={label} field={fieldName(path)}>
      <span className="in box choice">
        <select aria-label={label} value={shown} onChange={(event) => set(path, event.target.value === absent ? undefined : event.target.value)}>
          {all.map((option) => <option key={option} value={option} disabled={isMixed && option === ''}>{option === '' ? (isMixed ? 'differ' : 'choose one') : (words[option] ?? option)}</option>)}
        </select>
        <ChevronDown size={12} aria-hidden="true" />
      </span>
    </FieldRow>
  );
}

/** On or off; off takes the field away where that is the default. */
export function SwitchField({ label, path, says }: { readonly label: string; readonly path: JsonPath; readonly says?: string }) {
  const { raw, mixed, set } = useFieldTarget();
  const id = useId();
  const field = fieldName(path);
  return (
    <FieldRow label={label} field={field}>
      <span className="switch-line">
        <input
          type="checkbox" role="switch" className="switch" aria-label={label} aria-describedby={says === undefined ? undefined : id} checked={valueAt(raw, path) === true}
          ref={(input) => { if (input) input.indeterminate = mixed?.has(field) ?? false; }}
          onChange={(event) => set(path, event.target.checked ? true : undefined)}
        />
        {says !== undefined && <span id={id} className="dim">{says}</span>}
      </span>
    </FieldRow>
  );
}

const SAYS: Readonly<Record<Strategy, string>> = {
  one_for_one: 'Restart the child that exited',
  one_for_all: 'Restart every child',
  rest_for_one: 'Restart it and those after it',
  simple_one_for_one: 'One kind of child, many of them',
};
const STRATEGY_ORDER = Object.keys(SAYS) as readonly Strategy[];

/** The four strategies as pictures: three children, the middle one exits, filled ones are started anew. */
export function StrategyField() {
  const { raw, mixed, set, key } = useFieldTarget();
  const value = raw['strategy'];
  const shown = mixed?.has('strategy') ? undefined : (value ?? 'one_for_one');
  return (
    <FieldRow field="strategy">
      <div className="strategies" role="radiogroup" aria-label="Strategy">
        {STRATEGY_ORDER.map((strategy) => (
          <label key={strategy} className={strategy === shown ? 'on' : ''}>
            <input type="radio" name={`strategy ${key}`} className="unseen" aria-label={strategy} aria-description={SAYS[strategy]} checked={strategy === shown} onChange={() => set(['strategy'], strategy)} />
            <StrategyGlyph strategy={strategy} />
            <span><b>{strategy}</b><span className="dim">{SAYS[strategy]}</span></span>
            {strategy === shown && <Check size={14} className="chosen" aria-hidden="true" />}
          </label>
        ))}
      </div>
    </FieldRow>
  );
}
