/**
 * The one channel of an engine or simulator process to the core that started it: Node's own where Node forked it, Electron's parent
 * port where it is a utility process. JSON crosses in both.
 */

/** As Electron gives it to a utility process; always text, so that what crosses is JSON there too. */
type ParentPort = { readonly on: (event: 'message', heard: (event: { readonly data: unknown }) => void) => unknown; readonly postMessage: (text: string) => void };
type ForkedProcess = {
  readonly connected?: boolean;
  readonly send?: (message: object) => unknown;
  readonly on: (event: 'message' | 'disconnect', heard: (raw: unknown) => void) => unknown;
  readonly exit: (code: number) => never;
};

export interface CorePort {
  post(message: object): void;
  onMessage(heard: (raw: unknown) => void): void;
}

export function openCorePort(from: object): CorePort {
  const { parentPort } = from as { readonly parentPort?: ParentPort };
  if (parentPort) {
    return {
      post: (message) => parentPort.postMessage(JSON.stringify(message)),
      // Electron ends its utility processes with itself.
      onMessage: (heard) => void parentPort.on('message', ({ data }) => heard(JSON.parse(String(data)))),
    };
  }
  const forked = from as ForkedProcess;
  // A core that is gone needs no answer.
  forked.on('disconnect', () => forked.exit(0));
  return {
    post: (message) => {
      if (forked.connected) forked.send?.(message);
    },
    onMessage: (heard) => void forked.on('message', heard),
  };
}
