/**
 * Turns the bytes of a text into a source's items, piece by piece: pure, so that the real and the simulated world cut alike.
 * Bytes that are no UTF-8 become U+FFFD, a byte order mark at the start is dropped.
 */
import type { Json } from '../json/json';

/** A line longer than this is cut into an item of its own kind of failure rather than held in memory. */
export const LONGEST_LINE_BYTES = 1024 * 1024;

export type TextItem = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly value: Json; readonly message: string };

const LF = 0x0a;
const CR = 0x0d;

/** Lines ended by LF or CRLF; a last line without an end counts when the text ends. */
export class LineSplitter {
  readonly #parse: 'text' | 'json';
  #rest: Uint8Array = new Uint8Array(0);
  #line = 0;
  #isSkipping = false;

  constructor(parse: 'text' | 'json') {
    this.#parse = parse;
  }

  push(bytes: Uint8Array): readonly TextItem[] {
    const items: TextItem[] = [];
    let from = 0;
    for (let end = bytes.indexOf(LF); end >= 0; end = bytes.indexOf(LF, from)) {
      this.#take(bytes.subarray(from, end), items);
      from = end + 1;
    }
    this.#hold(bytes.subarray(from), items);
    return items;
  }

  end(): readonly TextItem[] {
    const items: TextItem[] = [];
    if (this.#rest.length > 0) this.#take(new Uint8Array(0), items);
    this.#isSkipping = false;
    return items;
  }

  #take(piece: Uint8Array, items: TextItem[]): void {
    const line = join(this.#rest, piece);
    this.#rest = new Uint8Array(0);
    if (this.#isSkipping) {
      this.#isSkipping = false;
      return;
    }
    this.#line += 1;
    items.push(line.length > LONGEST_LINE_BYTES ? this.#tooLong(line) : this.#itemOf(line.at(-1) === CR ? line.subarray(0, -1) : line));
  }

  /** The unfinished line; once it is too long it is given up at once, and the rest of it is skipped. */
  #hold(piece: Uint8Array, items: TextItem[]): void {
    if (piece.length === 0 || this.#isSkipping) return;
    this.#rest = join(this.#rest, piece);
    if (this.#rest.length <= LONGEST_LINE_BYTES) return;
    this.#line += 1;
    items.push(this.#tooLong(this.#rest));
    this.#rest = new Uint8Array(0);
    this.#isSkipping = true;
  }

  #tooLong(line: Uint8Array): TextItem {
    return { ok: false, value: { line: this.#line, text: decode(line.subarray(0, 200)) }, message: `line ${this.#line} is longer than ${LONGEST_LINE_BYTES} bytes` };
  }

  #itemOf(bytes: Uint8Array): TextItem {
    const text = decode(this.#line === 1 ? withoutMark(bytes) : bytes);
    if (this.#parse === 'text') return { ok: true, value: { line: this.#line, text } };
    try {
      return { ok: true, value: JSON.parse(text) as Json };
    } catch (error) {
      return { ok: false, value: { line: this.#line, text }, message: `line ${this.#line} is no JSON: ${error instanceof Error ? error.message : 'unknown'}` };
    }
  }
}

/** Pieces of about `chunkBytes` that never cut a character: `{number, text, bytes}`, numbers from 0, bytes adding up to the text's. */
export class ChunkSplitter {
  readonly #chunkBytes: number;
  #rest: Uint8Array = new Uint8Array(0);
  #number = 0;

  constructor(chunkBytes: number) {
    this.#chunkBytes = chunkBytes;
  }

  push(bytes: Uint8Array): readonly TextItem[] {
    const items: TextItem[] = [];
    let left = join(this.#rest, bytes);
    while (left.length >= this.#chunkBytes + 4) {
      const end = characterStart(left, this.#chunkBytes);
      items.push(this.#itemOf(left.subarray(0, end)));
      left = left.subarray(end);
    }
    this.#rest = left;
    return items;
  }

  end(): readonly TextItem[] {
    const left = this.#rest;
    this.#rest = new Uint8Array(0);
    return left.length === 0 ? [] : [this.#itemOf(left)];
  }

  #itemOf(bytes: Uint8Array): TextItem {
    return { ok: true, value: { number: this.#number++, text: decode(bytes), bytes: bytes.length } };
  }
}

/** The last start of a character at or before `at`; after four bytes without one the text is no UTF-8, and any cut is as good. */
function characterStart(bytes: Uint8Array, at: number): number {
  for (let start = at; start > at - 4 && start > 0; start -= 1) if ((bytes[start]! & 0xc0) !== 0x80) return start;
  return at;
}

const withoutMark = (bytes: Uint8Array): Uint8Array => (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes);

// A mark is a character like any other inside a text, so the decoder must not drop one at the start of every piece.
const decode = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

function join(left: Uint8Array, right: Uint8Array): Uint8Array {
  if (left.length === 0) return right.slice();
  const joined = new Uint8Array(left.length + right.length);
  joined.set(left);
  joined.set(right, left.length);
  return joined;
}
