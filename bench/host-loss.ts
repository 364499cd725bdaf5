/** A host that is killed or hangs under load: how long until its agent answers again, and what was lost with it. */
import { assert } from '../shared/assert';
import type { Budget, Figure, Measured, OpenTopic } from './figure';
import { EngineWorld } from './engine-world';
import { DRIVER, PEER, type Load, type LoadAnswer } from './load-driver';
import { agentOf, inputOf, programOf, supervisorOf, type Runs } from './program';
import { RawPort } from './raw-port';

const FAR = 'far';
/** In a run without isolated hosts there is no spare, and its one host begins cold. */
const MAIN = 'main';
const AT_ONCE = 64;
/** Under load for so long before the host is killed. */
const LOAD_MS = 100;
/** The last heartbeat may be so much older than the hang: one round of the watchdog. */
const ROUND_MS = 50;
const BETWEEN_TRIES_MS = 1;

type Place = { readonly world: EngineWorld; readonly host: typeof FAR | typeof MAIN };

export const openHostLoss: OpenTopic = async () => {
  const raw = new RawPort();
  const cold = { 'built-in': await startWorld('built-in', MAIN), sandboxed: await startWorld('sandboxed', MAIN) } as const;
  const warm = { 'built-in': await startWorld('built-in', FAR), sandboxed: await startWorld('sandboxed', FAR) } as const;
  const common = { journal: 'memory', unit: 'ms', limits: [{ name: 'raw thread', measure: () => raw.replace() }], warmUps: 1 } as const;
  const killed = (runs: 'built-in' | 'sandboxed', place: Place, named: 'cold' | 'warm', budget: Budget | undefined): Figure => ({
    ...common,
    id: `host-killed-${named}-${runs}`,
    title: `host killed under load, kill to answer (${named})`,
    kind: runs,
    ours: { name: 'engine', measure: () => killUnderLoad(place) },
    ...(budget ? { budget } : {}),
  });
  const hung: Figure = { ...common, id: 'host-hung', title: 'host hung, hang to answer (warm)', kind: 'sandboxed', ours: { name: 'engine', measure: () => hang(warm.sandboxed) }, budget: { text: '500 ms of the last heartbeat', value: 500 - ROUND_MS }, warmUps: 0, mostRounds: 5 };
  const close = async (): Promise<void> => {
    for (const { world } of [...Object.values(cold), ...Object.values(warm)]) world.close();
    await raw.close();
  };
  const figures = [
    killed('built-in', cold['built-in'], 'cold', { text: '1.44x (40 ms)', timesLimit: 1.44 }),
    killed('sandboxed', cold.sandboxed, 'cold', undefined),
    killed('built-in', warm['built-in'], 'warm', { text: '4 ms', value: 4 }),
    killed('sandboxed', warm.sandboxed, 'warm', undefined),
    hung,
  ];
  return { figures, close };
};

async function startWorld(runs: Runs, host: typeof FAR | typeof MAIN): Promise<Place> {
  const nodes = [supervisorOf('root', [DRIVER, PEER], { host: 'control' }), agentOf(DRIVER, 'built-in', { host: host === MAIN ? 'control' : MAIN, parent: 'root' }), agentOf(PEER, runs, { host, parent: 'root' })];
  return { world: await EngineWorld.start(programOf(nodes, { hosts: [...new Set(['control', MAIN, host])] })), host };
}

/** Lost are calls that had no answer: the one that was handled and those in the mailbox or on their way to it. */
async function killUnderLoad({ world, host }: Place): Promise<Measured> {
  if (host === FAR) await untilSpare(world);
  const wanted: Load = { load: 'untilLost', count: Number.MAX_SAFE_INTEGER, atOnce: AT_ONCE };
  const ended = world.request(DRIVER, wanted) as unknown as Promise<LoadAnswer>;
  await pass(LOAD_MS);
  const begin = performance.now();
  const lost = timeOfLoss(world, host);
  const answered = untilAnswered(world, host);
  world.operate({ action: 'killHost', host });
  const answeredMs = await answered;
  const load = await ended;
  assert(load.failed <= AT_ONCE, `${load.failed} calls were lost, and ${AT_ONCE} were under way`);
  return { value: answeredMs - begin, also: { noticedMs: (await lost) - begin, lost: load.failed, answered: load.answered } };
}

async function hang({ world, host }: Place): Promise<Measured> {
  await untilSpare(world);
  const begin = performance.now();
  const lost = timeOfLoss(world, host);
  const answered = untilAnswered(world, host);
  const hanging = world.ask(PEER, { text: 'hang' });
  const noticedMs = await lost;
  const answeredMs = await answered;
  assert(!(await hanging).ok, 'a call to a hung host was answered');
  return { value: answeredMs - begin, also: { noticedMs: noticedMs - begin } };
}

const untilSpare = (world: EngineWorld): Promise<boolean> => world.next((message) => message.type === 'heartbeat' && message.hasSpare);

const timeOfLoss = (world: EngineWorld, host: string): Promise<number> => world.next((message) => (message.type === 'hostLost' && message.host === host ? performance.now() : undefined));

/** Calls until one is answered well: a host that is down refuses at once. */
async function untilAnswered(world: EngineWorld, host: string): Promise<number> {
  await world.next((message) => (message.type === 'hostStarted' && message.host === host ? true : undefined));
  while (!(await world.ask(PEER, inputOf(0))).ok) await pass(BETWEEN_TRIES_MS);
  return performance.now();
}

const pass = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
