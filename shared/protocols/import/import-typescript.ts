/** Interfaces and type aliases of TypeScript: methods become operations, other types definitions. */
import type { Json, JsonObject } from '../../json/json';
import { firstOf, MOST_OPERATIONS, Notes, type Imported, type NotImported } from './imported';
import { operationName, protocolName } from './names';
import { parseTypes, type Declaration, type Member, type TypeTree } from './ts-types';
import { TypeSchemas } from './ts-schemas';

type FunctionTree = Extract<TypeTree, { kind: 'function' }>;
type Method = Member & { readonly type: FunctionTree };

export function importTypeScript(text: string, wanted: string | undefined): Imported | NotImported {
  const parsed = parseTypes(text);
  if (!parsed.ok) return { message: `line ${parsed.line}: ${parsed.message}`, fix: 'Paste interfaces and type aliases; code is not read.' };
  const { declarations } = parsed;
  if (declarations.length === 0) return { message: 'there is no interface and no type in this text', fix: 'Paste something like interface Triage { classify(input: { text: string }): Promise<{ topic: string }> }.' };
  const notes = new Notes();
  for (const { line, words } of parsed.skipped) notes.add(`line ${line}`, `${words} ... is no type, and is left out`);
  const schemas = new TypeSchemas(declarations, notes);
  const services = declarations.filter(isService);
  const operations: { [name: string]: Json } = {};
  const names: { [name: string]: string } = {};
  for (const service of services) readService(service, { operations, names, schemas, notes });
  for (const one of declarations) if (!services.includes(one)) schemas.define(one.name);
  const main = services[0] ?? declarations.at(-1)!;
  if (services.length === 0) {
    operations['handle'] = { kind: 'call', ...(main.doc === undefined ? {} : { doc: main.doc }), input: { $ref: `#/definitions/${main.name}` } };
    notes.add(`line ${main.line}`, `there is no method in this text: ${main.name} is the input of an operation handle`);
  }
  const { definitions } = schemas;
  const protocol: JsonObject = { ...(services.length > 0 && main.doc !== undefined ? { doc: main.doc } : {}), operations, ...(definitions.size > 0 ? { definitions: Object.fromEntries(definitions) } : {}) };
  return { name: protocolName(wanted ?? main.name), protocol, notes: notes.end(), names };
}

/** Data may have a method or two; most of what a service has are methods. */
function isService(declared: Declaration): boolean {
  const count = methodsOf(declared).length;
  return count > 0 && declared.type.kind === 'object' && 2 * count >= declared.type.members.length;
}

function methodsOf({ type }: Declaration): readonly Method[] {
  return type.kind === 'object' ? type.members.filter((member): member is Method => member.type.kind === 'function') : [];
}

type Making = { readonly operations: { [name: string]: Json }; readonly names: { [name: string]: string }; readonly schemas: TypeSchemas; readonly notes: Notes };

function readService(service: Declaration, { operations, names, schemas, notes }: Making): void {
  const methods = methodsOf(service);
  const fields = service.type.kind === 'object' ? service.type.members.filter((one) => one.type.kind !== 'function') : [];
  for (const { name, line } of fields) notes.add(`line ${line}`, `${name} is no method, and is left out of ${service.name}`);
  for (const base of service.bases) notes.add(`line ${service.line}`, `${service.name} extends ${base}: its methods are those of ${base} only where both stand in the text`);
  for (const method of firstOf(methods, MOST_OPERATIONS - Object.keys(operations).length, { notes, place: `line ${service.line}`, what: 'methods' })) {
    const place = `line ${method.line}`;
    if (Object.values(names).includes(method.name) || Object.hasOwn(operations, method.name)) {
      notes.add(place, `${method.name} is there twice: the first is kept`);
      continue;
    }
    const name = operationName(method.name, new Set(Object.keys(operations)));
    if (name !== method.name) {
      names[name] = method.name;
      notes.add(place, `${method.name} is called ${name} here`);
    }
    operations[name] = operationOf(method, schemas, notes);
  }
}

function operationOf({ name, type: { parameters, result }, line, doc }: Method, schemas: TypeSchemas, notes: Notes): Json {
  const place = `line ${line}`;
  const isAnswered = !(result.kind === 'word' && result.word === 'void');
  if (!isAnswered) notes.add(place, `${name} answers nothing and promises nothing: it is a cast`);
  const [only, ...more] = parameters;
  if (more.length > 0) notes.add(place, `${name} has ${parameters.length} parameters: they are fields of one input`);
  const fields: TypeTree = { kind: 'object', members: parameters.map((one) => ({ ...one, line })) };
  const input: JsonObject = only === undefined ? { type: 'object', properties: {} } : more.length > 0 ? schemas.read(fields, place) : schemas.read(only.isOptional ? { kind: 'union', parts: [only.type, { kind: 'word', word: 'null', line }] } : only.type, place);
  const promised = result.kind === 'generic' && ['Promise', 'PromiseLike'].includes(result.name) ? result.of[0]! : result;
  const words: JsonObject = doc === undefined ? {} : { doc };
  if (!isAnswered) return { kind: 'cast', ...words, input };
  const hasValue = !(promised.kind === 'word' && ['void', 'undefined'].includes(promised.word));
  const output: JsonObject = hasValue ? { output: schemas.read(promised, place) } : {};
  return { kind: 'call', ...words, input, ...output };
}
