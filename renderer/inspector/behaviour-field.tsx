import { ChevronDown } from 'lucide-react';
import type { NodeView } from '../../shared/design/design-view';
import { setNodeField } from '../../shared/design/edits/node-edits';
import type { JsonObject } from '../../shared/json/json';
import { documentNow, edit } from '../stores/document';
import { FieldRow } from './field-row';

/** Another type of behaviour begins anew: its fields are others. */
export function BehaviourField({ node, label, types }: { readonly node: NodeView; readonly label: string; readonly types: Readonly<Record<string, JsonObject>> }) {
  const shown = node.behaviour ?? '';
  const options = Object.hasOwn(types, shown) ? Object.keys(types) : [shown, ...Object.keys(types)];
  return (
    <FieldRow label={label} field="behaviour.type">
      <span className="in box choice">
        <select aria-label={label} value={shown} onChange={(event) => edit(setNodeField(documentNow(), node.id, ['behaviour'], types[event.target.value] ?? {}))}>
          {options.map((option) => <option key={option} value={option}>{option}</option>)}
        </select>
        <ChevronDown size={12} aria-hidden="true" />
      </span>
    </FieldRow>
  );
}
