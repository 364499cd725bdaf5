/** Parses interfaces and type aliases: declarations in, trees out. Types that have no form here are kept as `other`, with their place. */
import type { Json } from '../../json/json';
import { listTokens, unquote, type Token } from './ts-tokens';

export type TypeTree =
  | { readonly kind: 'word'; readonly word: string; readonly line: number }
  | { readonly kind: 'literal'; readonly value: Json }
  | { readonly kind: 'list'; readonly of: TypeTree }
  | { readonly kind: 'tuple'; readonly items: readonly TypeTree[] }
  | { readonly kind: 'union' | 'intersection'; readonly parts: readonly TypeTree[] }
  | { readonly kind: 'object'; readonly members: readonly Member[]; readonly others?: TypeTree }
  | { readonly kind: 'function'; readonly parameters: readonly Parameter[]; readonly result: TypeTree }
  | { readonly kind: 'generic'; readonly name: string; readonly of: readonly TypeTree[]; readonly line: number }
  | { readonly kind: 'other'; readonly words: string; readonly line: number };
export type Parameter = { readonly name: string; readonly isOptional: boolean; readonly type: TypeTree };
export type Member = { readonly name: string; readonly isOptional: boolean; readonly type: TypeTree; readonly line: number; readonly doc?: string };
export type Declaration = { readonly name: string; readonly type: TypeTree; readonly bases: readonly string[]; readonly isGeneric: boolean; readonly line: number; readonly doc?: string };

export type ParsedTypes = { readonly ok: true; readonly declarations: readonly Declaration[]; readonly skipped: readonly { readonly line: number; readonly words: string }[] } | { readonly ok: false; readonly line: number; readonly message: string };

const LONGEST_TEXT = 200_000;
const DEEPEST = 40;

class ParseFault extends Error {
  readonly line: number;

  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

export function parseTypes(text: string): ParsedTypes {
  if (text.length > LONGEST_TEXT) return { ok: false, line: 1, message: `the text has more than ${LONGEST_TEXT} letters` };
  const tokens = listTokens(text);
  if (!('length' in tokens)) return { ok: false, line: tokens.line, message: 'this is not read: only interfaces and types are' };
  try {
    return { ok: true, ...new TypeParser(tokens).file() };
  } catch (error) {
    if (error instanceof ParseFault) return { ok: false, line: error.line, message: error.message };
    throw error;
  }
}

class TypeParser {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  file(): { readonly declarations: readonly Declaration[]; readonly skipped: readonly { readonly line: number; readonly words: string }[] } {
    const declarations: Declaration[] = [];
    const skipped: { line: number; words: string }[] = [];
    while (this.#next() !== undefined) {
      const doc = this.#next()!.doc;
      if (this.#take(';')) continue;
      while (['export', 'declare', 'default'].includes(this.#next()?.text ?? '')) this.#at += 1;
      const begin = this.#next();
      if (this.#takeWord('interface')) declarations.push(this.#interface(begin!.line, doc ?? begin!.doc));
      else if (this.#takeWord('type') && this.#next()?.kind === 'name') declarations.push(this.#alias(begin!.line, doc ?? begin!.doc));
      else skipped.push(this.#skip(begin));
    }
    return { declarations, skipped };
  }

  #next(ahead = 0): Token | undefined {
    return this.#tokens[this.#at + ahead];
  }

  get #line(): number {
    return (this.#next() ?? this.#tokens.at(-1))?.line ?? 1;
  }

  #take(sign: string): boolean {
    const token = this.#next();
    const isIt = token?.kind === 'sign' && token.text === sign;
    if (isIt) this.#at += 1;
    return isIt;
  }

  #takeWord(word: string): boolean {
    const token = this.#next();
    const isIt = token?.kind === 'name' && token.text === word;
    if (isIt) this.#at += 1;
    return isIt;
  }

  #expect(sign: string): void {
    if (!this.#take(sign)) throw new ParseFault(this.#line, `expected ${sign} and found ${this.#next()?.text ?? 'the end'}`);
  }

  #name(): string {
    const token = this.#next();
    if (token?.kind !== 'name') throw new ParseFault(this.#line, `expected a name and found ${token?.text ?? 'the end'}`);
    this.#at += 1;
    return token.text;
  }

  /** Whatever is no type: up to its end, braces and all. */
  #skip(begin: Token | undefined): { readonly line: number; readonly words: string } {
    let open = 0;
    const from = this.#at;
    for (let token = this.#next(); token; token = this.#next()) {
      this.#at += 1;
      // An import ends with the name of its file, a semicolon or not.
      if (begin?.text === 'import' && token.kind === 'text') {
        this.#take(';');
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
  #generics(): boolean {
    if (!this.#take('<')) return false;
    for (let open = 1; open > 0; this.#at += 1) {
      const token = this.#next();
      if (!token) throw new ParseFault(this.#line, 'a < has no >');
      if (token.kind === 'sign' && token.text === '<') open += 1;
      if (token.kind === 'sign' && token.text === '>') open -= 1;
    }
    return true;
  }

  #interface(line: number, doc: string | undefined): Declaration {
    const name = this.#name();
    const isGeneric = this.#generics();
    const bases: string[] = [];
    if (this.#takeWord('extends')) {
      do {
        bases.push(this.#name());
        this.#generics();
      } while (this.#take(','));
    }
    this.#expect('{');
    return { name, type: this.#members(), bases, isGeneric, line, ...(doc === undefined ? {} : { doc }) };
  }

  #alias(line: number, doc: string | undefined): Declaration {
    const name = this.#name();
    const isGeneric = this.#generics();
    this.#expect('=');
    const type = this.#type();
    this.#take(';');
    return { name, type, bases: [], isGeneric, line, ...(doc === undefined ? {} : { doc }) };
  }

  #type(): TypeTree {
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw new ParseFault(this.#line, `types inside types go deeper than ${DEEPEST} levels`);
    const union = this.#joined('|', () => this.#joined('&', () => this.#postfix()));
    this.#depth -= 1;
    if (!this.#takeWord('extends')) return union;
    // A conditional type: what it comes to depends on what is put in.
    const line = this.#line;
    this.#type();
    this.#expect('?');
    this.#type();
    this.#expect(':');
    this.#type();
    return { kind: 'other', words: 'a conditional type', line };
  }

  #joined(sign: '|' | '&', part: () => TypeTree): TypeTree {
    this.#take(sign);
    const parts = [part()];
    while (this.#take(sign)) parts.push(part());
    return parts.length === 1 ? parts[0]! : { kind: sign === '|' ? 'union' : 'intersection', parts };
  }

  #postfix(): TypeTree {
    let type = this.#primary();
    for (let lists = 1; this.#next()?.text === '['; lists += 1) {
      const line = this.#line;
      if (lists > DEEPEST) throw new ParseFault(line, `types inside types go deeper than ${DEEPEST} levels`);
      this.#at += 1;
      if (this.#take(']')) {
        type = { kind: 'list', of: type };
        continue;
      }
      this.#type();
      this.#expect(']');
      type = { kind: 'other', words: 'a type looked up in another', line };
    }
    return type;
  }

  #primary(): TypeTree {
    const token = this.#next();
    if (!token) throw new ParseFault(this.#line, 'expected a type and found the end');
    if (token.kind === 'text' || token.kind === 'number') {
      this.#at += 1;
      return { kind: 'literal', value: token.kind === 'text' ? unquote(token.text) : Number(token.text) };
    }
    if (this.#take('{')) return this.#members();
    if (this.#take('[')) return this.#tuple();
    if (token.text === '(') return this.#isFunction() ? this.#function() : this.#bracketed();
    if (token.kind !== 'name') throw new ParseFault(token.line, `expected a type and found ${token.text}`);
    return this.#named(token);
  }

  #named({ text, line }: Token): TypeTree {
    this.#at += 1;
    if (text === 'readonly') return this.#postfix();
    if (text === 'keyof' || text === 'unique' || text === 'infer') {
      this.#postfix();
      return { kind: 'other', words: text, line };
    }
    if (text === 'typeof' || text === 'import') {
      if (text === 'import') this.#bracketed();
      else this.#name();
      while (this.#take('.')) this.#name();
      return { kind: 'other', words: text, line };
    }
    if (text === 'true' || text === 'false') return { kind: 'literal', value: text === 'true' };
    let name = text;
    while (this.#take('.')) name += `.${this.#name()}`;
    if (!this.#take('<')) return { kind: 'word', word: name, line };
    const of = [this.#type()];
    while (this.#take(',')) of.push(this.#type());
    this.#expect('>');
    return { kind: 'generic', name, of, line };
  }

  #bracketed(): TypeTree {
    this.#expect('(');
    const type = this.#type();
    this.#expect(')');
    return type;
  }

  #tuple(): TypeTree {
    const items: TypeTree[] = [];
    while (!this.#take(']')) {
      this.#take('...');
      if (this.#next()?.kind === 'name' && this.#next(1)?.text === ':') this.#at += 2;
      items.push(this.#type());
      this.#take('?');
      if (!this.#take(',') && this.#next()?.text !== ']') this.#expect(']');
    }
    return { kind: 'tuple', items };
  }

  /** Whether after the closing bracket comes an arrow. */
  #isFunction(): boolean {
    let open = 0;
    for (let ahead = 0; ; ahead += 1) {
      const token = this.#next(ahead);
      if (!token) return false;
      if (token.kind !== 'sign') continue;
      if (token.text === '(') open += 1;
      if (token.text === ')') open -= 1;
      if (open === 0) return this.#next(ahead + 1)?.text === '=>';
    }
  }

  #function(): TypeTree {
    const parameters = this.#parameters();
    this.#expect('=>');
    return { kind: 'function', parameters, result: this.#type() };
  }

  #parameters(): readonly Parameter[] {
    this.#expect('(');
    const parameters: Parameter[] = [];
    while (!this.#take(')')) {
      const line = this.#line;
      const isRest = this.#take('...');
      const name = this.#next()?.text === '{' || this.#next()?.text === '[' ? (this.#skipBrackets(), `argument${parameters.length + 1}`) : this.#name();
      const isOptional = this.#take('?');
      const type: TypeTree = this.#take(':') ? this.#type() : { kind: 'word', word: 'any', line };
      parameters.push({ name, isOptional: isOptional || isRest, type });
      if (!this.#take(',') && this.#next()?.text !== ')') this.#expect(')');
    }
    return parameters;
  }

  #skipBrackets(): void {
    let open = 0;
    do {
      const token = this.#next();
      if (!token) throw new ParseFault(this.#line, 'a bracket is not closed');
      if (token.kind === 'sign' && '{['.includes(token.text)) open += 1;
      if (token.kind === 'sign' && '}]'.includes(token.text)) open -= 1;
      this.#at += 1;
    } while (open > 0);
  }

  #members(): TypeTree {
    const members: Member[] = [];
    let others: TypeTree | undefined;
    while (!this.#take('}')) {
      if (this.#take(';') || this.#take(',')) continue;
      const { line, doc } = this.#next() ?? { line: this.#line, doc: undefined };
      if (this.#next()?.text === 'readonly' && ![':', '?', '('].includes(this.#next(1)?.text ?? '')) this.#at += 1;
      if (this.#next()?.text === '[') others = this.#index(line);
      else members.push(this.#member(line, doc));
    }
    return { kind: 'object', members, ...(others === undefined ? {} : { others }) };
  }

  /** `[key: string]: T`; a mapped type has `in` there. */
  #index(line: number): TypeTree {
    this.#expect('[');
    this.#name();
    const isMapped = this.#takeWord('in');
    if (!isMapped) this.#expect(':');
    this.#type();
    this.#expect(']');
    this.#take('?');
    this.#expect(':');
    const type = this.#type();
    return isMapped ? { kind: 'other', words: 'a mapped type', line } : type;
  }

  #member(line: number, doc: string | undefined): Member {
    const token = this.#next();
    if (!token || token.kind === 'sign') throw new ParseFault(line, `expected a field and found ${token?.text ?? 'the end'}`);
    this.#at += 1;
    const name = token.kind === 'text' ? unquote(token.text) : token.text;
    const isOptional = this.#take('?');
    const more = { name, isOptional, line, ...(doc === undefined ? {} : { doc }) };
    if (this.#next()?.text === '<') this.#generics();
    if (this.#next()?.text === '(') {
      const parameters = this.#parameters();
      return { ...more, type: { kind: 'function', parameters, result: this.#take(':') ? this.#type() : { kind: 'word', word: 'any', line } } };
    }
    return { ...more, type: this.#take(':') ? this.#type() : { kind: 'word', word: 'any', line } };
  }
}
