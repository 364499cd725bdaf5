/** What a thread of the compiler keeps from one check to the next, so that after an edit only what changed is made anew. */
import type { Adapter } from '../../shared/design/adapter';
import type { DesignNode } from '../../shared/design/nodes/node';
import type { Guard } from '../../shared/design/guard';
import type { Json } from '../../shared/json/json';
import { equalJson } from '../../shared/schema/validate-value';
import type { Statement } from './handler-statements';
import { KnownTexts } from './known-texts';
import type { PortCalls } from './port-calls';
import { Remembered } from './remembered';
import type { ProgramNode } from '../../shared/program/program';

/** A handler file without its types, what it takes and gives, and whom it can call. */
export type Parsed = { readonly source: string; readonly statements: readonly Statement[]; readonly calls: PortCalls };
export type ParsedWire = { readonly from: string; readonly to: string; readonly guards: readonly Guard[]; readonly adapter?: Adapter; readonly isAdapterUnread?: boolean };
/** `canonical`: its text, of which the program's hash is made. */
export type PlannedNode = { readonly node: ProgramNode; readonly canonical: string };

const isIdentical = (a: unknown, b: unknown): boolean => a === b;

export class CheckMemory {
  readonly texts: KnownTexts;
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

  /** Without a clock every file is read at every check. */
  constructor(unixMs: () => number = () => 0) {
    this.texts = new KnownTexts(unixMs);
  }

  turn(): void {
    for (const each of [this.texts, this.scripts, this.nodes, this.wires, this.planned]) each.turn();
  }
}
