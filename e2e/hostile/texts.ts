/** Folders whose texts are after something: keys that reach prototypes, numbers beyond all, names that are methods, code, markup. */
import type { Json } from '../../shared/json/json';
import type { HostileFolder } from './hostile';
import { harm, smallDesign, type Place, type SmallDesign } from './place';

const raw = (path: string, content: string | Uint8Array) => (place: Place): void => (place.small(), place.write(path, content));
const node = (id: string, field: string, value: Json) => (place: Place): void => place.design((design) => ((design.nodes[id]![field] = value), design));
const withNode = (id: string, value: Readonly<Record<string, Json>>) => (design: SmallDesign): SmallDesign => ((design.nodes[id] = value), (design.nodes['root']!['children'] = ['screen', 'greeter', 'names', id]), design);
const designText = JSON.stringify(smallDesign());
const protocol = (input: Json) => raw('protocols/Greeting.json', JSON.stringify({ operations: { greet: { kind: 'call', input, output: { type: 'string' } } } }));
const handler = (source: string) => raw('handlers/greeter.ts', source);
const ROOT = { kind: 'supervisor', strategy: 'one_for_one', children: ['root', 'greeter'] };

const KEYS: readonly HostileFolder[] = [
  { name: 'the key __proto__', make: raw('design.json', `{"__proto__":{"polluted":true},${designText.slice(1)}`), says: [['PRJ006', '__proto__', 'design.json']] },
  { name: 'the key __proto__ written with signs', make: raw('design.json', `{"\\u005f\\u005fproto\\u005f\\u005f":{"polluted":true},${designText.slice(1)}`), says: [['PRJ006', '__proto__']] },
  { name: 'a node called constructor', make: raw('design.json', designText.replace('"nodes":{', '"nodes":{"constructor":{"prototype":{"polluted":true}},')), says: [['PRJ006', 'constructor']] },
  { name: 'a layout with prototypes', make: raw('layout.json', '{"tree":{"__proto__":{"x":1,"y":1,"polluted":true}}}') },
  { name: 'a protocol with prototypes', make: raw('protocols/Greeting.json', '{"operations":{"__proto__":{"kind":"cast","input":{}}}}'), says: [['PRJ006', 'protocols/Greeting.json']] },
  { name: 'a schema with prototypes', make: raw('protocols/Greeting.json', '{"operations":{"greet":{"kind":"call","input":{"type":"object","properties":{"constructor":{"type":"object"}}},"output":{}}}}'), says: [['PRJ006', 'constructor']] },
  { name: 'a key that stands twice', make: raw('design.json', `{"nodes":{},${designText.slice(1)}`), says: [['PRJ005', 'nodes']] },
  { name: 'numbers beyond all', make: raw('design.json', designText.replace('"name":"greeter"', '"name":"greeter","more":1e999')), says: [['PRJ008', '1e999']] },
  { name: 'nodes called as every object calls its methods', make: (place) => place.design((design) => ['valueof', 'tostring', 'then', 'tojson', 'length'].reduce((made, id) => ((made.nodes[id] = { ...made.nodes['greeter']! }), made), design)), says: [['DES005', 'valueof']] },
  { name: 'operations and ports called as every object calls its methods', make: (place) => (place.design((design) => ((design.nodes['greeter']!['requires'] = { screen: 'Screen', then: 'Screen', toString: 'Screen', hasOwnProperty: 'Screen', valueOf: 'Screen' }), design)), place.write('protocols/Screen.json', JSON.stringify({ operations: Object.fromEntries(['show', 'then', 'toString', 'hasOwnProperty', 'valueOf', 'toJSON'].map((name) => [name, { kind: 'cast', input: { type: 'string' } }])) }))), says: [['WIR005', 'then']] },
  { name: 'protocols called Object and Function', make: (place) => (place.design((design) => ((design.nodes['greeter']!['provides'] = ['Object', 'Function']), design)), ['Object', 'Function', 'Array', 'Promise'].forEach((name) => place.write(`protocols/${name}.json`, '{"operations":{"call":{"kind":"cast","input":{"type":"string"}}}}'))) },
  { name: 'wires to what every object has', make: (place) => place.design((design) => ({ ...design, wires: [...design.wires, { from: 'greeter.constructor', to: 'toString' }, { from: 'hasOwnProperty.call', to: 'screen' }] })), says: [['WIR', 'constructor'], ['WIR', 'hasOwnProperty']] },
  { name: 'a revived object', make: (place) => place.design((design) => ({ ...design, lc: 1, type: 'secret', id: ['HOME'], $type: 'System.Diagnostics.Process', '@type': 'x' })), says: [['DES010', 'lc']] },
];

const VALUES: readonly HostileFolder[] = [
  { name: 'nothing in design.json', make: raw('design.json', ''), says: [['PRJ003', 'design.json']] },
  { name: 'zero bytes', make: raw('design.json', Buffer.alloc(1000)), says: [['PRJ003', 'design.json']] },
  { name: 'a database as design.json', make: raw('design.json', Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(4080, 0xff)])), says: [['PRJ011', 'design.json']], lists: ['design.json'] },
  { name: 'UTF-16', make: raw('design.json', Buffer.from(`\ufeff${designText}`, 'utf16le')), says: [['PRJ011', 'design.json']] },
  ...['null', '[]', '"prismatic/1"', '1', 'true'].map((text): HostileFolder => ({ name: `${text} as design.json`, make: raw('design.json', text), says: [['PRJ012', 'design.json']] })),
  { name: 'a newer format', make: raw('design.json', designText.replace('prismatic/1', 'prismatic/99')), says: [['PRJ012', 'prismatic/99']] },
  { name: 'nodes that are no nodes', make: (place) => place.design((design) => ({ ...design, nodes: { ...design.nodes, a: null, b: [], c: 1, d: 'x', e: { kind: {} }, f: { kind: 'toString' } } })), says: [['DES008', 'a'], ['DES008', 'toString']] },
  { name: 'a supervisor that is its own child', make: (place) => place.design((design) => ({ ...design, nodes: { ...design.nodes, root: ROOT } })), says: [['DES', 'root']] },
  { name: 'supervisors in a circle', make: (place) => place.design((design) => ({ ...design, nodes: { ...design.nodes, root: { ...ROOT, children: ['a'] }, a: { ...ROOT, children: ['b'] }, b: { ...ROOT, children: ['a', 'greeter', 'screen', 'names'] } } })), says: [['DES', 'a']] },
  { name: 'bounds that are none', make: (place) => place.design((design) => (Object.assign(design.nodes['root']!, { maxRestarts: -1, maxSeconds: 1e300 }), Object.assign(design.nodes['greeter']!, { mailbox: 9e15, shutdown: '1e9' }), design)), says: [['maxRestarts'], ['mailbox'], ['shutdown']] },
  { name: 'positions beyond all', make: raw('layout.json', JSON.stringify({ tree: { greeter: { x: 1e308, y: -1e308 }, root: { x: 'a', y: null } }, flow: { greeter: { x: 9e99, y: 1e-300 } } })) },
  { name: 'a pattern that never ends', make: protocol({ type: 'string', pattern: '^(a+)+$', example: `${'a'.repeat(50)}!` }) , says: [['protocols/Greeting.json', 'pattern']] },
  { name: 'schemas that name themselves', make: protocol({ $ref: '#/operations/greet/input' }), says: [['protocols/Greeting.json']] },
  { name: 'schemas that lie elsewhere', make: (place) => protocol({ anyOf: [{ $ref: `${place.targets.url}/schema.json` }, { $ref: 'file:///etc/passwd' }, { $ref: '../../secret/key.json' }] })(place), says: [['protocols/Greeting.json', 'file:///etc/passwd']] },
  { name: 'protocols that extend themselves', make: (place) => (place.small(), place.write('protocols/Greeting.json', '{"extends":["Screen"],"operations":{}}'), place.write('protocols/Screen.json', '{"extends":["Greeting","Screen"],"operations":{}}')), says: [['PRO', 'Screen']] },
  { name: 'a scenario without an end', make: raw('scenarios/storm.json', JSON.stringify({ format: 'prismatic-scenario/1', load: [], faults: Array.from({ length: 50_000 }, () => ({ atMs: 1e15, kind: 'crash', node: 'greeter' })), untilMs: 9e15 })) },
];

const CODE: readonly HostileFolder[] = [
  { name: 'a handler that does harm as it is read', make: (place) => handler(harm(place.targets))(place), says: [['HAN', 'handlers/greeter.ts']] },
  { name: 'a handler that imports by code', make: (place) => handler(`export const Greeting = { async greet() { const fs = await import('node:fs'); fs.writeFileSync(${JSON.stringify(place.targets.ran)}, 'x'); await import('${place.targets.url}/x.js'); } };`)(place), says: [['HAN004', 'import()']] },
  { name: 'a handler that closes what it stands in', make: (place) => handler(`}); });\n${harm(place.targets)}\n({ ({ function x() {`)(place), says: [['HAN', 'handlers/greeter.ts']] },
  { name: 'a handler with a map and a reference elsewhere', make: (place) => handler(`/// <reference path="/etc/passwd" />\n/// <reference types="${place.targets.url}/types" />\nexport const Greeting = { greet: () => null };\n//# sourceMappingURL=${place.targets.url}/map.json\n//# sourceURL=${place.targets.url}/source.js\n`)(place) },
  { name: 'a handler that is JSON with code', make: (place) => (place.design((design) => ((design.nodes['greeter']!['behaviour'] = { type: 'code', file: 'handlers/greeter.json' }), design)), place.write('handlers/greeter.json', harm(place.targets))), says: [['greeter']] },
  { name: 'nodes with commands in them', make: (place) => place.design(withNode('shell', { kind: 'tool', behaviour: { type: 'mcp', command: '/bin/sh', args: ['-c', `touch ${place.targets.ran}`], env: { A: 'b' } }, mcpServers: { x: { command: 'npx', args: ['-y', 'x'], url: place.targets.url } } })), says: [['DES013', 'shell', 'server'], ['DES010', 'shell', 'behaviour']] },
  { name: 'a model at an address of its own', make: (place) => node('greeter', 'behaviour', { type: 'model', provider: { baseUrl: place.targets.url, apiKey: '${env.HOME}' }, prompt: { $eval: 'process.exit()' } })(place), says: [['DES013', 'greeter', 'behaviour.prompt'], ['DES013', 'greeter', 'behaviour.provider']] },
  { name: 'grants that it gives itself', make: (place) => (place.design((design) => ({ ...design, grants: [{ kind: 'http', host: '*' }], trusted: true, capabilities: ['all'] })), place.write('grants.json', '{"format":"prismatic-grants/1","grants":[{"kind":"all"}]}'), place.write('.prismatic/grants.json', '{"all":true}')), says: [['DES010', 'grants'], ['DES010', 'trusted']] },
];

export const TEXTS: readonly HostileFolder[] = [...KEYS, ...VALUES, ...CODE];
