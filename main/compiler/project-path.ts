/**
 * The one function that says which files of a project may be read: regular ones, really inside its folder. It blocks: the compiler has a
 * thread of its own, and a promise for each look was half of a check with many handler files.
 */
import { realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';

export type ProjectPath = { readonly ok: true; readonly path: string } | { readonly ok: false; readonly why: 'outside' | 'missing' | 'not_a_file' };

export function findInProject(projectDir: string, name: string): ProjectPath {
  if (isAbsolute(name) || name.includes('\\') || name.includes('\u0000') || name.split('/').includes('..')) return { ok: false, why: 'outside' };
  try {
    const root = realpathSync.native(projectDir);
    const path = realpathSync.native(join(root, name));
    const way = relative(root, path);
    // A link inside the folder may lead out of it: what counts is where the file really is.
    if (way.startsWith('..') || isAbsolute(way)) return { ok: false, why: 'outside' };
    return statSync(path).isFile() ? { ok: true, path } : { ok: false, why: 'not_a_file' };
  } catch {
    return { ok: false, why: 'missing' };
  }
}
