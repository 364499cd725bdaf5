/** A supervisor that can be kept from handling anything, as OTP's `sys:suspend` does: for the bursts of cases. */
import type { Json } from '../../../shared/json/json';
import type { Behaviour, Self } from '../../kernel/behaviour';
import { OUTSIDE, type Signal } from '../../kernel/signal';

/** Bodies of requests that the supervisor itself never sees, and that nobody answers. */
export const HOLD: Json = { case: 'hold' };
export const RELEASE: Json = { case: 'release' };

const asks = (signal: Signal, what: Json): boolean => signal.kind === 'request' && signal.from === OUTSIDE && JSON.stringify(signal.body) === JSON.stringify(what);

export class HeldSupervisor implements Behaviour {
  readonly receives = 'selective';
  readonly trapsExits = true;
  readonly #supervisor: Behaviour;
  readonly #onBegin: (self: Self) => void;

  constructor(supervisor: Behaviour, onBegin: (self: Self) => void) {
    this.#supervisor = supervisor;
    this.#onBegin = onBegin;
  }

  start(self: Self): void {
    this.#onBegin(self);
    this.#supervisor.start(self);
  }

  /** The supervisor takes a request only where it waits for anything: so it does when it is released, behind all that came meanwhile. */
  receive(self: Self, signal: Signal): void {
    if (asks(signal, HOLD)) self.select((one) => asks(one, RELEASE));
    else if (asks(signal, RELEASE)) self.select();
    else this.#supervisor.receive(self, signal);
  }

  dispose(): void {
    this.#supervisor.dispose();
  }
}
