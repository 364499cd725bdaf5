import { describe, expect, it } from 'vitest';
import { refuseAtDoor } from '../kernel/door';
import { compileProject } from './compile';
import { CheckMemory } from './check-memory';
import { inFolder } from './testing/example-folder';

const files = (handler: string): ReadonlyMap<string, string> =>
  new Map([
    ['design.json', JSON.stringify({ format: 'prismatic/1', name: 'x', root: 'root', nodes: { root: { kind: 'supervisor', children: ['brain'] }, brain: { kind: 'agent', behaviour: { type: 'code', file: 'handlers/brain.ts' }, provides: ['Model'] } }, wires: [] })],
    ['handlers/brain.ts', handler],
  ]);
const compiled = (handler: string) => inFolder(files(handler), (folder) => compileProject(folder, new CheckMemory()));
const call = (operation: string, input: object) => ({ kind: 'call', ref: 1, from: 'x#1.1', fromNode: 'x', protocol: 'Model', operation, input, deadlineMs: 1 }) as never;

describe('an operation that a handler may leave out', () => {
  it('is no fault where it is missing, and a call of it is invalid', async () => {
    const { program } = await compiled('export const Model = { complete() { return { text: "yes" }; } };');
    const brain = program!.nodes['brain']!;
    expect(refuseAtDoor(program!, brain, call('embed', { texts: ['a'] }))).toMatchObject({ code: 'invalid', message: 'brain has no Model.embed, which may be left out' });
    expect(refuseAtDoor(program!, brain, call('complete', { prompt: 'hi' }))).toBeUndefined();
  });

  it('is called where it is there', async () => {
    const { program } = await compiled('export const Model = { complete() { return { text: "yes" }; }, embed() { return { embeddings: [] }; } };');
    expect(refuseAtDoor(program!, program!.nodes['brain']!, call('embed', { texts: ['a'] }))).toBeUndefined();
  });

  it('does not excuse one that has to be there', async () => {
    const { diagnostics } = await compiled('export const Model = { embed() { return { embeddings: [] }; } };');
    expect(diagnostics.map(({ code }) => code)).toContain('HAN009');
  });
});
