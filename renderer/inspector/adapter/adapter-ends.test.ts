import { expect, it } from 'vitest';
import { adapter } from '../../../shared/design/adapter';
import { refuseValue } from '../../../shared/design/check-field';
import { providedBy, viewDesign } from '../../../shared/design/design-view';
import { isAboutAdapter, listOthers } from './adapter-ends';

const nodes = { root: { kind: 'supervisor', children: ['desk', 'brain', 'chat'] }, desk: { kind: 'agent', provides: ['Triage'], requires: { llm: 'Model' } }, brain: { kind: 'agent', provides: ['Model'] }, chat: { kind: 'agent', provides: ['Chat', 'Model'] } };

it('a wire with an adapter ends at the protocol that the adapter names', () => {
  const { wires } = viewDesign({ root: 'root', nodes, wires: [{ from: 'desk.llm', to: 'brain' }, { from: 'desk.llm', to: 'chat', adapter: { protocol: 'Chat', operations: {} } }, { from: 'desk.llm', to: 'chat', adapter: { protocol: 7 } }] });
  expect(wires.map(providedBy)).toEqual(['Model', 'Chat', undefined]);
});

it('it can be put on nodes that provide other protocols, not on its own', () =>
  expect(listOthers(viewDesign({ root: 'root', nodes }), { from: { node: 'desk', port: 'llm' }, protocol: 'Model' })).toEqual([{ node: 'chat', protocol: 'Chat' }]));

it('an adapter is refused as a whole, in words', () => {
  expect(refuseValue(adapter, { protocol: 'Chat' }, [], { protocol: 'Chat' })).toBeUndefined();
  expect(refuseValue(adapter, {}, [], { operations: {} })).toMatch(/protocol/);
});

it('problems of a wire are told from those of its adapter', () => {
  expect(isAboutAdapter('wires.1.adapter.operations.complete', 1)).toBe(true);
  expect(isAboutAdapter('wires.1.adapter', 1)).toBe(true);
  expect(isAboutAdapter('wires.1.adapters', 1)).toBe(false);
  expect(isAboutAdapter('wires.12.adapter', 1)).toBe(false);
});
