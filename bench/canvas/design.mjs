// A design of `count` nodes as people draw large ones: departments of up to ten teams of up to ten agents. The first agent of a team
// calls the others of it, the first of a department the other teams' first, the very first the other departments': one wire an agent.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const MOST = 10;
const HANDLER = 'export const Work = {\n  run(input) {\n    return input\n  },\n}\n';

const supervisor = (children) => ({ kind: 'supervisor', strategy: 'one_for_one', maxRestarts: 3, maxSeconds: 10, children });
const listIds = (letter, count) => Array.from({ length: count }, (_, index) => `${letter}${index}`);
const slice = (ids, index) => ids.slice(index * MOST, (index + 1) * MOST);

/** Who calls the agent at `index`, by index; the very first is called by nobody. */
function callerOf(index) {
  if (index % MOST !== 0) return index - (index % MOST);
  return index % (MOST * MOST) === 0 ? 0 : index - (index % (MOST * MOST));
}

export function makeDesign(count) {
  const teams = listIds('t', Math.ceil((count - 1) / (MOST + 1 + 1 / MOST)));
  const departments = listIds('d', Math.ceil(teams.length / MOST));
  const agents = listIds('a', count - 1 - teams.length - departments.length);
  const called = agents.map((_, index) => agents.filter((_, other) => other > 0 && callerOf(other) === index));
  const agent = (index) => ({ kind: 'agent', title: `Agent ${index}`, behaviour: { type: 'code', file: 'handlers/work.ts' }, provides: ['Work'], requires: Object.fromEntries(called[index].map((id) => [id, 'Work'])) });
  return {
    format: 'prismatic/1', name: `canvas-${count}`, root: 'root',
    nodes: {
      root: { ...supervisor(departments), maxRestarts: 100 },
      ...Object.fromEntries(departments.map((id, index) => [id, supervisor(slice(teams, index))])),
      ...Object.fromEntries(teams.map((id, index) => [id, supervisor(slice(agents, index))])),
      ...Object.fromEntries(agents.map((id, index) => [id, agent(index)])),
    },
    wires: agents.flatMap((from, index) => called[index].map((to) => ({ from: `${from}.${to}`, to }))),
  };
}

export function writeDesign(folder, design) {
  for (const name of ['handlers', 'protocols']) mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'design.json'), JSON.stringify(design));
  writeFileSync(join(folder, 'handlers/work.ts'), HANDLER);
  writeFileSync(join(folder, 'protocols/Work.json'), JSON.stringify({ operations: { run: { kind: 'call', input: {}, output: {} } } }));
}
