import type { NodeView } from '../../shared/design/design-view';
import { isObject } from '../../shared/json/is-object';
import { handlerPath } from '../../shared/design/edits/new-node';
import { promptPath } from '../../shared/design/edits/new-prompt';
import { fileBehind } from '../../shared/design/edits/own-file';
import { BehaviourField } from './behaviour-field';
import { FileSection } from './file-section';
import { JsonField } from './json-field';
import { ModelFields } from './model-fields';
import { ScriptedRules } from './scripted-rules';
import { Section } from './section';

/** Where an agent's answers come from. */
export function AgentFields({ node }: { readonly node: NodeView }) {
  return (
    <>
      <Section title="Behaviour"><BehaviourField node={node} label="Answers by" types={{ code: { type: 'code', file: handlerPath(node.id) }, model: { type: 'model', prompt: promptPath(node.id) }, scripted: { type: 'scripted', rules: [] } }} /></Section>
      <BehaviourFields node={node} />
    </>
  );
}

function BehaviourFields({ node }: { readonly node: NodeView }) {
  switch (node.behaviour) {
    case 'code':
      return <CodeFields node={node} />;
    case 'model':
      return <ModelFields node={node} />;
    case 'scripted':
      return <ScriptedRules node={node} />;
    default:
      return <Section><p className="note">This version does not run the behaviour <b>{node.behaviour ?? 'that is missing'}</b>. It is kept as it is.</p><JsonField label="Behaviour" path={['behaviour']} /></Section>;
  }
}

function CodeFields({ node }: { readonly node: NodeView }) {
  const hasArgs = isObject(node.raw['behaviour']) && node.raw['behaviour']['args'] !== undefined;
  return (
    <FileSection title="Handler" path={['behaviour', 'file']} file={fileBehind(node.raw)?.path} files={/^handlers\/.*\.[jt]s$/} isRequired>
      <JsonField label="Arguments" path={['behaviour', 'args']} placeholder={hasArgs ? '' : 'none; init(self, args) gets nothing'} />
    </FileSection>
  );
}
