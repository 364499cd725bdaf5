/** Writes files of a project so that each is old or new and never half: temp file in the same folder, fsync, rename, fsync of the folder. */
import { randomBytes } from 'node:crypto';
import { lstat, mkdir, open, readdir, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isProcessAlive } from '../../store/process-alive';
import { isSystemError } from './read-folder';

/** `text` absent: the file goes. */
export type FileWrite = { readonly path: string; readonly text?: string };

const TEMP_NAME = /^\.prismatic-(\d+)-[0-9a-f]{12}\.tmp$/;

/** Stops at the first failure, with the system's error; files before it are written. Answers through `onWritten` one by one. */
export async function writeFiles(root: string, writes: readonly FileWrite[], onWritten: (write: FileWrite) => void): Promise<void> {
  for (const write of writes) {
    await checkWay(root, write.path);
    if (write.text === undefined) await removeFile(join(root, write.path));
    else await replaceFile(join(root, write.path), write.text);
    onWritten(write);
  }
}

/** A folder on the way that is a link would lead the file out of the project. */
async function checkWay(root: string, path: string): Promise<void> {
  const parts = path.split('/').slice(0, -1);
  for (let count = 0; count <= parts.length; count += 1) {
    const at = join(root, ...parts.slice(0, count));
    const found = await lstat(at).catch((error: unknown) => {
      if (count > 0 && isSystemError(error) && error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (!found) return;
    if (!found.isDirectory()) throw Object.assign(new Error(`${at} is no folder of the project`), { code: 'ENOTDIR' });
  }
}

async function replaceFile(path: string, text: string): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  const known = await lstat(path).catch(() => undefined);
  const temp = join(folder, `.prismatic-${process.pid}-${randomBytes(6).toString('hex')}.tmp`);
  try {
    const file = await open(temp, 'wx', known?.isFile() ? known.mode & 0o777 : 0o666);
    try {
      await file.writeFile(text, 'utf8');
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temp, path);
  } catch (error) {
    await unlink(temp).catch(() => undefined);
    throw error;
  }
  await syncFolder(folder);
}

async function removeFile(path: string): Promise<void> {
  await unlink(path).catch((error: unknown) => {
    if (!isSystemError(error) || error.code !== 'ENOENT') throw error;
  });
  await syncFolder(dirname(path));
}

/** Windows opens no folders; there the rename itself is on the disk. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r').catch((error: unknown) => {
    if (isSystemError(error) && error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!handle) return;
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Temp files that a killed process left behind. */
export async function removeLeftovers(root: string, folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    for (const name of await readdir(join(root, folder)).catch(() => [])) {
      const pid = Number(TEMP_NAME.exec(name)?.[1] ?? 0);
      if (pid > 0 && (pid === process.pid || !isProcessAlive({ pid, startedAt: '' }))) await unlink(join(root, folder, name)).catch(() => undefined);
    }
  }
}
