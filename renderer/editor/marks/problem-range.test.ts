import { describe, expect, it } from 'vitest';
import { problemRange } from './problem-range';

const TEXT = "import { a } from './words.ts';\n\n  export default 7;\nlast";
const shown = (at: { readonly line?: number; readonly column?: number }): string | undefined => {
  const range = problemRange(TEXT, { file: 'handlers/desk.ts', ...at });
  return range && TEXT.slice(range.from, range.to);
};

describe('a problem in a text is shown', () => {
  it.each([
    ['at the word of its column', { line: 3, column: 10 }, 'default'],
    ['at a text in quotes', { line: 1, column: 19 }, "'./words.ts'"],
    ['over its line where it has no column', { line: 3 }, 'export default 7;'],
    ['at the end of its line where the column is past it', { line: 4, column: 40 }, ''],
    ['on an empty line', { line: 2, column: 1 }, ''],
    ['nowhere where it has no line', {}, undefined],
    ['nowhere where the text has become shorter', { line: 9, column: 1 }, undefined],
  ])('%s', (_, at, expected) => expect(shown(at)).toBe(expected));
});
