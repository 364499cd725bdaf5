/** Folders that are too much: too many, too large, too deep, too often named. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import type { Json } from '../../shared/json/json';
import type { HostileFolder } from './hostile';
import { smallDesign, type Place } from './place';

const MIB = 1024 * 1024;
const agent = { kind: 'agent', behaviour: { type: 'code', file: 'handlers/greeter.ts' }, provides: ['Greeting'], requires: { screen: 'Screen' } };
const names = (count: number, prefix = 'n'): readonly string[] => Array.from({ length: count }, (_, index) => `${prefix}${index}`);

/** Each supervisor is the only child of the one before. */
function chain(length: number): object {
  const design = smallDesign();
  const links = names(length, 's').map((id, index) => [id, { kind: 'supervisor', strategy: 'one_for_one', children: index + 1 < length ? [`s${index + 1}`] : [] }] as const);
  return { ...design, nodes: { ...design.nodes, root: { ...design.nodes['root'], children: ['screen', 'greeter', 'names', 's0'] }, ...Object.fromEntries(links) } };
}

function wide(count: number): object {
  const design = smallDesign();
  return { ...design, nodes: { ...design.nodes, root: { ...design.nodes['root'], children: ['screen', 'greeter', 'names', ...names(count)] }, ...Object.fromEntries(names(count).map((id) => [id, agent])) } };
}

/** Each schema names the next twice: 2^depth of them, for whoever follows every name. */
function doubling(depth: number): string {
  const definitions = Object.fromEntries(names(depth, 'd').map((name, index) => [name, index + 1 < depth ? { type: 'object', properties: { a: { $ref: `#/definitions/d${index + 1}` }, b: { $ref: `#/definitions/d${index + 1}` } }, required: ['a', 'b'] } : { type: 'string' }]));
  return JSON.stringify({ definitions, operations: { greet: { kind: 'call', input: { $ref: '#/definitions/d0' }, output: { $ref: '#/definitions/d0' } } } });
}

/** Each protocol is made of the next two. */
function diamonds(place: Place, depth: number): void {
  for (let index = 0; index < depth; index += 1) {
    for (const side of ['A', 'B']) place.write(`protocols/${side}${index}.json`, JSON.stringify({ extends: index + 1 < depth ? [`A${index + 1}`, `B${index + 1}`] : [], operations: { [`op${side}${index}`]: { kind: 'cast', input: { type: 'string' } } } }));
  }
}

function nested(open: string, close: string, depth: number): string {
  return open.repeat(depth) + close.repeat(depth);
}

export const SHAPES: readonly HostileFolder[] = [
  { name: '10,001 handlers', make: (place) => (place.small(), names(10_001).forEach((name) => writeFileSync(place.at(`handlers/${name}.ts`), ''))), refused: ['OPN005', '10000', 'handlers'] },
  { name: '12,000 files of data', make: (place) => (place.small(), names(12_000).forEach((name) => writeFileSync(place.at(`data/${name}`), ''))), lists: ['data/n1'] },
  { name: 'a design.json of 20 MB and one byte', make: (place) => (place.small(), place.write('design.json', Buffer.alloc(20 * MIB + 1, ' '))), refused: ['OPN004', '20971521'] },
  { name: 'a design.json of 5 TB', make: (place) => (place.small(), place.sparse('design.json', 5e12)), refused: ['OPN004', '5000000000000'] },
  { name: 'a protocol of 3 GB', make: (place) => (place.small(), place.sparse('protocols/Huge.json', 3e9)), says: [['PRJ009', 'protocols/Huge.json', '3000000000']], lists: ['protocols/Huge.json'] },
  { name: 'a protocol of 1.5 GB', make: (place) => (place.small(), place.sparse('protocols/Huge.json', 1.5e9)), says: [['PRJ009', 'protocols/Huge.json']], lists: ['protocols/Huge.json'] },
  { name: 'a handler of 3 GB', make: (place) => (place.small(), place.sparse('handlers/greeter.ts', 3e9)), says: [['HAN001', 'handlers/greeter.ts']], lists: ['handlers/greeter.ts'] },
  { name: '200 prompts of 1 MB of control characters', make: (place) => (place.small(), names(200).forEach((name) => place.write(`prompts/${name}.md`, Buffer.alloc(MIB, 1)))), refused: ['OPN005', 'bytes'] },
  { name: 'two protocols of 19 MB of control characters', make: (place) => (place.small(), ['A', 'B'].forEach((name) => place.write(`protocols/${name}.json`, Buffer.alloc(19 * MIB, 1)))), refused: ['OPN005', 'bytes'] },
  { name: '10,001 nodes', make: (place) => place.design(() => wide(9_998)), says: [['PRJ014', '10002']] },
  { name: '9,000 agents under one supervisor', make: (place) => place.design(() => wide(9_000)), says: [['WIR005', 'n1']] },
  { name: 'supervisors 9,000 deep', make: (place) => place.design(() => chain(9_000)), says: [] },
  { name: '100,000 wires between two nodes', make: (place) => place.design((design) => ({ ...design, wires: Array.from({ length: 100_000 }, () => ({ from: 'greeter.screen', to: 'screen' })) })), says: [['WIR010']] },
  { name: 'a title of 5 MB', make: (place) => place.design((design) => ((design.nodes['greeter']!['title'] = 'x'.repeat(5 * MIB)), design)) },
  { name: 'a name of the design of 1 MB', make: (place) => place.design((design) => ({ ...design, name: 'n'.repeat(MIB) })) },
  { name: 'a node id of 1 MB', make: (place) => place.design((design) => ((design.nodes['a'.repeat(MIB)] = { ...agent, provides: ['Greeting'] } as Record<string, Json>), design)), says: [['DES002']] },
  { name: 'a list of 3 million numbers', make: (place) => (place.small(), place.write('design.json', `{"format":"prismatic/1","more":[${'1,'.repeat(3_000_000)}1]}`)), says: [['PRJ013']] },
  { name: 'a design nested 100,000 deep', make: (place) => (place.small(), place.write('design.json', nested('[', ']', 100_000))), says: [['PRJ007', 'design.json']] },
  { name: 'a layout nested 100,000 deep', make: (place) => (place.small(), place.write('layout.json', nested('{"a":', '}', 100_000).replace('}', '1}'))), says: [] },
  { name: 'a protocol nested 100,000 deep', make: (place) => (place.small(), place.write('protocols/Screen.json', nested('{"a":', '}', 100_000).replace('}', '1}'))), says: [['PRJ007', 'protocols/Screen.json']] },
  { name: 'schemas that double 60 times', make: (place) => (place.small(), place.write('protocols/Greeting.json', doubling(60))), says: [['PRO006', 'protocols/Greeting.json', 'parts']] },
  { name: 'protocols that extend in 40 diamonds', make: (place) => (place.small(), diamonds(place, 40)) },
  { name: 'a handler of 100,000 brackets', make: (place) => (place.small(), place.write('handlers/greeter.ts', `export default ${nested('(', ')', 100_000)}`)), says: [['HAN', 'handlers/greeter.ts']] },
  { name: 'a handler of 100,000 lists', make: (place) => (place.small(), place.write('handlers/greeter.ts', `export default ${nested('[', ']', 100_000)}`)), says: [['HAN', 'handlers/greeter.ts']] },
  { name: 'a handler of one sum of 200,000 numbers', make: (place) => (place.small(), place.write('handlers/greeter.ts', `export const Greeting = { greet() { return ${'1+'.repeat(200_000)}1; } };`)), says: [['HAN', 'too deeply']] },
  { name: 'a handler whose types nest 50,000 deep', make: (place) => (place.small(), place.write('handlers/greeter.ts', `type A = ${nested('Array<', '>', 50_000).replace('<>', '<1>')};\nexport const Greeting = {};`)), says: [['handlers/greeter.ts']] },
  { name: 'handlers that import each other 2,000 deep', make: (place) => (place.small(), place.write('handlers/greeter.ts', "import { a } from './n0.ts';\nexport const Greeting = { greet: () => a };"), names(2_000).forEach((name, index) => place.write(`handlers/${name}.ts`, index < 1_999 ? `import { a as b } from './n${index + 1}.ts';\nexport const a = b;` : "import { a as b } from './n0.ts';\nexport const a = b;"))) },
  { name: 'folders 300 deep among the handlers', make: (place) => (place.small(), mkdirSync(place.at(`handlers/${'d/'.repeat(300)}`), { recursive: true }), place.write(`handlers/${'d/'.repeat(300)}x.ts`, '')) },
  { name: 'folders whose path is longer than a path may be', make: (place) => (place.small(), execFileSync('sh', ['-c', 'i=0; while [ $i -lt 30 ]; do mkdir $1 && cd -P $1 || exit 1; i=$((i+1)); done; touch x', 'sh', 'd'.repeat(200)], { cwd: place.at('data') })) },
];
