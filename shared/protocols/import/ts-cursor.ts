/** Goes through tokens one by one: what comes next, what must, and how to pass over what is not read. */
import type { Token } from './ts-tokens';

export class ParseFault extends Error {
  readonly line: number;

  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

export class TokenCursor {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  step(count = 1): void {
    this.#at += count;
  }

  next(ahead = 0): Token | undefined {
    return this.#tokens[this.#at + ahead];
  }

  get line(): number {
    return (this.next() ?? this.#tokens.at(-1))?.line ?? 1;
  }

  take(sign: string): boolean {
    const token = this.next();
    const isIt = token?.kind === 'sign' && token.text === sign;
    if (isIt) this.#at += 1;
    return isIt;
  }

  takeWord(word: string): boolean {
    const token = this.next();
    const isIt = token?.kind === 'name' && token.text === word;
    if (isIt) this.#at += 1;
    return isIt;
  }

  expect(sign: string): void {
    if (!this.take(sign)) throw new ParseFault(this.line, `expected ${sign} and found ${this.next()?.text ?? 'the end'}`);
  }

  name(): string {
    const token = this.next();
    if (token?.kind !== 'name') throw new ParseFault(this.line, `expected a name and found ${token?.text ?? 'the end'}`);
    this.#at += 1;
    return token.text;
  }

  /** Whatever is no type: up to its end, braces and all. */
  skip(begin: Token | undefined): { readonly line: number; readonly words: string } {
    let open = 0;
    const from = this.#at;
    for (let token = this.next(); token; token = this.next()) {
      this.#at += 1;
      // An import ends with the name of its file, a semicolon or not.
      if (begin?.text === 'import' && token.kind === 'text') {
        this.take(';');
        break;
      }
      if (token.kind !== 'sign') continue;
      if ('{(['.includes(token.text)) open += 1;
      if ('})]'.includes(token.text)) open -= 1;
      if (begin?.text !== 'import' && open <= 0 && (token.text === ';' || token.text === '}')) break;
    }
    return { line: begin?.line ?? 1, words: this.#tokens.slice(from, Math.min(this.#at, from + 4)).map(({ text }) => text).join(' ') };
  }

  /** Of a declaration: what stands between < and > has no values to be known by. */
  skipGenerics(): boolean {
    if (!this.take('<')) return false;
    for (let open = 1; open > 0; this.#at += 1) {
      const token = this.next();
      if (!token) throw new ParseFault(this.line, 'a < has no >');
      if (token.kind === 'sign' && token.text === '<') open += 1;
      if (token.kind === 'sign' && token.text === '>') open -= 1;
    }
    return true;
  }

  /** Whether after the closing bracket comes an arrow. */
  isFunctionAhead(): boolean {
    let open = 0;
    for (let ahead = 0; ; ahead += 1) {
      const token = this.next(ahead);
      if (!token) return false;
      if (token.kind !== 'sign') continue;
      if (token.text === '(') open += 1;
      if (token.text === ')') open -= 1;
      if (open === 0) return this.next(ahead + 1)?.text === '=>';
    }
  }

  skipBrackets(): void {
    let open = 0;
    do {
      const token = this.next();
      if (!token) throw new ParseFault(this.line, 'a bracket is not closed');
      if (token.kind === 'sign' && '{['.includes(token.text)) open += 1;
      if (token.kind === 'sign' && '}]'.includes(token.text)) open -= 1;
      this.#at += 1;
    } while (open > 0);
  }
}
