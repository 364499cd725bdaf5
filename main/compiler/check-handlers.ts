import { DESIGN_FILE } from '../../shared/design/project-files';
import type { ProgramOperation, ProgramProtocol } from '../../shared/program/program';
import type { CheckMemory } from './check-memory';
import type { Members } from './handler-statements';
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
      const missing = Object.entries(protocols.get(name)?.operations ?? {}).flatMap(([operation, { optional }]) => (members && !members.has(operation) && !optional ? [operation] : []));
      if (missing.length > 0) problems.add({ code: 'HAN009', at: { file, node: id }, got: missing, message: `${name} in ${file} has no ${missing.join(', ')}`, fix: 'Add a function for each operation of the protocol.' });
      checkForms({ file, id, name }, { members, operations: protocols.get(name)?.operations ?? {} }, problems);
    }
  }
  return modules;
}

/** What a generator does is done by who reads it. Only what is certain is told: a function may call another that gives the rest. */
function checkForms({ file, id, name }: { readonly file: string; readonly id: string; readonly name: string }, { members, operations }: { readonly members: Members | undefined; readonly operations: Readonly<Record<string, ProgramOperation>> }, problems: Problems): void {
  for (const [operation, form] of members ?? []) {
    const kind = Object.hasOwn(operations, operation) ? operations[operation]!.kind : undefined;
    const at = { file, node: id };
    if (kind === 'stream' && form === 'single') problems.add({ code: 'HAN010', at, got: operation, message: `${name}.${operation} is a stream, and its function in ${file} gives nothing to iterate`, fix: `Write it as "async *${operation}(input, self)", and yield each item.` });
    if ((kind === 'call' || kind === 'cast') && form === 'generator') problems.add({ code: 'HAN011', at, got: operation, message: `${name}.${operation} is a ${kind}, and its function in ${file} is a generator: nobody would run it`, fix: `Write "async ${operation}(input, self)" without a star, or make the operation a stream.` });
  }
}
