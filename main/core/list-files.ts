import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Paths of the files below a folder, relative to it and with `/`; none where it is not there. Links are not followed. By hand: the Node
 * inside an older Electron knows no recursive `readdir`.
 */
export async function listFiles(folder: string): Promise<readonly string[]> {
  const entries: readonly Dirent[] = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const found: string[] = [];
  for (const entry of entries) {
    if (entry.isFile()) found.push(entry.name);
    else if (entry.isDirectory()) found.push(...(await listFiles(join(folder, entry.name))).map((path) => `${entry.name}/${path}`));
  }
  return found;
}
