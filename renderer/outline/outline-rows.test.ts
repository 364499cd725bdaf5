import { describe, expect, it } from 'vitest';
import { viewDesign } from '../../shared/design/design-view';
import { listRows } from './outline-rows';

const supervisor = (...children: readonly string[]) => ({ kind: 'supervisor', children });
const agent = { kind: 'agent' };
const rowsOf = (nodes: object, ...folded: readonly string[]) => listRows(viewDesign({ root: 'root', nodes: nodes as never }), new Set(folded)).map(({ id, level, place, siblings }) => `${id} ${level} ${place}/${siblings}`);

describe('the rows of the Outline', () => {
  const nodes = { root: supervisor('a', 'team', 'b'), a: agent, team: supervisor('c', 'd'), b: agent, c: agent, d: agent, loose: agent };
  it('are in the order of starts, each with its place', () => expect(rowsOf(nodes)).toEqual(['root 1 1/2', 'a 2 1/3', 'team 2 2/3', 'c 3 1/2', 'd 3 2/2', 'b 2 3/3', 'loose 1 2/2']));
  it('leave out what is folded', () => expect(rowsOf(nodes, 'team')).toEqual(['root 1 1/2', 'a 2 1/3', 'team 2 2/3', 'b 2 3/3', 'loose 1 2/2']));
  it('show every node of a circle once', () => expect(rowsOf({ root: supervisor('a'), a: agent, x: supervisor('y'), y: supervisor('x') })).toEqual(['root 1 1/2', 'a 2 1/1', 'x 1 2/2', 'y 2 1/1']));
  it('are there of a tree 9,000 deep', () => {
    const deep = Object.fromEntries(Array.from({ length: 9000 }, (_, index) => [index === 0 ? 'root' : `s${index}`, supervisor(...(index < 8999 ? [`s${index + 1}`] : []))]));
    expect(rowsOf(deep)).toHaveLength(9000);
    expect(rowsOf(deep, 'root')).toHaveLength(1);
  });
});
