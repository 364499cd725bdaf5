import type { Severity } from '../../shared/errors/catalog-entry';
import type { Diagnostic } from '../../shared/errors/diagnostic';
import type { Program } from '../../shared/program/program';
import { CheckMemory } from './check-memory';
import { checkHandlers } from './check-handlers';
import { checkRouters } from './check-routers';
import { checkModelAgents } from './check-model-agents';
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
  readonly ok: boolean;
  readonly counts: Readonly<Record<Severity, number>>;
  /** Sorted by file, node, field, code. */
  readonly diagnostics: readonly Diagnostic[];
  /** Only where nothing is wrong. */
  readonly program?: Program;
  /** The program's. */
  readonly hash?: string;
};

/** Project folder to program. Reads, parses and checks; runs nothing of the project. `memory`: of the checks before. */
export async function compileProject(projectDir: string, memory = new CheckMemory()): Promise<Compiled> {
  const problems = new Problems();
  memory.turn();
  const program = await runPasses({ dir: realFolder(projectDir), memory }, problems);
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of problems.list) counts[severity] += 1;
  const ok = counts.error === 0 && program !== undefined;
  return { ok, counts, diagnostics: sortDiagnostics(chooseTold(problems.list)), ...(ok ? { program, hash: program.hash } : {}) };
}

async function runPasses(project: { readonly dir: string; readonly memory: CheckMemory }, problems: Problems): Promise<Program | undefined> {
  const loaded = loadProject(project.dir, problems);
  if (!loaded) return undefined;
  const design = readDesign(loaded.design, project.memory, problems);
  const protocols = readProtocols(loaded, problems);
  if (!design) return undefined;
  const parents = checkTree(design, problems);
  const wires = checkWires(design, { parents, protocols, unread: loaded.unread }, problems);
  checkUses(design, { protocols, own: loaded.protocols.keys(), unread: loaded.unread }, problems);
  checkRouters(design, protocols, problems);
  const modules = checkHandlers(project, design, protocols, problems);
  checkTools(design, protocols, problems);
  const models = checkModelAgents(project.dir, design, protocols, problems);
  if (problems.list.some(({ severity }) => severity === 'error')) return undefined;
  return planProgram(project, { design, parents, protocols, wires, modules, models }, problems);
}
