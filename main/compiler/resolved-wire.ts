import type { ProgramProtocol, ProgramWire } from '../../shared/program/program';
import { DESIGN_FILE } from '../../shared/design/project-files';
import type { Place } from '../../shared/errors/diagnostic';

/** A wire both ends of which are known; `index`: its place in `design.json`. */
export type ResolvedWire = { readonly index: number; readonly wire: ProgramWire };
export type Protocols = ReadonlyMap<string, ProgramProtocol>;

export const placeOfGuard = (index: number, guard: number, field?: string): Place => ({ file: DESIGN_FILE, field: `wires.${index}.guards.${guard}${field === undefined ? '' : `.${field}`}` });

/** A protocol that extends the one that is wanted does for it. */
export const answers = (protocols: Protocols, provides: readonly string[], protocol: string): boolean => provides.some((name) => name === protocol || protocols.get(name)?.extends?.includes(protocol));

export type ProtocolFacts = { readonly hasOnlyCasts: boolean; /** Calls that are not marked idempotent. */ readonly once: readonly string[]; readonly errors: ReadonlySet<string> };

const NOTHING_KNOWN: ProtocolFacts = { hasOnlyCasts: false, once: [], errors: new Set() };
const facts = new WeakMap<ProgramProtocol, ProtocolFacts>();

/** Looked up once a protocol: thousands of wires may speak one that has thousands of operations. */
export function factsOf(protocols: Protocols, name: string): ProtocolFacts {
  const protocol = protocols.get(name);
  if (!protocol) return NOTHING_KNOWN;
  const known = facts.get(protocol);
  if (known) return known;
  const operations = Object.entries(protocol.operations);
  const found = {
    // Of one that could not be read there is nothing: it may have calls.
    hasOnlyCasts: operations.length > 0 && operations.every(([, { kind }]) => kind === 'cast'),
    once: operations.flatMap(([id, { kind, idempotent }]) => (kind === 'cast' || idempotent ? [] : [id])),
    errors: new Set(operations.flatMap(([, { errors }]) => errors)),
  };
  facts.set(protocol, found);
  return found;
}

/** Nothing over it is answered. */
export const hasOnlyCasts = (protocols: Protocols, { protocol }: Pick<ProgramWire, 'protocol'>): boolean => factsOf(protocols, protocol).hasOnlyCasts;

export const describeWire = ({ from, to }: ProgramWire): string => `${from.node}.${from.port} to ${to}`;
