import type { NodeView } from '../../shared/design/design-view';
import { listUnknownFields } from '../../shared/design/unknown-fields';
import { nodeSchemas } from '../../shared/design/nodes/node';
import { isNodeKind } from '../../shared/design/nodes/words';
import { valueAt } from '../../shared/json/value-at';
import { pathOf } from '../../shared/design/fixes/field-fixes';
import { FieldRow } from './field-row';
import { Section } from './section';

/** Fields of other versions or of a slip of the pen: shown, kept, and without effect. */
export function UnknownFields({ node }: { readonly node: NodeView }) {
  const fields = isNodeKind(node.kind) ? listUnknownFields(nodeSchemas[node.kind], node.raw).map((path) => path.join('.')) : Object.keys(node.raw).filter((name) => name !== 'kind' && name !== 'title');
  if (fields.length === 0) return null;
  return (
    <Section title="Unknown fields" note="kept as it is">
      {fields.map((field) => (
        <FieldRow key={field} label={field} field={field}>
          <output className="in m" aria-label={field} title={field}>{JSON.stringify(valueAt(node.raw, pathOf(node.raw, field)))}</output>
        </FieldRow>
      ))}
    </Section>
  );
}
