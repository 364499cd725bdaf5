/** The one function that says which files of a project may be read: regular ones, really inside its folder. */
import { constants } from 'node:fs';
import { open, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';

export type ProjectPath = { readonly ok: true; readonly path: string } | { readonly ok: false; readonly why: 'outside' | 'missing' | 'not_a_file' };

export async function findInProject(projectDir: string, name: string): Promise<ProjectPath> {
  if (isAbsolute(name) || name.includes('\\') || name.includes('\u0000') || name.split('/').includes('..')) return { ok: false, why: 'outside' };
  try {
    const root = await realpath(projectDir);
    const path = await realpath(join(root, name));
    const way = relative(root, path);
    // A link inside the folder may lead out of it: what counts is where the file really is.
    if (way.startsWith('..') || isAbsolute(way)) return { ok: false, why: 'outside' };
    return (await stat(path)).isFile() ? { ok: true, path } : { ok: false, why: 'not_a_file' };
  } catch {
    return { ok: false, why: 'missing' };
  }
}

export type BoundedRead = { readonly bytes: Uint8Array } | { readonly tooLarge: number };

/** A file that `findInProject` found, unless it has more than so many bytes: a file may say to have terabytes. Never waits for a pipe. */
export async function readBounded(path: string, mostBytes: number): Promise<BoundedRead> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const { size } = await file.stat();
    if (size > mostBytes) return { tooLarge: size };
    const bytes = await file.readFile();
    return bytes.length > mostBytes ? { tooLarge: bytes.length } : { bytes };
  } finally {
    await file.close();
  }
}
