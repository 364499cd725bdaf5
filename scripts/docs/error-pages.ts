/** docs/errors: one page for each code of the catalog, with what the compiler really says of its wrong example, and an index. */
import { catalog, compilerCatalog, type ErrorCode } from '../../shared/errors/catalog';
import type { CatalogEntry } from '../../shared/errors/catalog-entry';
import type { Diagnostic } from '../../shared/errors/diagnostic';
import { EXAMPLE_PROJECT } from '../../shared/errors/example-project';
import { diagnoseExample, isInFile } from '../../main/compiler/testing/example-folder';
import { MADE } from './made';

const TOPICS: readonly (readonly [string, string])[] = [
  ['PRJ', 'Files of a project'],
  ['DES', 'Nodes'],
  ['PLC', 'Where nodes run'],
  ['SUP', 'Supervision'],
  ['WIR', 'Wires'],
  ['GRD', 'Guards'],
  ['RTR', 'Routers'],
  ['HUM', 'Humans'],
  ['PRO', 'Protocols'],
  ['HAN', 'Handlers'],
  ['MDL', 'Models'],
  ['MCP', 'Tools'],
  ['SCN', 'Scenarios'],
  ['TST', 'Tests'],
  ['RUN', 'Runs and simulations'],
  ['MOC', 'Mocks'],
  ['GRA', 'Grants'],
  ['STO', 'The store'],
  ['EXP', 'Exports'],
  ['NEW', 'New projects'],
  ['OPN', 'Opening projects'],
  ['EDT', 'Edits'],
  ['MRG', 'Changes that meet'],
  ['SHR', 'Shared projects'],
  ['WSP', 'The workspace'],
  ['SHL', 'The shell'],
  ['SRV', 'The server'],
];

/** Path from the top of the checkout -> text. */
export async function errorPages(): Promise<ReadonlyMap<string, string>> {
  const pages = new Map([['docs/errors/README.md', index()]]);
  for (const [code, entry] of Object.entries(catalog) as [ErrorCode, CatalogEntry][]) {
    const said = code in compilerCatalog && isInFile(entry) ? await diagnoseExample(entry, 'wrong') : [];
    pages.set(`docs/errors/${code}.md`, page(code, entry, said));
  }
  return pages;
}

const fence = (language: string, text: string): string => `\`\`\`${language}\n${text.trimEnd()}\n\`\`\`\n`;

function page(code: ErrorCode, entry: CatalogEntry, said: readonly Diagnostic[]): string {
  const { severity, title, meaning } = entry;
  const parts = [`# ${code}: ${title}\n`, MADE, `${article(severity)}.\n`, `${meaning}\n`, ...besides(entry), '## Wrong\n', example(entry, 'wrong'), ...(said.length > 0 ? [saidOf(said)] : []), '## Right\n', example(entry, 'right')];
  return parts.join('\n');
}

const article = (severity: CatalogEntry['severity']): string => ({ error: 'An error', warning: 'A warning', info: 'A note' })[severity];

function example(entry: CatalogEntry, which: 'wrong' | 'right'): string {
  if (entry.in === 'words') return fence('text', entry[which]);
  if (entry.in === 'shell') return fence('sh', entry[which]);
  const file = which === 'right' ? (entry.rightIn ?? entry.in) : entry.in;
  const what = file in EXAMPLE_PROJECT && file.endsWith('.json') ? ` (what differs from the [example project](README.md#the-example-project))` : '';
  return `\`${file}\`${what}:\n\n${fence(languageOf(file), entry[which])}`;
}

const languageOf = (file: string): string => ({ '.json': 'json', '.md': 'md' })[/\.[a-z]+$/.exec(file)?.[0] ?? ''] ?? 'ts';

function besides({ beside = {} }: CatalogEntry): readonly string[] {
  const files = Object.entries(beside);
  return files.length === 0 ? [] : ['Both examples are in this project:\n', ...files.map(([file, text]) => `\`${file}\`:\n\n${fence(languageOf(file), text)}`)];
}

function saidOf(said: readonly Diagnostic[]): string {
  const lines = said.map(({ code, severity, at, message, fix }) => `${severity} ${code}  ${[at.file, at.line === undefined ? '' : `:${at.line}:${at.column ?? 1}`].join('')}${at.node === undefined ? '' : ` ${at.node}`}${at.field === undefined ? '' : ` ${at.field}`}\n  ${message}\n  fix: ${fix}`);
  return `What is said of it:\n\n${fence('text', lines.join('\n'))}`;
}

function index(): string {
  const codes = Object.entries(catalog) as [ErrorCode, CatalogEntry][];
  const lists = TOPICS.map(([prefix, topic]) => {
    const rows = codes.filter(([code]) => code.startsWith(prefix)).map(([code, { title, severity }]) => `| [${code}](${code}.md) | ${severity} | ${title} |`);
    return `## ${topic}\n\n| code | severity | what is wrong |\n|---|---|---|\n${rows.join('\n')}\n`;
  });
  const files = Object.entries(EXAMPLE_PROJECT).map(([path, text]) => `\`${path}\`:\n\n${fence(path.endsWith('.ts') ? 'ts' : 'json', text)}`);
  const intro = `Everything that \`prismatic\` can find wrong has a code, and every code has a page: what it means, an example of it, and the same put right.
A code is never used for another meaning, so some numbers are missing. An error keeps a design from running; a warning and a note do not.
`;
  return [`# Errors\n`, MADE, intro, ...lists, '## The example project\n', 'The examples of the pages change this small project; a test compiles them all.\n', ...files].join('\n');
}
