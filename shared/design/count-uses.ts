/** Who speaks of a protocol. */
import { listProtocols, type DesignView } from './design-view';
import { BUILT_IN_PROTOCOLS } from '../protocols/built-in';
import { protocolNamesOf, type ProjectDocument } from './document';

export type ProtocolUses = {
  readonly providers: readonly string[];
  readonly callers: readonly { readonly node: string; readonly port: string }[];
};

export function usesOf(design: DesignView, protocol: string): ProtocolUses {
  const nodes = design.order.map((id) => design.nodes.get(id)!);
  return {
    providers: nodes.filter(({ provides }) => provides.includes(protocol)).map(({ id }) => id),
    callers: nodes.flatMap(({ id, requires }) => requires.filter((one) => one.protocol === protocol).map(({ port }) => ({ node: id, port }))),
  };
}

/** Protocols that a port or a provider may name: the project's own and the built-in ones, sorted. */
export const listKnownProtocols = (document: ProjectDocument): readonly string[] => [...new Set([...protocolNamesOf(document), ...Object.keys(BUILT_IN_PROTOCOLS)])].toSorted();

/** Those the design speaks of in the order of their hues, then files that nobody speaks of yet. */
export function listShownProtocols(design: DesignView, document: ProjectDocument): readonly string[] {
  const used = listProtocols(design);
  return [...used, ...protocolNamesOf(document).filter((name) => !used.includes(name))];
}
