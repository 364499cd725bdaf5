import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fc, it } from '@fast-check/vitest';
import { afterEach, beforeEach, describe, expect } from 'vitest';
import { Confirmations } from './confirmations';
import { LineFile } from './line-file';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'prismatic-keeping-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('what a person has allowed', () => {
  it('is there for the next process, project by project, also when allowed at the same time', async () => {
    const one = new Confirmations(join(dir, 'data'));
    await Promise.all([one.allow('/a', 'h1'), one.allow('/b', 'h2'), one.allow('/a', 'h3'), one.allow('/__proto__', 'h4')]);
    const next = new Confirmations(join(dir, 'data'));
    expect(await Promise.all(['/a', '/b', '/c', '/__proto__', '__proto__'].map((project) => next.of(project)))).toEqual([['h1', 'h3'], ['h2'], [], ['h4'], []]);
    expect(readdirSync(join(dir, 'data'))).toEqual(['allowed-capabilities.json']);
  });

  it.each(['', '{', '[]', '{"format":"prismatic-allowed/2","projects":{"/a":["h1"]}}', '{"format":"prismatic-allowed/1","projects":{"/a":"h1"}}'])('is nothing where the file says %j', async (text) => {
    writeFileSync(join(dir, 'allowed-capabilities.json'), text);
    const confirmations = new Confirmations(dir);
    expect(await confirmations.of('/a')).toEqual([]);
    await confirmations.allow('/a', 'h2');
    expect(await confirmations.of('/a')).toEqual(['h2']);
  });

  it('fails loudly where it cannot be kept', async () => {
    writeFileSync(join(dir, 'file'), '');
    await expect(new Confirmations(join(dir, 'file', 'data')).allow('/a', 'h')).rejects.toThrow();
    mkdirSync(join(dir, 'data'));
  });
});

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
