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

  it.each<[string, readonly object[], boolean]>([
    ['a rule of that name', [{ operation: 'embed', reply: { embeddings: [] } }], true],
    ['a rule for all operations whose answer fits', [{ reply: { text: '', embeddings: [] } }], true],
    ['a rule for all operations that fails', [{ error: { name: 'Unavailable' } }], true],
    ['a rule for all operations whose answer could never fit', [{ reply: { text: 'yes' } }], false],
    ['rules for another', [{ operation: 'complete', reply: { text: 'yes' } }], false],
  ])('of a script is there with %s', async (_, rules, isThere) => {
    const design = { format: 'prismatic/1', name: 'x', root: 'root', nodes: { root: { kind: 'supervisor', children: ['brain'] }, brain: { kind: 'agent', behaviour: { type: 'scripted', rules }, provides: ['Model'] } }, wires: [] };
    const { program } = await inFolder(new Map([['design.json', JSON.stringify(design)]]), (folder) => compileProject(folder, new CheckMemory()));
    expect(refuseAtDoor(program!, program!.nodes['brain']!, call('embed', { texts: ['a'] })) === undefined).toBe(isThere);
  });
});
