/**
 * One press of Ctrl+C arrives several times: the terminal sends it to every process it runs, and npm and our own starter hand it on to
 * theirs as well. Those copies are one wish to stop; a wish that comes later is a second one.
 */
const ONE_PRESS_MS = 500;

/** `onStop` is told at the first wish and at each further one. */
export function onStopSignals(onStop: () => void, nowMs: () => number = () => performance.now()): void {
  let heardMs = -Infinity;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      const sinceMs = nowMs() - heardMs;
      if (sinceMs < ONE_PRESS_MS) return;
      heardMs = nowMs();
      onStop();
    });
  }
}
