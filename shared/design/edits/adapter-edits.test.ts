import { describe, expect, it } from 'vitest';
import { EXAMPLE_PROJECT } from '../../errors/example-project';
import type { Json } from '../../json/json';
import { viewDesign } from '../design-view';
import { designOf, rawWiresOf, type ProjectDocument } from '../document';
import { applyEdit } from './apply-edit';
import { connectAdapted, setAdapter } from './adapter-edits';
import { invertEdit, type Edit } from './edit';
import { answersIn, connect, refuseWire } from './wire-edits';

const fileOf = (value: unknown) => ({ kind: 'json' as const, value: value as Json });
const START: ProjectDocument = { files: { 'design.json': fileOf(JSON.parse(EXAMPLE_PROJECT['design.json']!)), 'protocols/Triage.json': fileOf(JSON.parse(EXAMPLE_PROJECT['protocols/Triage.json']!)), 'protocols/Log.json': fileOf({ operations: {} }), 'protocols/More.json': fileOf({ extends: ['Log'] }), 'protocols/Most.json': fileOf({ extends: ['More', 'Most'] }) } };

function apply(document: ProjectDocument, edit: Edit | string | undefined): ProjectDocument {
  if (edit === undefined || typeof edit === 'string') throw new Error(edit ?? 'no edit');
  const done = applyEdit(document, edit);
  if (!done.ok) throw new Error('it does not fit');
  const undone = applyEdit(done.value, invertEdit(edit));
  expect(undone.ok && undone.value).toEqual(document);
  return done.value;
}

describe('a wire to another protocol', () => {
  const ends = { from: 'desk', port: 'llm', to: 'book' };
  it('is refused without an adapter', () => expect(connect(START, ends)).toBe('desk.llm requires Model, and book provides Log'));
  it('is drawn with one in one step, which can be undone', () => {
    const document = apply(START, connectAdapted(START, ends, 'Log'));
    expect(rawWiresOf(document)).toEqual([{ from: 'desk.llm', to: 'book', adapter: { protocol: 'Log', operations: {} } }]);
    expect(rawWiresOf(apply(document, setAdapter(document, 0, undefined)))).toEqual([{ from: 'desk.llm', to: 'book' }]);
  });
  it('is refused where the node does not provide it either', () => expect(connectAdapted(START, ends, 'Triage')).toContain('requires Model'));
});

describe('a wire to a protocol that extends the one that is wanted', () => {
  it.each([['Log', undefined], ['More', undefined], ['Most', undefined], ['Triage', 'desk.log requires Log, and book provides Triage']])('%s: %s', (provided, why) => {
    const design = designOf(START) as { readonly nodes: { readonly desk: object; readonly book: object } };
    const nodes = { ...design.nodes, desk: { ...design.nodes.desk, requires: { log: 'Log' } }, book: { ...design.nodes.book, provides: [provided] } };
    const document: ProjectDocument = { files: { ...START.files, 'design.json': fileOf({ ...design, nodes, wires: [] }) } };
    expect(refuseWire(viewDesign(designOf(document)), { from: 'desk', port: 'log', to: 'book' }, answersIn(document))).toBe(why);
  });
});
