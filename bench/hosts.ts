/** Messages between two hosts of a real engine: threads of another process, our batches over their direct port. */
import { assert } from '../shared/assert';
import { perSecond, scaled, type Figure, type Measured, type OpenTopic, type Side } from './figure';
import { EngineWorld } from './engine-world';
import { DRIVER, PEER, type Load, type LoadAnswer } from './load-driver';
import { agentOf, programOf, supervisorOf, type Runs } from './program';
import { RawPort } from './raw-port';

/** Messages under way to the other host: what its window lets pass. */
const WINDOW = 1024;
const AT_ONCE = 64;

export const openHosts: OpenTopic = async (scale) => {
  const raw = new RawPort();
  const many = scaled(300_000, scale, 2 * WINDOW);
  const rounds = scaled(5000, scale, 50);
  const flights = scaled(60_000, scale, 2 * AT_ONCE);
  const worlds = new Map<Runs, EngineWorld>();
  const figures: Figure[] = [];
  for (const runs of ['built-in', 'sandboxed', 'native'] as const) {
    const world = await startTwoHosts(runs);
    worlds.set(runs, world);
    const size = runs === 'built-in' ? many : Math.max(2 * WINDOW, Math.round(many / 10));
    figures.push(...figuresOf(runs, world, { size, rounds, flights: runs === 'built-in' ? flights : Math.max(2 * AT_ONCE, Math.round(flights / 5)) }, raw));
  }
  const close = async (): Promise<void> => {
    for (const world of worlds.values()) world.close();
    await raw.close();
  };
  return { figures, close };
};

/** The control host holds the root, `main` the driver, `far` its peer. */
function startTwoHosts(runs: Runs): Promise<EngineWorld> {
  const nodes = [supervisorOf('root', [DRIVER, PEER], { host: 'control' }), agentOf(DRIVER, 'built-in', { parent: 'root' }), agentOf(PEER, runs, { host: 'far', parent: 'root', mailbox: 2 * WINDOW })];
  return EngineWorld.start(programOf(nodes, { hosts: ['control', 'main', 'far'] }), { native: runs === 'native' });
}

async function load(world: EngineWorld, wanted: Load): Promise<LoadAnswer> {
  const answer = (await world.request(DRIVER, wanted)) as LoadAnswer;
  assert(answer.failed === 0, `${answer.failed} calls failed`);
  return answer;
}

type Sizes = { readonly size: number; readonly rounds: number; readonly flights: number };

function figuresOf(runs: Runs, world: EngineWorld, { size, rounds, flights }: Sizes, raw: RawPort): readonly Figure[] {
  const common = { kind: runs, journal: 'memory' } as const;
  const side = (measure: () => Promise<Measured>): Side => ({ name: 'two hosts', measure });
  const isBuiltIn = runs === 'built-in';
  return [
    {
      ...common,
      id: `one-way-${runs}`,
      title: 'two hosts, one way',
      unit: '/s',
      ours: side(async () => perSecond(size, (await load(world, { load: 'oneWay', count: size, atOnce: WINDOW })).ms)),
      limits: [
        { name: 'raw arrays of 64', measure: () => raw.oneWay(size, WINDOW, (batch) => batch) },
        { name: 'raw JSON of 64', measure: () => raw.oneWay(size, WINDOW, (batch) => JSON.stringify(batch)) },
      ],
      ...(isBuiltIn ? { budget: { text: '1.33x (1 M/s)', timesLimit: 1.34 } } : {}),
    },
    {
      ...common,
      id: `one-call-${runs}`,
      title: 'two hosts, one call at a time (p50)',
      unit: 'us',
      ours: side(async () => {
        const { p50Us, p99Us } = await load(world, { load: 'calls', count: rounds, atOnce: 1 });
        return { value: p50Us, also: { p99Us } };
      }),
      limits: [{ name: 'raw round trip', measure: () => raw.roundTrips(rounds) }],
      ...(isBuiltIn ? { budget: { text: '1.25x', timesLimit: 1.25 } } : {}),
    },
    {
      ...common,
      id: `in-flight-${runs}`,
      title: `two hosts, ${AT_ONCE} calls in flight`,
      unit: '/s',
      ours: side(async () => perSecond(flights, (await load(world, { load: 'calls', count: flights, atOnce: AT_ONCE })).ms)),
      limits: [{ name: `raw, ${AT_ONCE} in flight`, measure: () => raw.inFlight(flights, AT_ONCE) }],
      ...(isBuiltIn ? { budget: { text: '2x (160 k/s)', timesLimit: 2 } } : {}),
    },
  ];
}
