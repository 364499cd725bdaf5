import type { Severity } from '../../shared/errors/catalog-entry';
import type { Diagnostic } from '../../shared/errors/diagnostic';
import type { Program } from '../../shared/program/program';
import { CheckMemory } from './check-memory';
import { checkHandlers } from './check-handlers';
import { checkHumans } from './check-humans';
import { checkOperations } from './check-operations';
import { checkRouters } from './check-routers';
import { checkModelAgents } from './check-model-agents';
import { checkTests } from './check-tests';
import { checkTools } from './check-tools';
import { checkTree } from './check-tree';
import { checkUses } from './check-uses';
import { checkWires } from './check-wires';
import { loadProject } from './load-project';
import { planProgram } from './plan';
import { realFolder } from './project-path';
import { chooseTold, Problems, sortDiagnostics } from './problems';
import { readDesign } from './read-design';
import { readProtocols } from './read-protocols';

export type Compiled = {
  /** No errors, neither in the design nor in its tests. */
  readonly ok: boolean;
  readonly counts: Readonly<Record<Severity, number>>;
  /** Sorted by file, node, field, code. */
  readonly diagnostics: readonly Diagnostic[];
  /** Only where nothing is wrong with the design itself; a file of `tests/` keeps none from being run. */
  readonly program?: Program;
  /** The program's. */
  readonly hash?: string;
};

/** Project folder to program. Reads, parses and checks; runs nothing of the project. `memory`: of the checks before. */
export async function compileProject(projectDir: string, memory = new CheckMemory()): Promise<Compiled> {
  const [problems, ofTests] = [new Problems(), new Problems()];
  memory.turn();
  const planned = await runPasses({ dir: realFolder(projectDir), memory }, { problems, ofTests });
  const program = problems.list.some(({ severity }) => severity === 'error') ? undefined : planned;
  const list = [...problems.list, ...notYetTold(ofTests.list, problems.list)];
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of list) counts[severity] += 1;
  const ok = counts.error === 0 && program !== undefined;
  return { ok, counts, diagnostics: sortDiagnostics(chooseTold(list)), ...(program ? { program, hash: program.hash } : {}) };
}

/** A helper may be imported by handlers and by tests. */
function notYetTold(list: readonly Diagnostic[], told: readonly Diagnostic[]): readonly Diagnostic[] {
  if (list.length === 0) return list;
  const keyOf = ({ code, at }: Diagnostic): string => JSON.stringify([code, at]);
  const known = new Set(told.map(keyOf));
  return list.filter((one) => {
    const isKnown = known.has(keyOf(one));
    known.add(keyOf(one));
    return !isKnown;
  });
}

/** `ofTests`: what is wrong with the files of `tests/`, for themselves: one that cannot be read says nothing of the design. */
type Found = { readonly problems: Problems; readonly ofTests: Problems };

async function runPasses(project: { readonly dir: string; readonly memory: CheckMemory }, { problems, ofTests }: Found): Promise<Program | undefined> {
  const loaded = loadProject(project.dir, problems);
  if (!loaded) return undefined;
  const design = readDesign(loaded.design, project.memory, problems);
  const protocols = readProtocols(loaded, problems);
  if (!design) return undefined;
  const parents = checkTree(design, problems);
  const wires = checkWires(design, { parents, protocols, unread: loaded.unread }, problems);
  checkUses(design, { protocols, own: loaded.protocols.keys(), unread: loaded.unread }, problems);
  checkRouters(design, protocols, problems);
  checkHumans(design, protocols, problems);
  const modules = checkHandlers(project, design, protocols, problems);
  checkTools(design, protocols, problems);
  const models = checkModelAgents(project.dir, design, protocols, problems);
  // After the handlers: what reads files may break at one.
  checkTests(project, design, protocols, ofTests);
  if (problems.list.some(({ severity }) => severity === 'error')) return undefined;
  checkOperations(project.dir, { design, protocols, own: loaded.protocols, unread: loaded.unread, wires, modules }, problems);
  return planProgram(project, { design, parents, protocols, wires, modules, models }, problems);
}
