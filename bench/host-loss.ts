/** A host that is killed or hangs under load: how long until its agent answers again, and what was lost with it. */
import { assert } from '../shared/assert';
import type { Figure, Measured, OpenTopic } from './figure';
import { EngineWorld } from './engine-world';
import { DRIVER, PEER, type Load, type LoadAnswer } from './load-driver';
import { agentOf, inputOf, programOf, supervisorOf, type Runs } from './program';
import { RawPort } from './raw-port';

const FAR = 'far';
const AT_ONCE = 64;
/** Under load for so long before the host is killed. */
const LOAD_MS = 100;
/** The last heartbeat may be so much older than the hang: one round of the watchdog. */
const ROUND_MS = 50;
const BETWEEN_TRIES_MS = 1;

export const openHostLoss: OpenTopic = async () => {
  const raw = new RawPort();
  const worlds = { 'built-in': await startWorld('built-in'), sandboxed: await startWorld('sandboxed') } as const;
  const killed = (runs: 'built-in' | 'sandboxed'): Figure => ({
    id: `host-killed-${runs}`,
    title: 'host killed under load, kill to answer (cold)',
    kind: runs,
    journal: 'memory',
    unit: 'ms',
    ours: { name: 'engine', measure: () => killUnderLoad(worlds[runs]) },
    limits: [{ name: 'raw thread', measure: () => raw.replace() }],
    ...(runs === 'built-in' ? { budget: { text: '1.44x (40 ms)', timesLimit: 1.44 } } : {}),
    warmUps: 1,
  });
  const hung: Figure = {
    id: 'host-hung',
    title: 'host hung, hang to answer',
    kind: 'sandboxed',
    journal: 'memory',
    unit: 'ms',
    ours: { name: 'engine', measure: () => hang(worlds.sandboxed) },
    limits: [{ name: 'raw thread', measure: () => raw.replace() }],
    budget: { text: '500 ms of the last heartbeat', value: 500 - ROUND_MS },
    warmUps: 0,
    mostRounds: 5,
  };
  const close = async (): Promise<void> => {
    for (const world of Object.values(worlds)) world.close();
    await raw.close();
  };
  return { figures: [killed('built-in'), killed('sandboxed'), hung], close, absent: ['a warm spare host'] };
};

function startWorld(runs: Runs): Promise<EngineWorld> {
  const nodes = [supervisorOf('root', [DRIVER, PEER], { host: 'control' }), agentOf(DRIVER, 'built-in', { parent: 'root' }), agentOf(PEER, runs, { host: FAR, parent: 'root' })];
  return EngineWorld.start(programOf(nodes, { hosts: ['control', 'main', FAR] }));
}

/** Lost are calls that had no answer: the one that was handled and those in the mailbox or on their way to it. */
async function killUnderLoad(world: EngineWorld): Promise<Measured> {
  const wanted: Load = { load: 'untilLost', count: Number.MAX_SAFE_INTEGER, atOnce: AT_ONCE };
  const ended = world.request(DRIVER, wanted) as unknown as Promise<LoadAnswer>;
  await pass(LOAD_MS);
  const begin = performance.now();
  const lost = timeOfLoss(world);
  world.operate({ action: 'killHost', host: FAR });
  const answeredMs = await untilAnswered(world);
  const { failed, answered } = await ended;
  assert(failed <= AT_ONCE, `${failed} calls were lost, and ${AT_ONCE} were under way`);
  return { value: answeredMs - begin, also: { noticedMs: (await lost) - begin, lost: failed, answered } };
}

async function hang(world: EngineWorld): Promise<Measured> {
  const begin = performance.now();
  const lost = timeOfLoss(world);
  const hanging = world.ask(PEER, { text: 'hang' });
  const noticedMs = await lost;
  const answeredMs = await untilAnswered(world);
  assert(!(await hanging).ok, 'a call to a hung host was answered');
  return { value: answeredMs - begin, also: { noticedMs: noticedMs - begin } };
}

const timeOfLoss = (world: EngineWorld): Promise<number> => world.next((message) => (message.type === 'hostLost' && message.host === FAR ? performance.now() : undefined));

/** Calls until one is answered well: a host that is down refuses at once. */
async function untilAnswered(world: EngineWorld): Promise<number> {
  const life = world.next((message) => (message.type === 'hostStarted' && message.host === FAR ? true : undefined));
  await life;
  while (!(await world.ask(PEER, inputOf(0))).ok) await pass(BETWEEN_TRIES_MS);
  return performance.now();
}

const pass = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
