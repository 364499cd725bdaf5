/** A crash to the answer of the next incarnation: of one agent, and of 100 that stand and fall together. */
import { assert } from '../shared/assert';
import type { Strategy } from '../shared/program/program';
import { bareCalls, bareQuickJs } from './bare-quickjs';
import { scaled, type Figure, type Measured, type OpenTopic, type Side } from './figure';
import { guestsFor, KernelWorld } from './kernel-world';
import { agentOf, inputOf, programOf, supervisorOf, type Runs } from './program';
import { median } from './summary';

/** So that no restart counts against the next. */
const BETWEEN_MS = 10_000;
const GROUP = 100;

export const openRestarts: OpenTopic = async (scale) => {
  const plainOne: Side = { name: 'plain supervisor', measure: () => plainRestarts(1, scaled(2000, scale, 5)) };
  const plainAll: Side = { name: 'plain supervisor', measure: () => plainRestarts(GROUP, scaled(200, scale, 2)) };
  const oneCall = bareCalls('one call of bare QuickJS', await bareQuickJs(), 'say', scaled(2000, scale, 5));
  const bareCall: Side = { name: oneCall.name, measure: async () => ({ value: 1e6 / (await oneCall.measure()).value }) };
  const one = (runs: Runs, journal: 'off' | 'memory', count: number, limit: Side): Figure => ({ id: `restart-${runs}-${journal}`, title: 'restart of one, crash to answer', kind: runs, journal, unit: 'us', ours: { name: 'kernel', measure: () => restarts({ runs, journal, strategy: 'one_for_one', size: 1, count }) }, limits: [limit] });
  const all = (journal: 'off' | 'memory'): Figure => ({ id: `one-for-all-${journal}`, title: `one_for_all of ${GROUP}, crash to all answers`, kind: 'built-in', journal, unit: 'us', ours: { name: 'kernel', measure: () => restarts({ runs: 'built-in', journal, strategy: 'one_for_all', size: GROUP, count: scaled(200, scale, 2) }) }, limits: [plainAll], budget: { text: '800 us', value: 800 } });
  return {
    figures: [
      { ...one('built-in', 'off', scaled(2000, scale, 5), plainOne), budget: { text: '30 us', value: 30 } },
      { ...one('built-in', 'memory', scaled(2000, scale, 5), plainOne), budget: { text: '30 us', value: 30 } },
      { ...one('sandboxed', 'memory', scaled(200, scale, 2), bareCall), budget: { text: '500 us', value: 500 } },
      one('native', 'memory', scaled(100, scale, 2), bareCall),
      all('off'),
      all('memory'),
    ],
  };
};

type Restarts = { readonly runs: Runs; readonly journal: 'off' | 'memory'; readonly strategy: Strategy; readonly size: number; readonly count: number };

async function restarts({ runs, journal, strategy, size, count }: Restarts): Promise<Measured> {
  const names = Array.from({ length: size }, (_, index) => `child-${index}`);
  const program = programOf([supervisorOf('root', names, { strategy }), ...names.map((id) => agentOf(id, runs, { parent: 'root' }))]);
  const guests = await guestsFor(runs, program.hosts[0]!.instances);
  const world = new KernelWorld({ program, guests, journal }).start();
  const took: number[] = [];
  for (let one = 0; one < count; one += 1) {
    world.passTime(BETWEEN_MS);
    // As a host does when nothing is to do.
    while (guests.needsAhead) guests.makeAhead();
    const begin = performance.now();
    world.give({ type: 'operator', command: { action: 'crash', node: 'child-0', reason: 'boom' } });
    for (const name of names) assert(world.ask(name, inputOf(one)).ok, `${name} did not answer well`);
    took.push((performance.now() - begin) * 1000);
  }
  const incarnation = world.kernel.agents().find(({ node }) => node === names.at(-1))?.incarnation;
  assert(incarnation === count + 1, `incarnation ${incarnation} after ${count} restarts`);
  world.kernel.dispose();
  return { value: median(took), also: { maxUs: Math.max(...took) } };
}

/** The peers study's plain supervisor: a throwing child is replaced by a new one, with it all others of its group. */
class PlainChild {
  readonly #supervisor: PlainSupervisor;
  readonly #index: number;
  readonly #queue: (((text: string) => void) | 'crash')[] = [];
  #isDraining = false;

  constructor(supervisor: PlainSupervisor, index: number) {
    this.#supervisor = supervisor;
    this.#index = index;
  }

  send(message: ((text: string) => void) | 'crash'): void {
    this.#queue.push(message);
    if (this.#isDraining) return;
    this.#isDraining = true;
    queueMicrotask(() => this.#drain());
  }

  #drain(): void {
    this.#isDraining = false;
    try {
      for (let message = this.#queue.shift(); message; message = this.#queue.shift()) {
        if (message === 'crash') throw new Error('boom');
        message('ok');
      }
    } catch {
      this.#supervisor.crashed(this.#index);
    }
  }
}

class PlainSupervisor {
  children: PlainChild[];
  restarts = 0;

  constructor(size: number) {
    this.children = Array.from({ length: size }, (_, index) => new PlainChild(this, index));
  }

  crashed(index: number): void {
    this.restarts += 1;
    if (this.children.length === 1) this.children[index] = new PlainChild(this, index);
    else this.children = this.children.map((_, at) => new PlainChild(this, at));
  }
}

async function plainRestarts(size: number, count: number): Promise<Measured> {
  const supervisor = new PlainSupervisor(size);
  const took: number[] = [];
  for (let one = 0; one < count; one += 1) {
    const begin = performance.now();
    supervisor.children[0]!.send('crash');
    await Promise.resolve();
    await Promise.all(supervisor.children.map((child) => new Promise((answer) => child.send(answer))));
    took.push((performance.now() - begin) * 1000);
  }
  assert(supervisor.restarts === count, 'the plain supervisor did not restart');
  return { value: median(took) };
}
