/** A process may end between any two of: acknowledge, write a file, write the next, record. What is opened then is decided here. */
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { textOfFile, type DocumentFile, type ProjectDocument } from '../../../shared/design/document';
import { applyEdit } from '../../../shared/design/edits/apply-edit';
import { diffDocuments } from '../../../shared/design/edits/diff-documents';
import type { LogEntry } from '../../../shared/design/history';
import { anyDocument } from '../../../shared/design/testing/arbitrary-document';
import { hashOf, parseFile } from './read-folder';
import { recover } from './take-outside';

const texts = ({ files }: ProjectDocument): Record<string, string> => Object.fromEntries(Object.entries(files).map(([path, file]) => [path, textOfFile(file)] as const).toSorted());
/** A file as it would be read. */
const onDisk = (path: string, file: DocumentFile) => {
  const text = textOfFile(file);
  return { hash: hashOf(new TextEncoder().encode(text)), file: parseFile(path, text) };
};
/** As a document is after it was written and read: a text that is JSON is JSON. */
const asRead = ({ files }: ProjectDocument): ProjectDocument => ({ files: Object.fromEntries(Object.entries(files).map(([path, file]) => [path, onDisk(path, file).file])) });
const log = (states: readonly ProjectDocument[]): readonly LogEntry[] => states.slice(1).map((state, index) => ({ seq: index + 1, atUnixMs: 0, kind: 'edit', edit: { label: 'x', changes: diffDocuments(states[index]!, state) } }));

describe('a project that is opened again', () => {
  test.prop([fc.array(anyDocument.map(asRead), { minLength: 1, maxLength: 5 }), fc.infiniteStream(fc.nat(4))], { numRuns: 1000 })('with each file as some edit left it has every acknowledged edit, and no change from outside', (states, choices) => {
    const paths = [...new Set(states.flatMap(({ files }) => Object.keys(files)))];
    const disk = new Map(paths.flatMap((path) => {
      const file = states[(choices.next().value ?? 0) % states.length]!.files[path];
      return file ? [[path, onDisk(path, file)] as const] : [];
    }));
    const recovered = recover(states[0]!, log(states), disk);
    expect(texts(recovered.document)).toEqual(texts(states.at(-1)!));
    expect(recovered.outside).toEqual({ conflicts: [] });
    expect(recovered.misfit).toBeUndefined();
  });

  test.prop([anyDocument.map(asRead), anyDocument.map(asRead)], { numRuns: 1000 })('whose files others changed has just that change', (kept, theirs) => {
    const disk = new Map(Object.entries(theirs.files).map(([path, file]) => [path, onDisk(path, file)]));
    const { document, outside } = recover(kept, [], disk);
    const after = outside.edit ? applyEdit(document, outside.edit) : { ok: true as const, value: document };
    expect(after.ok && texts(after.value)).toEqual(texts(theirs));
    expect(outside.conflicts).toEqual([]);
  });

  test.prop([fc.array(anyDocument.map(asRead), { minLength: 2, maxLength: 4 }), anyDocument.map(asRead)], { numRuns: 1000 })('does not take an outside change a second time', (states, theirs) => {
    const disk = new Map(Object.entries(theirs.files).map(([path, file]) => [path, onDisk(path, file)]));
    const first = recover(states[0]!, log(states), disk);
    fc.pre(first.outside.edit !== undefined);
    const seen = Object.fromEntries([...disk].map(([path, { hash }]) => [path, hash]));
    const entries: readonly LogEntry[] = [...log(states), { seq: states.length, atUnixMs: 0, kind: 'outside', edit: first.outside.edit, seen }];
    const second = recover(states[0]!, entries, disk);
    expect(second.outside.edit).toBeUndefined();
  });

  it('with a log that does not fit its files says from which edit on', () => {
    const file = (name: string): ProjectDocument => ({ files: { 'design.json': { kind: 'json', value: { name } } } });
    const entries = log([file('a'), file('b'), file('c')]);
    expect(recover(file('other'), entries, new Map([['design.json', onDisk('design.json', file('other').files['design.json']!)]])).misfit).toBe(1);
  });
});
