import { ChevronDown } from 'lucide-react';
import type { Json } from '../../../shared/json/json';
import { valueAt } from '../../../shared/json/value-at';
import { shapeOf, SHAPES, withShape, type Shape } from '../../../shared/schema/schema-fields';

const WORDS: Readonly<Record<Shape, string>> = { string: 'string', integer: 'integer', number: 'number', boolean: 'boolean', choice: 'choice', list: 'list', object: 'object', null: 'null', any: 'any value', ref: 'definition', custom: 'as JSON' };

/** What kind of value it is. Another kind begins anew; Undo brings the old one back. */
export function ShapeSelect({ label, schema, refs, isFixed, set }: { readonly label: string; readonly schema: Json | undefined; readonly refs: readonly string[]; readonly isFixed: boolean; readonly set: (schema: Json) => void }) {
  const shape = shapeOf(schema);
  const named = valueAt(schema, ['$ref']);
  const ref = shape === 'ref' && typeof named === 'string' ? named : undefined;
  const known = ref === undefined || refs.includes(ref) ? refs : [ref, ...refs];
  const choose = (value: string): void => set(value.startsWith('#') || value.includes('.json#') ? withShape(schema, 'ref', value) : withShape(schema, value as Shape));
  return (
    <span className="in box choice type">
      <select aria-label={label} value={ref ?? shape} disabled={isFixed} onChange={(event) => choose(event.target.value)}>
        {SHAPES.map((one) => <option key={one} value={one}>{WORDS[one]}</option>)}
        {shape === 'custom' && <option value="custom">{WORDS.custom}</option>}
        {known.map((one) => <option key={one} value={one}>{one.replace('#/definitions/', '').replace('.json', '.')}</option>)}
      </select>
      <ChevronDown size={12} aria-hidden="true" />
    </span>
  );
}
