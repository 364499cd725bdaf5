/** An input that was worth finding, kept as the example of its operation. */
import { findJson, isList, protocolPath, type ProjectDocument } from '../document';
import { isObject } from '../../json/is-object';
import type { Json } from '../../json/json';
import type { Edit } from './edit';
import { Editing } from './editing';

/** The project's own protocol that has the operation: itself, or the last of those that it extends. Nothing for one of ours. */
export function ownerOf(document: ProjectDocument, protocol: string, operation: string): string | undefined {
  // Each is looked at once: what a stranger draws in diamonds has 2^n ways.
  const seen = new Set<string>();
  const find = (one: string): string | undefined => {
    const file = findJson(document, protocolPath(one));
    if (!isObject(file) || seen.has(one)) return undefined;
    seen.add(one);
    if (isObject(file['operations']) && isObject(file['operations'][operation])) return one;
    const bases = isList(file['extends']) ? file['extends'].filter((base) => typeof base === 'string') : [];
    for (const base of bases.toReversed()) {
      const owner = find(base);
      if (owner !== undefined) return owner;
    }
    return undefined;
  };
  return find(protocol);
}

/** In the place of the example that was there; what the answer to that was is no answer to this. */
export function keepAsExample(document: ProjectDocument, message: { readonly protocol: string; readonly operation: string; readonly input: Json }): Edit | string {
  const owner = ownerOf(document, message.protocol, message.operation);
  if (owner === undefined) return `${message.protocol} is not a protocol of this project`;
  const editing = new Editing(document);
  editing.set(protocolPath(owner), ['operations', message.operation, 'example'], message.input);
  return editing.finish(`keep an example of ${owner}.${message.operation}`) ?? 'it is the example already';
}
