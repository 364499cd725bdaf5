import { describe, expect, it } from 'vitest';
import { viewDesign } from './design-view';
import { showLine, showText } from './show-text';

describe('a stranger’s words', () => {
  it.each([
    ['invoice\u202egnp.exe', 'invoice⟨U+202E⟩gnp.exe'],
    ['a\u0000b\u001b[31m', 'a⟨U+0000⟩b⟨U+001B⟩[31m'],
    ['\u2066x\u2069 \u200bx\ufeff', '⟨U+2066⟩x⟨U+2069⟩ ⟨U+200B⟩x⟨U+FEFF⟩'],
    ['two\nlines\tand a tab', 'two\nlines\tand a tab'],
    ['\u05e9\u05dc\u05d5\u05dd, 你好, 👩\u200d💻', '\u05e9\u05dc\u05d5\u05dd, 你好, 👩\u200d💻'],
  ])('%j are shown as %j', (text, shown) => expect(showText(text)).toBe(shown));

  it('in a line have an end', () => {
    expect(showLine('two\nlines', 20)).toBe('two lines');
    expect(showLine('x'.repeat(1e6), 10)).toBe(`${'x'.repeat(9)}…`);
    expect(showLine('\u202e'.repeat(10), 12)).toBe('⟨U+202E⟩⟨U+…');
  });

  it('stand on nodes as they can be read', () => {
    const design = viewDesign({ nodes: { a: { kind: 'agent', title: `\u202e${'x'.repeat(1e6)}` }, b: { kind: 'agent', title: 'Desk' } } });
    expect(design.nodes.get('a')?.title).toMatch(/^⟨U\+202E⟩x{100,}…$/);
    expect(design.nodes.get('a')?.title.length).toBeLessThan(200);
    expect(design.nodes.get('b')?.title).toBe('Desk');
  });
});
