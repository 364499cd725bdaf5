import { Check, Send, X } from 'lucide-react';
import { useState, type FormEvent, type KeyboardEvent } from 'react';
import type { Approval } from '../../shared/api/approvals';
import type { Json } from '../../shared/json/json';
import { findMismatch, formatMismatch } from '../../shared/schema/validate-value';
import { JsonField, SchemaField } from '../forms/schema-form';
import { WorldMark } from '../glyphs/world-mark';
import { useHasMocks } from '../stores/has-mocks';
import { answerApproval, type PersonAnswer } from '../stores/approvals';
import { select } from '../stores/selection';
import { beginAnswer, findVerdict, listInputRows, withVerdict } from './approval-form';

/** One request: its question and input, and the answer: by the form, yes or no where the answer holds one, or a declared error. */
export function ApprovalForm({ approval }: { readonly approval: Approval }) {
  const { id, node, operation, protocol, question, input, output, errors } = approval;
  const [value, setValue] = useState<Json>(() => beginAnswer(output));
  const [isJson, setJson] = useState(false);
  const [isSending, setSending] = useState(false);
  const [problem, setProblem] = useState<string>();
  const hasMocks = useHasMocks(false);
  const verdict = findVerdict(output);
  const mismatch = findMismatch(output, value);
  const send = async (given: PersonAnswer): Promise<void> => {
    setSending(true);
    setProblem(await answerApproval(id, given));
    setSending(false);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!mismatch) void send({ output: value });
  };
  const press = (event: KeyboardEvent<HTMLFormElement>): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    // The window's own Ctrl+Enter starts a run.
    event.stopPropagation();
    event.currentTarget.requestSubmit();
  };
  const decide = (isApproved: boolean): void => {
    if (!verdict) return;
    const decided = withVerdict(value, verdict, isApproved);
    const fault = findMismatch(output, decided);
    setValue(decided);
    if (fault) setProblem(`${formatMismatch(fault)}.`);
    else void send({ output: decided });
  };
  return (
    <form className="approval" aria-label={`Request of ${node}`} onSubmit={submit} onKeyDown={press}>
      <div className="approval-asks">
        <p className="approval-who"><button type="button" className="link" onClick={() => select([node])}>{node}</button> asks about <span className="m">{protocol}.{operation}</span> <WorldMark world={hasMocks ? 'with mocks' : 'live'} says={hasMocks ? 'Nodes are mocked in this run: what is asked may come from a mock. Your answer is your own.' : 'A run waits for this answer.'} /></p>
        {question !== undefined && <p className="approval-question">{question}</p>}
        <dl aria-label="Input">
          {listInputRows(input).map(({ name, text, isLong }) => <div key={name} className={isLong ? 'long' : ''}>{name !== '' && <dt>{name}</dt>}<dd>{isLong ? <pre>{text}</pre> : text}</dd></div>)}
        </dl>
      </div>
      <div className="approval-answer">
        <div className="form-frame">
          {isJson ? <JsonField schema={output} value={value} label="Answer" onChange={setValue} /> : <SchemaField schema={output} value={value} label={output.type === 'object' ? '' : 'Answer'} onChange={setValue} />}
        </div>
        <p className="refusal answer-says" role="alert">{problem ?? (mismatch ? formatMismatch(mismatch) : '')}</p>
        <div className="answer-buttons">
          {verdict && <button type="button" className="b solid" disabled={isSending} onClick={() => decide(true)}><Check size={13} aria-hidden="true" />Approve</button>}
          {verdict && <button type="button" className="b out" disabled={isSending} onClick={() => decide(false)}><X size={13} aria-hidden="true" />Refuse</button>}
          <button type="submit" className={verdict ? 'b out' : 'b solid'} disabled={isSending || mismatch !== undefined}><Send size={13} aria-hidden="true" />Answer<kbd className="kbd">Ctrl ↵</kbd></button>
          <span className="sp" />
          {errors.map((name) => <button key={name} type="button" className="b" disabled={isSending} title={`Answers with the declared error ${name}`} onClick={() => void send({ error: { name } })}>{name}</button>)}
          <button type="button" className="b" onClick={() => setJson(!isJson)}>{isJson ? 'As a form' : 'As JSON'}</button>
        </div>
      </div>
    </form>
  );
}
