import { Send } from 'lucide-react';
import { useMemo, useState, type FormEvent } from 'react';
import type { Json } from '../../shared/json/json';
import { listOperations, type OperationView } from '../../shared/design/protocol-view';
import { sampleValue } from '../../shared/schema/sample-value';
import { findMismatch, formatMismatch } from '../../shared/schema/validate-value';
import type { RequestAnswer } from '../../shared/api/contract';
import { api } from '../api/studio';
import { JsonField, SchemaField } from '../forms/schema-form';
import type { SentMessage } from '../stores/dialogs';
import { selectDesign, selectDocument, useDocument } from '../stores/document';
import { noteAnswer } from '../stores/mocks';
import { runNow } from '../stores/run';
import type { AnswerWorld } from '../../shared/run/answer-world';
import { WorldMark } from '../glyphs/world-mark';
import { Sheet } from './sheet';
import { wordError } from '../words/word-error';

type Target = { readonly id: string; readonly node: string; readonly protocol: string; readonly operation: OperationView };
type Sent = Extract<RequestAnswer<'run.send'>, { ok: true }>['value'] | { readonly problem: string };

/** A message from outside to any operation of a running node, from a form made of its schema; the answer stands below. */
export function SendDialog({ node, message }: { readonly node?: string; readonly message?: SentMessage }) {
  const design = useDocument(selectDesign);
  const document = useDocument(selectDocument);
  const targets = useMemo(() => design.order.flatMap((id): readonly Target[] => (design.nodes.get(id)?.provides ?? []).flatMap((protocol) => listOperations(document, protocol).map((operation) => ({ id: `${id} ${protocol}.${operation.name}`, node: id, protocol, operation })))), [design, document]);
  const [chosen, setChosen] = useState(() => (targets.find((target) => target.node === node && (!message || (target.protocol === message.protocol && target.operation.name === message.operation))) ?? targets.find((target) => design.nodes.get(target.node)?.kind === 'agent') ?? targets[0])?.id);
  const target = targets.find((one) => one.id === chosen);
  return (
    <Sheet title="Send message" says="It is checked against the protocol, kept, and handled like any message from outside." width={560}>
      {targets.length === 0 && <p className="empty">No node provides an operation yet.</p>}
      {targets.length > 0 && (
        <label className="f"><span>To</span>
          <select className="in" value={chosen} onChange={(event) => setChosen(event.target.value)}>
            {targets.map((one) => <option key={one.id} value={one.id}>{`${one.node}  ${one.protocol}.${one.operation.name}`}</option>)}
          </select>
        </label>
      )}
      {target && <Message key={target.id} {...target} begin={isMeant(target, node, message) ? message.input : undefined} />}
    </Sheet>
  );
}

const isMeant = (target: Target, node: string | undefined, message: SentMessage | undefined): message is SentMessage => message !== undefined && target.node === node && target.protocol === message.protocol && target.operation.name === message.operation;

/** `begin`: an input that somebody wants to send, in place of the example. */
function Message({ node, protocol, operation, begin }: Target & { readonly begin: Json | undefined }) {
  const [value, setValue] = useState<Json>(() => begin ?? operation.example ?? sampleValue(operation.input));
  const [isJson, setJson] = useState(false);
  const [sent, setSent] = useState<Sent | 'waiting'>();
  const mismatch = findMismatch(operation.input, value);
  const send = (event: FormEvent): void => {
    event.preventDefault();
    const run = runNow();
    if (run === undefined) return setSent({ problem: 'Nothing runs any more.' });
    setSent('waiting');
    void api.request('run.send', { run, node, protocol, operation: operation.name, input: value }).then((answer) => {
      setSent(answer.ok ? answer.value : { problem: wordError(answer.error) });
      if (answer.ok && operation.kind !== 'cast') noteAnswer(node, { operation: operation.name, input: value, ...(answer.value.ok ? { output: answer.value.output } : { error: { code: answer.value.error.code, message: answer.value.error.message } }) });
    });
  };
  return (
    <form onSubmit={send} className="stack">
      {operation.doc !== '' && <p className="note">{operation.doc}</p>}
      <div className="form-frame">
        {isJson ? <JsonField schema={operation.input} value={value} label="Input" onChange={setValue} /> : <SchemaField schema={operation.input} value={value} label="" onChange={setValue} />}
      </div>
      {mismatch && <p className="refusal" role="alert">{formatMismatch(mismatch)}</p>}
      <footer className="sheet-foot">
        <button type="button" className="b" onClick={() => setJson(!isJson)}>{isJson ? 'As a form' : 'As JSON'}</button><span className="sp" />
        <button type="submit" className="b solid" disabled={mismatch !== undefined || sent === 'waiting'}><Send size={13} aria-hidden="true" />Send</button>
      </footer>
      <Answer sent={sent} kind={operation.kind} />
    </form>
  );
}

const sayMocks = ({ mayBeMocked }: AnswerWorld): string | undefined => (mayBeMocked.length === 0 ? undefined : `${mayBeMocked.join(', ')} ${mayBeMocked.length === 1 ? 'is' : 'are'} mocked in this run, and may stand behind this answer`);

const WAITING: Readonly<Record<OperationView['kind'], string>> = { call: 'Waiting for the answer…', cast: 'Sending…', stream: 'Reading the stream to its end…' };

/** A stream is told as the list of its items, once it has ended. */
const titleOf = (output: Json, kind: OperationView['kind']): string => (kind === 'stream' && Array.isArray(output) ? `Answered with ${output.length} ${output.length === 1 ? 'item' : 'items'}` : 'Answered');

function Answer({ sent, kind }: { readonly sent: Sent | 'waiting' | undefined; readonly kind: OperationView['kind'] }) {
  if (sent === undefined) return null;
  if (sent === 'waiting') return <p className="note" role="status">{WAITING[kind]}</p>;
  if ('problem' in sent) return <p className="refusal" role="alert">{sent.problem}</p>;
  return (
    <section aria-label="Answer" className="answer">
      <h3>{sent.ok ? titleOf(sent.output, kind) : `Failed with ${sent.error.code}`}<span className="dim">{Math.max(1, Math.round(sent.tookMs))} ms</span><WorldMark world={sent.world.mode === 'live' && sent.world.mayBeMocked.length > 0 ? 'with mocks' : sent.world.mode} says={sayMocks(sent.world)} /></h3>
      {sent.world.mayBeMocked.length > 0 && <p className="note dim">{sayMocks(sent.world)}.</p>}
      <pre className="m">{sent.ok ? JSON.stringify(sent.output, null, 2) : sent.error.message}</pre>
    </section>
  );
}
