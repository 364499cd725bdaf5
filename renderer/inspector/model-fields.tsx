import { Sparkles } from 'lucide-react';
import type { NodeView } from '../../shared/design/design-view';
import { isObject } from '../../shared/json/is-object';
import { fileBehind } from '../../shared/design/edits/own-file';
import { listOperations } from '../../shared/design/protocol-view';
import { selectDocument, useDocument } from '../stores/document';
import { openDialog } from '../stores/dialogs';
import { FileSection } from './file-section';
import { JsonField } from './json-field';
import { Section } from './section';
import { NumberField, TextField } from './text-fields';
import { wordList } from './words';

/** Whom a model agent asks, what it tells the model, what it may use, and what bounds it. */
export function ModelFields({ node }: { readonly node: NodeView }) {
  const behaviour = isObject(node.raw['behaviour']) ? node.raw['behaviour'] : {};
  const provider = typeof behaviour['provider'] === 'string' ? behaviour['provider'] : undefined;
  return (
    <>
      <Section title="Model">
        <TextField label="Provider" path={['behaviour', 'provider']} placeholder="none; asks over its port model" />
        <TextField label="Model" path={['behaviour', 'model']} placeholder={provider === undefined ? 'the port says' : 'as the provider names it'} isMono />
        <p className="note dim">{provider === undefined ? 'Whoever is wired to the port model answers: a scripted model, a router, another model agent.' : `${provider} is a name in the registry of whoever runs it; address and key are never in the project.`}</p>
        <button type="button" className="link" onClick={() => openDialog({ kind: 'providers' })}><Sparkles size={12} aria-hidden="true" />Providers on this machine</button>
        <TextField label="System" path={['behaviour', 'system']} placeholder="none" />
        <NumberField label="Max tokens" path={['behaviour', 'maxTokens']} unit="an answer" />
        <NumberField label="Temperature" path={['behaviour', 'temperature']} />
      </Section>
      <FileSection title="Prompt" path={['behaviour', 'prompt']} file={fileBehind(node.raw)?.path} files={/^prompts\/.*\.(md|txt)$/}>
        <p className="note dim">{'{{input}} is what is asked, {{input.text}} a field of it; {{state.memory}} the conversation. A line ## classify begins the section of that operation.'}</p>
      </FileSection>
      <Section title="Bounds">
        <NumberField label="Max steps" path={['behaviour', 'maxSteps']} standard={8} unit="questions" />
        <NumberField label="Repairs" path={['behaviour', 'repairs']} standard={2} unit="of them" />
        <NumberField label="In flight" path={['behaviour', 'inFlight']} standard={1} unit="messages" />
        <JsonField label="Budget" path={['behaviour', 'budget']} placeholder={'none; or { "tokens": 100000 }'} />
        <JsonField label="Memory" path={['behaviour', 'memory']} placeholder={'none; or { "turns": 10 }'} />
        <JsonField label="Output" path={['behaviour', 'output']} placeholder="from protocol" />
      </Section>
      <Tools node={node} hasProvider={provider !== undefined} />
    </>
  );
}

const MOST_SHOWN = 30;

/** What the model may call: told, since nobody writes it down. */
function Tools({ node, hasProvider }: { readonly node: NodeView; readonly hasProvider: boolean }) {
  const document = useDocument(selectDocument);
  const ports = node.requires.filter(({ port, protocol }) => hasProvider || port !== 'model' || protocol !== 'Model');
  const tools = ports.flatMap(({ port, protocol }) => listOperations(document, protocol).filter(({ kind }) => kind !== 'cast').map(({ name }) => `${port}_${name}`));
  const more = tools.length - MOST_SHOWN;
  return (
    <Section title="Tools" note={tools.length === 0 ? 'none' : String(tools.length)}>
      <p className="note dim">{tools.length === 0 ? 'Wire another port to a provider: each operation there that is answered becomes a tool.' : `${wordList(tools.slice(0, MOST_SHOWN))}${more > 0 ? `, and ${more} more` : ''}`}</p>
    </Section>
  );
}
