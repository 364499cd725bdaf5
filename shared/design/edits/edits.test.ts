import { describe, expect, it } from 'vitest';
import { fc, test } from '@fast-check/vitest';
import { designOf, textOfFile, type ProjectDocument } from '../document';
import { viewDesign } from '../design-view';
import { applyEdit } from './apply-edit';
import { copyNodes, duplicateNodes, pasteNodes } from './clip-edits';
import { invertEdit, type Edit } from './edit';
import { placeNodes } from './layout-edits';
import { addNode, deleteNodes, moveNode, renameNode, setNodeField } from './node-edits';
import { PALETTE_KINDS } from './new-node';
import { addOperation, addPort, addProtocol, deletePort, deleteProtocol, renameOperation, renamePort, renameProtocol, setProvides } from './protocol-edits';
import { setText } from './text-edits';
import { connect, deleteWires, refuseWire, setGuards } from './wire-edits';

const START: ProjectDocument = { files: { 'design.json': { kind: 'json', value: { format: 'prismatic/1', name: 'x', root: 'root', nodes: { root: { kind: 'supervisor', children: [], later: { kept: 1 } } }, wires: [] } } } };
const texts = (document: ProjectDocument): object => Object.fromEntries(Object.entries(document.files).map(([path, file]) => [path, textOfFile(file)]));
const apply = (document: ProjectDocument, edit: Edit): ProjectDocument => {
  const applied = applyEdit(document, edit);
  if (!applied.ok) throw new Error(JSON.stringify(applied.error));
  return applied.value;
};

/** One random gesture; `undefined` where it does nothing to this document. */
function gesture(document: ProjectDocument, kind: number, a: number, b: number, word: string): Edit | string | undefined {
  const view = viewDesign(designOf(document));
  const ids = [...view.nodes.keys()];
  const supervisors = ids.filter((id) => view.nodes.get(id)!.kind === 'supervisor');
  const [one, other, supervisor] = [ids[a % ids.length]!, ids[b % ids.length]!, supervisors[b % supervisors.length]!];
  const protocol = `P${a % 3}`;
  switch (kind) {
    case 0: return addNode(document, { kind: PALETTE_KINDS[a % PALETTE_KINDS.length]!, parent: supervisor, index: b % 3 }).edit;
    case 1: return deleteNodes(document, [one]);
    case 2: return moveNode(document, one, supervisor, b % 4);
    case 3: return renameNode(document, one, `n${b}`);
    case 4: return setNodeField(document, one, ['title'], word || undefined);
    case 5: return addProtocol(document, protocol);
    case 6: return setProvides(document, one, [protocol]);
    case 7: return connect(document, { from: one, to: other });
    case 8: return view.wires.length === 0 ? undefined : deleteWires(document, [a % view.wires.length]);
    case 9: return placeNodes(document, 'flow', { [one]: { x: a, y: b } });
    case 10: return duplicateNodes(document, [one])?.edit;
    case 11: return setText(document, `handlers/${one}.ts`, word);
    case 12: return renameProtocol(document, protocol, `Q${b % 3}`);
    case 13: return view.wires.length === 0 ? undefined : setGuards(document, a % view.wires.length, [{ kind: 'timeout', ms: b + 1 }]);
    case 14: return view.nodes.get(one)!.kind === 'agent' ? addPort(document, one, `p${b % 4}`, protocol) : undefined;
    case 15: return deletePort(document, one, `p${b % 4}`);
    case 16: return view.nodes.get(one)!.requires.some(({ port }) => port === `p${b % 4}`) ? renamePort(document, one, `p${b % 4}`, `r${a % 4}`) : undefined;
    case 17: return addOperation(document, protocol, `op${b % 3}`);
    case 18: return renameOperation(document, protocol, 'handle', `op${b % 3}`);
    default: return deleteProtocol(document, protocol);
  }
}

const steps = fc.array(fc.tuple(fc.nat(19), fc.nat(200), fc.nat(200), fc.string({ unit: 'binary', maxLength: 12 })), { maxLength: 40 });

test.prop([steps], { seed: 7 })('any edits, taken back one by one, leave every file as it was, letter by letter (seed 7)', (moves) => {
  let document = START;
  const done: Edit[] = [];
  const before = [texts(document)];
  for (const [kind, a, b, word] of moves) {
    const edit = kind === 18 && !document.files[`protocols/P${a % 3}.json`] ? undefined : gesture(document, kind, a, b, word);
    if (edit === undefined || typeof edit === 'string') continue;
    document = apply(document, edit);
    done.push(edit);
    before.push(texts(document));
  }
  const after = document;
  for (const edit of done.toReversed()) {
    before.pop();
    document = apply(document, invertEdit(edit));
    expect(texts(document)).toEqual(before.at(-1));
    expect(JSON.stringify(texts(document))).toBe(JSON.stringify(before.at(-1)));
  }
  for (const edit of done) document = apply(document, edit);
  expect(texts(document)).toEqual(texts(after));
});

describe('an edit', () => {
  it('is refused as a whole where something else stands by now', () => {
    const { edit } = addNode(START, { kind: 'sink', parent: 'root' });
    const changed = apply(START, addNode(START, { kind: 'sink', parent: 'root' }).edit);
    expect(applyEdit(changed, edit)).toMatchObject({ ok: false, error: { file: 'design.json', path: ['nodes', 'sink'] } });
  });

  it('of a place touches layout.json alone', () => {
    const edit = placeNodes(START, 'tree', { root: { x: 1.6, y: 2 } })!;
    expect(new Set(edit.changes.map(({ file }) => file))).toEqual(new Set(['layout.json']));
  });

  it('keeps fields that this version does not know', () => {
    const document = apply(START, setNodeField(START, 'root', ['strategy'], 'one_for_all')!);
    expect(designOf(document)).toMatchObject({ nodes: { root: { later: { kept: 1 }, strategy: 'one_for_all' } } });
  });
});

describe('a wire', () => {
  const two = (): ProjectDocument => {
    let document = apply(START, addNode(START, { kind: 'code agent', parent: 'root' }).edit);
    document = apply(document, addNode(document, { kind: 'sink', parent: 'root' }).edit);
    document = apply(document, addProtocol(document, 'Show') as Edit);
    return apply(document, setProvides(document, 'sink', ['Show'])!);
  };
  it('drawn from an agent makes the port that it needs', () => {
    const document = apply(two(), connect(two(), { from: 'agent', to: 'sink' }) as Edit);
    const view = viewDesign(designOf(document));
    expect(view.nodes.get('agent')!.requires).toEqual([{ port: 'show', protocol: 'Show' }]);
    expect(view.wires).toMatchObject([{ key: 'agent.show sink', protocol: 'Show' }]);
  });

  it.each([
    [{ from: 'sink', to: 'agent' }, 'sink is a sink'],
    [{ from: 'agent', to: 'root' }, 'root is a supervisor'],
    [{ from: 'root', to: 'sink' }, 'it calls nobody'],
    [{ from: 'agent', to: 'agent' }, 'cannot call itself'],
    [{ from: 'agent', to: 'nobody' }, 'no such node'],
  ])('%j is refused: %s', (ends, why) => {
    expect(refuseWire(viewDesign(designOf(two())), ends)).toContain(why);
    expect(connect(two(), ends)).toContain(why);
  });
});

describe('a copy', () => {
  it('has its own ids, its own handler, and the wires among its nodes', () => {
    let document = apply(START, addNode(START, { kind: 'supervisor', parent: 'root' }).edit);
    document = apply(document, addNode(document, { kind: 'code agent', parent: 'supervisor' }).edit);
    document = apply(document, addNode(document, { kind: 'sink', parent: 'supervisor' }).edit);
    document = apply(document, addProtocol(document, 'Show') as Edit);
    document = apply(document, setProvides(document, 'sink', ['Show'])!);
    document = apply(document, connect(document, { from: 'agent', to: 'sink' }) as Edit);
    const pasted = pasteNodes(document, copyNodes(document, ['supervisor']), 'root')!;
    const view = viewDesign(designOf(apply(document, pasted.edit)));
    expect(pasted.ids).toEqual(['supervisor-2']);
    expect(view.nodes.get('supervisor-2')!.children).toEqual(['agent-2', 'sink-2']);
    expect(view.nodes.get('agent-2')!.raw['behaviour']).toEqual({ type: 'code', file: 'handlers/agent-2.ts' });
    expect(view.wires.map(({ key }) => key)).toEqual(['agent.show sink', 'agent-2.show sink-2']);
  });
});
