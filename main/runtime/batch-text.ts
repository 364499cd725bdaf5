/**
 * A batch as the text that crosses between two hosts. Calls, casts and replies, which are nearly all of it, are rows; what rows of a batch
 * have in common (addressee, sender, operation) stands once, as their route. Everything else is written as it is.
 */
import type { Json } from '../../shared/json/json';
import type { CallError } from '../../shared/run/call-failure';
import type { Batch } from '../kernel/ports';
import type { CallResult, CallSignal, CastSignal, Envelope, Origin } from '../kernel/signal';

/** To, from, node of the sender, protocol, operation. */
type Route = readonly [string, string, string, string, string];
/** A missing ref or deadline is 0; no origin is left out. */
type Row =
  | readonly [kind: typeof CALL, route: number, input: Json, ref: number, deadlineMs: number, origin?: Origin]
  | readonly [kind: typeof CAST, route: number, input: Json, ref: number, origin?: Origin]
  | readonly [kind: typeof ANSWER, to: string, ref: number, output: Json]
  | readonly [kind: typeof FAILURE, to: string, ref: number, error: CallError]
  | readonly [kind: typeof OTHER, envelope: Envelope];
const CALL = 0;
const CAST = 1;
const ANSWER = 2;
const FAILURE = 3;
const OTHER = 4;

type Written = readonly [head: Omit<Batch, 'messages'>, routes: readonly Route[], rows: readonly Row[]];

export function encodeBatch({ messages, ...head }: Batch): string {
  const routes = new Routes();
  return JSON.stringify([head, routes.list, messages.map((envelope) => toRow(envelope, routes))] satisfies Written);
}

/** Messages of one route mostly come one after the other. */
class Routes {
  readonly list: Route[] = [];
  #last: Route | undefined;

  find(to: string, { from, fromNode, protocol, operation }: CallSignal | CastSignal): number {
    const isThat = (route: Route): boolean => route[0] === to && route[1] === from && route[4] === operation && route[3] === protocol && route[2] === fromNode;
    if (this.#last && isThat(this.#last)) return this.list.length - 1;
    this.#last = [to, from, fromNode, protocol, operation];
    return this.list.push(this.#last) - 1;
  }
}

function toRow(envelope: Envelope, routes: Routes): Row {
  const { to, signal } = envelope;
  switch (signal.kind) {
    case 'call':
      return signal.origin ? [CALL, routes.find(to, signal), signal.input, signal.ref, signal.deadlineMs, signal.origin] : [CALL, routes.find(to, signal), signal.input, signal.ref, signal.deadlineMs];
    case 'cast':
      return signal.origin ? [CAST, routes.find(to, signal), signal.input, signal.ref ?? 0, signal.origin] : [CAST, routes.find(to, signal), signal.input, signal.ref ?? 0];
    case 'reply':
      return signal.result.ok ? [ANSWER, to, signal.ref, signal.result.output] : [FAILURE, to, signal.ref, signal.result.error];
    default:
      return [OTHER, envelope];
  }
}

export function decodeBatch(text: string): Batch {
  const [head, routes, rows] = JSON.parse(text) as Written;
  return { ...head, messages: rows.map((row) => toEnvelope(row, routes)) };
}

function toEnvelope(row: Row, routes: readonly Route[]): Envelope {
  switch (row[0]) {
    case CALL: {
      const [to, from, fromNode, protocol, operation] = routes[row[1]]!;
      return { to, signal: { kind: 'call', ref: row[3], from, fromNode, protocol, operation, input: row[2], deadlineMs: row[4], origin: row[5] } };
    }
    case CAST: {
      const [to, from, fromNode, protocol, operation] = routes[row[1]]!;
      return { to, signal: { kind: 'cast', from, fromNode, protocol, operation, input: row[2], ref: row[3] === 0 ? undefined : row[3], origin: row[4] } };
    }
    case ANSWER:
      return toReply(row[1], row[2], { ok: true, output: row[3] });
    case FAILURE:
      return toReply(row[1], row[2], { ok: false, error: row[3] });
    case OTHER:
      return row[1];
  }
}

const toReply = (to: string, ref: number, result: CallResult): Envelope => ({ to, signal: { kind: 'reply', ref, result } });
