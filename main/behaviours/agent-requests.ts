/** What a code agent's guest has asked for and waits for: the kernel's numbers of calls, timers and streams on one side, the guest's on the other. */
import type { ExitReason } from '../../shared/run/exit-reason';
import { findOperation } from '../kernel/door';
import type { Self } from '../kernel/behaviour';
import type { CallSignal, CastSignal } from '../kernel/signal';
import { AgentStreams, type Due } from './agent-streams';
import type { GuestAnswer, GuestOp } from './guest';
import { wiresOf } from './wires';

export type RequestOp = Exclude<GuestOp, { readonly kind: 'item' | 'log' | 'stop' }>;
type SendOp = Extract<GuestOp, { readonly kind: 'call' | 'cast' | 'open' }>;

export class AgentRequests {
  readonly streams = new AgentStreams();
  /** Kernel ref -> the guest's own number of the request. */
  readonly #requests = new Map<number, number>();
  /** The guest's number of a timer -> the kernel's. */
  readonly #timers = new Map<number, number>();

  /** `message`: the one in hand. Answers why the agent must end, if the guest asked for what its wires do not give. */
  perform(self: Self, op: RequestOp, message: CallSignal | CastSignal | undefined): ExitReason | undefined {
    switch (op.kind) {
      case 'call':
      case 'cast':
      case 'open':
        return this.#sendOver(self, op, message);
      case 'next':
        this.streams.next(self, op);
        return undefined;
      case 'close':
        this.streams.close(self, op.stream);
        return undefined;
      case 'after':
        this.#timers.set(op.timer, self.setTimer(op.ms, { operation: op.operation, input: op.input }));
        return undefined;
      case 'cancel':
        self.cancelTimer(this.#timers.get(op.timer) ?? 0);
        this.#timers.delete(op.timer);
        return undefined;
    }
  }

  #sendOver(self: Self, op: SendOp, message: CallSignal | CastSignal | undefined): ExitReason | undefined {
    const wire = wiresOf(self.program, self.node.id, op.port)[0];
    if (!wire || !findOperation(self.program, wire.protocol, op.operation)) return `crash: nothing is wired to ${op.port}.${op.operation}`;
    const origin = message?.origin ? { origin: message.origin } : {};
    const request = { wire, operation: op.operation, input: op.input, ...origin };
    if (op.kind === 'cast') {
      const ref = self.cast({ ...request, awaited: op.awaited });
      if (op.awaited) this.#requests.set(ref, op.request);
      return undefined;
    }
    const notAfter = message?.kind === 'call' ? { notAfterMs: message.deadlineMs } : {};
    const ref = self.call({ ...request, ...notAfter });
    if (op.kind === 'open') this.streams.open(op.request, ref);
    else this.#requests.set(ref, op.request);
    return undefined;
  }

  /** What the guest is to be resumed with; nothing where the message that wanted it is over. */
  answered(ref: number, answer: GuestAnswer): Due | undefined {
    const request = this.#requests.get(ref);
    this.#requests.delete(ref);
    return request === undefined ? undefined : { request, answer };
  }

  fired(timer: number): void {
    for (const [own, kernels] of this.#timers) if (kernels === timer) this.#timers.delete(own);
  }

  /** With the message ends what it waits for; timers stay. */
  finish(self: Self): void {
    for (const ref of this.#requests.keys()) self.abandon(ref);
    this.#requests.clear();
    this.streams.finish(self);
  }
}
