import { ArrowDown, ArrowUp, ChevronDown, Plus, X } from 'lucide-react';
import { setNodeField } from '../../shared/design/edits/node-edits';
import type { NodeView } from '../../shared/design/design-view';
import { isList } from '../../shared/design/document';
import { isObject } from '../../shared/json/is-object';
import type { Json } from '../../shared/json/json';
import { viewProtocol } from '../../shared/design/protocol-form';
import { documentNow, edit, selectDocument, useDocument } from '../stores/document';
import { ChoiceField } from './choice-fields';
import { FieldRow } from './field-row';
import { JsonField } from './json-field';
import { Section } from './section';
import { NumberField } from './text-fields';

const EMPTY_RULE: Json = { reply: {} };

/** The rules of a scripted agent: the first that fits an input answers it. */
export function ScriptedRules({ node }: { readonly node: NodeView }) {
  const behaviour = isObject(node.raw['behaviour']) ? node.raw['behaviour'] : {};
  const rules = isList(behaviour['rules']) ? behaviour['rules'] : [];
  const change = (next: readonly Json[]): void => void edit(setNodeField(documentNow(), node.id, ['behaviour', 'rules'], next));
  return (
    <Section title="Rules" note="the first that fits answers">
      <FieldRow field="behaviour.rules">
        <ol className="rules">
          {rules.map((rule, index) => (
            <RuleFields
              key={index} node={node} index={index} rule={rule} count={rules.length}
              move={(by) => change(rules.toSpliced(index, 1).toSpliced(index + by, 0, rule))}
              remove={() => change(rules.toSpliced(index, 1))}
            />
          ))}
        </ol>
        <button type="button" className="b" onClick={() => change([...rules, EMPTY_RULE])}><Plus size={13} aria-hidden="true" />Add rule</button>
      </FieldRow>
    </Section>
  );
}

type RuleProps = { readonly node: NodeView; readonly index: number; readonly rule: Json; readonly count: number; readonly move: (by: number) => void; readonly remove: () => void };

function RuleFields({ node, index, rule, count, move, remove }: RuleProps) {
  const document = useDocument(selectDocument);
  const operations = [...new Set(node.provides.flatMap((name) => viewProtocol(document, name)?.operations.map((one) => one.name) ?? []))];
  const path = ['behaviour', 'rules', index] as const;
  const isError = isObject(rule) && rule['error'] !== undefined;
  const setAnswer = (kind: string): void => {
    const { reply: _reply, error: _error, ...rest } = isObject(rule) ? rule : {};
    void edit(setNodeField(documentNow(), node.id, path, kind === 'error' ? { ...rest, error: { name: 'NotFound' } } : { ...rest, reply: {} }));
  };
  return (
    <li className="rule-card" aria-label={`Rule ${index + 1}`}>
      <div className="rule-head">
        <b>{index + 1}</b>
        <span className="r">
          <button type="button" className="b ic small" aria-label={`Move rule ${index + 1} up`} disabled={index === 0} onClick={() => move(-1)}><ArrowUp size={12} /></button>
          <button type="button" className="b ic small" aria-label={`Move rule ${index + 1} down`} disabled={index === count - 1} onClick={() => move(1)}><ArrowDown size={12} /></button>
          <button type="button" className="b ic small" aria-label={`Delete rule ${index + 1}`} onClick={remove}><X size={12} /></button>
        </span>
      </div>
      <OperationChoice path={[...path, 'operation']} operations={operations} node={node} />
      <JsonField label="Contains" path={[...path, 'contains']} placeholder={'any input; or { "prompt": "refund" }'} />
      <FieldRow label="Answers" field={`behaviour.rules.${index}`}>
        <span className="in box choice">
          <select aria-label={`Answer of rule ${index + 1}`} value={isError ? 'error' : 'reply'} onChange={(event) => setAnswer(event.target.value)}><option value="reply">reply</option><option value="error">declared error</option></select>
          <ChevronDown size={12} aria-hidden="true" />
        </span>
      </FieldRow>
      {isError ? <JsonField label="Error" path={[...path, 'error']} isRequired /> : <JsonField label="Reply" path={[...path, 'reply']} isRequired />}
      <NumberField label="Delay" path={[...path, 'delayMs']} standard={0} unit="ms" />
    </li>
  );
}

/** None: the rule fits all operations. */
function OperationChoice({ path, operations, node }: { readonly path: readonly (string | number)[]; readonly operations: readonly string[]; readonly node: NodeView }) {
  const any = 'any operation';
  return <ChoiceField label="Operation" path={path} options={[any, ...operations]} standard={any} absent={any} key={node.id} />;
}
