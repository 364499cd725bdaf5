/**
 * `fetch` for calls to a provider, with what the library does not do itself: no redirect is followed (a key is bound to its host), an
 * answer has a bound, and a stream that falls silent is cut off.
 */
import type { CoreWorld } from '../core-world';
import { ModelCallError } from './model-failure';

/** Larger than any answer of a model, with what an event stream puts around it. */
export const MOST_ANSWER_BYTES = 8 * 1024 * 1024;

export type Watch = {
  readonly idleMs: number;
  readonly world: CoreWorld;
  /** Ends the request and all that comes of it. */
  readonly abort: (why: ModelCallError) => void;
};

export function watchedFetch({ idleMs, world, abort }: Watch): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, { ...init, redirect: 'manual' });
    if (response.status >= 300 && response.status < 400) throw new ModelCallError('BadRequest', `${response.status}: the address leads to another one, which is not followed`);
    if (!response.body) return response;
    const silence = (): { readonly cancel: () => void } => world.setTimer(idleMs, () => abort(new ModelCallError('Unavailable', `the answer broke off: nothing came for ${idleMs} ms`)));
    let [bytes, timer] = [0, silence()];
    const watch = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        timer.cancel();
        bytes += chunk.byteLength;
        if (bytes > MOST_ANSWER_BYTES) {
          const tooLarge = new ModelCallError('BadRequest', `the answer is larger than ${MOST_ANSWER_BYTES / 1024 / 1024} MiB`);
          abort(tooLarge);
          return controller.error(tooLarge);
        }
        timer = silence();
        controller.enqueue(chunk);
      },
      flush: () => timer.cancel(),
    });
    const { status, statusText, headers } = response;
    return new Response(response.body.pipeThrough(watch), { status, statusText, headers });
  };
}
