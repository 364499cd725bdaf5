/** Tools: what is asked of an MCP server under which name. Which servers there are is the registry's of whoever runs it: not known here. */
import { DESIGN_FILE } from '../../shared/design/project-files';
import type { ToolNode } from '../../shared/design/nodes/tool';
import { TOOL_FAILED } from '../../shared/run/tool-request';
import type { Problems } from './problems';
import { suggest } from './problems';
import type { ReadDesign } from './read-design';
import type { ReadProtocol } from './read-protocols';

export function checkTools(design: ReadDesign, protocols: ReadonlyMap<string, ReadProtocol>, problems: Problems): void {
  const told = new Set<string>();
  for (const [id, node] of design.nodes) {
    if (node.kind !== 'tool') continue;
    checkNames(id, node, protocols, problems);
    for (const protocol of node.provides) checkProtocol({ id, protocol }, protocols.get(protocol), told, problems);
  }
}

function checkNames(id: string, { operations, provides }: ToolNode, protocols: ReadonlyMap<string, ReadProtocol>, problems: Problems): void {
  const known = provides.flatMap((name) => Object.keys(protocols.get(name)?.operations ?? {}));
  for (const operation of Object.keys(operations)) {
    if (known.includes(operation)) continue;
    problems.add({ code: 'MCP001', at: { file: DESIGN_FILE, node: id, field: `operations.${operation}` }, got: operation, message: `${id} gives a name to ${operation}, which is no operation that it provides`, fix: suggest(operation, known, 'Take it out, or provide a protocol that has it.') });
  }
}

type Provided = { readonly id: string; readonly protocol: string };

function checkProtocol({ id, protocol }: Provided, read: ReadProtocol | undefined, told: Set<string>, problems: Problems): void {
  for (const [operation, { kind, errors, input, optional }] of Object.entries(read?.operations ?? {})) {
    const key = `${protocol}.${operation}`;
    if (told.has(key)) continue;
    told.add(key);
    const at = { file: `protocols/${protocol}.json`, field: `operations.${operation}` };
    if (input.type !== undefined && input.type !== 'object') problems.add({ code: 'MCP003', at: { ...at, field: `${at.field}.input` }, got: input.type, message: `the input of ${key} is of type ${String(input.type)}, and an MCP server takes named arguments`, fix: 'Make the input an object; its fields are the arguments.' });
    if (kind === 'stream' && !optional) problems.add({ code: 'MCP004', at: { ...at, field: `${at.field}.kind` }, got: kind, message: `${key} is a stream, and the tool ${id} gives one answer`, fix: 'Make it a call; its answer may be a list.' });
    if (kind === 'call' && !errors.includes(TOOL_FAILED)) problems.add({ code: 'MCP002', at: { ...at, field: `${at.field}.errors` }, message: `${key} does not declare ${TOOL_FAILED}, so a failure that the tool of ${id} reports is a crash`, fix: `Write "errors": ["${TOOL_FAILED}"].` });
  }
}
