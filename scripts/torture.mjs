// npm run torture [-- kills [seed]]: kills core and engine of real runs, 200 times unless told otherwise, and judges what is left.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildIfStale, root } from './build-if-stale.mjs';

const [kills = '200', seed = String(Math.floor(Math.random() * 1e6))] = process.argv.slice(2);
if (![kills, seed].every((word) => /^\d+$/.test(word))) {
  process.stderr.write('npm run torture -- [how many kills] [seed], both whole numbers\n');
  process.exit(2);
}
if (!buildIfStale()) process.exit(70);
process.stderr.write(`${kills} kills, seed ${seed}\n`);
const { status } = spawnSync(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', 'e2e/torture.test.ts'], { cwd: root, stdio: 'inherit', env: { ...process.env, TORTURE_KILLS: kills, TORTURE_SEED: seed } });
process.exit(status ?? 1);
