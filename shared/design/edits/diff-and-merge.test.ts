import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { failed, ok } from '../../errors/result';
import { textOfFile, type ProjectDocument } from '../document';
import { anyDocument } from '../testing/arbitrary-document';
import { applyEdit } from './apply-edit';
import { diffDocuments } from './diff-documents';
import { invertEdit, type Change, type Edit } from './edit';
import { editSchema } from './edit-schema';
import { mergeDocuments } from './merge-documents';

/** What would stand in the files: kinds, texts and the order of keys count. */
const texts = ({ files }: ProjectDocument): Record<string, string> => Object.fromEntries(Object.entries(files).map(([path, file]) => [path, `${file.kind}:${textOfFile(file)}`] as const).toSorted());
const editOf = (changes: readonly Change[]): Edit => ({ label: 'x', changes });
const applied = (document: ProjectDocument, edit: Edit): ProjectDocument => {
  const result = applyEdit(document, edit);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const runs = { numRuns: 1000 };

describe('an edit', () => {
  test.prop([anyDocument, anyDocument], runs)('between two documents, made from their difference, gives the second and undone the first, byte for byte', (a, b) => {
    const edit = editOf(diffDocuments(a, b));
    const after = applied(a, edit);
    expect(texts(after)).toEqual(texts(b));
    expect(texts(applied(after, invertEdit(edit)))).toEqual(texts(a));
    expect(texts(applied(applied(after, invertEdit(edit)), edit))).toEqual(texts(b));
  });

  test.prop([anyDocument, anyDocument], runs)('is the same after its way through the log, and allowed by the schema of edits', (a, b) => {
    const changes = diffDocuments(a, b);
    fc.pre(changes.length > 0);
    expect(editSchema.parse(JSON.parse(JSON.stringify(editOf(changes))))).toEqual(editOf(changes));
  });

  test.prop([anyDocument, anyDocument, anyDocument], runs)('is refused as a whole, or leaves exactly what it says: never a third thing', (a, b, other) => {
    const edit = editOf(diffDocuments(a, b));
    const result = applyEdit(other, edit);
    if (!result.ok) return;
    const back = applyEdit(result.value, invertEdit(edit));
    expect(back.ok && Object.keys(back.value.files).toSorted()).toEqual(Object.keys(other.files).toSorted());
  });

  test.prop([anyDocument])('without a difference has no change', (a) => {
    expect(diffDocuments(a, structuredClone(a))).toEqual([]);
  });

  const design: ProjectDocument = { files: { 'design.json': { kind: 'json', value: { name: 'a', nodes: { desk: { kind: 'agent' } }, wires: ['x'] } }, 'handlers/a.ts': { kind: 'text', text: 'abc' } } };
  it.each<[string, Change]>([
    ['another value stands', { kind: 'set', file: 'design.json', path: ['name'], before: 'b', after: 'c' }],
    ['a key is there already', { kind: 'set', file: 'design.json', path: ['name'], after: 'c' }],
    ['a key is gone', { kind: 'set', file: 'design.json', path: ['title'], before: 'b' }],
    ['the way is gone', { kind: 'set', file: 'design.json', path: ['nodes', 'till', 'title'], after: 'c' }],
    ['the way leads through a text', { kind: 'set', file: 'design.json', path: ['name', 'x'], after: 'c' }],
    ['a way leads to a prototype', { kind: 'set', file: 'design.json', path: ['nodes', 'toString', 'name'], before: 'toString', after: 'c' }],
    ['other items stand in a list', { kind: 'splice', file: 'design.json', path: ['wires'], index: 0, removed: ['y'], inserted: [] }],
    ['a list is shorter', { kind: 'splice', file: 'design.json', path: ['wires'], index: 2, removed: [], inserted: ['y'] }],
    ['another text stands', { kind: 'text', file: 'handlers/a.ts', offset: 1, removed: 'x', inserted: '' }],
    ['a text is shorter', { kind: 'text', file: 'handlers/a.ts', offset: 4, removed: '', inserted: 'x' }],
    ['a file is there already', { kind: 'file', file: 'handlers/a.ts', after: { kind: 'text', text: '' } }],
    ['a file is gone', { kind: 'file', file: 'handlers/b.ts', before: { kind: 'text', text: '' } }],
    ['a text is taken for JSON', { kind: 'set', file: 'handlers/a.ts', path: ['x'], after: 1 }],
  ])('is refused where %s', (_, change) => expect(applyEdit(design, editOf([change])).ok).toBe(false));
});

describe('a merge', () => {
  test.prop([anyDocument, anyDocument], runs)('takes what only one side changed', (base, changed) => {
    expect(texts(mergeDocuments(base, base, changed).document)).toEqual(texts(changed));
    expect(mergeDocuments(base, base, changed).conflicts).toEqual([]);
    expect(texts(mergeDocuments(base, changed, base).document)).toEqual(texts(changed));
    expect(mergeDocuments(base, changed, base).conflicts).toEqual([]);
  });

  test.prop([anyDocument, anyDocument], runs)('of the same change on both sides is that change', (base, changed) => {
    const merged = mergeDocuments(base, changed, structuredClone(changed));
    expect(texts(merged.document)).toEqual(texts(changed));
    expect(merged.conflicts).toEqual([]);
  });

  const justJson = anyDocument.map(({ files }) => ({ files: Object.fromEntries(Object.entries(files).filter(([, { kind }]) => kind === 'json')) }));
  test.prop([justJson, justJson, justJson], runs)('of JSON made again changes nothing and finds no place that it did not name before', (base, mine, theirs) => {
    const once = mergeDocuments(base, mine, theirs);
    const twice = mergeDocuments(base, once.document, theirs);
    expect(texts(twice.document)).toEqual(texts(once.document));
    const places = new Set(once.conflicts.map(({ file, path }) => JSON.stringify([file, path])));
    expect(twice.conflicts.filter(({ file, path }) => !places.has(JSON.stringify([file, path])))).toEqual([]);
  });

  const json = (value: Parameters<typeof JSON.stringify>[0]): ProjectDocument => ({ files: { 'design.json': { kind: 'json', value: value as never } } });
  const text = (value: string): ProjectDocument => ({ files: { 'handlers/a.ts': { kind: 'text', text: value } } });
  const outcome = (base: ProjectDocument, mine: ProjectDocument, theirs: ProjectDocument) => {
    const { document, conflicts } = mergeDocuments(base, mine, theirs);
    const [file] = Object.values(document.files);
    const value = file?.kind === 'json' ? file.value : file?.text;
    return conflicts.length === 0 ? ok(value) : failed({ value, at: conflicts.map(({ path, theirs: other }) => [path.join('.'), other]) });
  };
  it.each([
    ['two fields of one node', json({ nodes: { a: { x: 1, y: 1 } } }), json({ nodes: { a: { x: 2, y: 1 } } }), json({ nodes: { a: { x: 1, y: 2 } } }), ok({ nodes: { a: { x: 2, y: 2 } } })],
    ['a node each', json({ nodes: {} }), json({ nodes: { m: {} } }), json({ nodes: { t: {} } }), ok({ nodes: { m: {}, t: {} } })],
    ['a child each', json({ c: ['a', 'b'] }), json({ c: ['a', 'm', 'b'] }), json({ c: ['a', 'b', 't'] }), ok({ c: ['a', 'm', 'b', 't'] })],
    ['a child moved here and one come outside', json({ c: ['a', 'b'] }), json({ c: ['b', 'a'] }), json({ c: ['a', 't', 'b'] }), ok({ c: ['b', 'a', 't'] })],
    ['a wire changed here, another outside', json({ w: [{ from: 'a', to: 'x' }, { from: 'b', to: 'x' }] }), json({ w: [{ from: 'a', to: 'y' }, { from: 'b', to: 'x' }] }), json({ w: [{ from: 'a', to: 'x' }, { from: 'b', to: 'z' }] }), ok({ w: [{ from: 'a', to: 'y' }, { from: 'b', to: 'z' }] })],
    ['lines far apart', text('1\n2\n3\n4\n'), text('m\n2\n3\n4\n'), text('1\n2\n3\nt\n'), ok('m\n2\n3\nt\n')],
    ['one field', json({ n: 1, o: 1 }), json({ n: 2, o: 1 }), json({ n: 3, o: 2 }), failed({ value: { n: 2, o: 2 }, at: [['n', 3]] })],
    ['a node deleted here and changed outside', json({ nodes: { a: { x: 1 } } }), json({ nodes: {} }), json({ nodes: { a: { x: 2 } } }), failed({ value: { nodes: {} }, at: [['nodes.a', { x: 2 }]] })],
    ['the order of children, both', json({ c: ['a', 'b', 'c'] }), json({ c: ['b', 'a', 'c'] }), json({ c: ['a', 'c', 'b'] }), failed({ value: { c: ['b', 'a', 'c'] }, at: [['c', ['a', 'c', 'b']]] })],
    ['one line', text('1\n2\n'), text('m\n2\n'), text('t\n2\n'), failed({ value: 'm\n2\n', at: [['', 't\n2\n']] })],
  ])('of %s', (_, base, mine, theirs, expected) => expect(outcome(base, mine, theirs)).toEqual(expected));
});
