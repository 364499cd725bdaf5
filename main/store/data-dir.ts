/** Where a person's data lives: never in the project (contract section 1). */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { findHolder } from './run-lock';

const NAME = 'prismatic-studio';

export function defaultDataDir(env: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform): string {
  if (env['PRISMATIC_DATA_DIR']) return env['PRISMATIC_DATA_DIR'];
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), NAME);
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', NAME);
  return join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), NAME);
}

/** Folder of a project's runs: its name, and a hash of where it is, since two projects may have one name. */
export function runsDir(dataDir: string, projectDir: string): string {
  const name = basename(projectDir).replace(/[^A-Za-z0-9_-]+/g, '-').slice(0, 40) || 'project';
  const place = createHash('sha256').update(projectDir).digest('hex').slice(0, 8);
  return join(dataDir, 'runs', `${name}-${place}`);
}

/** Sorts by time: `20261124T123456789-a1b2c3`. */
export function runFile(folder: string, unixMs: number, salt: string): string {
  const time = new Date(unixMs).toISOString().replace(/[-:.Z]/g, '');
  return join(folder, `${time}-${salt}.db`);
}

/** Run files that nobody holds, oldest first. */
export function unheldRuns(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.db'))
    .map((name) => join(folder, name))
    .filter((file) => findHolder(file) === undefined)
    .toSorted();
}
