import { Parser } from 'acorn';
import { describe, expect, it } from 'vitest';
import { findForbidden } from './find-forbidden';

const whatIn = (source: string): readonly string[] => findForbidden(Parser.parse(source, { ecmaVersion: 2024, sourceType: 'module' }), source).map(({ node, what }) => `${what} at ${node.start}`);

describe('what has no place in a handler', () => {
  it.each([
    ['await tidy();', ['await at the top level at 0']],
    ['export const words = [await tidy()];', ['await at the top level at 22']],
    ['for await (const word of words) tidy(word);', ['await at the top level at 0']],
    ['class Desk { [await name()]() {} }', ['await at the top level at 14']],
    ['await tidy(async () => { await tidy(); });', ['await at the top level at 0']],
    ["const load = () => import('./words.ts');", ['import() at 19']],
    ["const load = () => import /* here */ ('./words.ts');", ['import() at 19']],
    ['const load = async (where = import.meta.url) => { await where; };', ['import.meta at 28']],
    ["await import('./words.ts');", ['await at the top level at 0', 'import() at 6']],
  ])('is found in %s', (source, what) => expect(whatIn(source)).toEqual(what));

  it.each([
    ['export const Desk = { async say() { await tidy(); for await (const word of words) tidy(word); } };'],
    ['class Desk { async say() { return await this.tidy; } }'],
    ['const f = async () => await tidy();'],
    ["const words = 'await import(x)'; // import.meta"],
    ['const form = function () { return new.target; };'],
    ["import { tidy } from './words.ts';"],
  ])('is not found in %s', (source) => expect(whatIn(source)).toEqual([]));
});
