/** Sends a tick over its wire every so often. A tick whose predecessor has not been answered is left out. */
import { findOperation } from '../kernel/door';
import type { Behaviour, Self } from '../kernel/behaviour';
import type { ProgramTimer } from '../../shared/program/program';
import type { Signal } from '../kernel/signal';
import { wiresOf } from './wires';

export class Timer implements Behaviour {
  readonly receives = 'queued';
  readonly trapsExits = false;
  readonly #node: ProgramTimer;
  #tick = 0;
  #open: number | undefined;

  constructor(node: ProgramTimer) {
    this.#node = node;
  }

  start(self: Self): void {
    self.started();
    self.setTimer(this.#node.everyMs, null);
  }

  receive(self: Self, signal: Signal): void {
    if (signal.kind === 'timer') this.#due(self);
    else if (signal.kind === 'reply' && signal.ref === this.#open) {
      this.#open = undefined;
      if (!signal.result.ok) self.log('warn', `tick was not answered: ${signal.result.error.code}: ${signal.result.error.message}`);
    }
  }

  #due(self: Self): void {
    this.#tick += 1;
    if (this.#node.times === undefined || this.#tick < this.#node.times) self.setTimer(this.#node.everyMs, null);
    const wire = wiresOf(self.program, self.node.id, 'out')[0];
    if (!wire || this.#open !== undefined) return;
    const request = { wire, operation: this.#node.operation, input: { tick: this.#tick } };
    const kind = findOperation(self.program, wire.protocol, this.#node.operation)?.kind;
    if (kind === 'cast') self.cast({ ...request, awaited: false });
    else this.#open = self.call(request);
  }

  dispose(): void {
    this.#open = undefined;
  }
}
