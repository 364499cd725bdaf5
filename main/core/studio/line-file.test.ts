import { fc, it } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { LineFile } from './line-file';

describe('lines in a file', () => {
  it.prop([fc.array(fc.array(fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\n', ' ')), { maxLength: 90 }), { maxLength: 6 }), fc.nat(300), fc.nat(200)])('are those that were put in, at any place', (blocks, from, count) => {
    const file = new LineFile();
    for (const block of blocks) file.append(block);
    const lines = blocks.flat();
    expect([file.count, file.page(from, count)]).toEqual([lines.length, lines.slice(from, from + count)]);
    file.close();
  });

  it('come in shorter pages where they are long, and all of them come', () => {
    const file = new LineFile();
    const lines = Array.from({ length: 300 }, (_, index) => String(index).padEnd(200_000, 'x'));
    for (const line of lines) file.append([line]);
    const read: string[] = [];
    for (let page = file.page(0, 300); page.length > 0; page = file.page(read.length, 300)) read.push(...page);
    expect(read.map((line) => line.slice(0, 3))).toEqual(lines.map((line) => line.slice(0, 3)));
    file.close();
  });
});
