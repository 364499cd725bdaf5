/** Every code of the compiler is provoked, by the wrong example of its page where that fits on a page, and the right one passes. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compilerCatalog, pageOf, type CompilerCode } from '../../shared/errors/catalog';
import type { CatalogEntry } from '../../shared/errors/catalog-entry';
import type { Diagnostic } from '../../shared/errors/diagnostic';
import { EXAMPLE_PROJECT } from '../../shared/errors/example-project';
import { diagnose, diagnoseExample, inFolder, isInFile } from './testing/example-folder';

const entries = Object.entries(compilerCatalog) as readonly (readonly [CompilerCode, CatalogEntry])[];
const onPage = entries.filter(([, entry]) => isInFile(entry));
const project = new Map(Object.entries(EXAMPLE_PROJECT));

type Nodes = { readonly [id: string]: unknown };
const designWith = (children: readonly string[], nodes: Nodes): string => JSON.stringify({ format: 'prismatic/1', name: 'many', root: 'root', nodes: { root: { kind: 'supervisor', children }, ...nodes } });
const many = (count: number, node: unknown): string => {
  const ids = Array.from({ length: count }, (_, index) => `n-${index}`);
  return designWith(ids, Object.fromEntries(ids.map((id) => [id, node])));
};
const scripted = { kind: 'agent', behaviour: { type: 'scripted', rules: [] } };
const coded = { kind: 'agent', behaviour: { type: 'code', file: 'handlers/desk.ts' } };

/** What does not fit on a page: how the example project is broken, and where the fault is to be told. */
const broken: { readonly [code: string]: { readonly at: Diagnostic['at']; readonly breaks: (folder: string) => void; readonly path?: string; readonly scenario?: string } } = {
  PRJ001: { at: { file: 'design.json' }, breaks: () => undefined, path: 'no-such-folder' },
  PRJ002: { at: { file: 'design.json' }, breaks: (folder) => mkdirSync(join(folder, 'empty')), path: 'empty' },
  PRJ004: { at: { file: 'protocols/Far.json' }, breaks: (folder) => symlinkSync('/etc/hostname', join(folder, 'protocols/Far.json')) },
  PRJ007: { at: { file: 'protocols/Log.json', line: 1, column: 71 }, breaks: (folder) => writeFileSync(join(folder, 'protocols/Log.json'), `{"doc":${'['.repeat(64)}1${']'.repeat(64)}}`) },
  PRJ009: { at: { file: 'protocols/Log.json' }, breaks: (folder) => writeFileSync(join(folder, 'protocols/Log.json'), `{"doc":"${'x'.repeat(20 * 1024 * 1024)}"}`) },
  PRJ010: { at: { file: 'data/workspace.db' }, breaks: (folder) => writeFileSync(join(folder, 'data/workspace.db'), '') },
  PRJ011: { at: { file: 'protocols/Log.json' }, breaks: (folder) => writeFileSync(join(folder, 'protocols/Log.json'), Buffer.from('{"doc":"caf\xe9"}', 'latin1')) },
  PRJ015: { at: { file: 'design.json' }, breaks: (folder) => writeFileSync(join(folder, 'design.json'), many(2_100, { ...scripted, mailbox: -1 })) },
  PRJ014: { at: { file: 'design.json', field: 'nodes' }, breaks: (folder) => writeFileSync(join(folder, 'design.json'), many(10_000, scripted)) },
  PLC001: { at: { file: 'design.json' }, breaks: (folder) => writeFileSync(join(folder, 'design.json'), many(31, { ...scripted, isolated: true })) },
  PLC002: { at: { file: 'design.json' }, breaks: (folder) => writeFileSync(join(folder, 'design.json'), many(65, coded)) },
  SCN001: { at: { file: 'scenarios/outages.json' }, breaks: () => undefined, scenario: 'outages' },
};

/** What, where, the value, the fix: what a person needs of every diagnostic (style: "code, place, value, fix"). */
function expectToBeClear(diagnostic: Diagnostic): void {
  const { code, at, got, message, fix, see, severity } = diagnostic;
  expect(severity).toBe(compilerCatalog[code as CompilerCode].severity);
  expect(see).toBe(pageOf(code));
  expect(at.file).toMatch(/^[\w./-]+$/);
  expect(message.length).toBeGreaterThan(15);
  expect(message).not.toMatch(/undefined|\[object|Invalid input|expected \w+, received/);
  expect(fix).toMatch(/^\S.{7,}[.?]$/s);
  expect(fix).not.toMatch(/undefined|""/);
  if (typeof got === 'string' || typeof got === 'number' || typeof got === 'boolean') expect(`${message} ${at.node ?? ''}`).toContain(String(got));
}

describe('the example project', () => {
  it('compiles without a word', async () => expect(await inFolder(project, (folder) => diagnose(folder))).toEqual([]));
});

describe.each(onPage)('%s', (code, entry) => {
  it('is said of its wrong example, and nothing else is', async () => {
    const said = await diagnoseExample(entry, 'wrong');
    expect(new Set(said.map((one) => one.code))).toEqual(new Set([code]));
    const file = said[0]!.at.file;
    // What a handler lacks is told where the design asks for it.
    expect(file).toBe(code === 'HAN008' ? 'design.json' : entry.in);
    said.forEach(expectToBeClear);
  });

  it('is not said of its right example, which is good', async () => {
    const said = await diagnoseExample(entry, 'right');
    expect(said).toEqual([]);
  });
});

const source = (operation: string) => ({ kind: 'source', behaviour: { type: 'stdin' }, operation, requires: { out: 'Log' } });
/** One fault, and many that name what is at fault. */
const faultsOfOne: readonly (readonly [string, string, string, readonly CompilerCode[]])[] = [
  ['children that are no list', 'design.json', '{ "nodes": { "root": { "children": "desk" } } }', ['DES013']],
  ['a root with two fields at fault', 'design.json', '{ "nodes": { "root": { "strategy": "all", "maxRestarts": -1 } } }', ['SUP004', 'SUP001']],
  ['an agent without a behaviour that sends and receives', 'design.json', '{ "nodes": { "desk": { "behaviour": 7 }, "brain": { "behaviour": 7 } } }', ['DES009', 'DES009']],
  ['a wire that is no object', 'design.json', '{ "wires": ["desk.llm"] }', ['WIR007']],
  ['guards that are no list, on the only wire', 'design.json', '{ "wires": [{ "from": "desk.llm", "to": "brain", "guards": 7 }] }', ['GRD002']],
  ['a node that is no object', 'design.json', '{ "nodes": { "book": 7 } }', ['DES008']],
  ['a root that is misspelt', 'design.json', '{ "root": "roof" }', ['DES001']],
  ['a protocol that is no JSON, which others extend', 'protocols/Log.json', '{', ['PRJ003']],
];

describe('one fault is told once, not again at all that names it:', () => {
  it.each(faultsOfOne)('%s', async (_, file, wrong, codes) => {
    const said = await diagnoseExample({ severity: 'error', title: '', meaning: '', in: file, wrong, right: wrong }, 'wrong');
    expect(said.map(({ code }) => code)).toEqual(codes);
    said.forEach(expectToBeClear);
  });

  it('a protocol that is no JSON, extended by another and called by a source', async () => {
    const design = JSON.parse(EXAMPLE_PROJECT['design.json']!) as { readonly nodes: Nodes; readonly wires: readonly unknown[] };
    const root = { kind: 'supervisor', children: ['desk', 'brain', 'book', 'lines'] };
    const files = new Map([
      ...project,
      ['design.json', JSON.stringify({ ...design, nodes: { ...design.nodes, root, lines: source('write') }, wires: [...design.wires, { from: 'lines.out', to: 'book' }] })],
      ['protocols/Log.json', '{'],
      ['protocols/More.json', '{ "extends": ["Log"] }'],
    ]);
    expect((await inFolder(files, (folder) => diagnose(folder))).map(({ code }) => code)).toEqual(['PRJ003']);
  });
});

describe('what does not fit on a page', () => {
  it.each(Object.entries(broken))('%s is said of it, at its place', async (code, { at, breaks, path, scenario }) => {
    const said = await inFolder(project, async (folder) => {
      breaks(folder);
      return diagnose(join(folder, path ?? ''), scenario);
    });
    const found = said.filter((one) => one.code === code);
    expect(found.map((one) => one.at)).toEqual([at]);
    found.forEach(expectToBeClear);
  });

  it('is, with the examples, every code of the compiler', () => {
    expect([...onPage.map(([code]) => code), ...Object.keys(broken)].toSorted()).toEqual(entries.map(([code]) => code).toSorted());
  });
});
