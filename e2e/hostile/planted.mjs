// Loaded into the server for one test: at a signal it does what nothing that it opens may make it do, so that one sees that this is seen.
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { isMainThread } from 'node:worker_threads';

const { HOME, PLANTED_PORT } = process.env;
if (isMainThread && PLANTED_PORT !== undefined) {
  process.on('SIGUSR2', () => {
    spawn('/bin/sleep', ['0.5'], { stdio: 'ignore' });
    const socket = connect(Number(PLANTED_PORT), '127.0.0.1');
    socket.on('error', () => undefined);
    setTimeout(() => socket.destroy(), 500);
    mkdirSync(`${HOME}/planted`);
    writeFileSync(`${HOME}/planted/file`, 'planted');
  });
}
