/** A provider of a protocol that extends another answers for both: over a wire, over a router, for inputs from outside, and simulated. */
import { afterEach, describe, expect, it } from 'vitest';
import { Project } from './project';

let project: Project;
afterEach(() => project.remove());

const DESIGN = {
  format: 'prismatic/1', name: 'doubling', root: 'root',
  nodes: {
    root: { kind: 'supervisor', children: ['better', 'spread', 'desk'] },
    better: { kind: 'agent', behaviour: { type: 'code', file: 'handlers/better.ts' }, provides: ['Better'] },
    spread: { kind: 'router', provides: ['Base'], requires: { out: 'Better' } },
    desk: { kind: 'agent', behaviour: { type: 'code', file: 'handlers/asking.ts' }, provides: ['Ask'], requires: { direct: 'Base', routed: 'Base' } },
  },
  wires: [{ from: 'desk.direct', to: 'better' }, { from: 'desk.routed', to: 'spread' }, { from: 'spread.out', to: 'better' }],
};
const number = { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] };

function begin(): Project {
  const made = new Project('support-desk');
  made.write('design.json', JSON.stringify(DESIGN));
  made.write('protocols/Base.json', JSON.stringify({ operations: { double: { kind: 'call', input: number, output: number } } }));
  made.write('protocols/Better.json', JSON.stringify({ extends: ['Base'], operations: { triple: { kind: 'call', input: number, output: number } } }));
  made.write('protocols/Ask.json', JSON.stringify({ operations: { ask: { kind: 'call' } } }));
  made.write('handlers/better.ts', 'export const Better = { async double({ n }) { return { n: n * 2 }; }, async triple({ n }) { return { n: n * 3 }; } };\n');
  made.write('handlers/asking.ts', 'export const Ask = { async ask(_, self) { const { n } = await self.use.direct.double({ n: 2 }); return await self.use.routed.double({ n }); } };\n');
  return made;
}

describe('a provider of a protocol that extends another', () => {
  it('answers for both in a run', async () => {
    project = begin();
    const inputs = [{ to: 'desk', protocol: 'Ask', operation: 'ask', input: {} }, { to: 'better', protocol: 'Base', operation: 'double', input: { n: 21 } }, { to: 'better', protocol: 'Base', operation: 'triple', input: { n: 1 } }];
    project.write('inputs.jsonl', inputs.map((one) => JSON.stringify(one)).join('\n'));
    const { lines } = await project.prismatic('run', project.dir, '--json', '--input', `${project.dir}/inputs.jsonl`);
    const replies = lines.filter(({ type }) => type === 'reply').toSorted((a, b) => Number(a['input']) - Number(b['input']));
    expect(replies).toMatchObject([{ input: 1, ok: true, output: { n: 8 } }, { input: 2, ok: true, output: { n: 42 } }, { input: 3, ok: false, error: { code: 'invalid' } }]);
  }, 60_000);

  it('answers for both in a simulation', async () => {
    project = begin();
    const load = [{ to: 'better', protocol: 'Base', operation: 'double', input: { n: 1 }, atMs: 100 }, { to: 'desk', operation: 'ask', input: {}, atMs: 100 }];
    project.write('scenarios/default.json', JSON.stringify({ format: 'prismatic-scenario/1', load, faults: [], expectations: [] }));
    const { lines } = await project.prismatic('simulate', project.dir, '--json');
    expect(lines).toMatchObject([{ inputs: 2, handled: 2, failed: 0 }]);
  }, 60_000);
});
