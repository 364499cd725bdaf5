/** A project as a `*.prismatic` file: a zip of its folder that is the same for the same files. */
import { randomBytes } from 'node:crypto';
import { lstat, open, readdir, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { zipSync, type Zippable } from 'fflate';
import { failed, ok, type Result } from '../../../shared/errors/result';
import { readShared } from '../shared-file';
import { isSystemError, readRegularFile } from './read-folder';
import { shownPath } from './shown-path';

/** Contract section 1. */
const MOST_BYTES = 50 * 1024 * 1024;
const MOST_ENTRIES = 10_000;
/** A day that every zip can hold. */
const FIXED_TIME = new Date(2000, 0, 1);
const DEEPEST_FOLDER = 32;
const LEFT_OUT: ReadonlySet<string> = new Set(['.git', '.prismatic', 'node_modules']);
const DATABASE = /\.(db|sqlite3?)(-wal|-shm)?$/i;

const refuse = (message: string, fix: string): Result<never> => failed({ code: 'SHR001', message, fix });

/** Everything but links, databases, what a run left, and what git keeps. Refused where opening it again would be. */
export async function packProject(dir: string): Promise<Result<Uint8Array>> {
  try {
    const files = await readAll(dir);
    if (!files.ok) return files;
    const packed = zipSync(toZippable(files.value), { level: 6, mtime: FIXED_TIME });
    const check = readShared(packed);
    return check.ok ? ok(packed) : refuse(`the project can't be shared as it is: ${check.error.message}`, 'Mend what is named, then share again.');
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return refuse(`the project can't be read: ${error.message}`, 'Check that you may read all files of the project.');
  }
}

function toZippable(files: ReadonlyMap<string, Uint8Array>): Zippable {
  const sorted = [...files.keys()].toSorted();
  return Object.fromEntries(sorted.map((path) => [path, [files.get(path)!, {}] as const]));
}

async function readAll(dir: string): Promise<Result<ReadonlyMap<string, Uint8Array>>> {
  const files = new Map<string, Uint8Array>();
  let bytes = 0;
  const paths = await listFiles(dir);
  if (paths.length > MOST_ENTRIES) return refuse(`the project has ${paths.length} files, at most ${MOST_ENTRIES} can be shared`, 'Move files that it does not need elsewhere.');
  for (const path of paths) {
    const read = await readRegularFile(join(dir, path), MOST_BYTES - bytes);
    if (read === undefined) continue;
    if (!('bytes' in read)) return refuse(`the project has more than ${MOST_BYTES} bytes`, 'Move large files that it does not need elsewhere.');
    bytes += read.bytes.length;
    files.set(path, read.bytes);
  }
  return ok(files);
}

async function listFiles(dir: string): Promise<readonly string[]> {
  const found: string[] = [];
  const walk = async (folder: string, depth: number): Promise<void> => {
    for (const entry of await readdir(join(dir, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (found.length > MOST_ENTRIES || LEFT_OUT.has(entry.name) || DATABASE.test(entry.name)) continue;
      if (entry.isDirectory() && depth < DEEPEST_FOLDER) await walk(path, depth + 1);
      else if (entry.isFile() && (await lstat(join(dir, path))).isFile()) found.push(path);
    }
  };
  await walk('', 0);
  return found;
}

/** Old or new, never half. */
export async function writeShared(file: string, bytes: Uint8Array): Promise<Result<null>> {
  const temp = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const handle = await open(temp, 'wx', 0o644);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temp, file);
    return ok(null);
  } catch (error) {
    await unlink(temp).catch(() => undefined);
    if (!isSystemError(error)) throw error;
    return failed({ code: 'SHR002', message: `${shownPath(file)} can't be written: ${error.message}`, fix: 'Choose another place.' });
  }
}
