/** `llm: Model` or just `Model`, as a port and its protocol. Pure. */
import { freeId } from '../../shared/design/edits/free-id';

/** The name that a port gets from its protocol. */
export const stemOf = (protocol: string): string => protocol.charAt(0).toLowerCase() + protocol.slice(1);

/** `fixed`: the only name that the port may have. */
export function parsePort(text: string, taken: readonly string[], fixed?: string): { readonly port: string; readonly protocol: string } {
  const [first = '', second] = text.split(':').map((part) => part.trim());
  const protocol = second === undefined || second === '' ? first : second;
  if (fixed !== undefined) return { port: fixed, protocol };
  if (second !== undefined && second !== '') return { port: first, protocol };
  return { port: freeId(stemOf(protocol), (port) => taken.includes(port)).replaceAll('-', ''), protocol };
}
