/** The one door of a guest: what it may ask for, checked and counted on this side. */
import { POISONED_KEYS } from '../../../shared/ids';
import type { Json } from '../../../shared/json/json';
import type { LogLevel } from '../../../shared/journal/record';
import type { GuestOp, GuestOutcome } from '../../behaviours/guest';
import type { Limits } from './limits';
import { crashReason } from './crash-reason';

const LEVELS: ReadonlySet<string> = new Set(['debug', 'info', 'warn', 'error']);
const DEEPEST = 64;

/** What a port offers: operation -> kind. */
export type GuestPorts = { readonly [port: string]: { readonly [operation: string]: 'call' | 'cast' } };

export class Door {
  readonly #ports: GuestPorts;
  readonly #limits: Limits;
  #ops: GuestOp[] = [];
  #outcome: GuestOutcome | undefined;
  #isOpen = false;
  #count = 0;
  #bytes = 0;
  #nextRequest = 1;
  #nextTimer = 1;
  /** Requests of the message in hand whose answers the guest may wait for. */
  readonly open = new Set<number>();

  constructor(ports: GuestPorts, limits: Limits) {
    this.#ports = ports;
    this.#limits = limits;
  }

  /** A new message: its operations are counted from zero. */
  openFor(isNewMessage: boolean): void {
    this.#ops = [];
    this.#outcome = undefined;
    this.#isOpen = true;
    if (!isNewMessage) return;
    this.#count = this.#bytes = 0;
    this.open.clear();
  }

  close(): { readonly ops: readonly GuestOp[]; readonly outcome: GuestOutcome | undefined } {
    this.#isOpen = false;
    return { ops: this.#ops, outcome: this.#outcome };
  }

  /** Throws what the guest sees as an exception of its own. Answers a number where an operation has one. */
  pass(op: string, name: string, json: string): number {
    if (op === 'done' || op === 'error' || op === 'fail') return this.#conclude(op, name, json);
    if (!this.#isOpen || this.#outcome !== undefined) throw new TypeError('no message is being handled');
    if (name.length > this.#limits.nameLength) throw new RangeError(`a name has at most ${this.#limits.nameLength} characters`);
    if (json.length > this.#limits.valueLength) throw new RangeError(`a value has at most ${this.#limits.valueLength} characters of JSON`);
    this.#count += 1;
    this.#bytes += json.length;
    if (this.#count > this.#limits.operations || this.#bytes > this.#limits.operationBytes) throw new RangeError('too many operations for one message');
    return this.#perform(op, name, json);
  }

  #perform(op: string, name: string, json: string): number {
    switch (op) {
      case 'call':
      case 'cast':
        return this.#send(op, name, json);
      case 'await':
        return this.#markAwaited(Number(name));
      case 'after': {
        const { ms, input } = parseData(json) as { readonly ms: number; readonly input: Json };
        this.#ops.push({ kind: 'after', timer: this.#nextTimer, ms, operation: name, input });
        return this.#nextTimer++;
      }
      case 'cancel':
        this.#ops.push({ kind: 'cancel', timer: Number(name) });
        return 0;
      case 'log':
        if (!LEVELS.has(name)) throw new TypeError('unknown level');
        this.#ops.push({ kind: 'log', level: name as LogLevel, text: json.slice(0, 10_000) });
        return 0;
      case 'stop':
        this.#ops.push({ kind: 'stop', reason: name });
        return 0;
      default:
        throw new TypeError('unknown operation');
    }
  }

  #send(kind: 'call' | 'cast', name: string, json: string): number {
    const dot = name.indexOf('.');
    const [port, operation] = [name.slice(0, dot), name.slice(dot + 1)];
    const known = Object.hasOwn(this.#ports, port) ? this.#ports[port]! : {};
    if (!Object.hasOwn(known, operation) || known[operation] !== kind) throw new TypeError(`nothing is wired to ${name}`);
    const input = parseData(json);
    const request = this.#nextRequest++;
    if (kind === 'call') this.open.add(request);
    this.#ops.push(kind === 'call' ? { kind, request, port, operation, input } : { kind, request, port, operation, input, awaited: false });
    return request;
  }

  /** Only a cast of this very turn can still become awaited: later it has been sent, with or without. */
  #markAwaited(request: number): number {
    const index = this.#ops.findIndex((op) => op.kind === 'cast' && op.request === request);
    const cast = this.#ops[index];
    if (cast?.kind !== 'cast') throw new TypeError('a cast is awaited in the turn that sends it');
    this.#ops[index] = { ...cast, awaited: true };
    this.open.add(request);
    return 0;
  }

  #conclude(op: 'done' | 'error' | 'fail', name: string, json: string): number {
    // The first word counts; what a message says after its end is nobody's.
    if (!this.#isOpen || this.#outcome !== undefined) return 0;
    this.#outcome = this.#outcomeOf(op, name, json);
    return 0;
  }

  #outcomeOf(op: 'done' | 'error' | 'fail', name: string, json: string): GuestOutcome {
    const crashed = (text: string): GuestOutcome => ({ status: 'crashed', reason: crashReason(text, this.#limits.reasonLength) });
    if (op === 'fail') return crashed(json.slice(0, 8000));
    if (json.length > this.#limits.valueLength) return crashed(`RangeError: an answer has at most ${this.#limits.valueLength} characters of JSON`);
    try {
      if (op === 'done') return { status: 'returned', value: parseData(json) };
      const { message, data } = parseData(json) as { readonly message: string; readonly data?: Json };
      return { status: 'error', name: name.slice(0, this.#limits.nameLength), message: crashReason(message, this.#limits.reasonLength).slice('crash: '.length), ...(data === undefined ? {} : { data }) };
    } catch (error) {
      return crashed(error instanceof Error ? `${error.name}: ${error.message}` : 'unprintable error');
    }
  }
}

/** JSON of a guest as data: no key that reaches a prototype, no depth that could exhaust a stack of ours. */
function parseData(json: string): Json {
  if (isTooDeep(json)) throw new RangeError(`a value has at most ${DEEPEST} levels`);
  const value = JSON.parse(json) as Json;
  const mayBePoisoned = json.includes('proto') || json.includes('constructor') || json.includes('\\u');
  if (mayBePoisoned) refusePoison(value);
  return value;
}

/** Counted on the text, before anything is built from it. Brackets inside strings do not count. */
function isTooDeep(json: string): boolean {
  let depth = 0;
  let isText = false;
  for (let index = 0; index < json.length; index += 1) {
    const unit = json.charCodeAt(index);
    if (isText) {
      if (unit === 0x5c) index += 1;
      else if (unit === 0x22) isText = false;
    } else if (unit === 0x22) isText = true;
    else if (unit === 0x5b || unit === 0x7b) {
      if (++depth > DEEPEST) return true;
    } else if (unit === 0x5d || unit === 0x7d) depth -= 1;
  }
  return false;
}

function refusePoison(value: Json): void {
  if (value === null || typeof value !== 'object') return;
  if (!Array.isArray(value)) {
    for (const key of Object.keys(value)) if (POISONED_KEYS.has(key)) throw new TypeError(`a value may not have the key ${key}`);
  }
  for (const inner of Object.values(value)) refusePoison(inner as Json);
}
