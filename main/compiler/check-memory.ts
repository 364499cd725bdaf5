/** What a thread of the compiler keeps from one check to the next, so that after an edit only what changed is made anew. */
import type { Program as Script } from 'acorn';
import type { DesignNode } from '../../shared/design/nodes/node';
import type { Guard } from '../../shared/design/guard';
import type { Json } from '../../shared/json/json';
import { equalJson } from '../../shared/schema/validate-value';
import type { ProgramNode } from '../../shared/program/program';

type Kept<Source, Made> = { readonly source: Source; readonly made: Made };

/**
 * What the check at hand and the one before it have made of sources in which nothing was wrong: by a name, with the source it was made of. What
 * is made must not depend on anything else, and nobody may change it.
 */
export class Remembered<Source, Made> {
  readonly #isSame: (a: Source, b: Source) => boolean;
  #now = new Map<string, Kept<Source, Made>>();
  #before = new Map<string, Kept<Source, Made>>();

  constructor(isSame: (a: Source, b: Source) => boolean) {
    this.#isSame = isSame;
  }

  /** A new check begins: what the last but one has made is forgotten. */
  turn(): void {
    this.#before = this.#now;
    this.#now = new Map();
  }

  get(name: string, source: Source): Made | undefined {
    const known = this.#now.get(name) ?? this.#before.get(name);
    if (!known || !this.#isSame(known.source, source)) return undefined;
    this.#now.set(name, known);
    return known.made;
  }

  keep(name: string, source: Source, made: Made): void {
    this.#now.set(name, { source, made });
  }
}

/** A handler file without its types, and what it says. */
export type Parsed = { readonly source: string; readonly script: Script };
export type ParsedWire = { readonly from: string; readonly to: string; readonly guards: readonly Guard[] };
/** `canonical`: its text, of which the program's hash is made. */
export type PlannedNode = { readonly node: ProgramNode; readonly canonical: string };

const isIdentical = (a: unknown, b: unknown): boolean => a === b;

export class CheckMemory {
  /** By their text. */
  readonly scripts = new Remembered<string, Parsed>(isIdentical);
  /** By their ids, as they stand in the file. */
  readonly nodes = new Remembered<Json, DesignNode>(equalJson);
  /** By where they begin and end. */
  readonly wires = new Remembered<Json, ParsedWire>(equalJson);
  /** By their places. */
  readonly planned = new Remembered<DesignNode, PlannedNode>(isIdentical);

  /**
   * The file at which the type stripper broke: it is WebAssembly, and once a text has taken it beyond its stack, what it says of others is
   * worth nothing. This thread checks nothing more.
   */
  brokenAt: string | undefined;

  turn(): void {
    for (const each of [this.scripts, this.nodes, this.wires, this.planned]) each.turn();
  }
}
