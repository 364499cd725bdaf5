import { ArrowLeftRight, ArrowRight, ListEnd, Plus, Trash2 } from 'lucide-react';
import { lazy, Suspense, useMemo, useState, type KeyboardEvent } from 'react';
import { listKnownProtocols, listShownProtocols, usesOf } from '../../shared/design/count-uses';
import { findFile, protocolPath } from '../../shared/design/document';
import { addOperation, deleteProtocol, renameProtocol } from '../../shared/design/edits/protocol-edits';
import { Editing } from '../../shared/design/edits/editing';
import { viewProtocol, type OperationForm as OperationValue, type ProtocolForm } from '../../shared/design/protocol-form';
import { PortGlyph } from '../glyphs/port-glyph';
import { ProblemMark } from '../problems/problem-mark';
import { documentNow, edit, selectDesign, selectDocument, useDocument } from '../stores/document';
import { useProblemsOfProtocol } from '../stores/problems';
import { select, selectProtocol, useSelection } from '../stores/selection';
import { OperationForm } from './protocol/operation-form';
import { ProtocolFields } from './protocol/protocol-fields';
import { Section } from './section';

const CodeView = lazy(() => import('../editor/protocol-json').then((module) => ({ default: module.ProtocolJson })));
const KIND_ICONS = { call: ArrowLeftRight, cast: ArrowRight, stream: ListEnd } as const;

/** A protocol in its form, or as its file. */
export function ProtocolPanel({ name }: { readonly name: string }) {
  const document = useDocument(selectDocument);
  const protocol = useMemo(() => viewProtocol(document, name), [document, name]);
  const isBroken = findFile(document, protocolPath(name))?.kind === 'text';
  const [isJson, setJson] = useState(false);
  const showsJson = isJson || isBroken;
  return (
    <div className="inspector-body protocol-panel" role="group" aria-label="Protocol">
      <Head name={name} protocol={protocol} />
      {(protocol || isBroken) && !protocol?.isBuiltIn && (
        <div className="tabs"><div className="tablist" role="tablist" aria-label="Ways to see the protocol">
          <button type="button" role="tab" aria-selected={!showsJson} data-state={showsJson ? 'inactive' : 'active'} disabled={isBroken} onClick={() => setJson(false)}>Form</button>
          <button type="button" role="tab" aria-selected={showsJson} data-state={showsJson ? 'active' : 'inactive'} onClick={() => setJson(true)}>JSON</button>
        </div></div>
      )}
      {showsJson ? (
        <>
          {isBroken && <p className="note hold-bar">The file is no JSON. Mend it here, then the form shows it.</p>}
          <Suspense fallback={<div className="code-view" />}><CodeView path={protocolPath(name)} /></Suspense>
        </>
      ) : protocol ? <Form protocol={protocol} /> : <Missing name={name} />}
    </div>
  );
}

function Head({ name, protocol }: { readonly name: string; readonly protocol: ProtocolForm | undefined }) {
  const document = useDocument(selectDocument);
  const design = useDocument(selectDesign);
  const { providers, callers } = useMemo(() => usesOf(design, name), [design, name]);
  return (
    <div className="ph tall">
      <PortGlyph protocol={name} protocols={listShownProtocols(design, document)} size={14} />
      {protocol && !protocol.isBuiltIn ? <ProtocolName name={name} /> : <span className="name">{name}</span>}
      <span className="badge">{protocol?.isBuiltIn ? 'built in' : 'protocol'}</span>
      <span className="r">{callers.length} use, {providers.length} provide</span>
    </div>
  );
}

/** Renamed in the whole design when it is left. */
function ProtocolName({ name }: { readonly name: string }) {
  const [draft, setDraft] = useState(name);
  const [refusal, setRefusal] = useState<string>();
  const finish = (): void => {
    if (draft === name) return setRefusal(undefined);
    const made = renameProtocol(documentNow(), name, draft);
    if (typeof made === 'string') return setRefusal(`${made.charAt(0).toUpperCase()}${made.slice(1)}.`);
    if (edit(made)) selectProtocol(draft);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') finish();
    if (event.key === 'Escape') {
      setDraft(name);
      setRefusal(undefined);
    }
  };
  return (
    <span className="with-refusal name-edit">
      <input className="name" aria-label="Name of the protocol" aria-invalid={refusal !== undefined} spellCheck={false} size={Math.max(4, draft.length)} value={draft} onChange={(event) => { setDraft(event.target.value); setRefusal(undefined); }} onBlur={finish} onKeyDown={press} />
      {refusal !== undefined && <span className="refusal" role="alert">{refusal}</span>}
    </span>
  );
}

function Form({ protocol }: { readonly protocol: ProtocolForm }) {
  const [chosen, setChosen] = useState(protocol.operations[0]?.name);
  // A click on a problem names the operation; the person may choose another after it.
  const asked = useSelection((state) => (state.field?.node === protocol.name ? state.field : undefined));
  const [seen, setSeen] = useState<number>();
  if (asked && asked.asked !== seen) {
    setSeen(asked.asked);
    const named = /^operations\.([^.]+)/.exec(asked.field)?.[1];
    if (named !== undefined) setChosen(named);
  }
  const operation = protocol.operations.find(({ name }) => name === chosen) ?? protocol.operations[0];
  return (
    <div className="tabpage">
      <ProtocolFields protocol={protocol} />
      <OperationList protocol={protocol} chosen={operation?.name} choose={setChosen} />
      {operation && <OperationForm key={`${operation.from ?? ''} ${operation.name}`} protocol={protocol} operation={operation} onRenamed={setChosen} />}
      <Uses name={protocol.name} />
      <Foot protocol={protocol} />
    </div>
  );
}

function OperationList({ protocol, chosen, choose }: { readonly protocol: ProtocolForm; readonly chosen: string | undefined; readonly choose: (name: string) => void }) {
  const problems = useProblemsOfProtocol(protocol.name);
  const add = (): void => {
    const names = new Set(protocol.operations.map(({ name }) => name));
    let name = 'operation';
    for (let count = 2; names.has(name); count += 1) name = `operation${count}`;
    const made = addOperation(documentNow(), protocol.name, name);
    if (edit(made)) choose(name);
  };
  return (
    <Section title="Operations" note={protocol.isBuiltIn ? undefined : <button type="button" className="link" onClick={add}><Plus size={12} aria-hidden="true" />Add operation</button>}>
      <div className="ops" role="listbox" aria-label="Operations">
        {protocol.operations.map((one) => <OperationRow key={one.name} operation={one} isChosen={one.name === chosen} choose={choose} problems={problems.filter(({ at }) => at.field === `operations.${one.name}` || (at.field?.startsWith(`operations.${one.name}.`) ?? false))} />)}
        {protocol.operations.length === 0 && <p className="note dim">No operation yet: nobody can be called by it.</p>}
      </div>
    </Section>
  );
}

function OperationRow({ operation, isChosen, choose, problems }: { readonly operation: OperationValue; readonly isChosen: boolean; readonly choose: (name: string) => void; readonly problems: ReturnType<typeof useProblemsOfProtocol> }) {
  const Icon = KIND_ICONS[operation.kind];
  const count = operation.errors.length;
  return (
    <button type="button" role="option" aria-selected={isChosen} aria-label={`${operation.name}, ${operation.kind}`} className={isChosen ? 'op on' : 'op'} onClick={() => choose(operation.name)}>
      <Icon size={14} aria-hidden="true" />
      <span className="m t">{operation.name}</span>
      <span className="badge">{operation.kind}</span>
      <span className="x"><ProblemMark problems={problems} />{operation.from !== undefined ? `from ${operation.from}` : count > 0 ? `${count} ${count === 1 ? 'error' : 'errors'}` : ''}</span>
    </button>
  );
}

/** Who provides it, and the wires over which it is spoken. */
function Uses({ name }: { readonly name: string }) {
  const design = useDocument(selectDesign);
  const document = useDocument(selectDocument);
  const { providers } = useMemo(() => usesOf(design, name), [design, name]);
  const wires = design.wires.filter(({ protocol }) => protocol === name);
  const protocols = listShownProtocols(design, document);
  return (
    <Section title="Wires" note={String(wires.length)}>
      {wires.map((wire) => <button key={wire.key} type="button" className="row flat" onClick={() => select([], [wire.key])}><PortGlyph protocol={name} protocols={protocols} /><span className="t">{wire.from.node}.{wire.from.port} → {wire.to}</span></button>)}
      {wires.length === 0 && <p className="note dim">No wire speaks it yet.</p>}
      {providers.length > 0 && <p className="note">Provided by {providers.map((id, index) => <span key={id}>{index > 0 && ', '}<button type="button" className="link" onClick={() => select([id])}>{id}</button></span>)}.</p>}
    </Section>
  );
}

function Foot({ protocol }: { readonly protocol: ProtocolForm }) {
  const { name, isBuiltIn, raw } = protocol;
  const adopt = (): void => {
    const editing = new Editing(documentNow());
    editing.file(protocolPath(name), { kind: 'json', value: raw });
    edit(editing.finish(`make ${name} the project’s own`));
  };
  return (
    <div className="sec protocol-foot">
      {isBuiltIn
        ? <button type="button" className="b" title="A file of this name takes the place of the built-in protocol" onClick={adopt}><Plus size={13} aria-hidden="true" />Make it the project’s own</button>
        : <button type="button" className="b" onClick={() => { if (edit(deleteProtocol(documentNow(), name))) select([]); }}><Trash2 size={13} aria-hidden="true" />Delete {name}</button>}
      <span className="m dim">{isBuiltIn ? 'every project has it' : protocolPath(name)}</span>
    </div>
  );
}

/** Nodes speak of it, and there is no such protocol. */
function Missing({ name }: { readonly name: string }) {
  const known = useDocument((state) => listKnownProtocols(selectDocument(state)).length);
  return <p className="empty">There is no protocol {name}. {known > 0 ? 'The problems of the nodes that name it offer ways out.' : ''}</p>;
}
