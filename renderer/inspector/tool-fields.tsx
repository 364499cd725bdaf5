import { Wrench } from 'lucide-react';
import { openDialog } from '../stores/dialogs';
import { JsonField } from './json-field';
import { Section } from './section';
import { TextField } from './text-fields';

/** Which MCP server answers, and what it calls the operations. */
export function ToolFields() {
  return (
    <Section title="Tool">
      <TextField label="Server" path={['server']} isMono isRequired />
      <JsonField label="Operations" path={['operations']} placeholder={'as the protocol calls them; or { "readFile": "read_file" }'} />
      <p className="note dim">A name in the registry of whoever runs it: the command of a server is never in a project.</p>
      <button type="button" className="link" onClick={() => openDialog({ kind: 'tools' })}><Wrench size={12} aria-hidden="true" />Tools on this machine</button>
    </Section>
  );
}
