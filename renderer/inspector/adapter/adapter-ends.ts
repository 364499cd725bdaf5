/** Where adapters lead, and which problems speak of them. Pure. */
import type { DesignView, WireView } from '../../../shared/design/design-view';

export const isAboutAdapter = (field: string | undefined, wire: number): boolean => field === `wires.${wire}.adapter` || field?.startsWith(`wires.${wire}.adapter.`) === true;

export type Other = { readonly node: string; readonly protocol: string };

/** Nodes that provide other protocols than the port requires. */
export const listOthers = ({ order, nodes }: DesignView, { from, protocol }: Pick<WireView, 'from' | 'protocol'>): readonly Other[] =>
  order.filter((id) => id !== from.node && nodes.get(id)!.kind !== 'supervisor' && nodes.get(from.node)?.kind !== 'router').flatMap((id) => nodes.get(id)!.provides.filter((one) => one !== protocol).map((one): Other => ({ node: id, protocol: one })));
