/** Entry of the engine process. It speaks to the core over one channel and does nothing before it is told to. */
import { assert } from '../../shared/assert';
import { openCorePort } from '../../shared/run/core-port';
import type { FromEngine, ToEngine } from '../../shared/run/engine-protocol';
import { EngineRun } from './engine-run';
import { parseToEngine } from './parse-to-engine';

const HEARTBEAT_MS = 250;

const core = openCorePort(process);
const post = (message: FromEngine): void => core.post(message);

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

core.onMessage((raw) => receive(parseToEngine(raw)));
process.on('uncaughtException', (error) => {
  post({ type: 'fatal', message: `${error.name}: ${error.message}` });
  setTimeout(() => process.exit(1), 50);
});
setInterval(() => post({ type: 'heartbeat', rssBytes: process.memoryUsage.rss(), hasSpare: run?.hasSpare ?? false }), HEARTBEAT_MS);
post({ type: 'ready' });
