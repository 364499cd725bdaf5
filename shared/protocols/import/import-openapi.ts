/** OpenAPI 3: a document, one path, or one operation. Parameters become fields of the input, the body its field `body`. */
import type { Json, JsonObject } from '../../json/json';
import { firstOf, isList, MOST_OPERATIONS, MOST_PARAMETERS, Notes, textAt, type Imported, type NotImported } from './imported';
import { POISONED_KEYS } from '../../ids';
import { isObject } from '../../json/is-object';
import { SchemaImport } from './import-schema';
import { freeName, operationName, protocolName } from './names';

const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options', 'trace'] as const;
/** By the HTTP standard (RFC 9110, section 9.2.2). */
const IDEMPOTENT: ReadonlySet<string> = new Set(['get', 'put', 'delete', 'head', 'options', 'trace']);
const ERRORS: Readonly<Record<string, string>> = { 400: 'BadRequest', 401: 'Unauthorized', 403: 'Forbidden', 404: 'NotFound', 405: 'MethodNotAllowed', 406: 'NotAcceptable', 408: 'RequestTimeout', 409: 'Conflict', 410: 'Gone', 412: 'PreconditionFailed', 413: 'TooLarge', 415: 'UnsupportedMediaType', 422: 'Unprocessable', 429: 'RateLimited', 500: 'ServerError', 501: 'NotImplemented', 502: 'BadGateway', 503: 'Unavailable', 504: 'GatewayTimeout' };

type Found = { readonly method: string; readonly path: string; readonly place: string; readonly operation: JsonObject; readonly shared: readonly Json[] };
type Making = { readonly notes: Notes; readonly schemas: SchemaImport; readonly document: Json };

export function importOpenApi(raw: Json, wanted: string | undefined): Imported | NotImported {
  const found = isObject(raw) ? listOperations(raw) : [];
  if (!isObject(raw) || found.length === 0) return { message: 'there is no operation of OpenAPI 3 in this text', fix: 'Paste a document with "openapi" and "paths", or one operation with its "responses".' };
  if (textAt(raw, 'swagger') !== undefined) return { message: `this is Swagger ${textAt(raw, 'swagger')!}, and OpenAPI 3 is read`, fix: 'Convert it to OpenAPI 3.' };
  const notes = new Notes();
  const making: Making = { notes, schemas: new SchemaImport(raw, notes), document: raw };
  const operations: { [name: string]: Json } = {};
  const names: { [name: string]: string } = {};
  for (const one of firstOf(found, MOST_OPERATIONS, { notes, place: '/paths', what: 'operations' })) {
    const original = textAt(one.operation, 'operationId') ?? `${one.method} ${one.path}`;
    const name = operationName(original, new Set(Object.keys(operations)));
    if (name !== original) names[name] = original;
    if (name !== original && textAt(one.operation, 'operationId') !== undefined) notes.add(one.place, `${original} is called ${name} here`);
    operations[name] = makeOperation(one, making);
  }
  if (raw['security'] !== undefined || (isObject(raw['components']) && raw['components']['securitySchemes'] !== undefined)) notes.add('/security', 'how callers prove who they are is no part of a protocol, and is left out');
  if (raw['webhooks'] !== undefined) notes.add('/webhooks', 'webhooks are left out');
  const info = isObject(raw['info']) ? raw['info'] : {};
  const doc = textAt(info, 'description') ?? textAt(info, 'title');
  const { definitions } = making.schemas;
  const protocol: JsonObject = { ...(doc === undefined ? {} : { doc }), operations, ...(definitions.size > 0 ? { definitions: Object.fromEntries(definitions) } : {}) };
  return { name: protocolName(wanted ?? textAt(info, 'title') ?? 'Api'), protocol, notes: notes.end(), names };
}

function listOperations(raw: JsonObject): readonly Found[] {
  if (isObject(raw['paths'])) return Object.entries(raw['paths']).flatMap(([path, item]) => (isObject(item) ? ofPath(path, item, `/paths/${path}`) : []));
  const one = ofPath('', raw, '');
  if (one.length > 0) return one;
  return isObject(raw['responses']) ? [{ method: 'post', path: '', place: '', operation: raw, shared: [] }] : [];
}

function ofPath(path: string, item: JsonObject, place: string): readonly Found[] {
  const shared = isList(item['parameters']) ? item['parameters'] : [];
  return METHODS.flatMap((method) => {
    const operation = item[method];
    return isObject(operation) && isObject(operation['responses']) ? [{ method, path, place: `${place}/${method}`, operation, shared }] : [];
  });
}

function makeOperation({ method, path, place, operation, shared }: Found, making: Making): Json {
  const { notes } = making;
  for (const word of ['callbacks', 'security', 'servers']) if (operation[word] !== undefined) notes.add(place, `${word} is left out`);
  const words = [textAt(operation, 'summary'), textAt(operation, 'description')].filter((one) => one !== undefined).join('\n\n');
  const doc = words === '' ? `${method.toUpperCase()} ${path}`.trim() : words;
  const input = inputOf(operation, shared, place, making);
  const { output, errors } = answersOf(operation['responses'] as JsonObject, `${place}/responses`, making);
  return { kind: 'call', doc, input, output, ...(errors.length > 0 ? { errors } : {}), ...(IDEMPOTENT.has(method) ? { idempotent: true } : {}) };
}

/** What a reference to a parameter, body or response stands for. */
function follow(value: Json | undefined, place: string, { document, notes }: Making): JsonObject | undefined {
  let at = value;
  for (let hops = 0; isObject(at) && typeof at['$ref'] === 'string' && hops < 8; hops += 1) {
    const ref = at['$ref'];
    at = ref.startsWith('#/') ? ref.slice(2).split('/').reduce<Json | undefined>((inner, key) => (isObject(inner) && Object.hasOwn(inner, key.replaceAll('~1', '/').replaceAll('~0', '~')) ? inner[key.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined), document) : undefined;
    if (at === undefined) notes.add(place, `${ref} leads to nothing in this text, and is left out`);
  }
  return isObject(at) ? at : undefined;
}

function inputOf(operation: JsonObject, shared: readonly Json[], place: string, making: Making): Json {
  const { notes, schemas } = making;
  const properties: { [name: string]: Json } = {};
  const required: string[] = [];
  const own = isList(operation['parameters']) ? operation['parameters'] : [];
  const byKey = new Map<string, readonly [JsonObject, string]>();
  for (const [index, raw] of [...shared, ...own].entries()) {
    const at = `${place}/parameters/${index}`;
    const parameter = follow(raw, at, making);
    if (parameter) byKey.set(`${textAt(parameter, 'in') ?? ''} ${textAt(parameter, 'name') ?? ''}`, [parameter, at]);
  }
  for (const [parameter, at] of firstOf([...byKey.values()], MOST_PARAMETERS, { notes, place: `${place}/parameters`, what: 'parameters' })) {
    const [name, where] = [textAt(parameter, 'name') ?? '', textAt(parameter, 'in') ?? 'query'];
    if (where === 'cookie' || name === '' || POISONED_KEYS.has(name)) {
      notes.add(at, name === '' ? 'a parameter without a name is left out' : where === 'cookie' ? `the cookie ${name} is left out` : `${name} reaches a prototype, so no field has that name: it is left out`);
      continue;
    }
    const field = freeName(name, new Set(Object.keys(properties)));
    if (field !== name) notes.add(at, `${name} in ${where} is called ${field} here`);
    const content = isObject(parameter['content']) ? jsonContent(parameter['content'], at, notes) : undefined;
    const schema = schemas.read(parameter['schema'] ?? content, `${at}/schema`);
    properties[field] = { ...schema, ...(textAt(parameter, 'description') !== undefined && schema['$ref'] === undefined ? { description: textAt(parameter, 'description')! } : {}) };
    if (parameter['required'] === true || where === 'path') required.push(field);
  }
  const body = follow(operation['requestBody'], `${place}/requestBody`, making);
  if (body) {
    const field = freeName('body', new Set(Object.keys(properties)));
    properties[field] = schemas.read(jsonContent(body['content'], `${place}/requestBody`, notes), `${place}/requestBody/schema`);
    if (body['required'] === true) required.push(field);
  }
  return { type: 'object', properties, ...(required.length > 0 ? { required } : {}), additionalProperties: false };
}

function answersOf(responses: JsonObject, place: string, making: Making): { readonly output: Json; readonly errors: readonly string[] } {
  const { notes, schemas } = making;
  const good: Json[] = [];
  const errors: string[] = [];
  for (const [status, raw] of Object.entries(responses)) {
    if (status.startsWith('x-')) continue;
    const at = `${place}/${status}`;
    const response = follow(raw, at, making);
    if (/^2(\d\d|XX)$/i.test(status)) good.push(response?.['content'] === undefined ? {} : schemas.read(jsonContent(response['content'], at, notes), at));
    else if (/^[45]\d\d$/.test(status)) {
      errors.push(ERRORS[status] ?? `Status${status}`);
      if (response?.['content'] !== undefined) notes.add(at, 'what the error says goes into its data, which has no schema');
    } else notes.add(at, `the answer for ${status} is left out`);
    if (response?.['headers'] !== undefined) notes.add(at, 'headers of the answer are left out');
  }
  const distinct = good.filter((one, index) => good.findIndex((other) => JSON.stringify(other) === JSON.stringify(one)) === index);
  return { output: distinct.length === 0 ? {} : distinct.length === 1 ? distinct[0]! : { anyOf: distinct }, errors: [...new Set(errors)] };
}

function jsonContent(content: Json | undefined, place: string, notes: Notes): Json | undefined {
  if (!isObject(content)) return undefined;
  const kinds = Object.keys(content);
  const json = kinds.find((kind) => /^application\/(?:[\w.+-]+\+)?json\b/.test(kind)) ?? kinds.find((kind) => kind === '*/*');
  const others = kinds.filter((kind) => kind !== json);
  if (others.length > 0) notes.add(place, json === undefined ? `${others.join(', ')} is no JSON: any value is taken` : `${others.join(', ')} is left out beside JSON`);
  const chosen = json === undefined ? undefined : content[json];
  return isObject(chosen) ? chosen['schema'] : undefined;
}
