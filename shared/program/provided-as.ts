/** Which protocol of a node answers for another: its own of that name, or one that extends it. */
import type { ProtocolName } from '../ids';
import type { Program } from './program';

type Provider = { readonly provides?: readonly ProtocolName[] };

/** Under which of its protocols a node answers messages of one; nothing where it does not. */
export function findProvided({ protocols }: Pick<Program, 'protocols'>, { provides = [] }: Provider, protocol: ProtocolName): ProtocolName | undefined {
  if (provides.includes(protocol)) return protocol;
  return provides.find((name) => Object.hasOwn(protocols, name) && protocols[name]!.extends?.includes(protocol));
}
