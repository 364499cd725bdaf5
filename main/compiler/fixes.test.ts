/** One-click fixes, judged by the compiler: what a fix is offered for is gone once it is made, and nothing worse has come. */
import { describe, expect, it } from 'vitest';
import { formatJson, textOfFile, type DocumentFile, type ProjectDocument } from '../../shared/design/document';
import { applyEdit } from '../../shared/design/edits/apply-edit';
import { invertEdit, type Edit } from '../../shared/design/edits/edit';
import { FIXED_CODES, listFixes } from '../../shared/design/fixes/fix';
import { isProjectFile } from '../../shared/design/project-files';
import { compilerCatalog } from '../../shared/errors/catalog';
import type { CatalogEntry } from '../../shared/errors/catalog-entry';
import type { Diagnostic } from '../../shared/errors/diagnostic';
import { EXAMPLE_PROJECT } from '../../shared/errors/example-project';
import { readStrictJson } from '../../shared/json/strict-json';
import { diagnose, inFolder, isInFile, layExample } from './testing/example-folder';

const entries = (Object.entries(compilerCatalog) as readonly (readonly [string, CatalogEntry])[]).filter(([, entry]) => isInFile(entry));

/** The texts of a folder as the Studio holds them. */
function documentOf(files: ReadonlyMap<string, string>): ProjectDocument {
  const held = [...files].filter(([path]) => isProjectFile(path)).map(([path, text]): readonly [string, DocumentFile] => {
    const { value, faults } = path.endsWith('.json') ? readStrictJson(text) : { value: undefined, faults: [] };
    return [path, value !== undefined && faults.length === 0 ? { kind: 'json', value } : { kind: 'text', text }];
  });
  return { files: Object.fromEntries(held) };
}

const check = (document: ProjectDocument, others: ReadonlyMap<string, string>): Promise<readonly Diagnostic[]> =>
  inFolder(new Map([...[...others].filter(([path]) => !isProjectFile(path)), ...Object.entries(document.files).map(([path, file]) => [path, textOfFile(file)] as const)]), (folder) => diagnose(folder));

const told = (problems: readonly Diagnostic[], { code, at }: Diagnostic): number => problems.filter((one) => one.code === code && one.at.file === at.file).length;

/** Each fix that is offered for what is wrong with the files is made, on its own. */
async function tryFixes(files: ReadonlyMap<string, string>): Promise<{ readonly problem: Diagnostic; readonly label: string; readonly after: readonly Diagnostic[]; readonly before: readonly Diagnostic[] }[]> {
  const document = documentOf(files);
  const before = await check(document, files);
  const tried = [];
  for (const problem of before) {
    for (const { label, make } of listFixes(problem, document)) {
      const edit = make(document) as Edit;
      const applied = applyEdit(document, edit);
      if (!applied.ok) throw new Error(`${label} does not fit`);
      // Undo brings the project back, byte for byte.
      const back = applyEdit(applied.value, invertEdit(edit));
      expect(back.ok && formatJson(back.value.files as never)).toBe(formatJson(document.files as never));
      tried.push({ problem, label, before, after: await check(applied.value, files) });
    }
  }
  return tried;
}

/** Codes for which a person has to say what was meant; each with the reason. */
const WITHOUT_FIX: Readonly<Record<string, string>> = {
  PRJ003: 'broken JSON: the editor shows the place',
  PRJ005: 'a newer format: another version of the Studio reads it',
  PRJ006: 'JSON with the same key twice: only its author knows which was meant',
  PRJ008: 'a key that reaches a prototype, in a file that is kept as text',
  PRJ012: 'a newer format is for a newer version; what is no format at all is mended below',
  DES009: 'a behaviour of another version, kept word for word',
  DES014: 'a file that is not there is for its owner to put there',
  SUP013: 'which of the intensities is too high is a matter of what they are for',
  WIR012: 'whom to call instead of a template is a matter of what the design is for',
  WIR013: 'what an adapter is to do is for a person to say', WIR014: 'what an adapter is to do is for a person to say', WIR015: 'what a template is to build is for a person to say',
  WIR016: 'what a template is to build is for a person to say', WIR017: 'nothing is wrong that is known', WIR018: 'what an error means to the caller is for a person to say', WIR019: 'what an adapter is to do is for a person to say',
  GRD005: 'what stands in for an answer is for a person to say', GRD008: 'which of the times is wrong is a matter of what they are for',
  PRO016: 'what the operation is to take and answer is for a person to say', PRO017: 'nothing is wrong that is known',
  RTR001: 'what a router is to look at is for a person to say', RTR002: 'by what a router chooses is for a person to say', RTR003: 'where a route leads is for a person to say', RTR004: 'by what a route is chosen is for a person to say',
  RTR005: 'which messages a node gets is for a person to say', RTR008: 'whether the protocol says so or the router asks otherwise is for a person to say', RTR009: 'which field was meant is for a person to say', RTR010: 'what a condition is to hold for is for a person to say',
  HUM002: 'which of the times is wrong is a matter of what they are for', HUM003: 'whom to ask instead is for a person to say', HUM004: 'what the port was for is for a person to say', HUM005: 'whom to tell is for a person to say',
  WIR011: 'which of the calls should go is a matter of what they are for',
  MDL021: 'which variable was meant, or which field the input lacks, only the author of the prompt knows',
  MDL022: 'whom to ask is a choice: a scripted model, a router, a provider',
  MDL023: 'which model of the provider is a choice, and has a price',
  MDL024: 'words for the model',
  MDL025: 'the shape of an answer is the design of its protocol',
  MDL028: 'the prompt itself',
  MCP001: 'which operation was meant, only the author knows',
  MCP002: 'what a failure of the tool is to its callers is the design of its protocol',
  MCP003: 'the names of the arguments are those of the tool',
  DES012: 'a file outside the project is for its owner to copy in',
  PRO001: 'the name of a file on disk',
  PRO020: 'whether it is to be called, or nobody wants it, or the outside calls it, only the author knows',
  HAN002: 'code', HAN003: 'code', HAN004: 'code', HAN005: 'code', HAN006: 'code', HAN007: 'code', HAN010: 'code', HAN011: 'code', TST001: 'code', TST002: 'code', TST003: 'code',
};

describe.each(entries.filter(([code]) => FIXED_CODES.includes(code) && WITHOUT_FIX[code] === undefined))('%s', (code, entry) => {
  it('has a fix that takes it away, and each that is offered does', async () => {
    const tried = (await tryFixes(layExample(entry, 'wrong'))).filter(({ problem }) => problem.code === code);
    expect(tried.length).toBeGreaterThan(0);
    for (const { problem, label, before, after } of tried) {
      expect({ label, left: told(after, problem) }).toEqual({ label, left: told(before, problem) - 1 });
      expect(label).toMatch(/^[A-Z][a-z]+ ?/);
    }
    // The first one is the likely one: it brings no other fault.
    const [first] = tried;
    expect(first!.after.filter(({ severity }) => severity === 'error').map(({ code: one }) => one)).toEqual(first!.before.filter((one) => one.severity === 'error' && one !== first!.problem).map(({ code: one }) => one));
  });
});

/** Faults beside those of the catalog's pages: file by file, the label that is offered first. */
const MORE: readonly (readonly [string, string, string, string])[] = [
  ['a format that is none', 'design.json', '{ "format": "mine" }', 'Write prismatic/1'],
  ['a kind with a slip of the pen', 'design.json', '{ "nodes": { "book": { "kind": "sinc" } } }', 'Write sink'],
  ['a wire from a port that is nearly there and free', 'design.json', '{ "wires": [{ "from": "desk.lm", "to": "brain" }] }', 'Write desk.llm'],
  ['a provider that is nearly there', 'design.json', '{ "wires": [{ "from": "desk.llm", "to": "brian" }] }', 'Write brain'],
  ['a router without a port', 'design.json', '{ "nodes": { "root": { "children": ["desk", "brain", "book", "spread"] }, "spread": { "kind": "router" } } }', 'Require Triage'],
  ['a schema that is a word', 'protocols/Log.json', '{ "operations": { "write": { "kind": "cast", "input": { "type": "object", "properties": { "a.b": "string" } } } } }', 'Let any value stand there'],
  ['a word of the subset with a wrong value', 'protocols/Log.json', '{ "operations": { "write": { "kind": "cast", "input": { "anyOf": [{ "type": "string", "maxLength": -1 }, {}] } } } }', 'Take maxLength away'],
  ['a word in a definition that is named', 'protocols/Log.json', '{ "definitions": { "line": { "type": "string", "pattern": "a" } }, "operations": { "write": { "kind": "cast", "input": { "$ref": "#/definitions/line" } } } }', 'Take pattern away'],
  ['an operation whose idempotent is a word', 'protocols/Log.json', '{ "operations": { "write": { "kind": "cast", "idempotent": "yes" } } }', 'Take idempotent away'],
  ['a handler that is not there', 'design.json', '{ "nodes": { "desk": { "behaviour": { "file": "handlers/new.ts" } } } }', 'Make handlers/new.ts'],
  ['a handler without the export', 'handlers/desk.ts', '', 'Add Triage to desk.ts'],
  ['an export without its operation', 'handlers/desk.ts', 'export const Triage = { other() {} };\n', 'Add classify'],
];
describe('more faults, mended at the first click:', () => {
  it.each(MORE)('%s', async (_, file, wrong, label) => {
    const entry: CatalogEntry = { severity: 'error', title: '', meaning: '', in: file, wrong, right: wrong };
    const [first] = await tryFixes(layExample(entry, 'wrong'));
    expect(first?.label).toBe(label);
    expect(told(first!.after, first!.problem)).toBe(told(first!.before, first!.problem) - 1);
  });
});

describe('problems without a fix', () => {
  it('are those whose reason is written down', () => {
    const unfixed = entries.map(([code]) => code).filter((code) => !FIXED_CODES.includes(code) && !code.startsWith('SCN'));
    expect(unfixed.filter((code) => WITHOUT_FIX[code] === undefined)).toEqual([]);
  });
});

describe('the example project', () => {
  it('needs no fix', async () => expect(await tryFixes(new Map(Object.entries(EXAMPLE_PROJECT)))).toEqual([]));
});
