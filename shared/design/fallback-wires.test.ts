import { describe, expect, it } from 'vitest';
import { viewDesign } from './design-view';
import { findWireOf, listFallbackWires } from './fallback-wires';

const nodes = { root: { kind: 'supervisor', children: ['desk', 'brain', 'canned'] }, desk: { kind: 'agent', requires: { llm: 'Model' } }, brain: { kind: 'agent', provides: ['Model'] }, canned: { kind: 'agent', provides: ['Model'] } };
const designOf = (guards: readonly object[], title = 'x') => ({ name: title, root: 'root', nodes, wires: [{ from: 'desk.llm', to: 'brain', guards }] }) as never;

describe('wires that fallbacks draw', () => {
  const design = viewDesign(designOf([{ kind: 'timeout', ms: 1 }, { kind: 'fallback', to: 'canned' }, { kind: 'fallback', to: 'nobody' }, { kind: 'fallback', answers: {} }]));

  it('lead to the other provider where there is one', () => {
    expect(listFallbackWires(design)).toMatchObject([{ guard: 1, owner: { key: 'desk.llm brain' }, wire: { key: 'desk.llm brain fallback 1', from: { node: 'desk', port: 'llm' }, to: 'canned', protocol: 'Model', guards: [] } }]);
  });

  it('are found by their keys, as wires of the file are by theirs', () => {
    expect(findWireOf(design, 'desk.llm brain fallback 1')).toMatchObject({ guard: 1, wire: { key: 'desk.llm brain' } });
    expect(findWireOf(design, 'desk.llm brain')).toEqual({ wire: design.wires[0] });
    expect(findWireOf(design, 'desk.llm brain fallback 0')).toBeUndefined();
    expect(findWireOf(design, 'nobody')).toBeUndefined();
  });

  it('stay the same values as long as their wire does', () => {
    const raw = designOf([{ kind: 'fallback', to: 'canned' }]) as Record<string, object>;
    const before = viewDesign(raw as never);
    const after = viewDesign({ ...raw, name: 'y' }, before);
    expect(after).not.toBe(before);
    expect(listFallbackWires(after)[0]).toBe(listFallbackWires(before)[0]);
  });

  it('a wire of the file that is called like one is itself', () => {
    const odd = viewDesign({ root: 'root', nodes, wires: [{ from: 'desk.llm', to: 'brain fallback 0' }] });
    expect(findWireOf(odd, 'desk.llm brain fallback 0')).toEqual({ wire: odd.wires[0] });
  });
});
