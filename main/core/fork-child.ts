/**
 * How the core starts the processes that run strangers' handlers (the engine, the simulator): JSON text in, JSON text out, an end.
 * Node forks; Electron gives its own way (main/app/fork-utility.ts). Neither passes on environment, files or standard streams.
 */
import { fork } from 'node:child_process';
import { dirname, join } from 'node:path';

export type ChildEvents = {
  readonly onMessage: (raw: unknown) => void;
  /** Once, after the last message: `exit 1`, `signal SIGKILL`, `could not be started: ...`. */
  readonly onEnd: (reason: string) => void;
};
export interface CoreChild {
  /** A message to a child that is just ending is lost with it; `onEnd` comes. */
  send(message: object): void;
  /** At once, without asking it. */
  kill(): void;
}
export type ForkChild = (entry: string, events: ChildEvents) => CoreChild;

/**
 * Flags of security 2.5: no files but the engine's own code, no addons, no SQLite, no code from strings. A build has a folder for
 * that code; an exported bundle lies flat beside its data, so there the two files are named.
 */
export function engineFlags(entry: string): readonly string[] {
  const readable = entry.endsWith('.mjs') ? [entry, join(dirname(entry), 'host.mjs')] : [`${dirname(entry)}/*`];
  return ['--permission', '--allow-worker', ...readable.map((path) => `--allow-fs-read=${path}`), '--no-addons', '--no-experimental-sqlite', '--disallow-code-generation-from-strings', '--disable-proto=throw', '--no-warnings'];
}

export const forkInNode: ForkChild = (entry, events) => {
  const child = fork(entry, { execArgv: [...engineFlags(entry)], env: { TZ: 'UTC' }, stdio: ['ignore', 'ignore', 'ignore', 'ipc'], serialization: 'json' });
  let isOver = false;
  const end = (reason: string): void => {
    if (isOver) return;
    isOver = true;
    events.onEnd(reason);
  };
  child.on('message', events.onMessage);
  child.on('error', (error) => end(`could not be started: ${error.message}`));
  child.on('close', (code, signal) => end(signal ? `signal ${signal}` : `exit ${code ?? 'unknown'}`));
  return {
    send: (message) => {
      if (!isOver && child.connected) child.send(message, () => undefined);
    },
    kill: () => void child.kill('SIGKILL'),
  };
};
