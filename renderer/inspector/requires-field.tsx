import { X } from 'lucide-react';
import { useId, useMemo, useState, type KeyboardEvent } from 'react';
import { listKnownProtocols, listShownProtocols } from '../../shared/design/count-uses';
import type { NodeView, PortView } from '../../shared/design/design-view';
import { addPort, deletePort, renamePort, setPortProtocol } from '../../shared/design/edits/protocol-edits';
import { connectAdapted } from '../../shared/design/edits/adapter-edits';
import { answersIn, connect, deleteWires } from '../../shared/design/edits/wire-edits';
import { fixedPortOf } from '../../shared/design/nodes/words';
import { PortGlyph } from '../glyphs/port-glyph';
import { documentNow, edit, selectDesign, selectDocument, useDocument } from '../stores/document';
import { MOST_CHOICES } from './choice-fields';
import { select } from '../stores/selection';
import { FieldProblem, FieldRow } from './field-row';
import { useFieldTarget } from './field-target';
import { listOthers, type Other } from './adapter/adapter-ends';
import { parsePort, stemOf } from './parse-port';
import { useDraft, useKeptText } from './use-draft';

/** The ports of a node: name, protocol, and who answers there. */
export function RequiresField({ node }: { readonly node: NodeView }) {
  const document = useDocument(selectDocument);
  const design = useDocument(selectDesign);
  const protocols = listShownProtocols(design, document);
  const known = listKnownProtocols(document);
  const id = useId();
  const [text, setText] = useKeptText(`field ${node.id}.requires-new`);
  const [refusal, setRefusal] = useState<string>();
  const fixed = fixedPortOf(node.kind);
  const press = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || text.trim() === '') return;
    event.preventDefault();
    const parsed = parsePort(text, node.requires.map(({ port }) => port), fixed);
    const made = addPort(documentNow(), node.id, parsed.port, parsed.protocol);
    setRefusal(typeof made === 'string' ? made : undefined);
    if (typeof made !== 'string' && edit(made)) setText('');
  };
  return (
    <div className="ports">
      {node.requires.map((port) => <PortRow key={port.port} node={node} port={port} protocols={protocols} known={known} />)}
      {!(fixed !== undefined && node.requires.some(({ port }) => port === fixed)) && (
        <FieldRow label="Requires" field="requires-new" refusal={refusal}>
          <span className="in box m">
            <input aria-label="Requires" list={id} placeholder={fixed === undefined ? 'port: Protocol' : `protocol at "${fixed}"`} spellCheck={false} value={text} onChange={(event) => { setText(event.target.value); setRefusal(undefined); }} onKeyDown={press} />
          </span>
          <datalist id={id}>{known.map((one) => <option key={one} value={fixed !== undefined ? one : `${stemOf(one)}: ${one}`} />)}</datalist>
        </FieldRow>
      )}
    </div>
  );
}

type PortRowProps = { readonly node: NodeView; readonly port: PortView; readonly protocols: readonly string[]; readonly known: readonly string[] };

function PortRow({ node, port, protocols, known }: PortRowProps) {
  const design = useDocument(selectDesign);
  const { problemsOf } = useFieldTarget();
  const wires = useMemo(() => design.wires.filter(({ from }) => from.node === node.id && from.port === port.port), [design.wires, node.id, port.port]);
  const document = useDocument(selectDocument);
  const providers = useMemo(() => design.order.filter((id) => id !== node.id && answersIn(document)(design.nodes.get(id)!.provides, port.protocol)), [design, document, node.id, port.protocol]);
  const others = useMemo(() => listOthers(design, { from: { node: node.id, port: port.port }, protocol: port.protocol }).filter((other) => !providers.includes(other.node)), [design, node.id, port, providers]);
  const fixed = fixedPortOf(node.kind);
  const name = useDraft(port.port, (next) => {
    const made = renamePort(documentNow(), node.id, port.port, next);
    if (typeof made === 'string') return next === port.port ? undefined : `${made}.`;
    edit(made);
    return undefined;
  });
  const [target] = wires;
  const adaptTo = ({ node: to, protocol }: Other): void => {
    if (edit(connectAdapted(documentNow(), { from: node.id, port: port.port, to }, protocol))) select([], [`${node.id}.${port.port} ${to}`]);
  };
  const wireTo = (to: string): void => void edit(to === '' ? deleteWires(documentNow(), wires.map(({ index }) => index)) : connect(documentNow(), { from: node.id, port: port.port, to }));
  const options = known.includes(port.protocol) ? known : [port.protocol, ...known];
  return (
    <div className="port" data-field={`requires.${port.port}`} role="group" aria-label={`Port ${port.port}`}>
      <div className="port-line">
        <PortGlyph protocol={port.protocol} protocols={protocols} />
        <PortName draft={name} isFixed={fixed !== undefined} port={port.port} />
        <select className="in" aria-label={`Protocol of ${port.port}`} value={port.protocol} onChange={(event) => edit(setPortProtocol(documentNow(), node.id, port.port, event.target.value))}>
          {options.map((one) => <option key={one} value={one}>{one}</option>)}
        </select>
        <button type="button" className="b ic small" aria-label={`Delete port ${port.port}`} onClick={() => edit(deletePort(documentNow(), node.id, port.port))}><X size={12} /></button>
      </div>
      {node.kind !== 'router' && (
        <div className="port-line to">
          <span className="dim" aria-hidden="true">wired to</span>
          <ProviderChoice port={port.port} chosen={target?.to} providers={providers} others={others} choose={wireTo} adapt={adaptTo} />
        </div>
      )}
      {name.refusal !== undefined && <p className="field-says bad" role="alert">{name.refusal}</p>}
      {problemsOf(`requires.${port.port}`).map((problem) => <FieldProblem key={problem.code} problem={problem} />)}
    </div>
  );
}

/** So many stand in the page all the time; the others come when the list is opened. */
const FEW_PROVIDERS = 40;
/** No id begins so. */
const ADAPTED = 'adapt ';

type ProviderChoiceProps = { readonly port: string; readonly chosen: string | undefined; readonly providers: readonly string[]; /** That provide another protocol: an adapter makes do with them. */ readonly others: readonly Other[]; readonly choose: (id: string) => void; readonly adapt: (other: Other) => void };

function ProviderChoice({ port, chosen, providers, others, choose, adapt }: ProviderChoiceProps) {
  const [isOpened, setOpened] = useState(false);
  const most = isOpened ? MOST_CHOICES : FEW_PROVIDERS;
  const open = (): void => setOpened(true);
  return (
    <select className={`in${chosen === undefined ? ' open' : ''}`} aria-label={`Wire of ${port}`} value={chosen ?? ''} onPointerDown={open} onFocus={open} onChange={({ target: { value } }) => (value.startsWith(ADAPTED) ? adapt(others[Number(value.slice(ADAPTED.length))]!) : choose(value))}>
      <option value="">nobody yet</option>
      {[...new Set([...(chosen === undefined ? [] : [chosen]), ...providers.slice(0, most)])].map((id) => <option key={id} value={id}>{id}</option>)}
      {providers.length > most && <option disabled>{providers.length - most} more: draw the wire to one</option>}
      {others.length > 0 && <optgroup label="By an adapter">{others.slice(0, most).map(({ node, protocol }, index) => <option key={`${node} ${protocol}`} value={`${ADAPTED}${index}`}>{node} as {protocol}</option>)}</optgroup>}
    </select>
  );
}

/** Renamed when it is left: a name half typed would be a port of its own. */
function PortName({ draft, isFixed, port }: { readonly draft: ReturnType<typeof useDraft>; readonly isFixed: boolean; readonly port: string }) {
  const [text, setText] = useState(port);
  if (isFixed) return <span className="in m fixed" title="This kind of node sends over its port “out”.">{port}</span>;
  const finish = (): void => {
    if (text !== port) draft.change(text);
  };
  return <input className="in m" aria-label={`Name of port ${port}`} value={text} spellCheck={false} onFocus={draft.begin} onChange={(event) => setText(event.target.value)} onBlur={finish} onKeyDown={(event) => { if (event.key === 'Enter') finish(); if (event.key === 'Escape') setText(port); }} />;
}
