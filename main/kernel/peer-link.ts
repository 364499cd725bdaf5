import type { Depends } from '../../shared/run/engine-protocol';
import type { Batch } from './ports';
import { isBounded, type Envelope } from './signal';

/** Unacknowledged messages of the design that a host may have under way to another (contract section 3). */
export const LINK_WINDOW = 1024;
/** A receiver says what it has taken at the latest after so many, even if it has nothing else to say. */
const ACKNOWLEDGE_EVERY = 256;

/** This host's side of the way to one other host: what waits to be sent, the window, and which life of the other is up. */
export class PeerLink {
  life = 0;
  isUp = false;
  sent = 0;
  received = 0;
  /** Starts that wait until the host is ready again. */
  readonly waitingSpawns: { readonly envelope: Envelope; readonly timer: number }[] = [];
  #outbox: Envelope[] = [];
  /** Calls and awaited casts beyond the window. */
  #held: Envelope[] = [];
  #inWindow = 0;
  #sentBounded = 0;
  #acknowledged = 0;
  #takenBounded = 0;
  #toldTaken = 0;
  #batches = 0;

  readonly host: string;

  constructor(host: string) {
    this.host = host;
  }

  get hasRoom(): boolean {
    return this.#inWindow < LINK_WINDOW && this.#held.length === 0;
  }

  get heldCount(): number {
    return this.#held.length;
  }

  push(envelope: Envelope): void {
    if (isBounded(envelope.signal) && !this.hasRoom) this.#held.push(envelope);
    else this.#admit(envelope);
  }

  #admit(envelope: Envelope): void {
    if (isBounded(envelope.signal)) {
      this.#sentBounded += 1;
      this.#inWindow += 1;
    }
    this.#outbox.push(envelope);
  }

  /** What came with a batch: frees the window, and counts what this host has taken. */
  receive(batch: Batch): void {
    this.received += batch.messages.length;
    for (const envelope of batch.messages) if (isBounded(envelope.signal)) this.#takenBounded += 1;
    this.#acknowledged = batch.acknowledged;
    this.#inWindow = this.#sentBounded - this.#acknowledged;
    while (this.#held.length > 0 && this.#inWindow < LINK_WINDOW) this.#admit(this.#held.shift()!);
  }

  /** The next batch, if there is something to say. */
  takeBatch(own: { readonly host: string; readonly life: number }, depends: () => Depends): Batch | undefined {
    if (!this.isUp) return undefined;
    if (this.#outbox.length === 0 && this.#takenBounded - this.#toldTaken < ACKNOWLEDGE_EVERY) return undefined;
    const messages = this.#outbox;
    this.#outbox = [];
    this.sent += messages.length;
    this.#toldTaken = this.#takenBounded;
    this.#batches += 1;
    return { from: own.host, life: own.life, number: this.#batches, acknowledged: this.#takenBounded, depends: depends(), messages };
  }

  /** A new life begins with empty counters; what was under way to the old one is lost with it. */
  begin(life: number): void {
    this.life = life;
    this.isUp = true;
    this.#batches = 0;
    this.#resetCounters();
  }

  end(): void {
    this.isUp = false;
    this.#resetCounters();
  }

  #resetCounters(): void {
    this.#outbox = [];
    this.#held = [];
    this.#inWindow = this.#sentBounded = this.#acknowledged = this.#takenBounded = this.#toldTaken = 0;
    this.sent = this.received = 0;
  }
}
