/** Protocols of the project that nobody speaks. */
import type { ReadDesign } from './read-design';
import { providedBy } from '../../shared/design/nodes/provided';
import { PROTOCOL_NAME } from '../../shared/ids';
import type { Problems } from './problems';
import type { Protocols } from './resolved-wire';

/** `own`: those with a file. What could not be read, or is not run, may be what speaks them. */
export function checkUses(design: ReadDesign, { protocols, own, unread }: { readonly protocols: Protocols; readonly own: Iterable<string>; readonly unread: ReadonlySet<string> }, problems: Problems): void {
  if (unread.size > 0 || design.unread.size > 0 || design.notRun.size > 0) return;
  const spoken = new Set<string>();
  for (const node of design.nodes.values()) {
    for (const name of providedBy(node)) spoken.add(name);
    if (node.kind !== 'supervisor') for (const name of Object.values(node.requires)) spoken.add(name);
  }
  for (const name of [...spoken]) for (const base of protocols.get(name)?.extends ?? []) spoken.add(base);
  // A name that is misspelt may be meant for one of them.
  for (const name of spoken) if (!protocols.has(name)) return;
  for (const { adapter } of design.wires) if (adapter) spoken.add(adapter.protocol);
  for (const name of own) if (PROTOCOL_NAME.test(name) && !spoken.has(name)) problems.add({ code: 'PRO018', at: { file: `protocols/${name}.json` }, got: name, message: `no node provides or requires ${name}`, fix: 'Let a node speak it, or delete the file.' });
}
