/** Words of the format that forms and drawings need as well: no schema comes along with them. */
export const NODE_KINDS = ['supervisor', 'agent', 'router', 'source', 'sink', 'timer', 'tool', 'human'] as const;
export type NodeKind = (typeof NODE_KINDS)[number];
export const isNodeKind = (kind: string): kind is NodeKind => NODE_KINDS.some((one) => one === kind);

/** Kinds that call over one port alone, which is always named so. */
const FIXED_PORTS: Readonly<Partial<Record<NodeKind | 'unknown', string>>> = { router: 'out', source: 'out', timer: 'out', human: 'escalation' };
export const fixedPortOf = (kind: NodeKind | 'unknown'): string | undefined => FIXED_PORTS[kind];

export const STRATEGIES = ['one_for_one', 'one_for_all', 'rest_for_one', 'simple_one_for_one'] as const;
export const AUTO_SHUTDOWNS = ['never', 'any_significant', 'all_significant'] as const;
export const RESTARTS = ['permanent', 'transient', 'temporary'] as const;
