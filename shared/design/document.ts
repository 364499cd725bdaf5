/**
 * A project as the Studio holds it in memory: the folder's text files, JSON files as values. Files are the truth; this is
 * what they say, changed only by edits (`edits/edit.ts`). Paths are relative, with `/`.
 */
import { DESIGN_FILE, LAYOUT_FILE } from './project-files';
import type { Json, JsonObject } from '../json/json';
import { isObject } from '../json/is-object';

/** A `.json` file that is no strict JSON is kept as text, so that it can be mended. */
export type DocumentFile = { readonly kind: 'json'; readonly value: Json } | { readonly kind: 'text'; readonly text: string };
export type ProjectDocument = { readonly files: { readonly [path: string]: DocumentFile } };

export const EMPTY_DOCUMENT: ProjectDocument = { files: {} };

/** Contract section 1: UTF-8, stable key order, two spaces. */
export const formatJson = (value: Json): string => `${JSON.stringify(value, null, 2)}\n`;

/** What stands in the file. */
export const textOfFile = (file: DocumentFile): string => (file.kind === 'json' ? formatJson(file.value) : file.text);

export const findFile = (document: ProjectDocument, path: string): DocumentFile | undefined => (Object.hasOwn(document.files, path) ? document.files[path] : undefined);

export function findJson(document: ProjectDocument, path: string): Json | undefined {
  const file = findFile(document, path);
  return file?.kind === 'json' ? file.value : undefined;
}

export function findText(document: ProjectDocument, path: string): string | undefined {
  const file = findFile(document, path);
  return file && textOfFile(file);
}

export const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

/** `design.json` as it stands, or an empty object where it is missing or broken. */
export function designOf(document: ProjectDocument): JsonObject {
  const value = findJson(document, DESIGN_FILE);
  return isObject(value) ? value : {};
}

/** Every node as it stands, also of unknown kinds; what is no object is left out. */
export function rawNodesOf(document: ProjectDocument): { readonly [id: string]: JsonObject } {
  const { nodes } = designOf(document);
  if (!isObject(nodes)) return {};
  return Object.fromEntries(Object.entries(nodes).filter((entry): entry is [string, JsonObject] => isObject(entry[1])));
}

export function rawWiresOf(document: ProjectDocument): readonly Json[] {
  const { wires } = designOf(document);
  return isList(wires) ? wires : [];
}

export function layoutOf(document: ProjectDocument): JsonObject {
  const value = findJson(document, LAYOUT_FILE);
  return isObject(value) ? value : {};
}

export const protocolPath = (name: string): string => `protocols/${name}.json`;

/** Names of the project's own protocols, sorted. */
export function protocolNamesOf(document: ProjectDocument): readonly string[] {
  return Object.keys(document.files)
    .flatMap((path) => /^protocols\/([^/]+)\.json$/.exec(path)?.[1] ?? [])
    .toSorted();
}

/** Names of the project's scenarios, sorted. */
export function scenarioNamesOf(document: ProjectDocument): readonly string[] {
  return Object.keys(document.files)
    .flatMap((path) => /^scenarios\/([^/]+)\.json$/.exec(path)?.[1] ?? [])
    .toSorted();
}
