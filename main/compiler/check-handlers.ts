import { DESIGN_FILE } from '../../shared/design/project-files';
import type { ProgramProtocol } from '../../shared/program/program';
import type { CheckMemory } from './check-memory';
import { linkHandler, type HandlerModule } from './handler-module';
import type { Problems } from './problems';
import type { ReadDesign } from './read-design';

/** Handler files by their path: parsed, linked, and compared with what their agents provide. */
export function checkHandlers(project: { readonly dir: string; readonly memory: CheckMemory }, design: ReadDesign, protocols: ReadonlyMap<string, ProgramProtocol>, problems: Problems): ReadonlyMap<string, HandlerModule> {
  const linking = { projectDir: project.dir, memory: project.memory, problems };
  const modules = new Map<string, HandlerModule>();
  const tried = new Set<string>();
  for (const [id, node] of design.nodes) {
    if (node.kind !== 'agent' || node.behaviour.type !== 'code') continue;
    const { file } = node.behaviour;
    if (!tried.has(file)) {
      tried.add(file);
      const linked = linkHandler(file, { file: DESIGN_FILE, node: id, field: 'behaviour.file' }, linking);
      if (linked) modules.set(file, linked);
    }
    const module = modules.get(file);
    if (!module) continue;
    for (const name of node.provides) {
      const at = { file: DESIGN_FILE, node: id, field: 'provides' };
      if (!module.exports.has(name)) {
        problems.add({ code: 'HAN008', at, got: name, message: `${file} does not export ${name}, which ${id} provides`, fix: `Write "export const ${name} = { ... }" in ${file}.` });
        continue;
      }
      const members = module.exports.get(name);
      const missing = Object.entries(protocols.get(name)?.operations ?? {}).flatMap(([operation, { optional }]) => (members && !members.includes(operation) && !optional ? [operation] : []));
      if (missing.length > 0) problems.add({ code: 'HAN009', at: { file, node: id }, got: missing, message: `${name} in ${file} has no ${missing.join(', ')}`, fix: 'Add a function for each operation of the protocol.' });
    }
  }
  return modules;
}
