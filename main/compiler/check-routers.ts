/** Routers: their strategy has what it needs, their routes lead to nodes at `out`, and what they ask of the input can be asked of it. */
import { canHold, lookAtPath } from '../../shared/design/condition-verdict';
import { sayCondition, testsOf } from '../../shared/design/condition';
import { ROUTER_SETTINGS, STRATEGY_SETTINGS, type RouterNode } from '../../shared/design/nodes/router';
import { DESIGN_FILE } from '../../shared/design/project-files';
import type { ProgramOperation, ProgramProtocol } from '../../shared/program/program';
import type { ValueSchema } from '../../shared/schema/value-schema';
import { suggest, type Problems } from './problems';
import type { ReadDesign } from './read-design';

/** One router, and what is known of what it passes on. `targets`: drawn at `out`, also by wires that are at fault. */
type Routed = { readonly id: string; readonly node: RouterNode; readonly targets: readonly string[]; readonly isComplete: boolean; readonly operations: readonly (readonly [string, ProgramOperation])[] };

export function checkRouters(design: ReadDesign, protocols: ReadonlyMap<string, ProgramProtocol>, problems: Problems): void {
  // One with fields at fault has been read without them: what it lacks then is no fault of its own.
  const atFault = new Set(problems.list.map(({ at }) => at.node));
  for (const [id, node] of design.nodes) {
    if (node.kind !== 'router' || atFault.has(id)) continue;
    const targets = design.wires.flatMap(({ from, to }) => (from === `${id}.out` ? [to] : []));
    const operations = Object.entries(protocols.get(node.requires['out'] ?? '')?.operations ?? {});
    const routed: Routed = { id, node, targets, isComplete: !design.hasUnreadWires, operations };
    checkNeeds(routed, problems);
    checkRoutes(routed, problems);
    if (node.strategy === 'broadcast') checkBroadcast(routed, problems);
    if (node.strategy === 'race') checkRace(routed, problems);
    if (node.strategy === 'broadcast' || node.strategy === 'race') checkStreams(routed, problems);
    checkPaths(routed, problems);
    checkUnused(routed, problems);
  }
}

const place = (id: string, field: string) => ({ file: DESIGN_FILE, node: id, field });

function checkNeeds({ id, node }: Routed, problems: Problems): void {
  const { strategy, key, routes = [] } = node;
  const needs = (field: string, message: string, fix: string): void => problems.add({ code: 'RTR002', at: place(id, field), message, fix });
  if (strategy === 'hash' && key === undefined) needs('key', `${id} chooses by hash, and nothing says of what`, 'Give it a key: a path into the input, like "customer.id".');
  if (strategy === 'by_content' && routes.length === 0) needs('routes', `${id} chooses by content, and has no routes`, 'Give it routes: [{ "to": "<node>", "when": { "path": "topic", "equals": "invoice" } }].');
  if (strategy === 'canary' && !routes.some(({ weight = 0 }) => weight > 0)) needs('routes', `${id} chooses by weights, and they come to 0: no message would go anywhere`, 'Give it routes with weights: [{ "to": "<node>", "weight": 95 }, { "to": "<other>", "weight": 5 }].');
}

function checkRoutes({ id, node, targets, isComplete }: Routed, problems: Problems): void {
  const { strategy, routes = [], otherwise } = node;
  if (strategy !== 'by_content' && strategy !== 'canary') return;
  const needed = strategy === 'by_content' ? 'when' : 'weight';
  const misses = (field: string, to: string): void => problems.add({ code: 'RTR003', at: place(id, field), got: to, message: `${id} has a route to ${to}, which is not wired to its port out`, fix: suggest(to, targets, `Draw a wire from ${id}.out to it.`) });
  for (const [index, route] of routes.entries()) {
    if (isComplete && !targets.includes(route.to)) misses(`routes.${index}.to`, route.to);
    if (route[needed] === undefined) problems.add({ code: 'RTR004', at: place(id, `routes.${index}`), got: route.to, message: `the route to ${route.to} of ${id} has no ${needed}: ${strategy} cannot choose it`, fix: needed === 'when' ? 'Give it a condition, or make it "otherwise".' : 'Give it a weight; 0 sends nothing there.' });
  }
  if (strategy === 'by_content' && otherwise !== undefined && isComplete && !targets.includes(otherwise)) misses('otherwise', otherwise);
  const reached = new Set([...routes.map(({ to }) => to), ...(strategy === 'by_content' && otherwise !== undefined ? [otherwise] : [])]);
  for (const to of new Set(targets)) if (!reached.has(to)) problems.add({ code: 'RTR005', at: place(id, 'routes'), got: to, message: `${to} is wired to ${id}.out, and no route leads there: it gets no message`, fix: `Add a route to it, or take the wire away.` });
}

function checkBroadcast({ id, node, targets, isComplete, operations }: Routed, problems: Problems): void {
  const { quorum, collect } = node;
  if (quorum !== undefined && isComplete && targets.length > 0 && quorum > targets.length) problems.add({ code: 'RTR007', at: place(id, 'quorum'), got: quorum, message: `quorum of ${id} is ${quorum}, and ${targets.length} ${targets.length === 1 ? 'node is' : 'nodes are'} wired to out: so many can never answer`, fix: `Use at most ${targets.length}, or wire more nodes.` });
  for (const [name, { kind, errors, output }] of operations) {
    if (kind !== 'call') continue;
    if (collect === 'majority' && !errors.includes('NoQuorum')) problems.add({ code: 'RTR008', at: place(id, 'collect'), got: name, message: `the nodes behind ${id} can disagree about ${name}, and it declares no error for that`, fix: `Add "NoQuorum" to the errors of ${name}.` });
    if (collect === 'merge' && !canMerge(output)) problems.add({ code: 'RTR012', at: place(id, 'collect'), got: name, message: `the answer of ${name} holds no list that could be joined and no fields of which some may be missing: merged, it is that of the first node`, fix: 'Use collect: first, or answer with a list.' });
  }
}

/** Whether two answers in one may hold more than the first. */
function canMerge(output: ValueSchema): boolean {
  const { type, properties = {}, required = [], anyOf, additionalProperties } = output;
  if (anyOf) return anyOf.some(canMerge);
  const types = type === undefined ? ['object', 'array'] : typeof type === 'string' ? [type] : type;
  if (types.includes('array')) return true;
  if (!types.includes('object')) return false;
  const named = Object.entries(properties);
  return named.length === 0 ? additionalProperties !== false : named.some(([name, inner]) => !required.includes(name) || canMerge(inner));
}

function checkRace({ id, operations }: Routed, problems: Problems): void {
  for (const [name, { kind }] of operations) {
    if (kind === 'cast') problems.add({ code: 'RTR011', at: place(id, 'strategy'), got: name, message: `${name} is a cast, so there is no answer that could win a race: it goes to the first node that is up`, fix: 'Make it a call, or let another router pass it on.' });
  }
}

/** What several nodes stream at the same time is no one stream; one that may be left out is left out by such a router. */
function checkStreams({ id, node, operations }: Routed, problems: Problems): void {
  for (const [name, { kind, optional }] of operations) {
    if (kind === 'stream' && !optional) problems.add({ code: 'RTR013', at: place(id, 'strategy'), got: name, message: `${name} is a stream, and a router that is a ${node.strategy} cannot pass it on: it would ask several nodes at once`, fix: 'Choose a strategy that asks one node, like first or round_robin.' });
  }
}

/** What is asked of the input by a key and by conditions, against the schemas of all operations: those of one router are told apart by nothing else. */
function checkPaths({ id, node, operations }: Routed, problems: Problems): void {
  const inputs = operations.map(([, { input }]) => input);
  if (inputs.length === 0) return;
  if (node.strategy === 'hash' && node.key !== undefined) warnOfPath(id, { field: 'key', path: node.key, inputs }, problems);
  if (node.strategy !== 'by_content') return;
  for (const [index, { to, when }] of (node.routes ?? []).entries()) {
    if (when === undefined) continue;
    const field = `routes.${index}.when`;
    for (const path of new Set(testsOf(when).map((test) => test.path))) warnOfPath(id, { field, path, inputs }, problems);
    if (testsOf(when).every(({ path }) => inputs.some((input) => lookAtPath(input, path).isNamed)) && !inputs.some((input) => canHold(when, input))) problems.add({ code: 'RTR010', at: place(id, field), message: `no input fits ${sayCondition(when)}: nothing ever goes to ${to} by this route`, fix: 'Compare with a value that the schema of the input allows.' });
  }
}

function warnOfPath(id: string, { field, path, inputs }: { readonly field: string; readonly path: string; readonly inputs: readonly ValueSchema[] }, problems: Problems): void {
  if (inputs.some((input) => lookAtPath(input, path).isNamed)) return;
  const known = inputs.flatMap((input) => Object.keys(input.properties ?? {}));
  problems.add({ code: 'RTR009', at: place(id, field), got: path, message: `${id} looks at ${path}, and the input of no operation has such a field`, fix: suggest(path, known, `Name a field of the input${known.length > 0 ? `: ${known.slice(0, 8).join(', ')}` : ''}.`) });
}

function checkUnused({ id, node }: Routed, problems: Problems): void {
  for (const setting of ROUTER_SETTINGS) {
    if (node[setting] === undefined || STRATEGY_SETTINGS[node.strategy].includes(setting)) continue;
    problems.add({ code: 'RTR006', at: place(id, setting), message: `${setting} of ${id} has no effect: the strategy ${node.strategy} does not look at it`, fix: 'Take it away, or choose the strategy that it is for.' });
  }
}
