/** Reads the JSON files of a project, strictly; knows nothing of what they mean. */
import { DESIGN_FILE } from '../../shared/design/project-files';
import { isUtf8 } from 'node:buffer';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorCode } from '../../shared/errors/catalog';
import { positionAt, readStrictJson, type JsonFaultKind } from '../../shared/json/strict-json';
import type { Json } from '../../shared/json/json';
import type { Problems } from './problems';
import { findDatabases } from './find-databases';
import { findInProject, readBounded } from './project-path';

/** Security 4.3. */
const MOST_JSON_BYTES = 20 * 1024 * 1024;
const FAULT_CODES: Readonly<Record<JsonFaultKind, ErrorCode>> = { syntax: 'PRJ003', duplicateKey: 'PRJ005', poisonedKey: 'PRJ006', tooDeep: 'PRJ007', numberRange: 'PRJ008' };
const FAULT_FIXES: Readonly<Record<JsonFaultKind, string>> = {
  syntax: 'Mend the file at this place.',
  duplicateKey: 'Take one of the two away, or give it another name.',
  poisonedKey: 'Use another key.',
  tooDeep: 'Nest it less deeply.',
  numberRange: 'Write a smaller number.',
};

export type LoadedProject = { readonly design: Json; readonly protocols: ReadonlyMap<string, Json>; /** Names of protocol files that are at fault. */ readonly unread: ReadonlySet<string> };

export function loadProject(projectDir: string, problems: Problems): LoadedProject | undefined {
  const databases = findDatabases(projectDir);
  if (!databases) {
    problems.add({ code: 'PRJ001', at: { file: DESIGN_FILE }, message: 'there is no such folder, or it cannot be read', fix: 'Name the folder that holds design.json.' });
    return undefined;
  }
  for (const file of databases) problems.add({ code: 'PRJ010', at: { file }, message: 'a database in a project is never opened', fix: 'Delete it; runs are kept in your data folder.' });
  const design = readJson(projectDir, DESIGN_FILE, problems, 'PRJ002');
  const protocols = new Map<string, Json>();
  const unread = new Set<string>();
  for (const name of namesOfJson(projectDir, 'protocols')) {
    const value = readJson(projectDir, `protocols/${name}.json`, problems, 'PRJ004');
    if (value === undefined) unread.add(name);
    else protocols.set(name, value);
  }
  return design === undefined ? undefined : { design, protocols, unread };
}

/** Names of the JSON files of a folder, without their ending and in order. */
export function namesOfJson(projectDir: string, folder: string): readonly string[] {
  try {
    const files = readdirSync(join(projectDir, folder)).filter((file) => file.endsWith('.json'));
    return files.map((file) => file.slice(0, -'.json'.length)).toSorted();
  } catch {
    return [];
  }
}

export function readJson(projectDir: string, file: string, problems: Problems, missingCode: ErrorCode, missingFix = 'Put the file there.'): Json | undefined {
  const found = findInProject(projectDir, file);
  if (!found.ok) {
    problems.add({ code: missingCode, at: { file }, got: file, message: `${file} is ${found.why === 'missing' ? 'missing' : 'no regular file inside the project'}`, fix: file === DESIGN_FILE ? 'Name the folder of a project, or begin one with `prismatic new`.' : missingFix });
    return undefined;
  }
  const read = readBounded(found.path, MOST_JSON_BYTES);
  if ('tooLarge' in read) {
    problems.add({ code: 'PRJ009', at: { file }, got: read.tooLarge, message: `${file} has ${read.tooLarge} bytes; at most ${MOST_JSON_BYTES} are read`, fix: 'Make it smaller.' });
    return undefined;
  }
  const text = decodeStrictly(read.bytes);
  if (text === undefined) {
    problems.add({ code: 'PRJ011', at: { file }, message: `${file} is not UTF-8`, fix: 'Save it as UTF-8.' });
    return undefined;
  }
  const { value, faults } = readStrictJson(text);
  for (const fault of faults) problems.add({ code: FAULT_CODES[fault.kind], at: { file, ...positionAt(text, fault.offset) }, got: fault.got, message: fault.message, fix: FAULT_FIXES[fault.kind] });
  return faults.length > 0 ? undefined : value;
}

/** Nothing where it is no UTF-8. A mark of the byte order at the beginning is no part of the text. */
export function decodeStrictly(bytes: Buffer): string | undefined {
  if (!isUtf8(bytes)) return undefined;
  return bytes.toString('utf8', bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0);
}
