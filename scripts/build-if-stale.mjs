// Builds dist/ when it is absent or older than any source. Words of the build go to stderr: stdout belongs to the program.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');
/** Written last, by a build of everything. */
const built = join(root, 'dist/built');

const newest = (dir) =>
  readdirSync(join(root, dir), { recursive: true })
    .filter((name) => /\.(ts|tsx|css|html|svg|woff2)$/.test(name) && !name.includes('.test.'))
    .reduce((latest, name) => Math.max(latest, statSync(join(root, dir, name)).mtimeMs), 0);

/** Answers whether a build stands at the end. */
export function buildIfStale() {
  const sources = Math.max(newest('main'), newest('shared'), newest('renderer'), statSync(join(root, 'vite.config.ts')).mtimeMs);
  if (existsSync(built) && statSync(built).mtimeMs >= sources) return true;
  const run = spawnSync(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--app', '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  return run.status === 0;
}
