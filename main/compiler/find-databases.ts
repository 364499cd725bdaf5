/** Databases in a project, which are never opened: found by their names, as far as is looked. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** A stranger's folder may be deeper than a path can be long, and hold more than can be listed. */
const DEEPEST_FOLDER = 32;
const MOST_ENTRIES = 20_000;
const DATABASE = /\.(db|sqlite3?)$/i;

/** Paths inside the project, or nothing where its own folder can't be read. What can't be read further in holds none that we would open. */
export async function findDatabases(projectDir: string): Promise<readonly string[] | undefined> {
  const found: string[] = [];
  let entries = 0;
  const walk = async (folder: string, depth: number): Promise<boolean> => {
    const inside = await readdir(join(projectDir, folder), { withFileTypes: true }).catch(() => undefined);
    for (const entry of inside ?? []) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      entries += 1;
      if (entries > MOST_ENTRIES) return true;
      if (DATABASE.test(entry.name)) found.push(path);
      if (entry.isDirectory() && depth < DEEPEST_FOLDER) await walk(path, depth + 1);
    }
    return inside !== undefined;
  };
  return (await walk('', 0)) ? found : undefined;
}
