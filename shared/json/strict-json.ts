/**
 * Reads JSON text that somebody else wrote: places of faults are known, keys that mean something to JavaScript, duplicate keys,
 * numbers without a finite value and nesting beyond a bound are refused (security 4.3). `JSON.parse` tells none of these.
 */
import { POISONED_KEYS } from '../ids';
import type { Json } from './json';
import { readPlainJson } from './plain-json';

/** Values nested deeper than this are refused. */
export const MAX_JSON_DEPTH = 64;

export type JsonFaultKind = 'syntax' | 'duplicateKey' | 'poisonedKey' | 'tooDeep' | 'numberRange';
/** `offset` counts UTF-16 units from the beginning of the text. `got` is the key or the number as written. */
export type JsonFault = { readonly kind: JsonFaultKind; readonly offset: number; readonly message: string; readonly got?: string };

/** `value` is absent where the text is no JSON at all. With other faults it holds all that could be kept. */
export type StrictJson = { readonly value?: Json; readonly faults: readonly JsonFault[] };

export function readStrictJson(text: string): StrictJson {
  const plain = readPlainJson(text, MAX_JSON_DEPTH);
  return plain === undefined ? readPlaces(text) : { value: plain, faults: [] };
}

/** The same, by the reader that knows the place of every fault. */
export function readPlaces(text: string): StrictJson {
  return new Reader(text, undefined).read();
}

/** JSON Pointer of each value -> offset of the value, or of its key where it has one. The text must have been read without fault. */
export function indexOffsets(text: string): ReadonlyMap<string, number> {
  const offsets = new Map<string, number>();
  new Reader(text, offsets).read();
  return offsets;
}

/** Line and column of an offset, both from 1; columns count UTF-16 units, as editors do. */
export function positionAt(text: string, offset: number): { readonly line: number; readonly column: number } {
  let line = 1;
  let lineStart = 0;
  for (let next = text.indexOf('\n'); next !== -1 && next < offset; next = text.indexOf('\n', next + 1)) {
    line += 1;
    lineStart = next + 1;
  }
  return { line, column: offset - lineStart + 1 };
}

/** A key as a step of a JSON Pointer (RFC 6901). */
export const escapePointer = (key: string): string => key.replace(/~/g, '~0').replace(/\//g, '~1');

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORDS: readonly (readonly [string, Json])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

class SyntaxFault extends Error {
  readonly fault: JsonFault;
  constructor(fault: JsonFault) {
    super(fault.message);
    this.fault = fault;
  }
}

class Reader {
  readonly #text: string;
  readonly #offsets: Map<string, number> | undefined;
  readonly #faults: JsonFault[] = [];
  #at = 0;

  constructor(text: string, offsets: Map<string, number> | undefined) {
    this.#text = text;
    this.#offsets = offsets;
  }

  read(): StrictJson {
    try {
      this.#skipSpace();
      this.#offsets?.set('', this.#at);
      const value = this.#readValue(0, '');
      this.#skipSpace();
      if (this.#at < this.#text.length) this.#fail('the end of the file');
      return { value, faults: this.#faults };
    } catch (error) {
      if (!(error instanceof SyntaxFault)) throw error;
      return { faults: [...this.#faults, error.fault] };
    }
  }

  #readValue(depth: number, path: string): Json {
    const unit = this.#text.charCodeAt(this.#at);
    if (unit === OPEN_BRACE || unit === OPEN_BRACKET) {
      if (depth >= MAX_JSON_DEPTH) throw new SyntaxFault({ kind: 'tooDeep', offset: this.#at, message: `more than ${MAX_JSON_DEPTH} levels` });
      return unit === OPEN_BRACE ? this.#readObject(depth, path) : this.#readArray(depth, path);
    }
    if (unit === QUOTE) return this.#readString();
    if (unit === MINUS || (unit >= ZERO && unit <= NINE)) return this.#readNumber();
    const word = WORDS.find(([name]) => this.#text.startsWith(name, this.#at));
    if (!word) this.#fail('a value');
    this.#at += word[0].length;
    return word[1];
  }

  #readObject(depth: number, path: string): Json {
    const object: { [key: string]: Json } = {};
    this.#at += 1;
    if (this.#closes(CLOSE_BRACE)) return object;
    for (;;) {
      const keyAt = this.#at;
      if (this.#text.charCodeAt(keyAt) !== QUOTE) this.#fail('a key in double quotes');
      const key = this.#readString();
      this.#expect(COLON, '":"');
      this.#skipSpace();
      const inside = this.#offsets ? `${path}/${escapePointer(key)}` : '';
      this.#offsets?.set(inside, keyAt);
      const value = this.#readValue(depth + 1, inside);
      if (this.#mayKeep(object, key, keyAt)) object[key] = value;
      if (!this.#continues(CLOSE_BRACE, '"," or "}"')) return object;
    }
  }

  #mayKeep(object: { readonly [key: string]: Json }, key: string, offset: number): boolean {
    if (POISONED_KEYS.has(key)) {
      this.#faults.push({ kind: 'poisonedKey', offset, got: key, message: `the key "${key}" reaches an object's prototype` });
      return false;
    }
    if (!Object.hasOwn(object, key)) return true;
    this.#faults.push({ kind: 'duplicateKey', offset, got: key, message: `the key "${key}" stands twice in one object` });
    return false;
  }

  #readArray(depth: number, path: string): Json {
    const array: Json[] = [];
    this.#at += 1;
    if (this.#closes(CLOSE_BRACKET)) return array;
    do {
      const inside = this.#offsets ? `${path}/${array.length}` : '';
      this.#offsets?.set(inside, this.#at);
      array.push(this.#readValue(depth + 1, inside));
    } while (this.#continues(CLOSE_BRACKET, '"," or "]"'));
    return array;
  }

  #readString(): string {
    const start = this.#at;
    let hasEscape = false;
    for (let at = start + 1; ; at += 1) {
      const unit = this.#text.charCodeAt(at);
      if (unit === QUOTE) {
        this.#at = at + 1;
        return hasEscape ? this.#unescape(start) : this.#text.slice(start + 1, at);
      }
      if (unit === BACKSLASH) {
        hasEscape = true;
        at += 1;
      } else if (!(unit >= SPACE)) {
        // A control character, or NaN past the end.
        this.#at = Math.min(at, this.#text.length);
        this.#fail('the end of the text in double quotes');
      }
    }
  }

  /** JSON.parse knows the escapes; the slice is one string literal, so nothing else can come out. */
  #unescape(start: number): string {
    try {
      return JSON.parse(this.#text.slice(start, this.#at)) as string;
    } catch {
      this.#at = start;
      return this.#fail('a text with valid escapes');
    }
  }

  #readNumber(): number {
    NUMBER.lastIndex = this.#at;
    const found = NUMBER.exec(this.#text)?.[0];
    if (found === undefined) this.#fail('a number');
    const value = Number(found);
    if (!Number.isFinite(value)) this.#faults.push({ kind: 'numberRange', offset: this.#at, got: found, message: `${found} is larger than any number` });
    this.#at += found.length;
    return Number.isFinite(value) ? value : 0;
  }

  #skipSpace(): void {
    for (;;) {
      const unit = this.#text.charCodeAt(this.#at);
      if (unit !== SPACE && unit !== NEWLINE && unit !== RETURN && unit !== TAB) return;
      this.#at += 1;
    }
  }

  /** After an opening bracket: whether it closes at once. */
  #closes(unit: number): boolean {
    this.#skipSpace();
    if (this.#text.charCodeAt(this.#at) !== unit) return false;
    this.#at += 1;
    return true;
  }

  /** After an item: whether another follows. */
  #continues(end: number, expected: string): boolean {
    this.#skipSpace();
    const unit = this.#text.charCodeAt(this.#at);
    if (unit !== COMMA && unit !== end) this.#fail(expected);
    this.#at += 1;
    this.#skipSpace();
    return unit === COMMA;
  }

  #expect(unit: number, expected: string): void {
    this.#skipSpace();
    if (this.#text.charCodeAt(this.#at) !== unit) this.#fail(expected);
    this.#at += 1;
  }

  #fail(expected: string): never {
    const found = this.#at >= this.#text.length ? 'the file ends' : JSON.stringify(String.fromCodePoint(this.#text.codePointAt(this.#at)!));
    throw new SyntaxFault({ kind: 'syntax', offset: this.#at, got: found, message: `expected ${expected}, got ${found}` });
  }
}

const [TAB, NEWLINE, RETURN, SPACE] = [9, 10, 13, 32];
const [QUOTE, COMMA, MINUS, ZERO, NINE, COLON] = [34, 44, 45, 48, 57, 58];
const [OPEN_BRACKET, BACKSLASH, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE] = [91, 92, 93, 123, 125];
