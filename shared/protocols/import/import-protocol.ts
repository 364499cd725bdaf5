/** A text of others as a protocol file: the one way in. */
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
  if (kind === 'typescript') return importTypeScript(text, name);
  const { value, faults } = readStrictJson(text);
  if (value === undefined || faults.length > 0) return { message: `this is no JSON: ${faults[0]?.message ?? 'it is empty'}`, fix: 'Convert it to JSON first; YAML is not read.' };
  return kind === 'mcp' ? importMcp(value, name) : importOpenApi(value, name);
}
