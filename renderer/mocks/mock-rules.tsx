import { ArrowUp, Plus, X } from 'lucide-react';
import { useId, useState } from 'react';
import { wantsAnswer, type OperationView } from '../../shared/design/protocol-view';
import { isObject } from '../../shared/json/is-object';
import type { Json } from '../../shared/json/json';
import { sampleAnswer } from '../../shared/program/answer-schema';
import { listErrorCodes, type Rule } from './mock-form';

type RulesProps = { readonly rules: readonly Rule[]; readonly operations: readonly OperationView[]; readonly change: (rules: readonly Rule[]) => void };

/** A table of rules: for which operation and input, and what is answered. */
export function MockRules({ rules, operations, change }: RulesProps) {
  const add = (): void => {
    const operation = operations.find(wantsAnswer) ?? operations[0];
    change([...rules, operation ? { operation: operation.name, reply: sampleAnswer(operation) } : { reply: null }]);
  };
  return (
    <div className="mock-rules">
      <ol aria-label="Rules">
        {rules.map((rule, index) => (
          <li key={index} aria-label={`Rule ${index + 1}`}>
            <RuleFields rule={rule} operations={operations} change={(next) => change(rules.with(index, next))} />
            <span className="rule-buttons">
              <button type="button" className="b ic small" aria-label={`Move rule ${index + 1} up`} disabled={index === 0} onClick={() => change(rules.toSpliced(index, 1).toSpliced(index - 1, 0, rule))}><ArrowUp size={12} /></button>
              <button type="button" className="b ic small" aria-label={`Delete rule ${index + 1}`} onClick={() => change(rules.toSpliced(index, 1))}><X size={12} /></button>
            </span>
          </li>
        ))}
      </ol>
      <button type="button" className="b" onClick={add}><Plus size={13} aria-hidden="true" />Add rule</button>
    </div>
  );
}

const ANY = '';

function RuleFields({ rule, operations, change }: { readonly rule: Rule; readonly operations: readonly OperationView[]; readonly change: (rule: Rule) => void }) {
  const { operation, error, ...rest } = rule;
  const codes = listErrorCodes(operations);
  const setAnswer = (code: string): void => {
    const { reply: _, ...plain } = rest;
    const found = operations.find(({ name }) => name === operation);
    change({ ...(operation === undefined ? {} : { operation }), ...plain, ...(code === ANY ? { reply: found ? sampleAnswer(found) : null } : { error: { name: code } }) });
  };
  const setOperation = (name: string): void => {
    const { operation: _, ...plain } = rule;
    change(name === ANY ? plain : { operation: name, ...plain });
  };
  const setContains = (value: Json | undefined): void => {
    const { contains: _, ...plain } = rule;
    change(isObject(value) ? { ...plain, contains: value as Readonly<Record<string, string>> } : plain);
  };
  return (
    <div className="rule-grid">
      <select className="in" aria-label="Operation" value={operation ?? ANY} onChange={({ target }) => setOperation(target.value)}>
        <option value={ANY}>any operation</option>
        {[...new Set([...operations.map(({ name }) => name), ...(operation === undefined ? [] : [operation])])].map((name) => <option key={name}>{name}</option>)}
      </select>
      <JsonText label="Contains" value={rule.contains} placeholder={'any input, or { "prompt": "refund" }'} isOptional onChange={setContains} />
      <select className="in" aria-label="Answers" value={error?.name ?? ANY} onChange={({ target }) => setAnswer(target.value)}>
        <option value={ANY}>reply</option>
        {codes.map((code) => <option key={code} value={code}>fails: {code}</option>)}
      </select>
      {error === undefined ? <JsonText label="Reply" value={rule.reply} onChange={(reply) => change({ ...rule, reply: reply ?? null })} /> : <span className="dim">declared or a failure of the call</span>}
    </div>
  );
}

/** JSON in a line or more; the value changes only while it is JSON. */
function JsonText({ label, value, placeholder, isOptional = false, onChange }: { readonly label: string; readonly value: Json | undefined; readonly placeholder?: string; readonly isOptional?: boolean; readonly onChange: (value: Json | undefined) => void }) {
  const [text, setText] = useState(() => (value === undefined ? '' : JSON.stringify(value)));
  const id = useId();
  const isBad = read(text, isOptional) === undefined;
  const type = (next: string): void => {
    setText(next);
    const parsed = read(next, isOptional);
    if (parsed) onChange(parsed.value);
  };
  return (
    <span>
      <textarea className="in m" rows={Math.min(6, Math.max(1, Math.ceil(text.length / 44)))} aria-label={label} aria-invalid={isBad} aria-describedby={isBad ? id : undefined} spellCheck={false} placeholder={placeholder} value={text} onChange={({ target }) => type(target.value)} />
      {isBad && <span className="refusal" id={id}>This is no JSON yet; the value before it holds.</span>}
    </span>
  );
}

function read(text: string, isOptional: boolean): { readonly value: Json | undefined } | undefined {
  if (text.trim() === '') return isOptional ? { value: undefined } : undefined;
  try {
    return { value: JSON.parse(text) as Json };
  } catch {
    return undefined;
  }
}
