/** Processes: how fast they start, what an idle one weighs, how long a tree of 10,000 takes to stand and to be gone. */
import { assert } from '../shared/assert';
import type { Program, ProgramNode } from '../shared/program/program';
import { EngineWorld } from './engine-world';
import { perSecond, scaled, type Budget, type Figure, type JournalState, type Measured, type OpenTopic, type Side } from './figure';
import { guestsFor, KernelWorld, rootThatSpawns } from './kernel-world';
import { agentOf, programOf, supervisorOf, type Runs } from './program';

const COUNTS = [1000, 10_000, 100_000] as const;
/** Handlers that one host holds: each in a sandbox of its own, or shared by at most 64 (design section 10). */
const ALONE = 60;
const SHARED = 1000;
const MOST_SHARERS = 64;

export const openProcesses: OpenTopic = async (scale) => {
  const speed: Budget = { text: '3x (200 k/s)', timesLimit: 3 };
  const memory: Budget = { text: '2 KB', value: 2 };
  return {
    figures: [
      ...COUNTS.flatMap((count) => builtIns(scaled(count, scale, 100), count, count === 100_000 ? { speed, memory } : {})),
      ...handlers('sandboxed', scaled(ALONE, scale, 2), `${ALONE} alone`, (index) => `one-${index}`),
      ...handlers('sandboxed', scaled(SHARED, scale, MOST_SHARERS + 1), `${SHARED} sharing`, (index) => `shared-${Math.floor(index / MOST_SHARERS)}`),
      ...handlers('native', scaled(SHARED, scale, 10), String(SHARED), () => 'one'),
      ...trees(scaled(100, scale, 4)),
    ],
  };
};

// ---- spawn ----

function builtIns(count: number, nominal: number, budgets: { readonly speed?: Budget; readonly memory?: Budget }): readonly Figure[] {
  const program = manyOf(count, 'built-in', () => 'one');
  const figure = (journal: Exclude<JournalState, 'durable'>): Figure => ({
    ...common('built-in', journal),
    id: `spawn-${nominal}-${journal}`,
    title: `spawn ${nominal}`,
    unit: '/s',
    ours: side('kernel', async () => spawnRate(program, count, journal)),
    limits: [side('plain objects', async () => plainSpawn(count).rate)],
    ...(journal === 'off' && budgets.speed ? { budget: budgets.speed } : {}),
  });
  const memory: Figure = {
    ...common('built-in', 'off'),
    id: `memory-${nominal}`,
    title: `heap of one of ${nominal} idle`,
    unit: 'KB',
    ours: side('kernel', async () => spawnMemory(program, count)),
    limits: [side('plain objects', async () => plainSpawn(count).memory())],
    ...(budgets.memory ? { budget: budgets.memory } : {}),
  };
  return [figure('off'), figure('memory'), memory];
}

const common = (kind: Runs, journal: JournalState) => ({ kind, journal, mostRounds: 5, warmUps: 1 }) as const;
const side = (name: string, measure: () => Promise<Measured>): Side => ({ name, measure });

function manyOf(count: number, runs: Runs, instanceOf: (index: number) => string): Program {
  const members = Array.from({ length: count }, (_, index) => agentOf(`member-${index}`, runs, { instance: instanceOf(index) }));
  return programOf([agentOf('root', 'built-in'), ...members]);
}

/** The root asks for all of them in one turn; they have started when nothing is left to do. */
async function spawnAll(program: Program, runs: Runs, journal: Exclude<JournalState, 'durable'>): Promise<{ readonly world: KernelWorld; readonly ms: number }> {
  const names = Object.keys(program.nodes).filter((name) => name !== 'root');
  const guests = await guestsFor(runs, program.hosts[0]!.instances);
  const world = new KernelWorld({ program, drivers: { root: () => rootThatSpawns(names, () => undefined) }, guests, journal });
  const begin = performance.now();
  world.start();
  return { world, ms: performance.now() - begin };
}

async function spawnRate(program: Program, count: number, journal: Exclude<JournalState, 'durable'>): Promise<Measured> {
  const { world, ms } = await spawnAll(program, 'built-in', journal);
  assert(world.kernel.isAlive(`member-${count - 1}`), 'not all have started');
  world.kernel.dispose();
  return perSecond(count, ms);
}

function heapKb(): number {
  assert(globalThis.gc, 'node --expose-gc');
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed / 1024;
}

async function spawnMemory(program: Program, count: number): Promise<Measured> {
  const before = heapKb();
  const { world } = await spawnAll(program, 'built-in', 'off');
  const value = (heapKb() - before) / count;
  assert(world.kernel.isAlive(`member-${count - 1}`), 'not all have started');
  world.kernel.dispose();
  return { value };
}

/** What an agent needs at least, as a person would write it: the peers study's "plain-eager" object. */
class PlainAgent {
  readonly id: string;
  readonly queue: unknown[] = [];
  readonly state = { count: 0 };
  readonly children = new Map<string, PlainAgent>();
  readonly links = new Set<string>();
  readonly controller = new AbortController();
  readonly run: () => void;

  constructor(id: string) {
    this.id = id;
    this.run = () => void this.queue.shift();
  }
}

function plainSpawn(count: number): { readonly rate: Measured; readonly memory: () => Measured } {
  const registry = new Map<string, PlainAgent>();
  const spawn = (): number => {
    const begin = performance.now();
    for (let index = 0; index < count; index += 1) registry.set(`member-${index}`, new PlainAgent(`member-${index}`));
    return performance.now() - begin;
  };
  const rate = perSecond(count, spawn());
  registry.clear();
  const memory = (): Measured => {
    const before = heapKb();
    spawn();
    return { value: (heapKb() - before) / registry.size };
  };
  return { rate, memory };
}

// ---- handlers: beside a built-in agent of the same number, since a sandbox is the price of its wall ----

function handlers(runs: 'sandboxed' | 'native', count: number, named: string, instanceOf: (index: number) => string): readonly Figure[] {
  const program = manyOf(count, runs, instanceOf);
  const builtIn = manyOf(count, 'built-in', () => 'one');
  const measure = (of: Program, kind: Runs) => async (): Promise<Measured> => {
    const { world, ms } = await spawnAll(of, kind, 'off');
    assert(world.kernel.isAlive(`member-${count - 1}`), 'not all have started');
    const rssMb = process.memoryUsage.rss() / 1e6;
    world.kernel.dispose();
    return { ...perSecond(count, ms), also: { rssMb: Math.round(rssMb) } };
  };
  return [{ ...common(runs, 'off'), warmUps: 0, mostRounds: 3, id: `spawn-${runs}-${named.replace(' ', '-')}`, title: `spawn ${named}`, unit: '/s', ours: side('kernel', measure(program, runs)), limits: [side('built-in agents', measure(builtIn, 'built-in'))] }];
}

// ---- a tree of 10,000: 100 supervisors with 99 agents each, below a root ----

function trees(breadth: number): readonly Figure[] {
  const size = breadth * breadth;
  const base = { kind: 'built-in', unit: 'ms', mostRounds: 5, warmUps: 1 } as const;
  const oneHost = treeOf(breadth, 'main');
  const twoHosts = treeOf(breadth, 'control');
  const plain = side('plain objects', async () => ({ value: size / (plainSpawn(size).rate.value / 1000) }));
  return [
    { ...base, journal: 'memory', id: 'tree-start', title: 'start of a 10,000-node tree, one host', ours: side('kernel', async () => (await treeTimes(oneHost)).start), limits: [plain] },
    { ...base, journal: 'memory', id: 'tree-stop', title: 'stop of a 10,000-node tree, one host', ours: side('kernel', async () => (await treeTimes(oneHost)).stop), limits: [plain] },
    { ...base, journal: 'memory', id: 'tree-start-engine', title: 'start of a 10,000-node tree, engine', ours: side('engine', async () => (await engineTreeTimes(twoHosts)).start), limits: [side('engine of 1 node', async () => (await engineTreeTimes(treeOf(1, 'control'))).start)] },
    { ...base, journal: 'memory', id: 'tree-stop-engine', title: 'stop of a 10,000-node tree, engine', ours: side('engine', async () => (await engineTreeTimes(twoHosts)).stop), limits: [side('engine of 1 node', async () => (await engineTreeTimes(treeOf(1, 'control'))).stop)] },
  ];
}

function treeOf(breadth: number, supervisorsOn: string): Program {
  const tops = Array.from({ length: breadth }, (_, index) => `top-${index}`);
  const below = (top: string): readonly string[] => Array.from({ length: Math.max(1, breadth - 1) }, (_, index) => `${top}-${index}`);
  const nodes: ProgramNode[] = [supervisorOf('root', tops, { host: supervisorsOn })];
  for (const top of tops) {
    nodes.push(supervisorOf(top, below(top), { host: supervisorsOn, parent: 'root' }));
    for (const id of below(top)) nodes.push(agentOf(id, 'built-in', { parent: top }));
  }
  return programOf(nodes, { hosts: supervisorsOn === 'main' ? ['main'] : ['control', 'main'] });
}

type Times = { readonly start: Measured; readonly stop: Measured };

async function treeTimes(program: Program): Promise<Times> {
  const guests = await guestsFor('built-in', []);
  const world = new KernelWorld({ program, guests, journal: 'memory' });
  const begin = performance.now();
  world.start();
  const stoodMs = performance.now();
  assert(Object.keys(program.nodes).every((id) => world.kernel.isAlive(id)), 'not all have started');
  world.give({ type: 'stopRoot' });
  const endMs = performance.now();
  assert(world.rootExit === 'shutdown', `the root exited with ${world.rootExit}`);
  return { start: { value: stoodMs - begin }, stop: { value: endMs - stoodMs } };
}

async function engineTreeTimes(program: Program): Promise<Times> {
  const begin = performance.now();
  const world = await EngineWorld.start(program);
  const stoodMs = performance.now();
  await world.stop();
  const endMs = performance.now();
  world.close();
  return { start: { value: stoodMs - begin }, stop: { value: endMs - stoodMs } };
}
