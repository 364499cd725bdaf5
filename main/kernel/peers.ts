/** Other hosts: batches from and to them, their coming up and their loss. */
import { assert } from '../../shared/assert';
import { callError } from './behaviour';
import type { Host, Peering } from './host';
import type { Batch } from './ports';
import type { Process } from './process';
import { hostLifeOf, isPid } from './signal';
import type { Envelope } from './signal';

export class Peers implements Peering {
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  sendAway(host: string, envelope: Envelope): void {
    const { links, delivery, journal } = this.#host;
    const link = links.get(host);
    assert(link, `no host ${host}`);
    const { signal, to } = envelope;
    if (!link.isUp) {
      const error = callError('noconnection', `host ${host} is down`, to);
      if (signal.kind === 'call') delivery.refuse(signal, error);
      else if (signal.kind === 'cast') delivery.refuseCast(signal, to, error);
      else if (signal.kind === 'request') delivery.send(signal.from, { kind: 'response', ref: signal.ref, body: { error: 'noconnection' } });
    } else if (signal.kind === 'cast' && signal.ref === undefined && !link.hasRoom) journal.countDrop(to, 'window_full');
    else link.push(envelope);
  }

  /** Sends what has gathered. */
  flush(): void {
    for (const link of this.#host.links.values()) {
      const batch = link.takeBatch(this.#host, () => this.#host.depends());
      if (batch) this.#host.ports.send(link.host, batch);
    }
  }

  receiveBatch(batch: Batch): void {
    const { links, journal, followed, host, life, delivery, starts, deaths } = this.#host;
    const link = links.get(batch.from);
    if (!link || link.life !== batch.life || !link.isUp) {
      journal.countDrop(batch.from, 'stale', batch.messages.length);
      return;
    }
    const hostLife = `${batch.from}#${batch.life}`;
    const number = batch.depends[hostLife];
    journal.recordInput({ type: 'batch.received', from: batch.from, batch: batch.number }, number === undefined ? undefined : { hostLife, number });
    for (const [other, last] of Object.entries(batch.depends)) if ((followed.get(other) ?? 0) < last) followed.set(other, last);
    link.receive(batch);
    for (const { to, signal } of batch.messages) {
      if (signal.kind === 'spawn') starts.spawnHere(signal.from, signal.ref, signal.spawn);
      else if (signal.kind === 'parentGone') deaths.orphan(signal.from, signal.reason);
      else if (isPid(to) && hostLifeOf(to) !== `${host}#${life}`) journal.countDrop(to, 'stale');
      else delivery.send(to, signal);
    }
  }

  welcome(host: string, life: number): void {
    const link = this.#host.links.get(host);
    if (!link) return;
    link.begin(life);
    for (const { envelope, timer } of link.waitingSpawns.splice(0)) {
      this.#host.timers.cancel(timer);
      const { signal } = envelope;
      assert(signal.kind === 'spawn', 'starts wait for a host, nothing else');
      const parent = this.#host.processes.get(signal.from);
      if (!parent) continue;
      // Which life it would be was not known: hosts may have been begun that never got ready.
      (parent.pendingSpawns ??= new Map()).set(signal.ref, `${host}#${life}`);
      link.push(envelope);
    }
  }

  /** Everyone linked, watching or waiting hears `noconnection`, once what the lost life had sent is in the mailboxes. */
  lose(host: string, life: number, reason: string): void {
    const { links, journal, calls, processes } = this.#host;
    const link = links.get(host);
    if (!link?.isUp || link.life !== life) return;
    journal.recordInput({ type: 'host.lost', life, reason: `${host}: ${reason}` });
    link.end();
    calls.failAllTo(host);
    for (const process of [...processes.values()]) this.#tellLoss(process, `${host}#${life}`);
  }

  #tellLoss(process: Process, lost: string): void {
    const { delivery, starts, streams } = this.#host;
    streams.readersLost(process, lost);
    for (const [ref, pid] of [...(process.monitors ?? [])]) if (hostLifeOf(pid) === lost) delivery.toProcess(process, { kind: 'down', ref, from: pid, reason: 'noconnection' });
    for (const pid of [...process.links]) {
      if (hostLifeOf(pid) !== lost || process.status === 'dead') continue;
      delivery.toProcess(process, { kind: 'exit', from: pid, reason: 'noconnection', loss: lost });
    }
    for (const [ref, at] of [...(process.pendingSpawns ?? [])]) if (at === lost) starts.answer(process.pid, { kind: 'spawned', ref, outcome: 'failed', reason: 'noconnection', loss: lost });
  }
}
