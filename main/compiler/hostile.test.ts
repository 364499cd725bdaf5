/** Designs that strangers made to keep the check busy, or to end it. Each has to be done in seconds, and told in words that can be read. */
import { mkdirSync, mkdtempSync, truncateSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SMALL_PROJECT } from '../core/small-project';
import { compileProject } from './compile';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'prismatic-hostile-'));
  for (const [path, bytes] of SMALL_PROJECT) write(path, bytes);
});
afterEach(() => void execFileSync('rm', ['-rf', dir]));

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), content);
}
type Design = { nodes: Record<string, object>; wires: object[] };
function redesign(change: (design: Design) => void): void {
  const design = JSON.parse(Buffer.from(SMALL_PROJECT.get('design.json')!).toString()) as Design;
  change(design);
  write('design.json', JSON.stringify(design));
}
const told = async (): Promise<readonly string[]> => (await compileProject(dir)).diagnostics.map(({ code, at, message }) => `${code} ${at.file} ${message}`);

it('a tree of supervisors 9,000 deep is checked, and has a program', async () => {
  redesign(({ nodes }) => {
    nodes['root'] = { ...nodes['root'], children: ['screen', 'greeter', 'names', 's0'] };
    for (let index = 0; index < 9000; index += 1) nodes[`s${index}`] = { kind: 'supervisor', children: index < 8999 ? [`s${index + 1}`] : [] };
  });
  const { program, diagnostics } = await compileProject(dir);
  expect(Object.keys(program?.nodes ?? {})).toHaveLength(9004);
  // The product of 9,000 intensities, 2 each, is beyond all numbers.
  expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([['SUP013', expect.stringContaining('countless restarts')]]);
});

it('100,000 wires from one port are one problem', async () => {
  redesign((design) => (design.wires = [...design.wires, ...Array.from({ length: 100_000 }, () => ({ from: 'greeter.screen', to: 'screen' }))]));
  expect(await told()).toEqual([expect.stringMatching(/^WIR010 .* 100001 wires/)]);
});

it('of 50,000 problems 2,000 are told, errors first, and all are counted', async () => {
  redesign((design) => (design.wires = [{ from: 'greeter.screen', to: 'screen' }, { from: 'names.out', to: 'greeter' }, ...Array.from({ length: 50_000 }, () => ({ from: 'nobody.x', to: 'screen' }))]));
  const { diagnostics, counts } = await compileProject(dir);
  expect(counts).toEqual({ error: 50_000, warning: 0, info: 0 });
  expect(diagnostics).toHaveLength(2001);
  expect(diagnostics.filter(({ code }) => code === 'PRJ015').map(({ got }) => got)).toEqual([50_000]);
});

it('9,000 agents that are wired in a row are checked', async () => {
  redesign((design) => {
    const ids = Array.from({ length: 9000 }, (_, index) => `n${index}`);
    design.nodes['root'] = { ...design.nodes['root'], children: ['screen', 'greeter', 'names', ...ids] };
    for (const [index, id] of ids.entries()) {
      design.nodes[id] = { kind: 'agent', behaviour: { type: 'scripted', rules: [{ reply: {} }] }, provides: ['Greeting'], requires: { next: 'Greeting' } };
      design.wires.push({ from: `${id}.next`, to: ids[(index + 1) % ids.length] });
    }
  });
  expect((await compileProject(dir)).diagnostics.map(({ code }) => code)).toEqual(['WIR011']);
});

it('protocols that extend in 60 diamonds are read once each', async () => {
  for (let index = 0; index < 60; index += 1) for (const side of ['A', 'B']) write(`protocols/${side}${index}.json`, JSON.stringify({ extends: index < 59 ? [`A${index + 1}`, `B${index + 1}`] : [], operations: { [`op${side}${index}`]: { kind: 'cast', input: { type: 'string' } } } }));
  redesign(({ nodes }) => (nodes['greeter'] = { ...nodes['greeter'], provides: ['Greeting', 'A0'] }));
  expect(await told()).toEqual([expect.stringMatching(/^HAN008 .* does not export A0/), expect.stringMatching(/^PRO018 protocols\/B0/)]);
});

it('hundreds of overrides that are hard to compare cost no more than a few of them', async () => {
  const hard = (type: string) => ({ anyOf: Array.from({ length: 12 }, (_, index) => ({ anyOf: Array.from({ length: 12 }, (_, inner) => ({ type: 'object', properties: { [`a${index}`]: { type }, [`b${inner}`]: { anyOf: [{ type }, { type: 'null' }] } } })) })) });
  write('protocols/Hard.json', JSON.stringify({ operations: { ask: { kind: 'call', input: hard('integer'), output: hard('number') } } }));
  for (let index = 0; index < 300; index += 1) write(`protocols/Over${index}.json`, JSON.stringify({ extends: ['Hard'], operations: { ask: { kind: 'call', input: hard('number'), output: hard('integer') } } }));
  const before = process.cpuUsage();
  const said = await told();
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(15_000);
  expect(new Set(said.map((one) => one.slice(0, 6)))).toEqual(new Set(['PRO017', 'PRO018']));
});

it('40,000 guards on a wire are gone through once', async () => {
  redesign((design) => (design.wires[0] = { ...design.wires[0], guards: Array.from({ length: 40_000 }, () => ({ kind: 'retry', idempotent: true })) }));
  const before = process.cpuUsage();
  expect((await told()).some((one) => one.includes('more than one retry'))).toBe(true);
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(15_000);
}, 60_000);

it('schemas that double 40 times are refused by their parts', async () => {
  const definitions = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`d${index}`, index < 39 ? { anyOf: [{ $ref: `#/definitions/d${index + 1}` }, { $ref: `#/definitions/d${index + 1}` }] } : { type: 'string' }]));
  write('protocols/Screen.json', JSON.stringify({ definitions, operations: { show: { kind: 'cast', input: { $ref: '#/definitions/d0' } } } }));
  expect(await told()).toEqual([expect.stringMatching(/^PRO006 protocols\/Screen.json .* more than 10000 parts/)]);
});

it.each([['protocols/Huge.json', 'PRJ009'], ['handlers/greeter.ts', 'HAN001']])('%s of 3 GB is not read', async (path, code) => {
  write(path, '');
  truncateSync(join(dir, path), 3e9);
  expect(await told()).toEqual([expect.stringMatching(new RegExp(`^${code} ${path}`))]);
});

it('folders longer than a path may be, and names that are no text, hide nothing and end nothing', async () => {
  mkdirSync(Buffer.concat([Buffer.from(`${dir}/data/`), Buffer.from([0xff, 0xfe])]));
  execFileSync('sh', ['-c', 'i=0; while [ $i -lt 30 ]; do mkdir $1 && cd -P $1 || exit 1; i=$((i+1)); done', 'sh', 'd'.repeat(200)], { cwd: join(dir, 'data') });
  write('data/z.db', '');
  expect(await told()).toEqual([expect.stringContaining('PRJ010 data/z.db')]);
});

it.each([
  ['100,000 brackets', `export default ${'('.repeat(100_000)}1${')'.repeat(100_000)}`],
  ['a sum of 200,000 numbers', `export const Greeting = { greet() { return ${'1+'.repeat(200_000)}1; } };`],
])('a handler of %s is told in words', async (_, source) => {
  write('handlers/greeter.ts', source);
  for (const one of await told()) expect(one).not.toMatch(/call stack|RangeError/);
});

it('what is said of a field of a million letters can be read', async () => {
  redesign(({ nodes }) => (nodes['greeter'] = { ...nodes['greeter'], ['x'.repeat(1e6)]: 1, restart: 'y'.repeat(1e6) }));
  const { diagnostics } = await compileProject(dir);
  expect(diagnostics.length).toBeGreaterThan(1);
  for (const one of diagnostics) expect(JSON.stringify(one).length).toBeLessThan(3000);
});
