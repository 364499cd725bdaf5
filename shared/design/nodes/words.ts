/** Words of the format that forms and drawings need as well: no schema comes along with them. */
export const NODE_KINDS = ['supervisor', 'agent', 'router', 'source', 'sink', 'timer', 'tool'] as const;
export type NodeKind = (typeof NODE_KINDS)[number];
export const isNodeKind = (kind: string): kind is NodeKind => NODE_KINDS.some((one) => one === kind);

export const STRATEGIES = ['one_for_one', 'one_for_all', 'rest_for_one', 'simple_one_for_one'] as const;
export const AUTO_SHUTDOWNS = ['never', 'any_significant', 'all_significant'] as const;
export const RESTARTS = ['permanent', 'transient', 'temporary'] as const;
