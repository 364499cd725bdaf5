/** Starts the engine's and the simulator's process inside Electron. It works with the fuse `RunAsNode` off, where Node's `fork` does not. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { utilityProcess } from 'electron';
import { unpackedPath } from '../../shared/unpacked-path';
import type { ForkChild } from '../core/fork-child';

/** What Electron's Node knows of security 2.5; its walls are the process, its empty environment and the sandbox inside. */
const FLAGS = ['--no-addons', '--disallow-code-generation-from-strings', '--disable-proto=throw'];

export const forkUtility: ForkChild = (entry, events) => {
  const child = utilityProcess.fork(unpackedPath(join(__dirname, '..', 'child', 'child.cjs')), [pathToFileURL(entry).href], { serviceName: 'engine', env: { TZ: 'UTC' }, stdio: 'ignore', execArgv: FLAGS });
  let isWanted = true;
  let isOver = false;
  const cut = (): void => {
    // Its own `kill` asks with SIGTERM; what hangs must go all the same.
    if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
  };
  child.on('spawn', () => {
    if (!isWanted) cut();
  });
  child.on('message', (text: unknown) => {
    if (!isOver) events.onMessage(parseJson(text));
  });
  child.on('exit', (code) => {
    isOver = true;
    events.onEnd(isWanted ? `exit ${code}` : 'signal SIGKILL');
  });
  return {
    send: (message) => {
      if (!isOver) child.postMessage(JSON.stringify(message));
    },
    kill: () => {
      isWanted = false;
      if (!isOver) cut();
    },
  };
};

/** It runs strangers' code: what is no JSON is told to the core as nothing, which refuses it. */
function parseJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}
