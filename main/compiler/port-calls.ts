/**
 * Which operations a handler file can call over its ports, told by looking at it: `self.use.port.operation`, also by way of a constant or a
 * pattern that names the port. Wherever `use`, a port or `self` goes another way, anything may be called. A name means the same wherever it
 * stands, so that scopes can only make more of it calls. Also told: operations of its own that a node sends itself with `after`.
 */
import type { Program as Script } from 'acorn';

export type PortCalls = {
  /** Anything may be called, over any port. */
  readonly isOpen: boolean;
  /** Ports over which anything may be called. */
  readonly openPorts: ReadonlySet<string>;
  /** By their port. */
  readonly calls: ReadonlyMap<string, ReadonlySet<string>>;
  /** Nothing where that cannot be told. */
  readonly toItself: ReadonlySet<string> | undefined;
};

export const NO_CALLS: PortCalls = { isOpen: false, openPorts: new Set(), calls: new Map(), toItself: new Set() };
const ANYTHING: PortCalls = { ...NO_CALLS, isOpen: true, toItself: undefined };

/** `source`: its text; most files have none of the words that make a walk worth while. */
export function portCallsOf(script: Script, source: string): PortCalls {
  if (/\b(?:Reflect|Proxy)\b/.test(source)) return ANYTHING;
  if (!/\b(?:use|after)\b|\\u/.test(source)) return NO_CALLS;
  return new PortReader().read(script as unknown as Part) ?? ANYTHING;
}

type Part = { readonly type: string; readonly [field: string]: unknown };
/** What an expression is: what has `use`, its `use`, or a port of it. */
type Meaning = { readonly kind: 'self' | 'use' } | { readonly kind: 'port'; readonly port: string };

const SELF: Meaning = { kind: 'self' };
const USE: Meaning = { kind: 'use' };
/** Deeper than any file that people write. */
const DEEPEST = 500;

class PortReader {
  readonly #parents = new Map<Part, Part>();
  readonly #names = new Map<string, Part[]>();
  readonly #followed = new Set<string>();
  readonly #calls = new Map<string, Set<string>>();
  readonly #openPorts = new Set<string>();
  readonly #toItself = new Set<string>();
  readonly #marks: (() => void)[] = [];
  #isOpen = false;
  #isItselfOpen = false;

  /** Nothing where the file is too deep to be looked at. */
  read(script: Part): PortCalls | undefined {
    if (!this.#walk(script, 0)) return undefined;
    // All names are known now.
    for (const mark of this.#marks) mark();
    return { isOpen: this.#isOpen, openPorts: this.#openPorts, calls: this.#calls, toItself: this.#isItselfOpen ? undefined : this.#toItself };
  }

  #walk(part: Part, depth: number): boolean {
    if (depth > DEEPEST) return false;
    this.#look(part);
    return Object.entries(part).every(([field, inner]) => isWord(part, field) || [inner].flat().every((one) => !isPart(one) || this.#enter(one, part, depth + 1)));
  }

  #enter(part: Part, parent: Part, depth: number): boolean {
    this.#parents.set(part, parent);
    return this.#walk(part, depth);
  }

  #look(part: Part): void {
    if (part.type === 'Identifier') entry(this.#names, nameOf(part), () => []).push(part);
    else if (part.type === 'ObjectPattern') this.#marks.push(() => this.#takeApart(part, SELF));
    else if (part.type === 'MemberExpression' && memberName(part) === 'use') this.#marks.push(() => this.#lookAtUse(part));
    else if (part.type === 'MemberExpression' && memberName(part) === 'after') this.#marks.push(() => this.#lookAtAfter(part));
  }

  #lookAtUse(member: Part): void {
    const object = member['object'] as Part;
    if (object.type === 'Identifier') this.#name(nameOf(object), SELF);
    this.#follow(member, USE);
  }

  #lookAtAfter(member: Part): void {
    const parent = this.#parents.get(member);
    const operation = parent?.type === 'CallExpression' && parent['callee'] === member ? textOf((parent['arguments'] as readonly Part[])[1]) : undefined;
    if (operation === undefined) this.#isItselfOpen = true;
    else this.#toItself.add(operation);
  }

  /** Follows the name to wherever it stands. */
  #name(name: string, meaning: Meaning): void {
    const key = `${name} ${meaning.kind} ${meaning.kind === 'port' ? meaning.port : ''}`;
    if (this.#followed.has(key)) return;
    this.#followed.add(key);
    for (const part of this.#names.get(name) ?? []) if (!this.#isBinding(part)) this.#follow(part, meaning);
  }

  #follow(part: Part, meaning: Meaning): void {
    const parent = this.#parents.get(part)!;
    if (parent.type === 'MemberExpression' && parent['object'] === part) return this.#step(parent, meaning);
    if (parent.type === 'VariableDeclarator') return this.#bind(parent['id'] as Part, meaning);
    // Whoever is given `self` says `use` of it in plain sight.
    if (meaning.kind === 'self' && isGivenOn(part, parent)) return;
    this.#open(meaning);
  }

  #step(member: Part, meaning: Meaning): void {
    const name = memberName(member);
    if (name === undefined) return this.#open(meaning);
    if (meaning.kind === 'port') this.#call(meaning.port, name);
    // What `self.use` is, is looked at for itself.
    if (meaning.kind === 'use') this.#follow(member, { kind: 'port', port: name });
  }

  #bind(target: Part, meaning: Meaning): void {
    if (target.type === 'Identifier') return this.#name(nameOf(target), meaning);
    if (target.type === 'ObjectPattern') return this.#takeApart(target, meaning);
    this.#open(meaning);
  }

  /** Any pattern may be one of `self`: only its fields `use` and `after` say so. */
  #takeApart(pattern: Part, meaning: Meaning): void {
    for (const property of pattern['properties'] as readonly Part[]) {
      const name = property.type === 'Property' ? keyName(property) : undefined;
      if (name === undefined) this.#isOpen ||= meaning.kind !== 'self' || property.type === 'Property';
      else if (meaning.kind === 'port') this.#call(meaning.port, name);
      else if (meaning.kind === 'use') this.#bind(property['value'] as Part, { kind: 'port', port: name });
      else if (name === 'after') this.#isItselfOpen = true;
      else if (name === 'use') this.#bind(property['value'] as Part, USE);
    }
  }

  #call(port: string, operation: string): void {
    entry(this.#calls, port, () => new Set()).add(operation);
  }

  #open(meaning: Meaning): void {
    if (meaning.kind === 'port') this.#openPorts.add(meaning.port);
    else this.#isOpen = true;
  }

  /** Where a name is given, and not what it stands for. */
  #isBinding(name: Part): boolean {
    const parent = this.#parents.get(name)!;
    switch (parent.type) {
      case 'VariableDeclarator':
        return parent['id'] === name;
      case 'AssignmentPattern':
      case 'AssignmentExpression':
        return parent['left'] === name;
      case 'Property':
        return this.#parents.get(parent)?.type === 'ObjectPattern';
      case 'ArrowFunctionExpression':
        return parent['body'] !== name;
      default:
        return BINDERS.has(parent.type);
    }
  }
}

const BINDERS: ReadonlySet<string> = new Set(['FunctionDeclaration', 'FunctionExpression', 'ClassDeclaration', 'ClassExpression', 'CatchClause', 'RestElement', 'ArrayPattern', 'ImportSpecifier', 'ImportDefaultSpecifier', 'ImportNamespaceSpecifier']);
/** Fields that hold a word and no expression, where they are not computed; labels always do. */
const WORDS: Readonly<Record<string, string>> = { MemberExpression: 'property', Property: 'key', MethodDefinition: 'key', PropertyDefinition: 'key' };
const LABELLED: ReadonlySet<string> = new Set(['LabeledStatement', 'BreakStatement', 'ContinueStatement']);
/** What takes an object apart by any name. */
const OPENERS: ReadonlySet<string> = new Set(['Object', 'JSON', 'structuredClone']);

/** What stands there, or is put there now. */
function entry<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key) ?? make();
  map.set(key, known);
  return known;
}

const isPart = (value: unknown): value is Part => value !== null && typeof value === 'object' && typeof (value as { readonly type?: unknown }).type === 'string';
const nameOf = (identifier: Part): string => identifier['name'] as string;
const isWord = (part: Part, field: string): boolean => (field === 'label' && LABELLED.has(part.type)) || (WORDS[part.type] === field && part['computed'] !== true);

function textOf(part: Part | undefined): string | undefined {
  if (part?.type === 'Literal' && typeof part['value'] === 'string') return part['value'];
  const isPlain = part?.type === 'TemplateLiteral' && (part['expressions'] as readonly Part[]).length === 0;
  return isPlain ? ((part['quasis'] as readonly { readonly value: { readonly cooked?: string } }[])[0]?.value.cooked ?? undefined) : undefined;
}

const wordOf = (part: Part, isComputed: boolean): string | undefined => (!isComputed && part.type === 'Identifier' ? nameOf(part) : textOf(part));
const memberName = (member: Part): string | undefined => wordOf(member['property'] as Part, member['computed'] === true);
const keyName = (property: Part): string | undefined => wordOf(property['key'] as Part, property['computed'] === true);

/** As an argument of a function of one's own, or of one that is a method of something else than what takes objects apart. */
function isGivenOn(part: Part, parent: Part): boolean {
  if ((parent.type !== 'CallExpression' && parent.type !== 'NewExpression') || parent['callee'] === part) return false;
  const callee = parent['callee'] as Part;
  const root = callee.type === 'MemberExpression' ? (callee['object'] as Part) : callee;
  return root.type !== 'Identifier' || !OPENERS.has(nameOf(root));
}

/** What may be called over the port: nothing at all where it is not spoken of, `undefined` where that is anything. */
export const callsOver = ({ isOpen, openPorts, calls }: PortCalls, port: string): ReadonlySet<string> | undefined => (isOpen || openPorts.has(port) ? undefined : (calls.get(port) ?? NOTHING));
const NOTHING: ReadonlySet<string> = new Set();
