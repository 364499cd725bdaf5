/** An MCP server's list of tools, as `tools/list` answers it: each tool becomes a call. */
import type { Json, JsonObject } from '../../json/json';
import { firstOf, isList, MOST_OPERATIONS, Notes, textAt, type Imported, type NotImported } from './imported';
import { isObject } from '../../json/is-object';
import { SchemaImport } from './import-schema';
import { operationName, protocolName } from './names';

/** What a tool says of its own failure, as nodes of kind `tool` answer it. */
const TOOL_FAILED = 'ToolFailed';
const ANY_TEXT: Json = { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] };

export function importMcp(raw: Json, wanted: string | undefined): Imported | NotImported {
  const { tools, owner } = findTools(raw);
  if (!tools) return { message: 'there is no list of tools in this text', fix: 'Paste what the server answers to tools/list: { "tools": [...] }.' };
  const notes = new Notes();
  const operations: { [name: string]: Json } = {};
  const names: { [name: string]: string } = {};
  const definitions: { [name: string]: Json } = {};
  for (const [index, tool] of firstOf(tools, MOST_OPERATIONS, { notes, place: '/tools', what: 'tools' }).entries()) {
    const place = `/tools/${index}`;
    const original = isObject(tool) ? textAt(tool, 'name') : undefined;
    if (!isObject(tool) || original === undefined) {
      notes.add(place, 'a tool without a name is left out');
      continue;
    }
    const name = operationName(original, new Set(Object.keys(operations)));
    if (name !== original) {
      names[name] = original;
      notes.add(place, `${original} is called ${name} here`);
    }
    operations[name] = toolOperation(tool, place, notes, definitions);
  }
  const protocol: JsonObject = { doc: owner === undefined ? 'Tools of an MCP server.' : `Tools of the MCP server ${owner}.`, operations, ...(Object.keys(definitions).length > 0 ? { definitions } : {}) };
  return { name: protocolName(wanted ?? owner ?? 'Tools'), protocol, notes: notes.end(), names };
}

function findTools(raw: Json): { readonly tools?: readonly Json[]; readonly owner?: string } {
  if (isList(raw)) return { tools: raw };
  if (!isObject(raw)) return {};
  const inner = isObject(raw['result']) ? raw['result'] : raw;
  const info = isObject(inner['serverInfo']) ? inner['serverInfo'] : inner;
  const owner = textAt(info, 'name');
  return isList(inner['tools']) ? { tools: inner['tools'], ...(owner === undefined ? {} : { owner }) } : {};
}

const KNOWN = new Set(['name', 'title', 'description', 'inputSchema', 'outputSchema', 'annotations', '_meta', 'icons']);

function toolOperation(tool: JsonObject, place: string, notes: Notes, definitions: { [name: string]: Json }): Json {
  // References of a tool's schema lead into that schema.
  const input = readSide(tool['inputSchema'], `${place}/inputSchema`, notes, definitions);
  const output = tool['outputSchema'] === undefined ? ANY_TEXT : readSide(tool['outputSchema'], `${place}/outputSchema`, notes, definitions);
  const hints = isObject(tool['annotations']) ? tool['annotations'] : {};
  const isIdempotent = hints['idempotentHint'] === true || hints['readOnlyHint'] === true;
  for (const key of Object.keys(tool)) if (!KNOWN.has(key)) notes.add(place, `${key} is left out`);
  if (hints['destructiveHint'] === true) notes.add(place, 'the server says that this tool may destroy something');
  const doc = textAt(tool, 'description') ?? textAt(tool, 'title');
  return { kind: 'call', ...(doc === undefined ? {} : { doc }), input, output, errors: [TOOL_FAILED], ...(isIdempotent ? { idempotent: true } : {}) };
}

function readSide(schema: Json | undefined, place: string, notes: Notes, definitions: { [name: string]: Json }): JsonObject {
  const reader = new SchemaImport(schema ?? {}, notes);
  const read = reader.read(schema, place);
  const renames = new Map<string, string>();
  for (const [name] of reader.definitions) renames.set(name, Object.hasOwn(definitions, name) ? `${name}${Object.keys(definitions).length + renames.size}` : name);
  for (const [name, inner] of reader.definitions) definitions[renames.get(name)!] = renameRefs(inner, renames);
  return renameRefs(read, renames) as JsonObject;
}

function renameRefs(value: Json, renames: ReadonlyMap<string, string>): Json {
  if (isList(value)) return value.map((one) => renameRefs(one, renames));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, key === '$ref' && typeof inner === 'string' ? `#/definitions/${renames.get(inner.slice('#/definitions/'.length)) ?? ''}` : renameRefs(inner, renames)]));
}
