/** What protocols extend, as forms and edits need it: lenient, by what stands in the files. */
import { isList, type ProjectDocument } from './document';
import { findProtocol } from './protocol-view';

/** All that a protocol extends, also over others; without itself. */
export function listExtended(document: ProjectDocument, name: string): readonly string[] {
  const found = new Set<string>();
  const ahead = [name];
  for (let at = ahead.pop(); at !== undefined; at = ahead.pop()) {
    const bases = findProtocol(document, at)?.['extends'];
    for (const base of isList(bases) ? bases : []) {
      if (typeof base !== 'string' || base === name || found.has(base)) continue;
      found.add(base);
      ahead.push(base);
    }
  }
  return [...found];
}

/** Under which of them a provider answers for a protocol: the one of that name, or one that extends it. */
export function findAnswering(document: ProjectDocument, provides: readonly string[], protocol: string): string | undefined {
  return provides.includes(protocol) ? protocol : provides.find((one) => listExtended(document, one).includes(protocol));
}
