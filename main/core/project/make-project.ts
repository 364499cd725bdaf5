/** New projects in a folder of the person's, shared projects in and out. */
import { mkdir, readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { failed, ok, type Result } from '../../../shared/errors/result';
import { createFromFiles, createProject, EXAMPLES } from '../create-project';
import { readShared } from '../shared-file';
import { findFreePlace, toFolderName } from './new-place';
import { isSystemError } from './read-folder';
import { packProject, writeShared } from './share-project';
import { shownPath } from './shown-path';

const MOST_SHARED_BYTES = 50 * 1024 * 1024;

export async function makeProject(folder: string, from: 'small' | { readonly example: string }, name: string | undefined): Promise<Result<string>> {
  if (from !== 'small' && !EXAMPLES.includes(from.example)) return failed({ code: 'NEW004', message: `there is no example ${from.example}`, fix: `Examples are ${EXAMPLES.join(', ')}.` });
  const wanted = toFolderName(name ?? (from === 'small' ? 'greeter' : from.example));
  return makeIn(folder, wanted, (dir) => createProject(dir, { ...(from === 'small' ? { kind: 'small' } : { kind: 'example', name: from.example }), ...(name === undefined ? {} : { called: name }) }));
}

export type SharedFile = { readonly path: string } | { readonly name: string; readonly base64: string };

/** Checked as a whole before anything of it is written. */
export async function openSharedProject(folder: string, file: SharedFile): Promise<Result<string>> {
  const bytes = await readSharedBytes(file);
  if (!bytes.ok) return bytes;
  const files = readShared(bytes.value);
  if (!files.ok) return files;
  const name = basename('path' in file ? file.path : file.name).replace(/\.prismatic$/i, '');
  return makeIn(folder, toFolderName(name), (dir) => createFromFiles(dir, files.value));
}

async function readSharedBytes(file: SharedFile): Promise<Result<Uint8Array>> {
  if ('base64' in file) return ok(Buffer.from(file.base64, 'base64'));
  try {
    const { size } = await stat(file.path);
    if (size > MOST_SHARED_BYTES) return failed({ code: 'NEW003', message: `the shared file has ${size} bytes, at most ${MOST_SHARED_BYTES} may be`, fix: 'Ask for a smaller one.' });
    return ok(await readFile(file.path));
  } catch (error) {
    return failed({ code: 'NEW002', message: `${shownPath(file.path)} can't be read: ${error instanceof Error ? error.message : 'unknown'}`, fix: 'Check the path.' });
  }
}

async function makeIn(folder: string, name: string, make: (dir: string) => Promise<Result<unknown>>): Promise<Result<string>> {
  try {
    await mkdir(folder, { recursive: true });
    const dir = await findFreePlace(folder, name);
    const made = await make(dir);
    return made.ok ? ok(dir) : made;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return failed({ code: 'NEW005', message: `no project can be made in ${shownPath(folder)}: ${error.message}`, fix: 'Choose another folder.' });
  }
}

/** Into a file, or as bytes for a page. */
export async function shareProject(dir: string, name: string, target: string | undefined): Promise<Result<{ readonly shownPath: string } | { readonly name: string; readonly base64: string }>> {
  const packed = await packProject(dir);
  if (!packed.ok) return packed;
  if (target === undefined) return ok({ name: `${name}.prismatic`, base64: Buffer.from(packed.value).toString('base64') });
  const file = target.endsWith('.prismatic') ? target : `${target}.prismatic`;
  const written = await writeShared(file, packed.value);
  return written.ok ? ok({ shownPath: shownPath(file) }) : written;
}
