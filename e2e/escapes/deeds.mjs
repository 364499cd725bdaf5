// What no attempt may do, done openly by a process that is watched in the same way: the watch has to notice each.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';

const deeds = {
  process: () => spawnSync(process.execPath, ['--version']),
  connection: () => new Promise((resolve) => connect(9, '127.0.0.1').on('error', resolve).on('connect', resolve)),
  write: () => writeFileSync('canary', 'gone'),
  read: () => readFileSync('canary', 'utf8').length,
  canary: () => readFileSync('canary', 'utf8'),
  memory: () => Buffer.alloc(500 * 1024 * 1024, 1).length,
};

process.on('message', async ({ deed }) => {
  const told = await deeds[deed]();
  process.send({ told: typeof told === 'string' ? told : 'done' });
});
process.send({ told: 'ready' });
