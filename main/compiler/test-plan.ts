/** What of a project is tested besides its program: the examples of its protocols, and the files of `tests/`. Parsed, never run. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { stepValue } from '../../shared/design/field-rule';
import type { Diagnostic } from '../../shared/errors/diagnostic';
import type { Json } from '../../shared/json/json';
import type { Program } from '../../shared/program/program';
import { BUILT_IN_PROTOCOLS } from '../../shared/protocols/built-in';
import type { ProtocolExample, TestFile, TestPlan } from '../../shared/tests/test-plan';
import type { CheckMemory } from './check-memory';
import { linkHandler } from './handler-module';
import { loadProject } from './load-project';
import { Problems, sortDiagnostics, suggest } from './problems';
import { realFolder } from './project-path';

const FOLDER = 'tests';

export type ReadTestPlan = { readonly ok: true; readonly value: TestPlan } | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export function readTestPlan(folder: string, program: Program, memory: CheckMemory): ReadTestPlan {
  const dir = realFolder(folder);
  const problems = new Problems();
  const loaded = loadProject(dir, problems);
  const files = testFilesOf(dir).flatMap((file) => readTestFile(file, { dir, memory, program }, problems) ?? []);
  const examples = Object.keys(program.protocols).flatMap((name) => examplesOf(name, program, loaded?.protocols ?? new Map()));
  const isBad = problems.list.some(({ severity }) => severity === 'error');
  return isBad ? { ok: false, diagnostics: sortDiagnostics(problems.list) } : { ok: true, value: { examples, files } };
}

/** In order of their names; what lies deeper is for them to import. */
function testFilesOf(dir: string): readonly string[] {
  try {
    return readdirSync(join(dir, FOLDER)).filter((name) => name.endsWith('.ts')).toSorted().map((name) => `${FOLDER}/${name}`);
  } catch {
    return [];
  }
}

type Reading = { readonly dir: string; readonly memory: CheckMemory; readonly program: Program };

function readTestFile(file: string, { dir, memory, program }: Reading, problems: Problems): TestFile | undefined {
  const linked = linkHandler(file, { file }, { projectDir: dir, memory, problems });
  if (!linked) return undefined;
  const known = [...new Set(Object.entries(program.protocols).flatMap(([name, { extends: bases = [] }]) => [name, ...bases]))].toSorted();
  const groups: { protocol: string; tests: readonly string[] }[] = [];
  for (const [protocol, tests] of linked.exports) {
    if (!known.includes(protocol)) problems.add({ code: 'TST001', at: { file }, got: protocol, message: `${file} exports ${protocol}, which is no protocol of this design`, fix: suggest(protocol, known, `Export tests under the name of a protocol: ${known.join(', ')}.`) });
    else if (!tests) problems.add({ code: 'TST002', at: { file }, got: protocol, message: `which tests ${protocol} in ${file} has can only be told by running it`, fix: `Write "export const ${protocol} = { async 'what holds'(t) { ... } }".` });
    else groups.push({ protocol, tests: [...tests.keys()] });
  }
  if (linked.exports.size === 0) problems.add({ code: 'TST001', at: { file }, message: `${file} exports no tests`, fix: `Write "export const ${known[0] ?? 'Triage'} = { async 'what holds'(t) { ... } }".` });
  const { body, exported } = linked;
  return { file, body, exported, groups };
}

/** Those of what it extends among them, unless it has its own for the same operation. */
function examplesOf(protocol: string, program: Program, files: ReadonlyMap<string, Json>): readonly ProtocolExample[] {
  const examples = new Map<string, Json>();
  const known = new Set<string>();
  const read = (name: string): void => {
    if (known.has(name)) return;
    known.add(name);
    const raw = files.get(name) ?? BUILT_IN_PROTOCOLS[name];
    const bases = stepValue(raw, 'extends');
    for (const base of Array.isArray(bases) ? (bases as readonly Json[]) : []) if (typeof base === 'string') read(base);
    for (const [operation, value] of Object.entries(stepValue(raw, 'operations') ?? {}) as readonly [string, Json][]) {
      const example = stepValue(value, 'example');
      if (example === undefined) examples.delete(operation);
      else examples.set(operation, example);
    }
  };
  read(protocol);
  const isThere = (operation: string): boolean => Object.hasOwn(program.protocols[protocol]!.operations, operation);
  return [...examples].filter(([operation]) => isThere(operation)).map(([operation, example]) => ({ protocol, operation, ...inAndOut(example) }));
}

function inAndOut(example: Json): { readonly input: Json; readonly output?: Json } {
  const [input, output] = [stepValue(example, 'input'), stepValue(example, 'output')];
  return input !== undefined && output !== undefined ? { input, output } : { input: example };
}
