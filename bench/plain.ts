/** What plain JavaScript reaches here: the limits beside which the kernel's figures stand. The same programs as the peers study's. */
import { assert } from '../shared/assert';
import { perSecond, type Measured } from './figure';
import { INPUTS } from './program';

type PlainMessage = { readonly kind: 'cast' | 'call'; readonly input: { readonly text: string }; readonly answer?: (length: number) => void };

/** A mailbox that is an array, emptied by a microtask. */
class PlainActor {
  handled = 0;
  #queue: PlainMessage[] = [];
  #isDraining = false;
  readonly #handle: (message: PlainMessage) => void;

  constructor(handle: (message: PlainMessage) => void) {
    this.#handle = handle;
  }

  send(message: PlainMessage): void {
    this.#queue.push(message);
    if (this.#isDraining) return;
    this.#isDraining = true;
    queueMicrotask(() => this.#drain());
  }

  #drain(): void {
    while (this.#queue.length > 0) {
      const queue = this.#queue;
      this.#queue = [];
      for (const message of queue) {
        this.handled += 1;
        this.#handle(message);
      }
    }
    this.#isDraining = false;
  }
}

/** `senders` push in turn until the window is full, then wait for the microtask. */
export async function plainFanIn(count: number, window: number): Promise<Measured> {
  let seen = 0;
  const actor = new PlainActor(({ input }) => (seen += input.text.length > 0 ? 1 : 0));
  const begin = performance.now();
  for (let sent = 0; sent < count; ) {
    for (let one = 0; one < window; one += 1) actor.send({ kind: 'cast', input: INPUTS[sent++ & 1023]! });
    await Promise.resolve();
  }
  const ms = performance.now() - begin;
  assert(seen === count, 'the plain queue lost messages');
  return perSecond(count, ms);
}

export async function plainCalls(count: number): Promise<Measured> {
  const actor = new PlainActor(({ input, answer }) => answer?.(input.text.length));
  const call = (input: { readonly text: string }): Promise<number> => new Promise((answer) => actor.send({ kind: 'call', input, answer }));
  let sum = 0;
  const begin = performance.now();
  for (let one = 0; one < count; one += 1) sum += await call(INPUTS[one & 1023]!);
  const ms = performance.now() - begin;
  assert(sum >= count, 'the plain actor did not answer');
  return perSecond(count, ms);
}

export async function plainRing(actors: number, hops: number): Promise<Measured> {
  let left = hops;
  let finish = (): void => undefined;
  const ended = new Promise<void>((resolve) => (finish = resolve));
  const ring: PlainActor[] = Array.from({ length: actors }, (_, index) => new PlainActor((message) => {
    left -= 1;
    if (left > 0) ring[(index + 1) % actors]!.send({ kind: 'cast', input: message.input });
    else finish();
  }));
  const begin = performance.now();
  ring[0]!.send({ kind: 'cast', input: INPUTS[0]! });
  await ended;
  return perSecond(hops, performance.now() - begin);
}
