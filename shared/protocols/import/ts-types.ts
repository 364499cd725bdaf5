/** Parses interfaces and type aliases: declarations in, trees out. Types that have no form here are kept as `other`, with their place. */
import type { Json } from '../../json/json';
import { ParseFault, TokenCursor } from './ts-cursor';
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
  readonly #cursor: TokenCursor;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#cursor = new TokenCursor(tokens);
  }

  file(): { readonly declarations: readonly Declaration[]; readonly skipped: readonly { readonly line: number; readonly words: string }[] } {
    const declarations: Declaration[] = [];
    const skipped: { line: number; words: string }[] = [];
    while (this.#cursor.next() !== undefined) {
      const doc = this.#cursor.next()!.doc;
      if (this.#cursor.take(';')) continue;
      while (['export', 'declare', 'default'].includes(this.#cursor.next()?.text ?? '')) this.#cursor.step();
      const begin = this.#cursor.next();
      if (this.#cursor.takeWord('interface')) declarations.push(this.#interface(begin!.line, doc ?? begin!.doc));
      else if (this.#cursor.takeWord('type') && this.#cursor.next()?.kind === 'name') declarations.push(this.#alias(begin!.line, doc ?? begin!.doc));
      else skipped.push(this.#cursor.skip(begin));
    }
    return { declarations, skipped };
  }

  #interface(line: number, doc: string | undefined): Declaration {
    const name = this.#cursor.name();
    const isGeneric = this.#cursor.skipGenerics();
    const bases: string[] = [];
    if (this.#cursor.takeWord('extends')) {
      do {
        bases.push(this.#cursor.name());
        this.#cursor.skipGenerics();
      } while (this.#cursor.take(','));
    }
    this.#cursor.expect('{');
    return { name, type: this.#members(), bases, isGeneric, line, ...(doc === undefined ? {} : { doc }) };
  }

  #alias(line: number, doc: string | undefined): Declaration {
    const name = this.#cursor.name();
    const isGeneric = this.#cursor.skipGenerics();
    this.#cursor.expect('=');
    const type = this.#type();
    this.#cursor.take(';');
    return { name, type, bases: [], isGeneric, line, ...(doc === undefined ? {} : { doc }) };
  }

  #type(): TypeTree {
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw new ParseFault(this.#cursor.line, `types inside types go deeper than ${DEEPEST} levels`);
    const union = this.#joined('|', () => this.#joined('&', () => this.#postfix()));
    this.#depth -= 1;
    if (!this.#cursor.takeWord('extends')) return union;
    // A conditional type: what it comes to depends on what is put in.
    const line = this.#cursor.line;
    this.#type();
    this.#cursor.expect('?');
    this.#type();
    this.#cursor.expect(':');
    this.#type();
    return { kind: 'other', words: 'a conditional type', line };
  }

  #joined(sign: '|' | '&', part: () => TypeTree): TypeTree {
    this.#cursor.take(sign);
    const parts = [part()];
    while (this.#cursor.take(sign)) parts.push(part());
    return parts.length === 1 ? parts[0]! : { kind: sign === '|' ? 'union' : 'intersection', parts };
  }

  #postfix(): TypeTree {
    let type = this.#primary();
    for (let lists = 1; this.#cursor.next()?.text === '['; lists += 1) {
      const line = this.#cursor.line;
      if (lists > DEEPEST) throw new ParseFault(line, `types inside types go deeper than ${DEEPEST} levels`);
      this.#cursor.step();
      if (this.#cursor.take(']')) {
        type = { kind: 'list', of: type };
        continue;
      }
      this.#type();
      this.#cursor.expect(']');
      type = { kind: 'other', words: 'a type looked up in another', line };
    }
    return type;
  }

  #primary(): TypeTree {
    const token = this.#cursor.next();
    if (!token) throw new ParseFault(this.#cursor.line, 'expected a type and found the end');
    if (token.kind === 'text' || token.kind === 'number') {
      this.#cursor.step();
      return { kind: 'literal', value: token.kind === 'text' ? unquote(token.text) : Number(token.text) };
    }
    if (this.#cursor.take('{')) return this.#members();
    if (this.#cursor.take('[')) return this.#tuple();
    if (token.text === '(') return this.#cursor.isFunctionAhead() ? this.#function() : this.#bracketed();
    if (token.kind !== 'name') throw new ParseFault(token.line, `expected a type and found ${token.text}`);
    return this.#named(token);
  }

  #named({ text, line }: Token): TypeTree {
    this.#cursor.step();
    if (text === 'readonly') return this.#postfix();
    if (text === 'keyof' || text === 'unique' || text === 'infer') {
      this.#postfix();
      return { kind: 'other', words: text, line };
    }
    if (text === 'typeof' || text === 'import') {
      if (text === 'import') this.#bracketed();
      else this.#cursor.name();
      while (this.#cursor.take('.')) this.#cursor.name();
      return { kind: 'other', words: text, line };
    }
    if (text === 'true' || text === 'false') return { kind: 'literal', value: text === 'true' };
    let name = text;
    while (this.#cursor.take('.')) name += `.${this.#cursor.name()}`;
    if (!this.#cursor.take('<')) return { kind: 'word', word: name, line };
    const of = [this.#type()];
    while (this.#cursor.take(',')) of.push(this.#type());
    this.#cursor.expect('>');
    return { kind: 'generic', name, of, line };
  }

  #bracketed(): TypeTree {
    this.#cursor.expect('(');
    const type = this.#type();
    this.#cursor.expect(')');
    return type;
  }

  #tuple(): TypeTree {
    const items: TypeTree[] = [];
    while (!this.#cursor.take(']')) {
      this.#cursor.take('...');
      if (this.#cursor.next()?.kind === 'name' && this.#cursor.next(1)?.text === ':') this.#cursor.step(2);
      items.push(this.#type());
      this.#cursor.take('?');
      if (!this.#cursor.take(',') && this.#cursor.next()?.text !== ']') this.#cursor.expect(']');
    }
    return { kind: 'tuple', items };
  }

  #function(): TypeTree {
    const parameters = this.#parameters();
    this.#cursor.expect('=>');
    return { kind: 'function', parameters, result: this.#type() };
  }

  #parameters(): readonly Parameter[] {
    this.#cursor.expect('(');
    const parameters: Parameter[] = [];
    while (!this.#cursor.take(')')) {
      const line = this.#cursor.line;
      const isRest = this.#cursor.take('...');
      const name = this.#cursor.next()?.text === '{' || this.#cursor.next()?.text === '[' ? (this.#cursor.skipBrackets(), `argument${parameters.length + 1}`) : this.#cursor.name();
      const isOptional = this.#cursor.take('?');
      const type: TypeTree = this.#cursor.take(':') ? this.#type() : { kind: 'word', word: 'any', line };
      parameters.push({ name, isOptional: isOptional || isRest, type });
      if (!this.#cursor.take(',') && this.#cursor.next()?.text !== ')') this.#cursor.expect(')');
    }
    return parameters;
  }

  #members(): TypeTree {
    const members: Member[] = [];
    let others: TypeTree | undefined;
    while (!this.#cursor.take('}')) {
      if (this.#cursor.take(';') || this.#cursor.take(',')) continue;
      const { line, doc } = this.#cursor.next() ?? { line: this.#cursor.line, doc: undefined };
      if (this.#cursor.next()?.text === 'readonly' && ![':', '?', '('].includes(this.#cursor.next(1)?.text ?? '')) this.#cursor.step();
      if (this.#cursor.next()?.text === '[') others = this.#index(line);
      else members.push(this.#member(line, doc));
    }
    return { kind: 'object', members, ...(others === undefined ? {} : { others }) };
  }

  /** `[key: string]: T`; a mapped type has `in` there. */
  #index(line: number): TypeTree {
    this.#cursor.expect('[');
    this.#cursor.name();
    const isMapped = this.#cursor.takeWord('in');
    if (!isMapped) this.#cursor.expect(':');
    this.#type();
    this.#cursor.expect(']');
    this.#cursor.take('?');
    this.#cursor.expect(':');
    const type = this.#type();
    return isMapped ? { kind: 'other', words: 'a mapped type', line } : type;
  }

  #member(line: number, doc: string | undefined): Member {
    const token = this.#cursor.next();
    if (!token || token.kind === 'sign') throw new ParseFault(line, `expected a field and found ${token?.text ?? 'the end'}`);
    this.#cursor.step();
    const name = token.kind === 'text' ? unquote(token.text) : token.text;
    const isOptional = this.#cursor.take('?');
    const more = { name, isOptional, line, ...(doc === undefined ? {} : { doc }) };
    if (this.#cursor.next()?.text === '<') this.#cursor.skipGenerics();
    if (this.#cursor.next()?.text === '(') {
      const parameters = this.#parameters();
      return { ...more, type: { kind: 'function', parameters, result: this.#cursor.take(':') ? this.#type() : { kind: 'word', word: 'any', line } } };
    }
    return { ...more, type: this.#cursor.take(':') ? this.#type() : { kind: 'word', word: 'any', line } };
  }
}
