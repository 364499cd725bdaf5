import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { ChunkSplitter, LineSplitter, LONGEST_LINE_BYTES, type TextItem } from './text-items';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
/** `bytes` in pieces that end at `cuts`. */
function piecesOf(bytes: Uint8Array, cuts: readonly number[]): readonly Uint8Array[] {
  const ends = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].toSorted((a, b) => a - b);
  return [...ends, bytes.length].map((end, index) => bytes.subarray(index === 0 ? 0 : ends[index - 1]!, end));
}
const split = (splitter: LineSplitter | ChunkSplitter, pieces: readonly Uint8Array[]): readonly TextItem[] => [...pieces.flatMap((piece) => splitter.push(piece)), ...splitter.end()];
const linesOf = (text: string): readonly unknown[] => split(new LineSplitter('text'), [utf8(text)]).map(({ value }) => (value as { readonly text: string }).text);

describe('lines', () => {
  it.each([
    ['', []],
    ['one', ['one']],
    ['one\n', ['one']],
    ['one\r\ntwo', ['one', 'two']],
    ['\n\n', ['', '']],
    ['a\rb\n', ['a\rb']],
    ['\ufeffmark\n\ufeffno mark', ['mark', '\ufeffno mark']],
  ])('%j are %j', (text, lines) => expect(linesOf(text)).toEqual(lines));

  it('of the longest length are items; one byte more is a failed item, and the next line is whole', () => {
    const [fits, tooLong, next] = split(new LineSplitter('text'), [utf8(`${'a'.repeat(LONGEST_LINE_BYTES)}\n${'b'.repeat(LONGEST_LINE_BYTES + 1)}\nnext`)]);
    expect([fits!.ok, tooLong!.ok, next]).toEqual([true, false, { ok: true, value: { line: 3, text: 'next' } }]);
  });

  it('that are no JSON fail one by one', () => {
    const items = split(new LineSplitter('json'), [utf8('{"a":1}\n{"a"\n2')]);
    expect(items.map(({ ok, value }) => [ok, value])).toEqual([[true, { a: 1 }], [false, { line: 2, text: '{"a"' }], [true, 2]]);
  });
});

const cuts = fc.array(fc.nat(), { maxLength: 8 });
test.prop([fc.array(fc.constantFrom('a', 'é', '😀', '\n', '\r', '\r\n', ' '), { maxLength: 60 }), cuts], { seed: 5 })('lines are the same however the bytes arrive (seed 5)', (parts, at) => {
  const bytes = utf8(parts.join(''));
  expect(split(new LineSplitter('text'), piecesOf(bytes, at))).toEqual(split(new LineSplitter('text'), [bytes]));
});

test.prop([fc.array(fc.constantFrom('a', 'é', '木', '😀', '\ufeff', '\n'), { maxLength: 60 }), cuts, fc.integer({ min: 4, max: 20 })], { seed: 6 })('chunks join to the text, cut no character and are numbered from 0 (seed 6)', (parts, at, chunkBytes) => {
  const text = parts.join('');
  const bytes = utf8(text);
  const chunks = split(new ChunkSplitter(chunkBytes), piecesOf(bytes, at)).map(({ value }) => value as { readonly number: number; readonly text: string; readonly bytes: number });
  expect(chunks.map(({ text: part }) => part).join('')).toBe(text);
  expect(chunks.map(({ number }) => number)).toEqual(chunks.map((_, index) => index));
  for (const chunk of chunks) expect(utf8(chunk.text).length).toBe(chunk.bytes);
  expect(chunks).toEqual(split(new ChunkSplitter(chunkBytes), [bytes]).map(({ value }) => value));
});

test.prop([fc.uint8Array({ maxLength: 200 }), fc.integer({ min: 4, max: 20 })], { seed: 7 })('chunks of bytes that are no text have all the bytes (seed 7)', (bytes, chunkBytes) => {
  const sizes = split(new ChunkSplitter(chunkBytes), [bytes]).map(({ value }) => (value as { readonly bytes: number }).bytes);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(bytes.length);
});
