import { FileInput, FileOutput, Globe, Lock, LogIn, Monitor, Sparkles, SquareFunction, User, Wrench } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Capabilities, Capability } from '../../shared/api/run';
import { api } from '../api/studio';
import { closeDialog } from '../stores/dialogs';
import { projectNow } from '../stores/document';
import { applyConfirmed, startConfirmed } from '../stores/run';
import { Sheet } from './sheet';
import { wordError } from '../words/word-error';

const ICONS: Readonly<Record<string, typeof Lock>> = { 'file.read': FileInput, 'file.append': FileOutput, console: Monitor, http: Globe, model: Sparkles, mcp: Wrench, handler: SquareFunction, stdin: LogIn, human: User };

/** What the run may do, in one readable list, asked once for each list. The default is no. */
export function AllowDialog({ andThen }: { readonly andThen: 'run' | 'apply' }) {
  const [asked, setAsked] = useState<Capabilities>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    const project = projectNow();
    if (project !== undefined) void api.request('run.capabilities', { project }).then((answer) => (answer.ok ? setAsked(answer.value) : setProblem(wordError(answer.error))));
  }, []);
  const allow = (): void => {
    closeDialog();
    if (asked) void (andThen === 'run' ? startConfirmed : applyConfirmed)(asked.hash);
  };
  const buttons = (
    <>
      <button type="button" className="b out" autoFocus onClick={closeDialog}>Don’t allow</button>
      <button type="button" className="b solid" disabled={!asked} onClick={allow}>{andThen === 'run' ? 'Allow and run' : 'Allow and apply'}</button>
    </>
  );
  return (
    <Sheet title="Allow capabilities" says={asked?.isNewHere ? 'This design has never run on this machine. If you run it, it can do this and nothing else:' : 'What the design can do has changed. If you run it, it can do this and nothing else:'} width={520} buttons={buttons}>
      {problem !== undefined && <p className="refusal" role="alert">{problem}</p>}
      <ul className="capabilities">{asked?.list.map((one) => <CapabilityRow key={`${one.node} ${one.kind} ${one.says}`} {...one} />)}</ul>
      {asked && <p className="note dim"><Lock size={12} aria-hidden="true" /> Handlers run in a sandbox: no network, no files, no environment, no other programs. Program <span className="m">{asked.program.slice(7, 19)}</span></p>}
    </Sheet>
  );
}

function CapabilityRow({ node, kind, says, needsGrant }: Capability) {
  const Icon = (Object.hasOwn(ICONS, kind) ? ICONS[kind] : undefined) ?? Lock;
  return <li><Icon size={14} aria-hidden="true" /><span className="m">{node}</span><span>{says}</span>{needsGrant && <span className="badge">beyond its folder</span>}</li>;
}
