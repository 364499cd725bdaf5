/**
 * A handler file and its relative imports as one script for the sandbox. Types become spaces, `export` becomes spaces, an import
 * becomes a constant in its own place: line and column of the entry stay those of the file as written. Imported files follow as
 * functions. Everything is parsed and nothing is run.
 */
import { dirname, normalize } from 'node:path/posix';
import { getLineInfo, Parser, type Program as Script } from 'acorn';
import { transformSync } from 'amaro';
import type { Place } from '../../shared/errors/diagnostic';
import type { CheckMemory, Parsed } from './check-memory';
import { findForbidden } from './find-forbidden';
import { statementsOf, type Exported, type Members, type Statement } from './handler-statements';
import { NO_CALLS, portCallsOf, type PortCalls } from './port-calls';
import type { Problems } from './problems';
import { decodeStrictly } from './load-project';
import { findInProject, readBounded } from './project-path';

const MOST_SOURCE_BYTES = 2 * 1024 * 1024;

export type HandlerModule = {
  readonly code: string;
  /** The same in two parts: the script, and what it exports as the inside of an object literal. */
  readonly body: string;
  readonly exported: string;
  /** Exported name -> its members, where they can be seen. */
  readonly exports: ReadonlyMap<string, Members | undefined>;
  /** Where a name is exported: in the entry, as written. */
  readonly placeOf: (name: string) => { readonly line: number; readonly column: number };
  /** Whom it and each file that it imports can call. */
  readonly calls: readonly PortCalls[];
};
/** `starts`: where each name is exported. */
type Linked = { readonly file: string; readonly text: string; readonly source: string; readonly exports: ReadonlyMap<string, Exported>; readonly starts: ReadonlyMap<string, number>; readonly calls: PortCalls };
type Edit = { readonly start: number; readonly end: number; readonly text: string };

export type Linking = { readonly projectDir: string; readonly memory: CheckMemory; readonly problems: Problems };

/** `named`: where the design names the file, in case that it is not there. */
export function linkHandler(entry: string, named: Place, linking: Linking): HandlerModule | undefined {
  const { problems } = linking;
  const files = new Map<string, Linked | undefined>();
  const order: string[] = [];
  const nameOf = (file: string): string => `__module${order.indexOf(file)}`;
  const visit = (file: string): void => {
    order.push(file);
    const parsed = parseFile(file, named, linking);
    if (!parsed) return void files.set(file, undefined);
    const targets = new Map<string, string>();
    for (const statement of parsed.statements) {
      if (statement.kind !== 'import') continue;
      const target = resolveImport(file, statement, parsed.source, linking);
      if (target === undefined) continue;
      if (!order.includes(target)) visit(target);
      targets.set(statement.from, nameOf(target));
    }
    files.set(file, transformFile(file, parsed, targets, problems));
  };
  visit(entry);
  const linked = order.map((file) => files.get(file));
  if (linked.some((one) => one === undefined)) return undefined;
  const [first, ...rest] = linked as readonly Linked[];
  const helpers = rest.map((one) => `\nfunction ${nameOf(one.file)}() { if (${nameOf(one.file)}.made) return ${nameOf(one.file)}.made; const __made = ${nameOf(one.file)}.made = {};\n${one.text}\nreturn Object.assign(__made, { ${listExports(one)} }); }`);
  const [body, exported] = [`${first!.text}\n${helpers.join('\n')}`, listExports(first!)];
  return { code: `${body}\n;({ ${exported} })\n`, body, exported, exports: new Map([...first!.exports].map(([name, { members }]) => [name, members])), placeOf: (name) => placeOf(first!.starts.get(name) ?? 0, first!.source), calls: linked.map((one) => one!.calls) };
}

const listExports = ({ exports }: Linked): string => [...exports].map(([name, { local }]) => `${name}: ${local}`).join(', ');

function parseFile(file: string, named: Place, linking: Linking): Parsed | undefined {
  const { memory, problems } = linking;
  const text = knownOrRead(file, named, linking);
  const known = text === undefined ? undefined : memory.scripts.get(text, text);
  if (text === undefined || known) return known;
  const source = eraseTypes(text, file, memory, problems);
  const script = source === undefined ? undefined : parseScript(source, file, problems);
  if (source === undefined || !script) return undefined;
  const parsed = { source, statements: statementsOf(script), calls: file.endsWith('.json') ? NO_CALLS : portCallsOf(script, source) };
  memory.scripts.keep(text, text, parsed);
  return parsed;
}

function knownOrRead(file: string, named: Place, { projectDir, memory, problems }: Linking): string | undefined {
  const mark = memory.texts.look(projectDir, file);
  const known = mark && memory.texts.get(file, mark);
  if (known !== undefined) return known;
  const text = readText(projectDir, file, { named, problems, path: mark?.path });
  if (mark && text !== undefined) memory.texts.keep(file, mark, text);
  return text;
}

/** `path`: where it is, if that is known. A JSON file as the script that exports it: told from a script with the same text. */
function readText(projectDir: string, file: string, { named, problems, path }: { readonly named: Place; readonly problems: Problems; readonly path: string | undefined }): string | undefined {
  const found = path === undefined ? findInProject(projectDir, file) : ({ ok: true, path } as const);
  const refuse = (at: Place, message: string, fix: string): undefined => void problems.add({ code: 'HAN001', at, got: file, message, fix });
  if (!found.ok) return refuse(named, `${file} is ${found.why === 'missing' ? 'missing' : 'no regular file inside the project'}`, 'Put the handler file there, or name another.');
  const read = readBounded(found.path, MOST_SOURCE_BYTES);
  const text = 'tooLarge' in read ? undefined : decodeStrictly(read.bytes);
  if (text === undefined) return refuse({ file }, `${file} is no UTF-8 text of at most ${MOST_SOURCE_BYTES} bytes`, 'Save it as UTF-8.');
  return file.endsWith('.json') ? `export default ${text.trim()};` : text;
}

function eraseTypes(text: string, file: string, memory: CheckMemory, problems: Problems): string | undefined {
  if (file.endsWith('.json')) return text;
  if (memory.brokenAt !== undefined) return void problems.add({ code: 'HAN002', at: { file }, message: `it was not read, since ${memory.brokenAt} could not be`, fix: `Mend ${memory.brokenAt} first.` });
  try {
    return transformSync(text, { mode: 'strip-only' }).code;
  } catch (error) {
    if (isTrap(error)) memory.brokenAt = file;
    const said = describeStripError(error);
    problems.add({ code: 'HAN002', at: { file, ...said.place }, message: said.message, fix: 'Use TypeScript whose types can be erased: no enum, no namespace with values, no parameter properties.' });
    return undefined;
  }
}

/** Parsers call themselves; a stranger's file may be deeper than the stack. */
const TOO_DEEP = 'it is nested too deeply to be read';
const isTooDeep = (error: unknown): boolean => error instanceof RangeError && error.message.includes('call stack');

/** What the stripper finds wrong it throws as plain objects; an error is V8's own word that the stripper itself went wrong. */
const isTrap = (error: unknown): boolean => error instanceof Error;

/** The type stripper throws plain objects: a message and, for most faults, where. */
function describeStripError(error: unknown): { readonly message: string; readonly place: { readonly line?: number; readonly column?: number } } {
  const fault = error as { readonly message?: unknown; readonly startLine?: unknown; readonly startColumn?: unknown };
  const line = typeof fault.startLine === 'number' ? { line: fault.startLine } : {};
  const column = typeof fault.startColumn === 'number' ? { column: fault.startColumn + 1 } : {};
  return { message: isTooDeep(error) || isTrap(error) ? TOO_DEEP : typeof fault.message === 'string' ? fault.message.split('\n')[0]! : 'this is no TypeScript', place: { ...line, ...column } };
}

function parseScript(source: string, file: string, problems: Problems): Script | undefined {
  try {
    const script = Parser.parse(source, { ecmaVersion: 2024, sourceType: 'module' });
    const found = findForbidden(script, source);
    for (const { node, what } of found) problems.add({ code: 'HAN004', at: { file, ...placeOf(node.start, source) }, got: what, message: `${what} has no place in a handler: it has what its wires give, and nothing else`, fix: 'Import relative files at the top; reach everything else over a port.' });
    return found.length > 0 ? undefined : script;
  } catch (error) {
    const { loc } = error as { readonly loc?: { readonly line: number; readonly column: number } };
    const message = isTooDeep(error) ? TOO_DEEP : error instanceof Error ? error.message.replace(/ \(\d+:\d+\)$/, '') : 'this is no JavaScript';
    problems.add({ code: 'HAN003', at: { file, ...(loc ? { line: loc.line, column: loc.column + 1 } : {}) }, message, fix: 'Mend the file at this place.' });
    return undefined;
  }
}

/** Line and column, both from 1. Looked up where something is told, since most files have nothing to tell. */
function placeOf(start: number, source: string): { readonly line: number; readonly column: number } {
  const { line, column } = getLineInfo(source, start);
  return { line, column: column + 1 };
}

function resolveImport(from: string, { from: name, start }: Extract<Statement, { kind: 'import' }>, source: string, { projectDir, problems }: Linking): string | undefined {
  const at = { file: from, ...placeOf(start, source) };
  if (!name.startsWith('./') && !name.startsWith('../')) {
    problems.add({ code: 'HAN005', at, got: name, message: `${name} is not a file of the project`, fix: 'Import relative files ("./helper.ts"); packages are not bundled.' });
    return undefined;
  }
  const base = normalize(`${dirname(from)}/${name}`);
  for (const file of [base, `${base}.ts`, `${base}.js`]) if (findInProject(projectDir, file).ok) return file;
  problems.add({ code: 'HAN006', at, got: name, message: `${name} is not there: there is no file ${base} in the project`, fix: 'Check the path; a file outside the project cannot be imported.' });
  return undefined;
}

function transformFile(file: string, { source, statements, calls }: Parsed, targets: ReadonlyMap<string, string>, problems: Problems): Linked {
  const edits: Edit[] = [];
  const exports = new Map<string, Exported>();
  const starts = new Map<string, number>();
  for (const statement of statements) {
    const { kind, start, end } = statement;
    if (kind === 'import') edits.push({ start, end, text: importText(statement, targets.get(statement.from)) });
    else if (kind === 'export') {
      edits.push({ start, end, text: '' });
      for (const [name, exported] of statement.exports) {
        exports.set(name, exported);
        starts.set(name, start);
      }
    } else if (kind === 'exportDefault' && file.endsWith('.json')) {
      edits.push({ start, end, text: 'const __default =' });
      exports.set('default', { local: '__default', members: undefined });
    } else problems.add({ code: 'HAN007', at: { file, ...placeOf(start, source) }, message: 'a handler file exports by name, and only what it holds itself', fix: 'Write "export const Triage = { ... }".' });
  }
  return { file, text: applyEdits(source, edits), source, exports, starts, calls };
}

function importText({ names }: Extract<Statement, { kind: 'import' }>, target: string | undefined): string {
  if (target === undefined || names.length === 0) return target === undefined ? '' : `${target}();`;
  const list = names.map(({ imported, local }) => (imported === undefined ? `...${local}` : imported === local ? imported : `${imported}:${local}`));
  return `const {${list.join(',')}}=${target}();`;
}

/** Keeps every character that is not edited in its place: an edit is padded with spaces, and keeps the line ends it covers. */
function applyEdits(source: string, edits: readonly Edit[]): string {
  let text = '';
  let at = 0;
  for (const { start, end, text: replacement } of edits) {
    const covered = source.slice(start, end);
    const lineEnds = covered.replace(/[^\n]/g, '');
    const lastLine = covered.slice(covered.lastIndexOf('\n') + 1);
    const padded = lineEnds === '' ? replacement.padEnd(covered.length) : `${replacement}${lineEnds}${' '.repeat(lastLine.length)}`;
    text += source.slice(at, start) + padded;
    at = end;
  }
  return text + source.slice(at);
}
