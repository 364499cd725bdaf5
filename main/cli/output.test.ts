import { afterEach, describe, expect, it, vi } from 'vitest';
import { printJson, printLine, sayError, sayLine } from './output';

/** Clears the screen, sets the window's title, writes to the clipboard, in seven and in eight bits; goes back in the line; turns its direction. */
const HARM = '\u001b[2J \u001b]0;title\u0007 \u001b]52;c;eA==\u0007 \u009b2J \r \u202e';
const STEERS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/;

afterEach(() => void vi.restoreAllMocks());

function written(stream: 'stdout' | 'stderr', print: () => void): string {
  const write = vi.spyOn(process[stream], 'write').mockImplementation(() => true);
  print();
  return write.mock.calls.map(([text]) => String(text)).join('');
}

describe('what is printed', () => {
  it.each<[string, 'stdout' | 'stderr', () => void]>([
    ['a line', 'stdout', () => printLine(HARM)],
    ['words beside it', 'stderr', () => sayLine(HARM)],
    ['an error', 'stderr', () => sayError({ code: 'PRJ001', message: HARM, fix: HARM })],
    ['JSON', 'stdout', () => printJson({ [HARM]: HARM })],
  ])('as %s does not steer the terminal', (_, stream, print) => {
    const text = written(stream, print);
    expect(text.length).toBeGreaterThan(40);
    expect(text).not.toMatch(STEERS);
  });

  it('as JSON is the same value', () => {
    const value = { [HARM]: [HARM, 'zwölf 👩‍👩‍👧'] };
    expect(JSON.parse(written('stdout', () => printJson(value)))).toEqual(value);
  });
});
