// npm start: until the Studio exists, the first example runs, with its numbers and what was restarted.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildIfStale, root } from './build-if-stale.mjs';

if (!buildIfStale()) process.exit(70);
console.log('Prismatic Studio has no window yet. Here is its engine room: assets/examples/word-count, a text counted by three');
console.log('agents on threads of their own, each under a supervisor.\n');
const cli = join(root, 'dist/core/cli.js');
const child = spawn(process.execPath, ['--no-warnings', cli, 'run', join(root, 'assets/examples/word-count')], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => {
  if (code === 0) console.log('\nNext: npm run --silent prismatic -- simulate assets/examples/word-count   (kills one of them on purpose)');
  process.exit(code ?? (signal ? 1 : 0));
});
