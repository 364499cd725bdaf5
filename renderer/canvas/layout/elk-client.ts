/** ELK in a worker of its own: loaded when a Flow first needs it, ended where its answer is no longer wanted. */
import ElkConstructor from 'elkjs/lib/elk-api';
import type { DesignView } from '../../../shared/design/design-view';
import { fromElkAnswer, toElkGraph } from './elk-graph';

type Elk = InstanceType<typeof ElkConstructor>;
let idle: Elk | undefined;

const startElk = (): Elk => new ElkConstructor({ workerFactory: () => new Worker(new URL('elkjs/lib/elk-worker.min.js', import.meta.url), { type: 'module' }) });

/** One worker waits for the next request; where two have finished, one is enough. */
function keep(elk: Elk): void {
  idle?.terminateWorker();
  idle = elk;
}

/** `undefined`: cancelled, or ELK could not lay it out (the quick layout then stays). */
export async function layoutWithElk(design: DesignView, folded: ReadonlySet<string>, signal: AbortSignal): Promise<ReturnType<typeof fromElkAnswer> | undefined> {
  if (signal.aborted) return undefined;
  const elk = idle ?? startElk();
  idle = undefined;
  // An answer that nobody waits for still costs its time: the worker goes, and the next request gets a fresh one.
  const onAbort = (): void => elk.terminateWorker();
  signal.addEventListener('abort', onAbort);
  try {
    const answer = await elk.layout(structuredClone(toElkGraph(design, folded)) as Parameters<Elk['layout']>[0]);
    if (signal.aborted) return undefined;
    keep(elk);
    return fromElkAnswer(design, answer);
  } catch (error) {
    if (!signal.aborted) console.error('the layout of the Flow failed', error);
    elk.terminateWorker();
    return undefined;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
