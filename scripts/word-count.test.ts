/** The words of the example `word-count` are GNU wc's, also in strange texts and however they are cut into pieces. */
import { execFileSync, spawnSync } from 'node:child_process';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { addUp } from '../assets/examples/word-count/handlers/parts';
import { countWords } from '../assets/examples/word-count/handlers/words';
import { ChunkSplitter } from '../shared/sources/text-items';

const env = { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' };
/** Another release of wc or of the C library knows other characters. */
const isSameWc = ['wc', 'ldd'].map((tool) => spawnSync(tool, ['--version'], { env, encoding: 'utf8' }).stdout?.split('\n')[0] ?? '').every((line, index) => line.includes(['coreutils) 9.1', ' 2.36'][index]!));

function countLikeProject(bytes: Uint8Array, chunkBytes: number): number {
  const splitter = new ChunkSplitter(chunkBytes);
  const pieces = [...splitter.push(bytes), ...splitter.end()].map(({ value }) => value as { readonly number: number; readonly text: string; readonly bytes: number });
  return addUp(pieces.map(({ number, text, bytes: size }) => ({ number, lines: 0, bytes: size, ...countWords(text, size) }))).words;
}

const wc = (bytes: Uint8Array): number => Number(execFileSync('wc', ['-w'], { env, input: bytes, encoding: 'utf8' }));

/** What wc 9.1 said, so that a machine without it has something to hold on to. */
const SAID: readonly (readonly [string, number])[] = [
  ['', 0],
  ['one two\tthree\nfour\r\nfive\vsix\fseven', 7],
  ['no\u00a0break\u2007spaces\u202fare\u2060spaces', 5],
  ['\u1680ogham\u2000quad\u3000ideographic', 3],
  ['a\u2028line\u2029is\u0085one', 1],
  ['zero\u200bwidth', 1],
  ['\u0000 \u0001 \u007f', 0],
  ['a\u0001b', 1],
  ['\u{1c89} unassigned \u0378', 1],
  ['\ue000 \u{f0000}', 2],
  ['e\u0301 \u0301 \u{1f600}', 3],
  ['\ufffd', 1],
  ['\ufeffmark', 1],
];

describe('a text', () => {
  it.each(SAID)('%j has %i words', (text, words) => {
    expect(countLikeProject(Buffer.from(text), 1000)).toBe(words);
    if (isSameWc) expect(wc(Buffer.from(text))).toBe(words);
  });

  it('with bytes that are no UTF-8 keeps its words', () => {
    expect(countLikeProject(Buffer.from(' \xff \xc3 a\xffb ', 'latin1'), 1000)).toBe(1);
  });
});

const piece = fc.oneof(
  fc.constantFrom(' ', '\n', '\t', '\r', '\u0000', '\u0085', '\u00a0', '\u1680', '\u2007', '\u200b', '\u2028', '\u2029', '\u202f', '\u205f', '\u2060', '\u3000', '\ufeff', '\u180e'),
  fc.constantFrom('a', 'word', 'é', '木', '😀', '\u0301', '\u00ad', '\ue000', '\u0378', '\u{e0001}', '\u{10ffff}'),
  fc.string({ unit: 'binary', maxLength: 4 }),
);
const text = fc.array(piece, { maxLength: 60 }).map((pieces) => Buffer.from(pieces.join('')));
/** Bytes that begin no character: with U+FFFD beside them a piece is ambiguous, so there is none. */
const brokenText = fc.tuple(text, fc.integer({ min: 0xf8, max: 0xff })).map(([bytes, wrong]) => Buffer.concat([Buffer.from([wrong]), bytes.filter((byte) => byte !== 0xef), Buffer.from([0x20, wrong, 0x20, wrong])]));

describe.runIf(isSameWc)('compared with wc', () => {
  test.prop([text], { numRuns: 200, seed: 1 })('random texts have the same words (seed 1)', (bytes) => {
    expect(countLikeProject(bytes, 1000)).toBe(wc(bytes));
  });

  test.prop([brokenText], { numRuns: 200, seed: 2 })('random texts with broken bytes have the same words (seed 2)', (bytes) => {
    expect(countLikeProject(bytes, 1000)).toBe(wc(bytes));
  });

  it('each character of Unicode does to a word what it does there', () => {
    const characters = Array.from({ length: 0x110000 }, (_, code) => code).filter((code) => code < 0xd800 || code > 0xdfff).map((code) => String.fromCodePoint(code));
    for (let from = 0; from < characters.length; from += 16_384) {
      const lines = characters.slice(from, from + 16_384).flatMap((one) => [` ${one} `, ` a${one}a `]);
      const block = Buffer.from(lines.join(''));
      expect(countLikeProject(block, 65_536)).toBe(wc(block));
    }
  });
});

test.prop([text, fc.integer({ min: 4, max: 40 })], { seed: 3 })('a text has the same words however it is cut (seed 3)', (bytes, chunkBytes) => {
  expect(countLikeProject(bytes, chunkBytes)).toBe(countLikeProject(bytes, 1_000_000));
});
