// npm run --silent prismatic -- <command> ...: builds when the sources are newer than the build, then runs the command line.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildIfStale, root } from './build-if-stale.mjs';

if (!buildIfStale()) process.exit(70);
const child = spawn(process.execPath, ['--enable-source-maps', '--no-warnings', join(root, 'dist/core/cli.js'), ...process.argv.slice(2)], {
  stdio: 'inherit',
  cwd: process.env.INIT_CWD ?? process.cwd(),
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
