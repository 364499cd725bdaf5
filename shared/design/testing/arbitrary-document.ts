/** Documents as fast-check makes them, small enough that two of them have much in common. */
import fc from 'fast-check';
import type { Json, JsonObject } from '../../json/json';
import type { DocumentFile, ProjectDocument } from '../document';

const KEYS = ['a', 'b', 'c', 'd', 'desk', 'wires'];
const PATHS = ['design.json', 'layout.json', 'protocols/A.json', 'handlers/a.ts', 'prompts/a.md'];

const leaf: fc.Arbitrary<Json> = fc.oneof(fc.constant(null), fc.boolean(), fc.integer({ min: 0, max: 3 }), fc.constantFrom('x', 'y', '😀'));
export const anyJson: fc.Arbitrary<Json> = fc.letrec<{ value: Json; list: Json[]; object: JsonObject }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, leaf, tie('list'), tie('object')),
  list: fc.array(tie('value'), { maxLength: 4 }),
  object: fc.uniqueArray(fc.tuple(fc.constantFrom(...KEYS), tie('value')), { selector: ([key]) => key, maxLength: 5 }).map((entries) => Object.fromEntries(entries)),
})).value;

export const anyText: fc.Arbitrary<string> = fc.array(fc.constantFrom('a\n', 'b\n', 'é', '😀', '😁', '\n', 'long line\n'), { maxLength: 8 }).map((parts) => parts.join(''));

const file = (path: string): fc.Arbitrary<DocumentFile> =>
  path.endsWith('.json') ? fc.oneof({ weight: 5, arbitrary: anyJson.map((value): DocumentFile => ({ kind: 'json', value })) }, { weight: 1, arbitrary: anyText.map((text): DocumentFile => ({ kind: 'text', text })) }) : anyText.map((text): DocumentFile => ({ kind: 'text', text }));

export const anyDocument: fc.Arbitrary<ProjectDocument> = fc
  .tuple(...PATHS.map((path) => fc.option(file(path), { nil: undefined })))
  .map((files) => ({ files: Object.fromEntries(files.flatMap((one, index) => (one === undefined ? [] : [[PATHS[index]!, one] as const]))) }));
