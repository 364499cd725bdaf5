/** Passes each message on to one of the nodes wired to its `out`, which answers the caller itself. */
import { callError, type Behaviour, type Self } from '../kernel/behaviour';
import type { ProgramRouter } from '../../shared/program/program';
import type { CallSignal, CastSignal, Signal } from '../kernel/signal';
import { wiresOf } from './wires';

export class Router implements Behaviour {
  readonly receives = 'queued';
  readonly trapsExits = false;
  readonly #strategy: ProgramRouter['strategy'];
  #turn = 0;

  constructor(node: ProgramRouter) {
    this.#strategy = node.strategy;
  }

  start(self: Self): void {
    self.started();
  }

  receive(self: Self, signal: Signal): void {
    if (signal.kind === 'call' || signal.kind === 'cast') this.#route(self, signal);
  }

  #route(self: Self, message: CallSignal | CastSignal): void {
    const targets = wiresOf(self.program, self.node.id, 'out').map(({ to }) => to);
    const first = this.#strategy === 'round_robin' ? this.#turn % targets.length : 0;
    const inOrder = [...targets.slice(first), ...targets.slice(0, first)];
    const target = inOrder.find((node) => self.isReachable(node));
    if (target === undefined) return this.#refuse(self, message);
    this.#turn = targets.indexOf(target) + 1;
    self.forward(message, target);
  }

  #refuse(self: Self, message: CallSignal | CastSignal): void {
    if (message.kind === 'cast') self.drop('noproc', 1);
    else self.reply(message, { ok: false, error: callError('noproc', `no node behind ${self.name} is running`, self.name) });
  }

  dispose(): void {
    this.#turn = 0;
  }
}
