/**
 * The answer of one message that is answered by a stream: how much of the text its reader has been given, whoever tells it and however often.
 * What the model says goes out while it comes where it is certain to be the answer; else all of it goes out at the end.
 */
import { isObject } from '../../../shared/json/is-object';
import type { Json, JsonObject } from '../../../shared/json/json';
import type { ModelPiece } from '../../../shared/run/model-request';
import { itemOf, pieceShapeOf, type PieceShape } from '../../../shared/prompts/piece-shape';
import { mismatchOf } from '../../../shared/schema/fits-schema';
import { formatMismatch } from '../../../shared/schema/validate-value';
import type { ValueSchema } from '../../../shared/schema/value-schema';
import type { Self } from '../../kernel/behaviour';
import type { CallResult, CallSignal } from '../../kernel/signal';
import { StreamOut } from '../stream-out';

export class Spoken {
  readonly out: StreamOut;
  /** Pieces go out as they come: neither tools nor a schema can make another answer of them. */
  readonly isLive: boolean;
  readonly #item: ValueSchema;
  readonly #shape: PieceShape;
  #said = '';
  /** Over a wire: what has come of the answer, as `complete` would say it, and how many items have not been asked for anew. */
  #heard: JsonObject = { text: '' };
  #owed = 0;

  constructor(call: CallSignal, { isLive, item }: { readonly isLive: boolean; readonly item: ValueSchema }) {
    this.out = new StreamOut(call);
    this.isLive = isLive;
    this.#item = item;
    // The check refuses an agent that has a stream of other items.
    this.#shape = pieceShapeOf(item) ?? 'text';
  }

  /** Characters that went out. */
  get length(): number {
    return this.#said.length;
  }

  /** What is new of it goes out. A piece after one that was missed waits for the answer, which has all. */
  tell(self: Self, { at, text }: ModelPiece): void {
    const known = this.#said.length - at;
    if (this.isLive && known >= 0 && known < text.length) this.#say(self, text.slice(known));
  }

  #say(self: Self, text: string): void {
    this.#said += text;
    this.#push(self, itemOf(this.#shape, text));
  }

  #push(self: Self, item: Json): void {
    const mismatch = mismatchOf(this.#item, item);
    const { protocol, operation } = this.out.call;
    if (mismatch) self.exit(`crash: item of ${protocol}.${operation}: ${formatMismatch(mismatch)}`);
    else this.out.push(self, item);
  }

  /** An item of the stream `ref` of `Model`. Answers how long the text is by now. */
  hear(self: Self, ref: number, item: Json): number {
    const { text = '', ...rest } = isObject(item) ? item : {};
    const before = this.#heard['text'] as string;
    const piece = typeof text === 'string' ? text : '';
    this.#heard = { ...this.#heard, ...rest, text: before + piece };
    if (piece !== '') this.tell(self, { at: before.length, text: piece });
    this.#owed += 1;
    this.#askForMore(self, ref);
    return before.length + piece.length;
  }

  #askForMore(self: Self, ref: number | undefined): void {
    if (ref === undefined || this.#owed === 0 || !this.out.hasRoom) return;
    self.demand(ref, this.#owed);
    this.#owed = 0;
  }

  /** `ref`: of the stream that is being read for it. */
  demanded(self: Self, items: number, ref: number | undefined): void {
    this.out.demanded(self, items);
    this.#askForMore(self, ref);
  }

  /** What was heard over the wire, as one answer. */
  get heard(): Json {
    return this.#heard;
  }

  /** The rest of the text, and what comes after all text. Answers whether the text goes on from what was said. */
  finish(self: Self, text: string, last: Json | undefined): boolean {
    if (!text.startsWith(this.#said)) return false;
    const rest = text.slice(this.#said.length);
    if (rest !== '') this.#say(self, rest);
    if (last !== undefined) this.#push(self, last);
    this.out.end(self, { ok: true, output: null });
    return true;
  }

  fail(self: Self, result: Extract<CallResult, { ok: false }>): void {
    this.out.end(self, result);
  }
}
