/** The compiler as the core uses it, in its thread: a design of 1,000 nodes whole and after one edit; 10,000 nodes read, and against the schemas. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { assert } from '../shared/assert';
import type { Json } from '../shared/json/json';
import { readStrictJson } from '../shared/json/strict-json';
import { CheckMemory } from '../main/compiler/check-memory';
import { Problems } from '../main/compiler/problems';
import { readDesign } from '../main/compiler/read-design';
import { checkProject, READY_ROUNDS, type CheckedProject } from '../main/core/compile';
import { EXAMPLES, examplesFolder } from '../main/core/create-project';
import { scaled, type Figure, type Measured, type OpenTopic, type Side } from './figure';

const NODES = 1000;
const MANY_NODES = 10_000;
/** Children of a supervisor. */
const BREADTH = 32;
/** One agent in so many has a handler file of its own; the rest are scripted. */
const HANDLER_EVERY = 5;

export const openCompiler: OpenTopic = async (scale) => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-compiler-'));
  const design = designOf(scaled(NODES, scale, 2 * BREADTH));
  writeProject(folder, design);
  const text = JSON.stringify(designOf(scaled(MANY_NODES, scale, 2 * BREADTH)), null, 2);
  const read: Side = { name: 'reading and JSON.parse of its files', measure: () => timed(() => readFiles(folder, design)) };
  const parse: Side = { name: 'JSON.parse', measure: () => timed(() => void JSON.parse(text)) };
  const common = { kind: 'system', journal: 'off', unit: 'ms' } as const;
  let edits = 0;
  const figures: readonly Figure[] = [
    { ...common, id: 'check-whole', title: '1,000 nodes never seen, ready thread', ours: { name: 'compiler', measure: () => compileIn(newThread(READIED_BY), folder) }, limits: [read], budget: { text: '200 ms', value: 200 }, warmUps: 1 },
    { ...common, id: 'check-new-thread', title: '1,000 nodes never seen, new thread', ours: { name: 'compiler', measure: () => compileIn(newThread([]), folder) }, limits: [read], warmUps: 1 },
    {
      ...common,
      id: 'check-edit',
      title: '1,000 nodes after one edit, thread that is there',
      ours: {
        name: 'compiler',
        measure: async () => {
          writeDesign(folder, { ...design, nodes: { ...design.nodes, 'agent-3': { ...design.nodes['agent-3'], title: `edit ${++edits}` } } });
          return timed(async () => expectGood(await checkProject(folder)));
        },
      },
      limits: [read],
      budget: { text: '16 ms', value: 16 },
    },
    { ...common, id: 'read', title: '10,000 nodes read strictly', ours: { name: 'strict reader', measure: () => timed(() => readText(text)) }, limits: [parse] },
    { ...common, id: 'validate', title: '10,000 nodes validated', ours: { name: 'compiler', measure: () => validated(text) }, limits: [parse], budget: { text: '1.2x (25 ms)', timesLimit: 1.2 } },
  ];
  return { figures, close: async () => rmSync(folder, { recursive: true, force: true }) };
};

async function timed(work: () => unknown): Promise<Measured> {
  const begin = performance.now();
  await work();
  return { value: performance.now() - begin };
}

/** As the Studio does it (`readyCompiler`). */
const READIED_BY = Array.from({ length: READY_ROUNDS }, () => EXAMPLES.map((name) => join(examplesFolder(), name))).flat();

type Thread = { readonly ask: (projectDir: string) => Promise<CheckedProject>; readonly end: () => Promise<unknown> };

/** The core's compiler thread as a shell readies it, by checks of other projects; or as it is begun, with none. */
function newThread(readiedBy: readonly string[]): () => Promise<Thread> {
  return async () => {
    const worker = new Worker(join(import.meta.dirname, '../core/compiler-worker.js'));
    const ask = (projectDir: string): Promise<CheckedProject> =>
      new Promise((resolve, reject) => {
        worker.removeAllListeners().once('message', ({ value }: { readonly value: CheckedProject }) => resolve(value)).once('error', reject);
        worker.postMessage({ id: 1, kind: 'check', projectDir });
      });
    for (const projectDir of readiedBy) expectGood(await ask(projectDir));
    return { ask, end: () => worker.terminate() };
  };
}

/** From the question to the answer. A thread that nobody has asked yet loads its code meanwhile. */
async function compileIn(start: () => Promise<Thread>, folder: string): Promise<Measured> {
  const thread = await start();
  const begin = performance.now();
  expectGood(await thread.ask(folder));
  const value = performance.now() - begin;
  await thread.end();
  return { value };
}

function expectGood({ ok, diagnostics }: CheckedProject): void {
  assert(ok, `the design of the bench is at fault: ${JSON.stringify(diagnostics.find(({ severity }) => severity === 'error'))}`);
}

function readText(text: string): Json {
  const { value, faults } = readStrictJson(text);
  assert(value !== undefined && faults.length === 0, 'the design of the bench is no JSON');
  return value;
}

/** With the schemas alone: nothing is remembered of an earlier time. */
function validated(text: string): Promise<Measured> {
  const value = readText(text);
  const problems = new Problems();
  return timed(() => assert(readDesign(value, new CheckMemory(), problems) && problems.list.length === 0, `the design of the bench is at fault: ${JSON.stringify(problems.list[0])}`));
}

// ---- a project: a tree of supervisors, each agent wired to the next ----

type BenchDesign = { readonly format: string; readonly name: string; readonly root: string; readonly nodes: Readonly<Record<string, object>>; readonly wires: readonly object[] };

function designOf(count: number): BenchDesign {
  const supervisors = Math.ceil(count / (BREADTH + 1));
  const agents = Array.from({ length: count - supervisors - 1 }, (_, index) => `agent-${index}`);
  const tops = Array.from({ length: supervisors }, (_, index) => `top-${index}`);
  const below = (index: number): readonly string[] => agents.filter((_, at) => at % supervisors === index);
  const isLast = (index: number): boolean => index === agents.length - 1;
  return {
    format: 'prismatic/1',
    name: 'bench',
    root: 'root',
    nodes: {
      root: { kind: 'supervisor', strategy: 'one_for_one', maxRestarts: 3, maxSeconds: 5, children: tops },
      ...Object.fromEntries(tops.map((id, index) => [id, { kind: 'supervisor', title: `Group ${index}`, strategy: index % 2 === 0 ? 'one_for_one' : 'rest_for_one', maxRestarts: 0, maxSeconds: 5, children: below(index) }])),
      ...Object.fromEntries(agents.map((id, index) => [id, { kind: 'agent', title: `Agent ${index}`, provides: ['Echo'], requires: isLast(index) ? {} : { out: 'Echo' }, behaviour: behaviourOf(id, index), restart: 'permanent', shutdown: 5000, mailbox: 1000 }])),
    },
    wires: agents.slice(0, -1).map((id, index) => ({ from: `${id}.out`, to: agents[index + 1], guards: [{ kind: 'timeout', ms: 2000 }] })),
  };
}

const hasHandler = (index: number): boolean => index % HANDLER_EVERY === 0;
const behaviourOf = (id: string, index: number): object => (hasHandler(index) ? { type: 'code', file: `handlers/${id}.ts` } : { type: 'scripted', rules: [{ operation: 'say', contains: { text: 'hello' }, reply: { text: '{{input.text}}' } }, { reply: { text: 'what?' } }] });

const handlersOf = ({ nodes }: BenchDesign): readonly string[] => Object.keys(nodes).filter((id) => id.startsWith('agent-') && hasHandler(Number(id.slice('agent-'.length))));

/** Every agent's own text: equal ones would be parsed once. */
const handlerOf = (id: string): string => `import type { Self } from '../prismatic';
type Input = { readonly text: string };
/** ${id} counts, and answers what it was asked. */
export const Echo = {
  async say(input: Input, self: Self): Promise<Input> {
    const seen: number = (self.state.seen ?? 0) + 1;
    self.state.seen = seen;
    if (input.text.length > 100) throw self.error('TooLong', { most: 100 });
    return { text: \`\${seen}: \${input.text.trim()}\` };
  },
};
`;
const SCHEMA = { type: 'object', properties: { text: { type: 'string' } }, required: ['text'], additionalProperties: false };
const PROTOCOL = { format: 'prismatic-protocol/1', operations: { say: { kind: 'call', input: SCHEMA, output: SCHEMA, errors: ['TooLong'], idempotent: true } } };

function writeProject(folder: string, design: BenchDesign): void {
  for (const name of ['handlers', 'protocols']) mkdirSync(join(folder, name));
  for (const id of handlersOf(design)) writeFileSync(join(folder, `handlers/${id}.ts`), handlerOf(id));
  writeFileSync(join(folder, 'protocols/Echo.json'), JSON.stringify(PROTOCOL, null, 2));
  writeDesign(folder, design);
}

const writeDesign = (folder: string, design: BenchDesign): void => writeFileSync(join(folder, 'design.json'), JSON.stringify(design, null, 2));

function readFiles(folder: string, design: BenchDesign): void {
  for (const file of ['design.json', 'protocols/Echo.json']) JSON.parse(readFileSync(join(folder, file), 'utf8'));
  for (const id of handlersOf(design)) readFileSync(join(folder, `handlers/${id}.ts`), 'utf8');
}
