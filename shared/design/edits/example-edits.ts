/** An input that was worth finding, kept as the example of its operation. */
import { findJson, isList, protocolPath, type ProjectDocument } from '../document';
import { isObject } from '../../json/is-object';
import type { Json } from '../../json/json';
import type { Edit } from './edit';
import { Editing } from './editing';

/** The project's own protocol that has the operation: itself, or the last of those that it extends. Nothing for one of ours. */
export function ownerOf(document: ProjectDocument, protocol: string, operation: string, below: readonly string[] = []): string | undefined {
  const file = findJson(document, protocolPath(protocol));
  if (!isObject(file) || below.includes(protocol)) return undefined;
  if (isObject(file['operations']) && isObject(file['operations'][operation])) return protocol;
  const bases = isList(file['extends']) ? file['extends'].filter((one) => typeof one === 'string') : [];
  return bases.toReversed().map((base) => ownerOf(document, base, operation, [...below, protocol])).find((owner) => owner !== undefined);
}

/** In the place of the example that was there; what the answer to that was is no answer to this. */
export function keepAsExample(document: ProjectDocument, message: { readonly protocol: string; readonly operation: string; readonly input: Json }): Edit | string {
  const owner = ownerOf(document, message.protocol, message.operation);
  if (owner === undefined) return `${message.protocol} is not a protocol of this project`;
  const editing = new Editing(document);
  editing.set(protocolPath(owner), ['operations', message.operation, 'example'], message.input);
  return editing.finish(`keep an example of ${owner}.${message.operation}`) ?? 'it is the example already';
}
