/** What of a project is tested besides its program: the examples of its protocols, and the files of `tests/`. Parsed, never run. */
import { stepValue } from '../../shared/design/field-rule';
import type { Diagnostic } from '../../shared/errors/diagnostic';
import type { Json } from '../../shared/json/json';
import type { Program } from '../../shared/program/program';
import { BUILT_IN_PROTOCOLS } from '../../shared/protocols/built-in';
import type { ProtocolExample, TestPlan } from '../../shared/tests/test-plan';
import type { CheckMemory } from './check-memory';
import { readTestFiles } from './check-tests';
import { loadProject } from './load-project';
import { Problems, sortDiagnostics } from './problems';
import { realFolder } from './project-path';

export type ReadTestPlan = { readonly ok: true; readonly value: TestPlan } | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export function readTestPlan(folder: string, program: Program, memory: CheckMemory): ReadTestPlan {
  const dir = realFolder(folder);
  const problems = new Problems();
  const loaded = loadProject(dir, problems);
  const known = new Set([...Object.keys(program.protocols), ...(loaded?.protocols.keys() ?? []), ...Object.keys(BUILT_IN_PROTOCOLS)]);
  const files = readTestFiles({ dir, memory }, { known: [...known].toSorted() }, problems);
  const examples = Object.keys(program.protocols).flatMap((name) => examplesOf(name, program, loaded?.protocols ?? new Map()));
  const isBad = problems.list.some(({ severity }) => severity === 'error');
  return isBad ? { ok: false, diagnostics: sortDiagnostics(problems.list) } : { ok: true, value: { examples, files } };
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
