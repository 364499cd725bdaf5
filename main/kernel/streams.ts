/**
 * Calls that are answered by a sequence. Items go to the caller, its demand comes back, and an item that nobody waits for any more is
 * answered by `cancel`: whatever crosses whatever on the way, a stream without a reader ends. One that has to wait for demand ends with
 * the deadline of its call. Back-pressure as in Reactive Streams (section 1, rule 1.1): never more items than were asked for.
 */
import type { Json } from '../../shared/json/json';
import type { Host, OpenCall, Streaming } from './host';
import type { Process } from './process';
import { hostLifeOf } from './signal';
import type { CallSignal, CancelSignal, DemandSignal, Pid, StreamItemSignal } from './signal';

export class Streams implements Streaming {
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  // ---- who answers ----

  sendItem(process: Process, call: CallSignal, value: Json): void {
    if (!process.unanswered?.has(call)) return;
    const streams = (process.streams ??= new Map());
    if (!streams.has(call)) streams.set(call, this.#host.timers.set({ atMs: call.deadlineMs, pid: process.pid, fire: () => this.#cancel(process, call) }));
    this.#host.delivery.toPid(call.from, { kind: 'streamItem', ref: call.ref, from: process.pid, value });
  }

  /** The call has been answered to its end. */
  ended(process: Process, call: CallSignal): void {
    const timer = process.streams?.get(call);
    if (timer === undefined) return;
    process.streams!.delete(call);
    this.#host.timers.cancel(timer);
  }

  fromReader(process: Process, signal: DemandSignal | CancelSignal): void {
    for (const call of process.streams?.keys() ?? []) {
      if (call.ref !== signal.ref || call.from !== signal.from) continue;
      if (signal.kind === 'cancel') this.#cancel(process, call);
      else this.#host.delivery.urgent(process, signal);
      return;
    }
  }

  /** Nobody hears what is still said to the call. */
  #cancel(process: Process, call: CallSignal): void {
    this.ended(process, call);
    process.unanswered?.delete(call);
    this.#host.delivery.urgent(process, { kind: 'cancel', ref: call.ref, from: call.from });
  }

  readersLost(process: Process, hostLife: string): void {
    for (const call of [...(process.streams?.keys() ?? [])]) if (hostLifeOf(call.from) === hostLife) this.#cancel(process, call);
  }

  bury(process: Process): void {
    for (const call of [...(process.streams?.keys() ?? [])]) this.ended(process, call);
  }

  // ---- who reads ----

  receiveItem(process: Process, open: OpenCall | undefined, item: StreamItemSignal): void {
    if (!open) return this.unread(process.pid, item);
    open.provider = item.from;
    if (open.owner) open.owner.item(item.value);
    else this.#host.delivery.urgent(process, item);
  }

  /** Nobody waits for the item: its call, its process or their host is gone. */
  unread(reader: Pid, { ref, from }: StreamItemSignal): void {
    this.#host.delivery.toPid(from, { kind: 'cancel', ref, from: reader });
  }

  /** Where no item has come yet, the first one is answered by it. */
  abandoned(reader: Pid, ref: number, { provider }: OpenCall): void {
    if (provider !== undefined) this.#host.delivery.toPid(provider, { kind: 'cancel', ref, from: reader });
  }
}
