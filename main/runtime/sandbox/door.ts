/** The one door of a guest: what it may ask for, checked and counted on this side. */
import type { Json } from '../../../shared/json/json';
import type { LogLevel } from '../../../shared/journal/record';
import type { GuestAnswer, GuestOp, GuestOutcome } from '../../behaviours/guest';
import { crashReason, toLine } from './crash-reason';
import { isStreamOf, type GuestDesign } from './guest-config';
import { parseGuestJson } from './guest-data';
import type { Limits } from './limits';
import { OpenStreams } from './open-streams';

const LEVELS: ReadonlySet<string> = new Set<LogLevel>(['debug', 'info', 'warn', 'error']);

type Conclusion = 'done' | 'error' | 'fail';

export class Door {
  readonly #design: GuestDesign;
  readonly #limits: Limits;
  #ops: GuestOp[] = [];
  #outcome: GuestOutcome | undefined;
  #isOpen = false;
  #message = 0;
  #count = 0;
  #characters = 0;
  #nextRequest = 1;
  #nextTimer = 1;
  /** Requests of the message in hand that will be answered. */
  readonly #unanswered = new Set<number>();
  readonly #streams: OpenStreams;

  constructor(design: GuestDesign, limits: Limits) {
    this.#design = design;
    this.#limits = limits;
    this.#streams = new OpenStreams(limits.streams);
  }

  /** A new message: its operations are counted from zero, and only its own end is listened to. Answers its number. */
  openForMessage(message?: { readonly protocol: string; readonly operation: string }): number {
    this.#count = this.#characters = 0;
    this.#unanswered.clear();
    this.#streams.begin(message !== undefined && isStreamOf(this.#design.streams, message));
    this.#message += 1;
    this.#open();
    return this.#message;
  }

  /**
   * A message may live as long as a stream, so its operations are counted anew for each item that it took or gave: an item is paid
   * for by a turn and by the other side, which has to send it or to take it.
   */
  openForAnswer(request: number, answer: GuestAnswer): void {
    this.#unanswered.delete(request);
    if (this.#streams.answered(request, !answer.ok || answer.done === true)) this.#count = this.#characters = 0;
    this.#open();
  }

  #open(): void {
    this.#ops = [];
    this.#outcome = undefined;
    this.#isOpen = true;
  }

  close(): { readonly ops: readonly GuestOp[]; readonly outcome: GuestOutcome } {
    this.#isOpen = false;
    return { ops: this.#ops, outcome: this.#outcome ?? this.#unsettled() };
  }

  #unsettled(): GuestOutcome {
    if (this.#unanswered.size > 0) return { status: 'waiting' };
    return { status: 'crashed', reason: 'crash: the handler awaits something that can never happen' };
  }

  /** Throws what the guest sees as an exception of its own. Answers a number where an operation has one. */
  pass(op: string, name: string, json: string): number {
    const { nameLength, valueLength, operations, operationCharacters } = this.#limits;
    if (json.length > valueLength) throw new RangeError(`a value has at most ${valueLength} characters of JSON; this one has ${json.length}`);
    if (name.length > nameLength) throw new RangeError(`a name has at most ${nameLength} characters; this one has ${name.length}`);
    if (op === 'done' || op === 'error' || op === 'fail') return this.#conclude(op, Number(name), json);
    if (!this.#isOpen || this.#outcome !== undefined) {
      if (op === 'close') return 0; // It ended with its message.
      throw new TypeError('no message is being handled');
    }
    this.#count += 1;
    this.#characters += json.length;
    if (this.#count > operations) throw new RangeError(`a message has at most ${operations} operations`);
    if (this.#characters > operationCharacters) throw new RangeError(`the operations of a message have at most ${operationCharacters} characters of JSON together`);
    return this.#perform(op, name, json);
  }

  #perform(op: string, name: string, json: string): number {
    switch (op) {
      case 'call':
      case 'cast':
        return this.#send(op, name, json);
      case 'stream':
        return this.#openStream(name, json);
      case 'next':
        return this.#askForItem(Number(name));
      case 'close':
        return this.#closeStream(Number(name));
      case 'item':
        return this.#giveItem(json);
      case 'await':
        return this.#markAwaited(Number(name));
      case 'after':
        return this.#setTimer(name, json);
      case 'cancel':
        if (!Number.isSafeInteger(Number(name))) throw new TypeError('cancel takes the number that after answered');
        return this.#push({ kind: 'cancel', timer: Number(name) });
      case 'log':
        if (!LEVELS.has(name)) throw new TypeError(`the log has no level ${name}`);
        return this.#push({ kind: 'log', level: name as LogLevel, text: json.slice(0, this.#limits.logLength) });
      case 'stop':
        if (toLine(name) === '') throw new TypeError('stop takes a reason');
        return this.#push({ kind: 'stop', reason: toLine(name) });
      default:
        throw new TypeError(`there is no operation ${op.slice(0, 20)}`);
    }
  }

  #push(op: GuestOp): number {
    this.#ops.push(op);
    return 0;
  }

  #send(kind: 'call' | 'cast', name: string, json: string): number {
    const target = this.#targetOf(kind, name, json);
    const request = kind === 'call' ? this.#await(this.#nextRequest++) : this.#nextRequest++;
    this.#push(kind === 'call' ? { kind, request, ...target } : { kind, request, ...target, awaited: false });
    return request;
  }

  #targetOf(kind: 'call' | 'cast' | 'stream', name: string, json: string): { readonly port: string; readonly operation: string; readonly input: Json } {
    const dot = name.indexOf('.');
    const [port, operation] = [name.slice(0, dot), name.slice(dot + 1)];
    const known = Object.hasOwn(this.#design.ports, port) ? this.#design.ports[port]! : {};
    if (!Object.hasOwn(known, operation) || known[operation] !== kind) throw new TypeError(`nothing is wired to ${name}`);
    return { port, operation, input: parseGuestJson(json, this.#limits.valueDepth) };
  }

  /** Counted anew for each item, requests could pile up without this bound. */
  #await(request: number): number {
    const { operations } = this.#limits;
    if (this.#unanswered.size >= operations) throw new RangeError(`a message has at most ${operations} requests that are not answered`);
    this.#unanswered.add(request);
    return request;
  }

  #openStream(name: string, json: string): number {
    const target = this.#targetOf('stream', name, json);
    this.#streams.assertRoom();
    const request = this.#nextRequest++;
    this.#streams.open(request);
    this.#push({ kind: 'open', request, ...target });
    return request;
  }

  #askForItem(stream: number): number {
    const request = this.#nextRequest++;
    this.#streams.ask(stream, request);
    this.#push({ kind: 'next', request: this.#await(request), stream });
    return request;
  }

  #closeStream(stream: number): number {
    const asked = this.#streams.close(stream);
    if (asked === undefined) return 0;
    this.#unanswered.delete(asked);
    return this.#push({ kind: 'close', stream });
  }

  #giveItem(json: string): number {
    const value = parseGuestJson(json, this.#limits.valueDepth);
    const request = this.#nextRequest++;
    this.#streams.give(request);
    this.#push({ kind: 'item', request: this.#await(request), value });
    return request;
  }

  /**
   * Only a cast of this very turn can still become awaited. Later it has been sent, with no word to come back: 0 then, and the
   * guest goes on at once.
   */
  #markAwaited(request: number): number {
    const index = this.#ops.findIndex((op) => op.kind === 'cast' && op.request === request);
    const cast = this.#ops[index];
    if (cast?.kind !== 'cast') return 0;
    this.#ops[index] = { ...cast, awaited: true };
    this.#await(request);
    return 1;
  }

  /** `json`: milliseconds, a space, the input. */
  #setTimer(operation: string, json: string): number {
    const space = json.indexOf(' ');
    const ms = Number(json.slice(0, space));
    if (space < 1 || !(ms >= 0 && ms <= this.#limits.timerMs)) throw new RangeError(`after takes 0 to ${this.#limits.timerMs} milliseconds`);
    if (this.#isStreamOfOwn(operation)) throw new TypeError(`after sends a cast to the agent itself, and ${operation} is a stream: nobody would read it`);
    const timer = this.#nextTimer++;
    this.#push({ kind: 'after', timer, ms, operation, input: parseGuestJson(json.slice(space + 1), this.#limits.valueDepth) });
    return timer;
  }

  #isStreamOfOwn(operation: string): boolean {
    return Object.keys(this.#design.streams).some((protocol) => isStreamOf(this.#design.streams, { protocol, operation }));
  }

  /** The first word counts; what is said after the end, or by a handler that was left behind, is nobody's. */
  #conclude(op: Conclusion, message: number, text: string): number {
    if (!this.#isOpen || this.#outcome !== undefined || message !== this.#message) return 0;
    this.#outcome = this.#outcomeOf(op, text);
    return 0;
  }

  #outcomeOf(op: Conclusion, text: string): GuestOutcome {
    const { reasonLength, nameLength, valueDepth } = this.#limits;
    if (op === 'done') return { status: 'returned', value: parseGuestJson(text, valueDepth) };
    if (op === 'fail') return { status: 'crashed', reason: crashReason(text, reasonLength) };
    // A declared error: name, message and data, a line each. JSON has no line ends.
    const [name = '', message = '', data] = text.split('\n', 3);
    return { status: 'error', name: toLine(name).slice(0, nameLength), message: toLine(message).slice(0, reasonLength), ...(data === undefined || data === '' ? {} : { data: parseGuestJson(data, valueDepth) }) };
  }
}
