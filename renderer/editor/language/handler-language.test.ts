import { describe, expect, it } from 'vitest';
import type { DocumentFile, ProjectDocument } from '../../../shared/design/document';
import { handlerTypes } from '../../../shared/design/handler-types';
import type { Json } from '../../../shared/json/json';
import { HandlerLanguage } from './handler-language';
import { LIBS } from './libs';

const language = new HandlerLanguage(LIBS);
const sources = import.meta.glob<string>('../../../assets/examples/*/{design.json,protocols/*.json,handlers/*.ts}', { query: '?raw', import: 'default', eager: true });
const exampleNames = [...new Set(Object.keys(sources).map((path) => path.split('/')[5]!))];

function readExample(name: string): ProjectDocument {
  const files = Object.entries(sources).flatMap(([full, text]): readonly (readonly [string, DocumentFile])[] => {
    const [, path] = full.split(`/examples/${name}/`);
    return path === undefined ? [] : [[path, path.endsWith('.json') ? { kind: 'json', value: JSON.parse(text) as Json } : { kind: 'text', text }]];
  });
  return { files: Object.fromEntries(files) };
}

function edit(document: ProjectDocument, path: string, text?: string): void {
  const files = Object.entries(document.files).flatMap(([name, file]) => (file.kind === 'text' ? [[name, file.text] as const] : []));
  language.setFiles({ ...Object.fromEntries(files), ...(text === undefined ? {} : { [path]: text }) });
  const { text: types, provides } = handlerTypes(document, path);
  language.setTypes(types, provides);
}

const desk = readExample('support-desk');
const DESK = 'handlers/desk.ts';
/** `|` is the cursor. */
const at = (marked: string): { readonly text: string; readonly offset: number } => ({ text: marked.replace('|', ''), offset: marked.indexOf('|') });
const inHandle = (body: string): string => `export const Triage = {\n  async handle(ticket, self) {\n    ${body}\n  },\n  close() {},\n}\n`;

function labels(marked: string): readonly string[] {
  const { text, offset } = at(marked);
  edit(desk, DESK, text);
  return language.complete(DESK, offset)?.items.map(({ label }) => label) ?? [];
}
function marksOf(text: string): readonly (readonly [string, string])[] {
  edit(desk, DESK, text);
  return language.marks(DESK).map(({ from, to, source }) => [text.slice(from, to), source]);
}

describe('handlers of the examples, as they are', () => {
  const all = exampleNames.flatMap((name) => {
    const document = readExample(name);
    return Object.keys(document.files).filter((path) => path.startsWith('handlers/')).map((path) => [name, path, document] as const);
  });
  it.each(all)('%s %s has no mark', (_, path, document) => {
    edit(document, path);
    expect(language.marks(path)).toEqual([]);
  });
  it('are found', () => expect(all.length).toBeGreaterThan(8));
});

describe('completion', () => {
  it('knows the ports of the drawing, in code without a type', () => expect(labels(inHandle('await self.use.|'))).toEqual(['answers', 'billing', 'general', 'llm', 'screen', 'technical']));
  it('knows the operations of a port', () => expect(labels(inHandle('await self.use.llm.|'))).toEqual(['complete', 'embed', 'stream']));
  it('knows the input by its schema', () => expect(labels(inHandle('return { topic: ticket.| }'))).toEqual(['from', 'id', 'text']));
  it('knows self in init, and its words for what it finds', () => {
    const { text, offset } = at('export function init(self) {\n  self.|\n}\n');
    expect(labels('export function init(self) {\n  self.|\n}\n')).toEqual(expect.arrayContaining(['state', 'use', 'after', 'log', 'random', 'stop']));
    edit(desk, DESK, text);
    expect(language.describeItem(DESK, offset, 'random')).toEqual({ type: '(method) Self.random(): number', doc: 'From 0 up to, but not, 1; the same in every run with the same seed.' });
  });
  it('offers nothing that the sandbox lacks', () => {
    const offered = labels(inHandle('|'));
    expect(offered).toEqual(expect.arrayContaining(['JSON', 'Map', 'Promise', 'self', 'ticket']));
    expect(offered.filter((name) => ['console', 'fetch', 'process', 'setTimeout', 'window', 'WeakRef', 'Atomics', 'Intl', 'Prismatic'].includes(name))).toEqual([]);
  });
});

describe('marks', () => {
  it('a name that an answer does not have', () => expect(marksOf(inHandle("const { txt } = await self.use.llm.complete({ prompt: 'a' })\n    return { topic: 'billing' }"))).toEqual([['txt', 'TS2339']]));
  it('an input of the wrong type', () => expect(marksOf(inHandle("await self.use.llm.complete({ prompt: 'a', maxTokens: '8' })\n    return { topic: 'billing' }"))).toEqual([['maxTokens', 'TS2322']]));
  it('an operation that is missing, at the name of the export', () => expect(marksOf("export const Triage = {\n  async handle() {\n    return { topic: 'billing' }\n  },\n}\n")).toEqual([['Triage', 'TS1360']]));
  it('an error that no operation declares', () => expect(marksOf(inHandle("throw self.error('NotFound')"))).toEqual([["'NotFound'", 'TS2345']]));
  it('what the sandbox does not have', () => expect(marksOf(inHandle("setTimeout(() => {}, 5)\n    return { topic: 'billing' }"))).toEqual([['setTimeout', 'TS2304']]));
  it('types that cannot be erased', () => expect(marksOf("enum Topic { Billing }\nexport const Triage = { handle() { return { topic: 'billing' } }, close() {} }\n").map(([, source]) => source)).toContain('TS1294'));
  it('a text that is no TypeScript', () => expect(marksOf('export const Triage = {').length).toBeGreaterThan(0));
});

describe('a hover', () => {
  it('says the type that the drawing gives, at the place in the source', () => {
    const text = `export function init(self, args) {}\n${inHandle("const answer = await self.use.llm.complete({ prompt: 'a' })\n    return { topic: answer.text }")}`;
    edit(desk, DESK, text);
    const offset = text.indexOf('answer.text');
    expect(language.describe(DESK, offset)).toMatchObject({ from: offset, to: offset + 'answer'.length, type: expect.stringMatching(/^const answer: \{\n    text: string;\n/) as string, doc: '' });
    expect(language.describe(DESK, text.indexOf('complete('))?.doc).toMatch(/^call\. Answers a prompt, or the last of/);
  });
});
