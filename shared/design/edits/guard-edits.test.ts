import { describe, expect, it } from 'vitest';
import { viewDesign } from '../design-view';
import { designOf, type ProjectDocument } from '../document';
import { GUARD_KINDS, guardSchemas, type GuardKind } from '../guard';
import { applyEdit } from './apply-edit';
import { invertEdit, type Edit } from './edit';
import { addGuard, moveGuard, newGuard, placeOfGuard, removeGuard } from './guard-edits';

const model = { operations: { complete: { kind: 'call', input: {}, output: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] } }, forget: { kind: 'cast', input: {} } } };
const documentOf = (more: object = {}, guards?: readonly object[]): ProjectDocument => ({
  files: {
    'design.json': { kind: 'json', value: { format: 'prismatic/1', name: 'x', root: 'root', nodes: { root: { kind: 'supervisor', children: ['desk', 'brain'] }, desk: { kind: 'agent', requires: { llm: 'Model2' } }, brain: { kind: 'agent', provides: ['Model2'] }, ...more }, wires: [{ from: 'desk.llm', to: 'brain', ...(guards ? { guards } : {}) }] } as never },
    'protocols/Model2.json': { kind: 'json', value: model as never },
  },
});
const guardsOf = (document: ProjectDocument): readonly unknown[] => viewDesign(designOf(document)).wires[0]!.guards;
const kindsOf = (document: ProjectDocument): readonly unknown[] => guardsOf(document).map((guard) => (guard as { kind: string }).kind);
function apply(document: ProjectDocument, edit: Edit | undefined): ProjectDocument {
  const applied = applyEdit(document, edit!);
  if (!applied.ok) throw new Error(JSON.stringify(applied.error));
  return applied.value;
}

describe('guards of a wire', () => {
  it('each new one fits its schema, and stands where a call should meet it, in whichever order they are dropped', () => {
    const wanted = ['fallback', 'timeout', 'retry', 'breaker', 'bulkhead', 'rateLimit'];
    for (const kinds of [GUARD_KINDS, [...GUARD_KINDS].toReversed()] as const) {
      let document = documentOf({ spare: { kind: 'agent', provides: ['Model2'] } });
      for (const kind of kinds) document = apply(document, addGuard(document, 0, kind));
      expect(kindsOf(document)).toEqual(wanted);
      for (const guard of guardsOf(document)) expect(guardSchemas[(guard as { kind: GuardKind }).kind].safeParse(guard).error).toBeUndefined();
    }
  });

  it('a second one of a kind goes behind the first, and an order of the person’s own is not touched', () => {
    expect(placeOfGuard([{ kind: 'retry' }, { kind: 'timeout' }], 'timeout')).toBe(2);
    expect(placeOfGuard([{ kind: 'later' }], 'timeout')).toBe(0);
    expect(placeOfGuard([{ kind: 'timeout' }, { kind: 'breaker' }], 'retry')).toBe(1);
  });

  it('a fallback asks another provider, and where there is none it answers itself', () => {
    const wire = viewDesign(designOf(documentOf())).wires[0]!;
    expect(newGuard(documentOf({ spare: { kind: 'agent', provides: ['Model2'] } }), wire, 'fallback')).toEqual({ kind: 'fallback', to: 'spare' });
    expect(newGuard(documentOf(), wire, 'fallback')).toEqual({ kind: 'fallback', answers: { complete: { text: '' } } });
  });

  it('moving, taking off and adding are undone as one each', () => {
    const guards = [{ kind: 'timeout', ms: 1 }, { kind: 'retry' }, { kind: 'breaker' }];
    const before = documentOf({}, guards);
    for (const [edit, kinds] of [
      [moveGuard(before, 0, 0, 2), ['retry', 'breaker', 'timeout']],
      [moveGuard(before, 0, 2, 0), ['breaker', 'timeout', 'retry']],
      [removeGuard(before, 0, 1), ['timeout', 'breaker']],
      [addGuard(before, 0, 'bulkhead'), ['timeout', 'retry', 'breaker', 'bulkhead']],
    ] as const) {
      const after = apply(before, edit);
      expect(kindsOf(after)).toEqual(kinds);
      expect(guardsOf(apply(after, invertEdit(edit!)))).toEqual(guards);
    }
  });

  it('nothing is moved past the ends, and the last one takes the field along', () => {
    const one = documentOf({}, [{ kind: 'timeout', ms: 1 }]);
    expect(moveGuard(one, 0, 0, 1)).toBeUndefined();
    expect(moveGuard(one, 0, 0, -1)).toBeUndefined();
    expect(moveGuard(one, 0, 3, 0)).toBeUndefined();
    expect(addGuard(one, 7, 'retry')).toBeUndefined();
    expect(designOf(apply(one, removeGuard(one, 0, 0)))['wires']).toEqual([{ from: 'desk.llm', to: 'brain' }]);
  });
});
