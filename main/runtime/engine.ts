/** Entry of the engine process. It speaks to the core over one channel and does nothing before it is told to. */
import { assert } from '../../shared/assert';
import type { FromEngine, ToEngine } from '../../shared/run/engine-protocol';
import { EngineRun } from './engine-run';
import { parseToEngine } from './parse-to-engine';

const HEARTBEAT_MS = 250;

const post = (message: FromEngine): void => {
  // A core that is gone needs no answer; `disconnect` ends this process.
  if (process.connected) process.send?.(message);
};

let run: EngineRun | undefined;

function receive(message: ToEngine): void {
  if (message.type === 'start') {
    assert(!run, 'an engine process runs one design');
    run = new EngineRun(message, post);
  } else {
    assert(run, 'start comes first');
    run.receive(message);
  }
}

process.on('message', (raw) => receive(parseToEngine(raw)));
process.on('disconnect', () => process.exit(0));
process.on('uncaughtException', (error) => {
  post({ type: 'fatal', message: `${error.name}: ${error.message}` });
  setTimeout(() => process.exit(1), 50);
});
setInterval(() => post({ type: 'heartbeat', rssBytes: process.memoryUsage.rss() }), HEARTBEAT_MS);
post({ type: 'ready' });
