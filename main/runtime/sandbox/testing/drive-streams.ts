/** Stands in for the code agent in tests of streams: answers what a guest asks for, one request a turn, until its message has ended. */
import type { CallError } from '../../../../shared/run/call-failure';
import type { Json } from '../../../../shared/json/json';
import type { Guest, GuestAnswer, GuestOp, GuestOutcome, GuestTurn } from '../../../behaviours/guest';

export type Source = { readonly items: readonly Json[]; readonly error?: CallError };
export type Driven = { readonly items: readonly Json[]; readonly opened: readonly Json[]; readonly closed: readonly number[]; readonly logged: readonly string[]; readonly turns: number; readonly outcome: GuestOutcome };
export type World = {
  /** What the stream answers that was opened with this input. */
  readonly read?: (input: Json) => Source;
  /** After so many items nobody reads on. */
  readonly wanted?: number;
  readonly answer?: (input: Json) => GuestAnswer;
};

const END: GuestAnswer = { ok: true, output: null, done: true };

export function driveStreams(guest: Guest, first: GuestTurn, { read = () => ({ items: [] }), wanted = Infinity, answer = (output) => ({ ok: true, output }) }: World = {}): Driven {
  const seen = { items: [] as Json[], opened: [] as Json[], closed: [] as number[], logged: [] as string[] };
  const streams = new Map<number, { readonly source: Source; at: number }>();
  const waiting: GuestOp[] = [];
  let turn = first;
  let turns = 1;
  for (;;) {
    for (const op of turn.ops) {
      if (op.kind === 'open') {
        seen.opened.push(op.input);
        streams.set(op.request, { source: read(op.input), at: 0 });
      } else if (op.kind === 'close') {
        seen.closed.push(op.stream);
        // What was asked for is answered all the same: the order of the two is nobody's to choose.
        streams.set(op.stream, { source: { items: [] }, at: 0 });
      } else if (op.kind === 'item') seen.items.push(op.value);
      else if (op.kind === 'log') seen.logged.push(op.text);
      if ('request' in op && op.kind !== 'open') waiting.push(op);
    }
    const op = turn.outcome.status === 'waiting' ? waiting.shift() : undefined;
    if (op === undefined || !('request' in op)) return { ...seen, turns, outcome: turn.outcome };
    turn = guest.resume(1000 + turns, op.request, answerTo(op));
    turns += 1;
  }

  function answerTo(op: GuestOp): GuestAnswer {
    if (op.kind === 'item') return seen.items.length < wanted ? { ok: true, output: null } : END;
    if (op.kind !== 'next') return answer('input' in op ? op.input : null);
    const stream = streams.get(op.stream)!;
    const item = stream.source.items[stream.at];
    stream.at += 1;
    if (item !== undefined) return { ok: true, output: item };
    return stream.source.error && stream.at === stream.source.items.length + 1 ? { ok: false, error: stream.source.error } : END;
  }
}
