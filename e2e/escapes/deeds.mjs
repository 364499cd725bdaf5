// What no attempt may do, done openly by a process that is watched in the same way: the watch has to notice each. A child and a
// connection stay for a while, since /proc shows only what is there.
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';

const deeds = {
  process: () => spawn(process.execPath, ['-e', 'setTimeout(() => undefined, 10_000)'], { stdio: 'ignore' }).pid,
  connection: () => new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => connect(server.address().port, '127.0.0.1', resolve));
  }),
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
