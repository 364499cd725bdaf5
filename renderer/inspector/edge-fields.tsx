/** Where messages enter and leave a design: sources, sinks, timers. */
import type { NodeView } from '../../shared/design/design-view';
import { viewProtocol } from '../../shared/design/protocol-form';
import type { JsonObject } from '../../shared/json/json';
import { selectDocument, useDocument } from '../stores/document';
import { ChoiceField, SwitchField } from './choice-fields';
import { BehaviourField } from './behaviour-field';
import { Section } from './section';
import { NumberField, TextField } from './text-fields';

/** Operations of the protocol at the port `out`; `isCall`: only those with an answer. */
function OperationField({ node, label, field, isOptional = false }: { readonly node: NodeView; readonly label: string; readonly field: string; readonly isOptional?: boolean }) {
  const protocol = node.requires.find(({ port }) => port === 'out')?.protocol;
  const document = useDocument(selectDocument);
  const names = protocol === undefined ? [] : (viewProtocol(document, protocol)?.operations.map(({ name }) => name) ?? []);
  return <TextField label={label} path={[field]} isMono list={names} isRequired={!isOptional} placeholder={isOptional ? 'none' : 'operation'} />;
}

export function SourceFields({ node }: { readonly node: NodeView }) {
  const isFile = node.behaviour === 'file';
  const behaviour = node.raw['behaviour'] as JsonObject | undefined;
  const isChunks = isFile && behaviour?.['mode'] === 'chunks';
  return (
    <>
      <Section title="Reads">
        <BehaviourField node={node} label="From" types={{ stdin: { type: 'stdin', parse: 'json' }, file: { type: 'file', path: 'data/items.jsonl', parse: 'json' } }} />
        {isFile && <TextField label="Path" path={['behaviour', 'path']} isMono isRequired />}
        {isFile && <ChoiceField label="Mode" path={['behaviour', 'mode']} options={['lines', 'chunks']} standard="lines" />}
        {!isChunks && <ChoiceField label="Parse" path={['behaviour', 'parse']} options={['text', 'json']} standard="text" />}
        {isFile && <SwitchField label="Follow" path={['behaviour', 'follow']} says={behaviour?.['follow'] === true ? 'goes on as the file grows' : 'ends with the file'} />}
        {isChunks && <NumberField label="Chunk" path={['behaviour', 'chunkBytes']} standard={65_536} unit="bytes" />}
      </Section>
      <Section title="Delivers">
        <OperationField node={node} label="Operation" field="operation" />
        <OperationField node={node} label="End operation" field="endOperation" isOptional />
        <NumberField label="In flight" path={['inFlight']} standard={64} unit="unanswered" />
        <NumberField label="Retries" path={['retries']} standard={0} />
        <p className="note dim">Each item is one call, done when it is answered. After its retries a failed item goes to the dead letters of the run.</p>
      </Section>
    </>
  );
}

export function SinkFields({ node }: { readonly node: NodeView }) {
  return (
    <Section title="Writes">
      <BehaviourField node={node} label="To" types={{ console: { type: 'console' }, file: { type: 'file', path: `${node.id}.jsonl` } }} />
      {node.behaviour === 'file' && <TextField label="Path" path={['behaviour', 'path']} isMono isRequired />}
      <p className="note dim">{node.behaviour === 'file' ? 'Appended under the output folder of the run; the answer says that it is there.' : 'One line of JSON for each message.'}</p>
    </Section>
  );
}

export function TimerFields({ node }: { readonly node: NodeView }) {
  return (
    <Section title="Ticks">
      <NumberField label="Every" path={['everyMs']} unit="ms" isRequired />
      <NumberField label="Times" path={['times']} unit={node.raw['times'] === undefined ? 'without end' : 'then it ends'} />
      <OperationField node={node} label="Operation" field="operation" />
    </Section>
  );
}
