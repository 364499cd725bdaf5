/** The examples of the error catalog as project folders, and what the compiler says of them. For tests and for the pages in docs/errors. */
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { assert } from '../../../shared/assert';
import type { CatalogEntry } from '../../../shared/errors/catalog-entry';
import type { Diagnostic } from '../../../shared/errors/diagnostic';
import { EXAMPLE_PROJECT } from '../../../shared/errors/example-project';
import type { Json } from '../../../shared/json/json';
import { readStrictJson } from '../../../shared/json/strict-json';
import { CheckMemory } from '../check-memory';
import { compileProject } from '../compile';
import { readScenario } from '../scenario';
import { readTestPlan } from '../test-plan';

/** Whether the examples of an entry are files that can be compiled. */
export const isInFile = (entry: CatalogEntry): boolean => entry.in !== 'shell' && entry.in !== 'words';

/** The files of the example project with one example of an entry laid over them. */
export function layExample(entry: CatalogEntry, which: 'wrong' | 'right'): ReadonlyMap<string, string> {
  const file = which === 'right' ? (entry.rightIn ?? entry.in) : entry.in;
  const files = new Map(Object.entries(EXAMPLE_PROJECT));
  for (const [path, text] of [...Object.entries(entry.beside ?? {}), [file, entry[which]] as const]) {
    const base = files.get(path);
    files.set(path, base === undefined ? text : overlay(base, text));
  }
  return files;
}

/** A text that is a JSON object without fault is a fragment (RFC 7386); all else stands for the whole file. */
function overlay(base: string, text: string): string {
  const { value, faults } = readStrictJson(text);
  if (value === undefined || faults.length > 0) return text;
  return JSON.stringify(mergePatch(readStrictJson(base).value ?? null, value), null, 2);
}

function mergePatch(target: Json, patch: Json): Json {
  if (patch === null || typeof patch !== 'object' || Array.isArray(patch)) return patch;
  const merged = new Map<string, Json>(target !== null && typeof target === 'object' && !Array.isArray(target) ? Object.entries(target) : []);
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key);
    else merged.set(key, mergePatch(merged.get(key) ?? null, value));
  }
  return Object.fromEntries(merged);
}

/** A folder that is gone afterwards, whatever happens. */
export async function inFolder<T>(files: ReadonlyMap<string, string | Uint8Array>, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'prismatic-example-'));
  try {
    for (const [path, content] of files) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    }
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What `check` says, and where the design is good, what `simulate` says of the scenario (`default` where none is named), and `test` of its tests. */
export async function diagnose(folder: string, scenario?: string): Promise<readonly Diagnostic[]> {
  const { program, diagnostics } = await compileProject(folder);
  if (!program) return diagnostics;
  const read = readScenario(folder, program, scenario);
  const tests = readTestPlan(folder, program, new CheckMemory());
  return [read, tests].reduce((all, one) => (one.ok ? all : [...all, ...one.diagnostics]), diagnostics);
}

export async function diagnoseExample(entry: CatalogEntry, which: 'wrong' | 'right'): Promise<readonly Diagnostic[]> {
  assert(isInFile(entry), 'only examples in files can be compiled');
  return inFolder(layExample(entry, which), (folder) => diagnose(folder));
}
