/** Calls to supervisors that came from outside their hosts and wait for the answer. */
import type { Json } from '../../shared/json/json';
import type { HostInput } from '../kernel/ports';
import type { HostHandle } from './host-handle';

/** `undefined`: the host was lost first. */
type Tell = (body: Json | undefined) => void;

export class Requests {
  readonly #waiting = new Map<number, { readonly handle: HostHandle; readonly tell: Tell }>();
  #nextRef = 1;

  ask(handle: HostHandle, inputOf: (ref: number) => HostInput, tell: Tell): void {
    const ref = this.#nextRef++;
    this.#waiting.set(ref, { handle, tell });
    handle.send({ type: 'input', input: inputOf(ref) });
  }

  respond(ref: number, body: Json): void {
    this.#end(ref, body);
  }

  lose(handle: HostHandle): void {
    for (const [ref, waiting] of [...this.#waiting]) if (waiting.handle === handle) this.#end(ref, undefined);
  }

  #end(ref: number, body: Json | undefined): void {
    const waiting = this.#waiting.get(ref);
    this.#waiting.delete(ref);
    waiting?.tell(body);
  }
}
