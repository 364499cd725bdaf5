import { expect, it } from 'vitest';
import { designOf, type ProjectDocument } from '../document';
import type { JsonObject } from '../../json/json';
import { applyEdit } from './apply-edit';
import { duplicateNodes } from './clip-edits';
import { invertEdit, type Edit } from './edit';
import { deleteNodes, renameNode } from './node-edits';

const when = { path: 'topic', equals: 'invoice' };
const START: ProjectDocument = {
  files: {
    'design.json': {
      kind: 'json',
      value: {
        format: 'prismatic/1', name: 'x', root: 'root',
        nodes: {
          root: { kind: 'supervisor', children: ['team', 'far'] },
          team: { kind: 'supervisor', children: ['pool', 'a', 'b'] },
          pool: { kind: 'router', strategy: 'by_content', routes: [{ to: 'a', when }, { to: 'b', when }, { to: 'a', when: { not: when } }], otherwise: 'b', provides: ['P'], requires: { out: 'P' } },
          a: { kind: 'agent', provides: ['P'], requires: {} },
          b: { kind: 'agent', provides: ['P'], requires: {} },
          far: { kind: 'agent', provides: [], requires: { p: 'P' } },
        },
        wires: [{ from: 'pool.out', to: 'a' }, { from: 'pool.out', to: 'b' }, { from: 'far.p', to: 'pool', guards: [{ kind: 'timeout', ms: 9 }, { kind: 'fallback', to: 'b' }] }],
      },
    },
  },
};
function after(edit: Edit | string | undefined): { readonly nodes: Readonly<Record<string, JsonObject>>; readonly wires: readonly JsonObject[] } {
  if (edit === undefined || typeof edit === 'string') throw new Error(String(edit));
  const applied = applyEdit(START, edit);
  if (!applied.ok) throw new Error(JSON.stringify(applied.error));
  const back = applyEdit(applied.value, invertEdit(edit));
  expect(back.ok && designOf(back.value)).toEqual(designOf(START));
  return designOf(applied.value) as unknown as ReturnType<typeof after>;
}

it('renames a node in routes, in otherwise and in what a guard falls back to', () => {
  const { nodes, wires } = after(renameNode(START, 'b', 'c'));
  expect(nodes['pool']).toMatchObject({ routes: [{ to: 'a' }, { to: 'c' }, { to: 'a' }], otherwise: 'c' });
  expect(wires[2]).toMatchObject({ guards: [{ kind: 'timeout' }, { kind: 'fallback', to: 'c' }] });
});

it('renames the router itself with its routes', () => expect(after(renameNode(START, 'pool', 'lake')).nodes['lake']).toMatchObject({ routes: [{ to: 'a' }, { to: 'b' }, { to: 'a' }] }));

it('takes routes away along with their node', () => {
  expect(after(deleteNodes(START, ['a'])).nodes['pool']).toMatchObject({ routes: [{ to: 'b' }], otherwise: 'b' });
  const pool = after(deleteNodes(START, ['b'])).nodes['pool']!;
  expect(pool['routes']).toEqual([{ to: 'a', when }, { to: 'a', when: { not: when } }]);
  expect(pool).not.toHaveProperty('otherwise');
});

it('a copied router leads to the copies', () => expect(after(duplicateNodes(START, ['team'])?.edit).nodes['pool-2']).toMatchObject({ routes: [{ to: 'a-2' }, { to: 'b-2' }, { to: 'a-2' }], otherwise: 'b-2' }));
