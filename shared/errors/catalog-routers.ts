import type { CatalogPart } from './catalog-entry';

/** The example's desk asks two brains through a router; `fields` are the router's own. */
const withRouter = (fields: string, wires = '{ "from": "pool.out", "to": "brain" }, { "from": "pool.out", "to": "spare" }'): string => `{
  "nodes": {
    "root": { "children": ["desk", "pool", "brain", "spare", "book"] },
    "spare": { "kind": "agent", "behaviour": { "type": "scripted", "rules": [{ "reply": { "text": "other" } }] }, "provides": ["Model"] },
    "pool": { "kind": "router", ${fields}, "provides": ["Model"], "requires": { "out": "Model" } }
  },
  "wires": [{ "from": "desk.llm", "to": "pool" }, ${wires}]
}`;
/** The same with a protocol of the project, which a router passes on to two nodes. */
const withBooks = (fields: string): string => `{
  "nodes": {
    "root": { "children": ["desk", "brain", "book", "copy", "books"] },
    "copy": { "kind": "sink", "behaviour": { "type": "console" }, "provides": ["Log"] },
    "books": { "kind": "router", ${fields}, "provides": ["Log"], "requires": { "out": "Log" } }
  },
  "wires": [{ "from": "desk.llm", "to": "brain" }, { "from": "books.out", "to": "book" }, { "from": "books.out", "to": "copy" }]
}`;

/** Two desks behind a router. */
const withDesks = (fields: string): string => `{
  "nodes": {
    "root": { "children": ["desk", "night", "front", "brain", "book"] },
    "night": { "kind": "agent", "behaviour": { "type": "scripted", "rules": [{ "reply": { "topic": "later" } }] }, "provides": ["Triage"] },
    "front": { "kind": "router", ${fields}, "provides": ["Triage"], "requires": { "out": "Triage" } }
  },
  "wires": [{ "from": "desk.llm", "to": "brain" }, { "from": "front.out", "to": "desk" }, { "from": "front.out", "to": "night" }]
}`;

/** Codes of routers: RTR0xx. */
export const routerCatalog = {
  RTR001: {
    severity: 'error',
    title: 'a setting of a router is not valid',
    meaning:
      'Settings of a router: `key` (a path into the input, for `hash`), `quorum`, `gatherMs` and `collect` (for `broadcast`), `routes` (for `by_content` and `canary`) and `otherwise`. A condition is an object with one test of the value at a `path` (`equals`, `in`, `contains`, `greater`, `less`, `exists`), or with `and`, `or`, `not` of conditions; it is data, never code. A test that is not known is refused, since a message would go where nobody meant it to.',
    in: 'design.json',
    wrong: withRouter('"strategy": "by_content", "routes": [{ "to": "brain", "when": { "path": "prompt", "matches": "bill" } }], "otherwise": "spare"'),
    right: withRouter('"strategy": "by_content", "routes": [{ "to": "brain", "when": { "path": "prompt", "contains": "bill" } }], "otherwise": "spare"'),
  },
  RTR002: {
    severity: 'error',
    title: 'the strategy of a router lacks what it chooses by',
    meaning: '`hash` needs a `key`, `by_content` needs `routes` with conditions, `canary` needs `routes` with weights that come to more than 0.',
    in: 'design.json',
    wrong: withRouter('"strategy": "hash"'),
    right: withRouter('"strategy": "hash", "key": "prompt"'),
  },
  RTR003: {
    severity: 'error',
    title: 'a route of a router leads to a node that is not wired to it',
    meaning: 'A router sends over the wires of its port `out` alone: a route names a node at the end of one of them. Routes stand in the router and not on the wires, so that their order is seen, and wires can be drawn in any order.',
    in: 'design.json',
    wrong: withRouter('"strategy": "canary", "routes": [{ "to": "brain", "weight": 95 }, { "to": "spare", "weight": 4 }, { "to": "spar", "weight": 1 }]'),
    right: withRouter('"strategy": "canary", "routes": [{ "to": "brain", "weight": 95 }, { "to": "spare", "weight": 5 }]'),
  },
  RTR004: {
    severity: 'error',
    title: 'a route of a router has nothing to be chosen by',
    meaning: 'With `by_content` every route has a condition `when`; where none holds, the message goes to `otherwise`. With `canary` every route has a `weight`.',
    in: 'design.json',
    wrong: withRouter('"strategy": "canary", "routes": [{ "to": "brain", "weight": 95 }, { "to": "spare" }]'),
    right: withRouter('"strategy": "canary", "routes": [{ "to": "brain", "weight": 95 }, { "to": "spare", "weight": 5 }]'),
  },
  RTR005: {
    severity: 'warning',
    title: 'a node behind a router gets no message',
    meaning: 'With `by_content` and `canary` only nodes that a route (or `otherwise`) names are sent to.',
    in: 'design.json',
    wrong: withRouter('"strategy": "canary", "routes": [{ "to": "brain", "weight": 95 }]'),
    right: withRouter('"strategy": "canary", "routes": [{ "to": "brain", "weight": 95 }, { "to": "spare", "weight": 5 }]'),
  },
  RTR006: {
    severity: 'info',
    title: 'a setting of a router has no effect',
    meaning: 'Each strategy looks at its own settings alone. Others are kept in the file, so that a strategy can be tried and taken back, and are no part of the program.',
    in: 'design.json',
    wrong: withRouter('"strategy": "first", "key": "prompt"'),
    right: withRouter('"strategy": "hash", "key": "prompt"'),
  },
  RTR007: {
    severity: 'error',
    title: 'a quorum is larger than the number of nodes',
    meaning: '`quorum` counts the nodes that must answer; there are as many as wires at `out`.',
    in: 'design.json',
    wrong: withRouter('"strategy": "broadcast", "quorum": 3'),
    right: withRouter('"strategy": "broadcast", "quorum": 2'),
  },
  RTR008: {
    severity: 'error',
    title: 'nodes behind a router can disagree, and no error says so',
    meaning: 'With `collect: majority` a call has no answer where too few nodes give the same one. That is an answer of its own, so the operation declares it: the error `NoQuorum`, with `{answered, wanted}` as its data.',
    in: 'design.json',
    wrong: withRouter('"strategy": "broadcast", "collect": "majority"'),
    right: withRouter('"strategy": "broadcast", "collect": "first"'),
  },
  RTR009: {
    severity: 'warning',
    title: 'a router looks at a field that the input does not have',
    meaning: 'The path of a key or of a condition should lead to a field that the schema of the input names. Where nothing stands at the path, `hash` sends all messages to the same node, and no test but `exists: false` holds.',
    in: 'design.json',
    wrong: withRouter('"strategy": "hash", "key": "promt"'),
    right: withRouter('"strategy": "hash", "key": "prompt"'),
  },
  RTR010: {
    severity: 'warning',
    title: 'a condition of a router can never hold',
    meaning: 'No value that the schema of the input allows fits the condition: it compares with a value of another type, or outside of the bounds, or contradicts itself.',
    in: 'design.json',
    wrong: withRouter('"strategy": "by_content", "routes": [{ "to": "brain", "when": { "path": "prompt", "greater": 7 } }], "otherwise": "spare"'),
    right: withRouter('"strategy": "by_content", "routes": [{ "to": "brain", "when": { "path": "prompt", "contains": "bill" } }], "otherwise": "spare"'),
  },
  RTR011: {
    severity: 'warning',
    title: 'a cast cannot be raced for',
    meaning: 'A race is won by the first good answer, and a cast has none. It goes to the first node that is up, so that no work is done twice.',
    in: 'design.json',
    wrong: withBooks('"strategy": "race"'),
    right: withBooks('"strategy": "first"'),
  },
  RTR012: {
    severity: 'warning',
    title: 'answers that cannot be merged',
    meaning: 'With `collect: merge` lists are joined and objects merged field by field; of anything else the answer of the first node stays. The answer of this operation holds neither.',
    in: 'design.json',
    wrong: withDesks('"strategy": "broadcast", "collect": "merge"'),
    right: withDesks('"strategy": "broadcast", "collect": "first"'),
  },
  RTR013: {
    severity: 'error',
    title: 'a stream is asked of several nodes at once',
    meaning: 'A router with `broadcast` or `race` asks several nodes, and puts their answers together or takes the first. The items of several streams have no order among each other, and the first item says nothing of how a stream ends.',
    in: 'design.json',
    beside: { 'protocols/Log.json': '{ "operations": { "tail": { "kind": "stream" } } }\n' },
    wrong: withBooks('"strategy": "broadcast"'),
    right: withBooks('"strategy": "round_robin"'),
  },
} as const satisfies CatalogPart;
