/** Protocols of the open design as the canvas needs them: their order (hues), which are cast only, and which ports are wired. */
import { create } from 'zustand';
import { listProtocols, type DesignView } from '../../shared/design/design-view';
import { findJson, protocolPath, type ProjectDocument } from '../../shared/design/document';
import { isObject } from '../../shared/json/is-object';
import { BUILT_IN_PROTOCOLS } from '../../shared/protocols/built-in';

type Protocols = { readonly protocols: readonly string[]; readonly castOnly: ReadonlySet<string>; readonly wired: ReadonlySet<string> };
export const useProtocols = create<Protocols>(() => ({ protocols: [], castOnly: new Set(), wired: new Set() }));

export function readProtocols(design: DesignView, document: ProjectDocument): Protocols {
  const protocols = listProtocols(design);
  return { protocols, castOnly: new Set(protocols.filter((name) => isCastOnly(document, name))), wired: new Set(design.wires.map(({ from }) => `${from.node}.${from.port}`)) };
}

/** No reply comes back over a wire of such a protocol: all of its operations are casts. */
function isCastOnly(document: ProjectDocument, name: string): boolean {
  const file = findJson(document, protocolPath(name)) ?? (Object.hasOwn(BUILT_IN_PROTOCOLS, name) ? BUILT_IN_PROTOCOLS[name] : undefined);
  const operations = isObject(file) && isObject(file['operations']) ? Object.values(file['operations']) : [];
  return operations.length > 0 && operations.every((one) => isObject(one) && one['kind'] === 'cast');
}

const sameList = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((one, index) => one === b[index]);

/** Keeps the list's identity where it says the same, so that hues of all nodes are not asked anew after each edit. */
export function setProtocols(next: Protocols): void {
  const now = useProtocols.getState();
  useProtocols.setState({ ...next, protocols: sameList(now.protocols, next.protocols) ? now.protocols : next.protocols });
}

export const selectProtocols = (state: Protocols): readonly string[] => state.protocols;
export const selectIsCastOnly = (protocol: string | undefined) => (state: Protocols): boolean => protocol !== undefined && state.castOnly.has(protocol);
export const selectIsWired = (id: string, port: string) => (state: Protocols): boolean => state.wired.has(`${id}.${port}`);
