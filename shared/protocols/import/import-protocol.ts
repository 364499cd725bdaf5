/** A text of others as a protocol file: the one way in. */
import { POISONED_KEYS } from '../../ids';
import { isObject } from '../../json/is-object';
import type { Json } from '../../json/json';
import { readStrictJson } from '../../json/strict-json';
import { importMcp } from './import-mcp';
import { importOpenApi } from './import-openapi';
import { importTypeScript } from './import-typescript';
import type { Imported, NotImported } from './imported';

export const IMPORT_KINDS = ['mcp', 'openapi', 'typescript'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];
/** Letters of a text; a large OpenAPI document has two million. */
export const LONGEST_IMPORT = 10_000_000;

/** `name`: of the protocol; without it, the one that the text suggests. */
export function importProtocol(kind: ImportKind, text: string, name?: string): Imported | NotImported {
  if (text.length > LONGEST_IMPORT) return { message: `the text has ${text.length} letters; at most ${LONGEST_IMPORT} are read`, fix: 'Take a part of it.' };
  if (kind === 'typescript') return cleanPrototypes(importTypeScript(text, name));
  const { value, faults } = readStrictJson(text);
  if (value === undefined || faults.length > 0) return { message: `this is no JSON: ${faults[0]?.message ?? 'it is empty'}`, fix: 'Convert it to JSON first; YAML is not read.' };
  return kind === 'mcp' ? importMcp(value, name) : importOpenApi(value, name);
}

/** In TypeScript a field may be called `constructor`; a project with such a key is not read, so it is left out here. JSON with one is refused as it is read. */
function cleanPrototypes(imported: Imported | NotImported): Imported | NotImported {
  if ('message' in imported) return imported;
  const dropped = new Set<string>();
  const protocol = dropPoisoned(imported.protocol, dropped) as Imported['protocol'];
  return { ...imported, protocol, notes: [...imported.notes, ...[...dropped].map((key) => ({ place: '', message: `${key} reaches a prototype, so nothing has that name: it is left out` }))] };
}

function dropPoisoned(value: Json, dropped: Set<string>): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).filter((item) => !isPoisoned(item, dropped)).map((item) => dropPoisoned(item, dropped));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, inner]) => (isPoisoned(key, dropped) ? [] : [[key, dropPoisoned(inner, dropped)]])));
}

/** In a list it is the name of a field, as in `required`. */
function isPoisoned(key: Json, dropped: Set<string>): boolean {
  if (typeof key !== 'string' || !POISONED_KEYS.has(key)) return false;
  dropped.add(key);
  return true;
}
