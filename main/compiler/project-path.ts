/**
 * The one function that says which files of a project may be read: regular ones, really inside its folder. The compiler has a thread of its
 * own and reads without promises: for hundreds of handler files they cost more than the reading.
 */
import { closeSync, constants, fstatSync, openSync, readFileSync, readSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';

export type ProjectPath = { readonly ok: true; readonly path: string } | { readonly ok: false; readonly why: 'outside' | 'missing' | 'not_a_file' };

/** Where a file or folder really is, if that can be said. */
export function realPath(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    return undefined;
  }
}

/** Where a project's folder really is; the folder as it was named where that can't be said, and then nothing is found in it. */
export const realFolder = (projectDir: string): string => realPath(projectDir) ?? projectDir;

/** Both are real: a link inside the folder may lead out of it. */
export function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return !way.startsWith('..') && !isAbsolute(way);
}

/** Whether a name could be that of a file in the project: relative, and with no step up. */
export const isNameInside = (name: string): boolean => !isAbsolute(name) && !name.includes('\\') && !name.includes('\u0000') && !name.split('/').includes('..');

/** `root`: the real folder of the project. */
export function findInProject(root: string, name: string): ProjectPath {
  if (!isNameInside(name)) return { ok: false, why: 'outside' };
  const path = realPath(join(root, name));
  if (path === undefined) return { ok: false, why: 'missing' };
  if (!isInside(root, path)) return { ok: false, why: 'outside' };
  try {
    return statSync(path).isFile() ? { ok: true, path } : { ok: false, why: 'not_a_file' };
  } catch {
    return { ok: false, why: 'missing' };
  }
}

export type BoundedRead = { readonly bytes: Buffer } | { readonly tooLarge: number };

/** A file at its real path, unless it has more than so many bytes: a file may say to have terabytes. Never waits for a pipe, and follows no link that has come since. */
export function readBounded(path: string, mostBytes: number): BoundedRead {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0));
  try {
    const { size } = fstatSync(file);
    if (size > mostBytes) return { tooLarge: size };
    // One byte more than it has: where that stays free, its end is reached, and nobody need ask for more.
    const room = Buffer.allocUnsafe(size + 1);
    if (readSync(file, room, 0, room.length, 0) === size) return { bytes: room.subarray(0, size) };
    const bytes = readFileSync(file);
    return bytes.length > mostBytes ? { tooLarge: bytes.length } : { bytes };
  } finally {
    closeSync(file);
  }
}
