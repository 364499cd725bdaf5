import { ExternalLink } from 'lucide-react';
import { lazy, Suspense } from 'react';
import type { NodeView } from '../../shared/design/design-view';
import { findText, isObject } from '../../shared/design/document';
import { handlerPath } from '../../shared/design/edits/new-node';
import { handlerOf } from '../commands/node-menu';
import { selectDocument, useDocument } from '../stores/document';
import { openEditor, useViewport } from '../stores/viewport';
import { BehaviourField } from './behaviour-field';
import { JsonField } from './json-field';
import { ScriptedRules } from './scripted-rules';
import { Section } from './section';
import { TextField } from './text-fields';

const HandlerField = lazy(() => import('../editor/handler-field').then((module) => ({ default: module.HandlerField })));

/** Where an agent's answers come from. */
export function AgentFields({ node }: { readonly node: NodeView }) {
  return (
    <>
      <Section title="Behaviour"><BehaviourField node={node} label="Answers by" types={{ code: { type: 'code', file: handlerPath(node.id) }, scripted: { type: 'scripted', rules: [] } }} /></Section>
      <BehaviourFields node={node} />
    </>
  );
}

function BehaviourFields({ node }: { readonly node: NodeView }) {
  switch (node.behaviour) {
    case 'code':
      return <CodeFields node={node} />;
    case 'scripted':
      return <ScriptedRules node={node} />;
    default:
      return <Section><p className="note">This version does not run the behaviour <b>{node.behaviour ?? 'that is missing'}</b>. It is kept as it is.</p><JsonField label="Behaviour" path={['behaviour']} /></Section>;
  }
}

function CodeFields({ node }: { readonly node: NodeView }) {
  const file = handlerOf(node);
  const paths = useDocument((state) => selectDocument(state).files);
  const editing = useViewport((state) => state.editing?.path);
  const text = useDocument((state) => (file === undefined ? undefined : findText(selectDocument(state), file)));
  const hasArgs = isObject(node.raw['behaviour']) && node.raw['behaviour']['args'] !== undefined;
  const handlers = Object.keys(paths).filter((path) => /^handlers\/.*\.[jt]s$/.test(path));
  return (
    <Section title="Handler" note={file !== undefined && text !== undefined && editing !== file ? <button type="button" className="link" onClick={() => openEditor(file)}>Open<ExternalLink size={11} aria-hidden="true" /></button> : undefined}>
      <TextField label="File" path={['behaviour', 'file']} isMono isRequired list={handlers} />
      {file !== undefined && editing === file && <p className="note dim">Open in the editor beside the canvas.</p>}
      {file !== undefined && text !== undefined && editing !== file && (
        <Suspense fallback={<div className="code-field" />}><HandlerField path={file} /></Suspense>
      )}
      <JsonField label="Arguments" path={['behaviour', 'args']} placeholder={hasArgs ? '' : 'none; init(self, args) gets nothing'} />
    </Section>
  );
}
