import type { NodeView } from '../../shared/design/design-view';
import { AgentFields } from './agent-fields';
import { ChildFields, IsolationFields } from './child-fields';
import { ConsequenceSection } from './consequence-section';
import { NodeProblems } from './node-problems';
import { ProvidesField } from './provides-field';
import { RequiresField } from './requires-field';
import { RouterFields } from './router/router-fields';
import { Section } from './section';
import { SinkFields, SourceFields, TimerFields } from './edge-fields';
import { ToolFields } from './tool-fields';
import { SupervisorFields } from './supervisor-fields';
import { NumberField, TextField } from './text-fields';
import { UnknownFields } from './unknown-fields';

/** All fields of a node, by its kind. */
export function KindFields({ node }: { readonly node: NodeView }) {
  return (
    <>
      <Section isFirst>
        <TextField label="Title" path={['title']} placeholder={node.id} />
        <NodeProblems node={node} />
      </Section>
      <OwnFields node={node} />
      {node.kind !== 'unknown' && <ChildFields node={node} />}
      {node.kind !== 'unknown' && <IsolationFields node={node} />}
      <ConsequenceSection node={node} />
      <UnknownFields node={node} />
    </>
  );
}

function OwnFields({ node }: { readonly node: NodeView }) {
  switch (node.kind) {
    case 'supervisor':
      return <SupervisorFields node={node} />;
    case 'agent':
      return <><AgentFields node={node} /><ProtocolFields node={node} /></>;
    case 'router':
      return <><RouterFields node={node} /><ProtocolFields node={node} /></>;
    case 'source':
      return <><SourceFields node={node} /><ProtocolFields node={node} /></>;
    case 'sink':
      return <><SinkFields node={node} /><ProtocolFields node={node} /></>;
    case 'timer':
      return <><TimerFields node={node} /><ProtocolFields node={node} /></>;
    case 'tool':
      return <><ToolFields /><ProtocolFields node={node} /></>;
    case 'unknown':
      return <Section title="Kind"><p className="note">This version does not know nodes of kind <b>{node.kindWord}</b>. It is kept as it is, and left out of every run.</p></Section>;
  }
}

/** What it answers, what it calls, and how much may wait. */
function ProtocolFields({ node }: { readonly node: NodeView }) {
  const canCall = node.kind !== 'sink' && node.kind !== 'tool';
  const canAnswer = node.kind !== 'source' && node.kind !== 'timer';
  return (
    <Section title="Protocols">
      {canAnswer && <ProvidesField node={node} />}
      {canCall && <RequiresField node={node} />}
      <NumberField label="Mailbox" path={['mailbox']} standard={1000} unit="then refuse" />
    </Section>
  );
}
