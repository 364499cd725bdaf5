/** Messages between processes of one host: casts, calls, a fan-in from 100, a ring of 1,000; to built-in agents and to handlers. */
import { assert } from '../shared/assert';
import type { ProgramWire } from '../shared/program/program';
import type { Behaviour, Self } from '../main/kernel/behaviour';
import type { Signal } from '../main/kernel/signal';
import { bareCalls, bareQuickJs, bareV8, type Handle } from './bare-quickjs';
import { perSecond, scaled, type Budget, type Figure, type Measured, type OpenTopic, type Side } from './figure';
import { guestsFor, KernelWorld, rootThatSpawns, Driver, type Drivers } from './kernel-world';
import { plainCalls, plainFanIn, plainRing } from './plain';
import { agentOf, inputOf, programOf, wireOf, type Runs } from './program';

/** Casts under way at most; the receiver's mailbox holds as many. */
const WINDOW = 1000;
const SENDERS = 100;
const RING = 1000;
/** Agents of a ring that share a sandbox instance. */
const RING_SHARERS = 50;
/** A host lives for long. Before a new world is measured, a fourth as many messages go through it; the plain sides are the same all the time. */
const RUN_IN = 4;

const wireTo = (to: string): ProgramWire => wireOf('anyone', to);
const receiver = wireTo('receiver');

type Limits = { readonly queue: Side; readonly calls: Side; readonly ring: Side };

export const openMessages: OpenTopic = async (scale) => {
  const many = scaled(400_000, scale, WINDOW);
  const few = scaled(20_000, scale, WINDOW);
  const members = scaled(RING, scale, 2);
  const plain: Limits = {
    queue: { name: 'plain queue', measure: () => plainFanIn(many, WINDOW) },
    calls: { name: 'plain actor', measure: () => plainCalls(many) },
    ring: { name: 'plain ring', measure: () => plainRing(members, many) },
  };
  const bare = (name: string, handle: Handle): Limits => ({ queue: bareCalls(name, handle, 'note', few), calls: bareCalls(name, handle, 'say', few), ring: bareCalls(name, handle, 'note', few) });
  return {
    figures: [
      ...(await figuresOf('built-in', { count: many, members }, plain, { fanIn: { text: '9x (4 M/s)', timesLimit: 9 }, call: { text: '8.5x (0.65 M/s)', timesLimit: 8.5 } })),
      ...(await figuresOf('sandboxed', { count: few, members }, bare('bare QuickJS', await bareQuickJs()), { call: { text: '2x (60 k/s)', timesLimit: 2 } })),
      ...(await figuresOf('native', { count: few, members }, bare('bare V8 with JSON', bareV8()), {})),
    ],
  };
};

async function figuresOf(runs: Runs, { count, members }: { readonly count: number; readonly members: number }, limits: Limits, budgets: { readonly fanIn?: Budget; readonly call?: Budget }): Promise<readonly Figure[]> {
  const common = { kind: runs, journal: 'off', unit: '/s' } as const;
  const side = (measure: () => Promise<Measured>): Side => ({ name: 'kernel', measure });
  const budget = (given: Budget | undefined) => (given === undefined ? {} : { budget: given });
  return [
    { ...common, id: `cast-${runs}`, title: 'cast, one sender', ours: side(() => fanIn(runs, count, 1)), limits: [limits.queue], ...budget(budgets.fanIn) },
    { ...common, id: `fan-in-${runs}`, title: `fan-in from ${SENDERS}`, ours: side(() => fanIn(runs, count, SENDERS)), limits: [limits.queue], ...budget(budgets.fanIn) },
    { ...common, id: `call-${runs}`, title: 'call with timeout', ours: side(() => calls(runs, count)), limits: [limits.calls], ...budget(budgets.call) },
    { ...common, id: `ring-${runs}`, title: `ring of ${RING}`, ours: side(() => ring(runs, members, count)), limits: [limits.ring], ...(runs === 'built-in' ? {} : { warmUps: 1, mostRounds: 5 }) },
  ];
}

const cast = (self: Self, wire: ProgramWire, index: number): number => self.cast({ wire, operation: 'note', input: inputOf(index), awaited: false });

/** Each sender casts its share of a window when it is asked to; the next window begins when the mailbox is empty. */
async function fanIn(runs: Runs, count: number, senders: number): Promise<Measured> {
  const names = Array.from({ length: senders }, (_, index) => `sender-${index}`);
  const share = WINDOW / senders;
  const sender = (): Behaviour => new Driver((self, signal) => {
    if (signal.kind === 'request') for (let one = 0; one < share; one += 1) cast(self, receiver, one);
  });
  const root = (): Behaviour => rootThatSpawns(['receiver', ...names], (self, signal) => {
    if (signal.kind === 'request') for (const to of names) self.send(to, { kind: 'request', ref: 0, from: self.pid, body: null });
  });
  const nodes = ['root', ...names].map((id) => agentOf(id, 'built-in'));
  const world = await worldOf(runs, [...nodes, agentOf('receiver', runs, { mailbox: WINDOW })], { root, ...Object.fromEntries(names.map((name) => [name, sender])) });
  const windows = Math.ceil(count / WINDOW);
  const runIn = Math.ceil(windows / RUN_IN);
  for (let window = 0; window < runIn; window += 1) world.request('root');
  const begin = performance.now();
  for (let window = 0; window < windows; window += 1) world.request('root');
  const ms = performance.now() - begin;
  return handledAll(world, { count: windows * WINDOW, before: runIn * WINDOW }, ms);
}

function handledAll(world: KernelWorld, { count, before }: { readonly count: number; readonly before: number }, ms: number): Measured {
  const handled = world.handledBy('receiver');
  assert(handled === before + count && world.drops === 0, `${handled} of ${before + count} handled, ${world.drops} dropped`);
  world.kernel.dispose();
  return perSecond(count, ms);
}

/** One call at a time, each with its timeout. */
async function calls(runs: Runs, count: number): Promise<Measured> {
  const before = Math.ceil(count / RUN_IN);
  let left = before;
  const onSignal = (self: Self, signal: Signal): void => {
    if (signal.kind === 'spawned') return;
    if (signal.kind === 'reply') assert(signal.result.ok, 'a call failed');
    if (left-- > 0) self.call({ wire: receiver, operation: 'say', input: inputOf(left) });
  };
  const world = await worldOf(runs, [agentOf('root', 'built-in'), agentOf('receiver', runs)], { root: () => rootThatSpawns(['receiver'], onSignal) });
  world.request('root');
  left = count;
  const begin = performance.now();
  world.request('root');
  return handledAll(world, { count, before }, performance.now() - begin);
}

/** One note that goes round: each hop is a turn of another process. */
async function ring(runs: Runs, size: number, count: number): Promise<Measured> {
  const names = Array.from({ length: size }, (_, index) => `member-${index}`);
  const next = (name: string): string => `member-${(Number(name.slice('member-'.length)) + 1) % size}`;
  const wires = new Map(names.map((name) => [name, wireTo(next(name))]));
  const first = wireTo('member-0');
  const before = Math.ceil(count / RUN_IN);
  let goal = before;
  let hops = 0;
  const member = (): Behaviour => new Driver((self, signal) => {
    hops += 1;
    if (signal.kind === 'cast' && hops < goal) cast(self, wires.get(self.name)!, hops);
  });
  const root = (): Behaviour => rootThatSpawns(names, (self, signal) => {
    if (signal.kind === 'request') self.cast({ wire: first, operation: 'note', input: { text: 'round', left: goal - 1 }, awaited: false });
  });
  const nodes = names.map((name, index) => agentOf(name, runs, { instance: `shared-${Math.floor(index / RING_SHARERS)}` }));
  const drivers = runs === 'built-in' ? Object.fromEntries(names.map((name) => [name, member])) : {};
  const world = await worldOf(runs, [agentOf('root', 'built-in'), ...nodes], { root, ...drivers }, names);
  world.request('root');
  [goal, hops] = [count, 0];
  const begin = performance.now();
  world.request('root');
  const ms = performance.now() - begin;
  const handled = names.reduce((sum, name) => sum + world.handledBy(name), 0);
  assert(handled === before + count, `${handled} of ${before + count} hops made`);
  world.kernel.dispose();
  return perSecond(count, ms);
}

async function worldOf(runs: Runs, nodes: readonly ReturnType<typeof agentOf>[], drivers: Drivers, wired: readonly string[] = []): Promise<KernelWorld> {
  const wires = wired.map((name, index) => wireOf(name, wired[(index + 1) % wired.length]!));
  const program = programOf(nodes, { wires });
  return new KernelWorld({ program, drivers, guests: await guestsFor(runs, program.hosts[0]!.instances) }).start();
}
