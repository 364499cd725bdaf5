/** The pages in docs are what the catalog and the schemas say, and every code stands in both the catalog and the program. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { catalog } from '../shared/errors/catalog';
import { errorPages } from './docs/error-pages';
import { formatPages } from './docs/format-pages';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const listed = (folder: string): readonly string[] => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`);

const expected = new Map([...(await errorPages()), ...formatPages()]);
const found = new Map(['docs/errors', 'docs/formats'].flatMap(listed).map((path) => [path, read(path)]));

describe('the pages of docs/errors and docs/formats', () => {
  it('are there, and no others', () => expect([...found.keys()].toSorted()).toEqual([...expected.keys()].toSorted()));

  it.each([...expected])('%s is what `npm run docs` makes', (path, text) => expect(found.get(path)).toBe(text));

  it('are all reached from the index', () => {
    const index = expected.get('docs/errors/README.md')!;
    expect(Object.keys(catalog).filter((code) => !index.includes(`(${code}.md)`))).toEqual([]);
  });

  it('link to pages that are there', () => {
    const broken = [...expected].flatMap(([path, text]) => [...text.matchAll(/\]\(([^)#]+\.md)/g)].map((link) => normalize(`${dirname(path)}/${link[1]!}`)).filter((target) => !expected.has(target)));
    expect(broken).toEqual([]);
  });
});

describe('each code', () => {
  const sources = ['main', 'shared'].flatMap(listed).filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !path.startsWith('shared/errors/'));
  const used = new Set(sources.flatMap((path) => [...read(path).matchAll(/'([A-Z]{3}\d{3})'/g)].map((code) => code[1]!)));

  it('in use is listed, and each listed one is in use', () => expect([...used].toSorted()).toEqual(Object.keys(catalog).toSorted()));

  it('has a title without a full stop, a meaning, and two examples', () => {
    const faults = Object.entries(catalog).filter(([, { title, meaning, wrong, right, rightIn }]) => title.length < 10 || title.endsWith('.') || meaning.length < 40 || !/[.)]$/.test(meaning) || (wrong === right && rightIn === undefined));
    expect(faults.map(([code]) => code)).toEqual([]);
  });
});
