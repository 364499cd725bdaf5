/** Databases in a project, which are never opened: found by their names, as far as is looked. */
import { readdirSync, type Dirent } from 'node:fs';
import { join } from 'node:path';

/** A stranger's folder may be deeper than a path can be long, and hold more than can be listed. */
const DEEPEST_FOLDER = 32;
const MOST_ENTRIES = 20_000;
const DATABASE = /\.(db|sqlite3?)$/i;

/** Paths inside the project, or nothing where its own folder can't be read. What can't be read further in holds none that we would open. */
export function findDatabases(projectDir: string): readonly string[] | undefined {
  const found: string[] = [];
  let entries = 0;
  const walk = (folder: string, depth: number): boolean => {
    const inside = listFolder(join(projectDir, folder));
    for (const entry of inside ?? []) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      entries += 1;
      if (entries > MOST_ENTRIES) return true;
      if (DATABASE.test(entry.name)) found.push(path);
      if (entry.isDirectory() && depth < DEEPEST_FOLDER) walk(path, depth + 1);
    }
    return inside !== undefined;
  };
  return walk('', 0) ? found : undefined;
}

function listFolder(path: string): readonly Dirent[] | undefined {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch {
    return undefined;
  }
}
