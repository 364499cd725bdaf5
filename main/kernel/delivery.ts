/** How a signal reaches its process: over names and pids, through the door and the bounds of a mailbox; and what is said where nobody is. */
import type { CallError } from '../../shared/run/call-failure';
import { callError } from './behaviour';
import { refuseAtDoor } from './door';
import type { Delivering, Host } from './host';
import type { Process } from './process';
import { SignalQueue } from './signal-queue';
import { hostLifeOf, hostOf, isPid, OUTSIDE, outsideOf } from './signal';
import type { AcceptedSignal, Address, CallSignal, CastSignal, ExitSignal, KernelSignal, Pid, ReplySignal, Signal } from './signal';

export class Delivery implements Delivering {
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  send(to: Address, signal: Signal | KernelSignal): void {
    const host = this.#host;
    // Most messages go to a name of this host. No pid is a name.
    const process = host.names.get(to);
    if (process !== undefined && host.hostOfNode(to) === host.host) return this.toProcess(process, signal as Signal);
    if (to === OUTSIDE) return host.calls.answerOutside(signal);
    if (isPid(to)) return this.toPid(to, signal);
    const target = host.hostOfNode(to);
    if (target === host.host) this.toName(to, signal as Signal);
    else host.peers.sendAway(target, { to, signal });
  }

  toName(name: string, signal: Signal): void {
    const process = this.#host.names.get(name);
    if (process) return this.toProcess(process, signal);
    if (signal.kind === 'call') this.refuse(signal, callError('noproc', `${name} is not running`, name));
    else if (signal.kind === 'cast') this.refuseCast(signal, name, callError('noproc', `${name} is not running`, name));
    else if (signal.kind === 'request') this.send(signal.from, { kind: 'response', ref: signal.ref, body: { error: 'noproc' } });
  }

  /** To that incarnation alone: the next one asks for itself. */
  toIncarnation(name: string, incarnation: number | undefined, signal: Signal): void {
    const process = this.#host.names.get(name);
    if (process && process.incarnation === incarnation) this.toProcess(process, signal);
  }

  toPid(pid: Pid, signal: Signal | KernelSignal): void {
    const process = this.#host.processes.get(pid);
    if (process) return this.#toLocal(process, signal);
    const target = hostOf(pid);
    if (pid === outsideOf(this.#host.host, this.#host.life)) return this.#host.calls.answerOutside(signal);
    if (target === this.#host.host) return signal.kind === 'spawn' ? this.#host.starts.spawnHere(signal.from, signal.ref, signal.spawn) : this.#toDead(pid, signal);
    const link = this.#host.links.get(target);
    if (link?.isUp && hostLifeOf(pid) === `${target}#${link.life}`) link.push({ to: pid, signal });
    else this.#toLost(pid, signal);
  }

  /** Nothing that a dead life should have heard is ever told to the next; who waits for an answer has it from here. */
  #toLost(pid: Pid, signal: Signal | KernelSignal): void {
    if (signal.kind === 'link') this.send(signal.from, { kind: 'exit', from: pid, reason: 'noconnection' });
    else if (signal.kind === 'monitor') this.send(signal.from, { kind: 'down', ref: signal.ref, from: pid, reason: 'noconnection' });
    else if (signal.kind === 'request') this.send(signal.from, { kind: 'response', ref: signal.ref, body: { error: 'noconnection' } });
    else if (signal.kind === 'streamItem') this.#host.streams.unread(pid, signal);
  }

  #toLocal(process: Process, signal: Signal | KernelSignal): void {
    switch (signal.kind) {
      case 'spawn':
        return this.#host.starts.spawnHere(signal.from, signal.ref, signal.spawn);
      case 'forwarded':
        return this.#host.calls.retarget(signal.ref, signal.to);
      case 'link':
        process.links.add(signal.from);
        return;
      case 'unlink':
        process.links.delete(signal.from);
        return;
      case 'monitor':
        (process.watchers ??= []).push({ pid: signal.from, ref: signal.ref });
        return;
      case 'demonitor':
        process.watchers = process.watchers?.filter((watcher) => watcher.pid !== signal.from || watcher.ref !== signal.ref);
        return;
      case 'parentGone':
        return;
      default:
        this.toProcess(process, signal);
    }
  }

  #toDead(pid: Pid, signal: Signal | KernelSignal): void {
    if (signal.kind === 'link') this.send(signal.from, { kind: 'exit', from: pid, reason: 'noproc' });
    // A child whose parent died while it was starting.
    else if (signal.kind === 'spawned' && signal.outcome === 'started') this.send(signal.pid, { kind: 'exit', from: pid, reason: 'killed' });
    else if (signal.kind === 'monitor') this.send(signal.from, { kind: 'down', ref: signal.ref, from: pid, reason: 'noproc' });
    else if (signal.kind === 'request') this.send(signal.from, { kind: 'response', ref: signal.ref, body: { error: 'noproc' } });
    else if (signal.kind === 'streamItem') this.#host.streams.unread(pid, signal);
    else if (signal.kind === 'reply') this.#host.journal.countDrop(pid, 'late_reply');
  }

  toProcess(process: Process, signal: Signal): void {
    switch (signal.kind) {
      case 'call':
      case 'cast':
        return this.#toMailbox(process, signal);
      case 'reply':
      case 'accepted':
        return this.#toCaller(process, signal);
      case 'streamItem':
        return this.#host.streams.receiveItem(process, this.#host.calls.find(process, signal.ref), signal);
      case 'demand':
      case 'cancel':
        return this.#host.streams.fromReader(process, signal);
      case 'timer':
      case 'effectItem':
      case 'effectAnswer':
        return this.#put(process, signal);
      case 'kill':
        return this.#host.deaths.end(process, 'killed');
      case 'exit':
        return this.#exit(process, signal);
      case 'down':
        process.monitors?.delete(signal.ref);
        break;
      case 'spawned':
        process.pendingSpawns?.delete(signal.ref);
        if (signal.outcome === 'started') process.links.add(signal.pid);
        break;
      default:
        break;
    }
    process.mailbox.push(signal);
    this.#host.turns.schedule(process);
  }

  #toCaller(process: Process, signal: ReplySignal | AcceptedSignal): void {
    const open = this.#host.calls.close(process, signal.ref, signal.kind === 'reply' ? !signal.result.ok : signal.error !== undefined);
    if (!open) return this.#host.journal.countDrop(process.name, 'late_reply');
    if (open.owner && signal.kind === 'reply') return open.owner.settled(signal.result);
    this.#put(process, signal);
  }

  urgent(process: Process, signal: Signal): void {
    if (process.status !== 'dead') this.#put(process, signal);
  }

  /** What a process in the middle of a message waits for comes at once; one that receives selectively picks for itself. */
  #put(process: Process, signal: Signal): void {
    (process.behaviour.receives === 'queued' ? (process.urgent ??= new SignalQueue()) : process.mailbox).push(signal);
    this.#host.turns.schedule(process);
  }

  #exit(process: Process, exit: ExitSignal): void {
    if (!exit.request) process.links.delete(exit.from);
    if (process.behaviour.trapsExits) {
      process.mailbox.push(exit);
      this.#host.turns.schedule(process);
    } else if (exit.reason !== 'normal') this.#host.deaths.end(process, exit.reason);
  }

  #toMailbox(process: Process, message: CallSignal | CastSignal): void {
    const refusal = refuseAtDoor(this.#host.program, process.node, message);
    if (refusal) return message.kind === 'call' ? this.refuse(message, refusal) : this.refuseCast(message, process.name, refusal);
    if (process.boundedCount >= process.bound) return this.#full(process, message);
    process.boundedCount += 1;
    process.mailbox.push(message);
    if (message.kind === 'cast' && message.ref !== undefined) this.send(message.from, { kind: 'accepted', ref: message.ref });
    this.#host.turns.schedule(process);
  }

  #full(process: Process, message: CallSignal | CastSignal): void {
    if (message.kind === 'call') this.refuse(message, callError('overloaded', `the mailbox of ${process.name} is full (${process.bound})`, process.name));
    else if (message.ref === undefined) this.#host.journal.countDrop(process.name, 'mailbox_full');
    else (process.blocked ??= []).push(message);
  }

  refuse(call: CallSignal, error: CallError): void {
    this.send(call.from, { kind: 'reply', ref: call.ref, result: { ok: false, error } });
  }

  /** Told to a sender that waits; counted where nobody does. */
  refuseCast(cast: CastSignal, to: string, error: CallError): void {
    if (cast.ref !== undefined) return this.send(cast.from, { kind: 'accepted', ref: cast.ref, error });
    const { code } = error;
    this.#host.journal.countDrop(to, code === 'invalid' || code === 'noproc' || code === 'noconnection' ? code : 'process_exited');
  }
}
