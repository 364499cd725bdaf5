/**
 * Routers of every strategy, while their nodes are slow, fail, never answer or crash, the router itself is crashed and hosts are killed: every
 * caller is answered exactly once, and the router forgets what it had under way.
 */
import { test } from '@fast-check/vitest';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONTROL_HOST } from '../../shared/ids';
import type { Guard } from '../../shared/design/guard';
import type { Json } from '../../shared/json/json';
import type { Program, ProgramNode, RouterPolicy } from '../../shared/program/program';
import { Router } from '../behaviours/router';
import type { Behaviour, Self } from '../kernel/behaviour';
import type { CallResult, CallSignal, Signal } from '../kernel/signal';
import { SupervisorBehaviour } from '../supervision/supervisor-behaviour';
import { Cluster } from './cluster';
import { passTime } from './testing/pass-time';

type Deed = { readonly afterMs: number; readonly how: 'answer' | 'error' | 'never' | 'crash' };
type Ask = { readonly atMs: number; readonly timeoutMs: number; readonly kind: 'call' | 'cast' };
type Fault = { readonly atMs: number; readonly kind: 'crash' | 'killHost'; readonly target: number };
type Case = { readonly policy: RouterPolicy; readonly isolated: readonly boolean[]; readonly guarded: boolean; readonly deeds: readonly (readonly Deed[])[]; readonly asks: readonly Ask[]; readonly faults: readonly Fault[] };

const NODES = ['a', 'b', 'c'];
const [CALLER, ROUTER] = ['caller', 'pool'];
const base = { restart: 'permanent', shutdown: 50, significant: false, parent: 'root', mailbox: 1000 } as const;

function programOf({ policy, isolated, guarded }: Pick<Case, 'policy' | 'isolated' | 'guarded'>): Program {
  const hostOf = (id: string, index: number): string => (isolated[index] ? id : 'main');
  const guards: readonly Guard[] = guarded ? [{ kind: 'timeout', ms: 400 }, { kind: 'bulkhead', concurrency: 2, queue: 1 }] : [];
  const nodes: readonly ProgramNode[] = [
    { kind: 'supervisor', id: 'root', host: CONTROL_HOST, restart: 'permanent', shutdown: 'infinity', significant: false, strategy: 'one_for_one', maxRestarts: 1000, maxSeconds: 5, autoShutdown: 'never', children: [CALLER, ROUTER, ...NODES] },
    { ...base, kind: 'agent', id: CALLER, host: CALLER, provides: [], requires: { out: 'P' }, behaviour: { type: 'scripted', rules: [] } },
    { ...base, kind: 'router', ...policy, id: ROUTER, host: hostOf(ROUTER, 3), provides: ['P'], requires: { out: 'P' } },
    ...NODES.map((id, index): ProgramNode => ({ ...base, kind: 'agent', id, host: hostOf(id, index), provides: ['P'], requires: {}, behaviour: { type: 'scripted', rules: [] } })),
  ];
  const operation = (kind: 'call' | 'cast') => ({ kind, input: {}, output: {}, errors: ['Bad'], idempotent: false });
  return {
    format: 'prismatic-program/1', hash: 'sha256:test', name: 'routed', root: 'root', nodes: Object.fromEntries(nodes.map((node) => [node.id, node])),
    protocols: { P: { operations: { ask: operation('call'), tell: operation('cast') } } },
    wires: [{ from: { node: CALLER, port: 'out' }, to: ROUTER, protocol: 'P', guards: [] }, ...NODES.map((to) => ({ from: { node: ROUTER, port: 'out' }, to, protocol: 'P', guards }))],
    modules: {}, files: [], hosts: [...new Set([CONTROL_HOST, 'main', ...nodes.map(({ host }) => host)])].map((id) => ({ id, instances: [] })),
  };
}

class Plain implements Behaviour {
  readonly receives = 'queued';
  readonly trapsExits = false;
  readonly #onSignal: (self: Self, signal: Signal) => void;
  readonly #onStart: (self: Self) => void;
  constructor(onSignal: (self: Self, signal: Signal) => void, onStart: (self: Self) => void = () => undefined) {
    this.#onSignal = onSignal;
    this.#onStart = onStart;
  }
  start(self: Self): void {
    this.#onStart(self);
    self.started();
  }
  receive(self: Self, signal: Signal): void {
    this.#onSignal(self, signal);
  }
  dispose(): void {}
}

class RoutedWorld {
  readonly answers = new Map<number, CallResult[]>();
  readonly asked: number[] = [];
  readonly handled = new Map<string, number>();
  readonly at = new Map<number, number>();
  readonly #cluster: Cluster;
  #caller: Self | undefined;

  constructor(one: Case) {
    const program = programOf(one);
    this.#cluster = new Cluster({
      program, seed: 1, epochMs: 0,
      behaviours: ({ node, seed }) => {
        if (node.kind === 'supervisor') return new SupervisorBehaviour(node);
        if (node.kind === 'router') return new Router(node, seed);
        return node.id === CALLER ? this.#makeCaller() : this.#makeNode(one.deeds[NODES.indexOf(node.id)]!);
      },
      onRecord: () => undefined, onEffect: () => undefined, onSettled: () => undefined, onPull: () => undefined, onRootExited: () => undefined,
    });
    this.pass(50);
    for (const ask of one.asks) this.#cluster.schedule(50 + ask.atMs, () => this.ask(ask));
    const targets = [ROUTER, ...NODES];
    for (const { atMs, kind, target } of one.faults) {
      const node = targets[target % targets.length]!;
      this.#cluster.schedule(50 + atMs, () => (kind === 'killHost' ? this.#cluster.killHost(program.nodes[node]!.host) : this.#cluster.give(program.nodes[node]!.host, { type: 'operator', command: { action: 'crash', node, reason: 'crash: injected' } })));
    }
  }

  #makeCaller(): Behaviour {
    const take = (_: Self, signal: Signal): void => {
      if (signal.kind !== 'reply') return;
      this.answers.set(signal.ref, [...(this.answers.get(signal.ref) ?? []), signal.result]);
      this.at.set(signal.ref, this.#cluster.nowMs);
    };
    return new Plain(take, (self) => void (this.#caller = self));
  }

  #makeNode(deeds: readonly Deed[]): Behaviour {
    const waiting = new Map<number, { readonly call: CallSignal; readonly deed: Deed }>();
    let messages = 0;
    const answer = (self: Self, call: CallSignal, { how }: Deed): void => {
      if (how === 'crash') self.exit('crash: as the test wants');
      else if (how === 'error') self.reply(call, { ok: false, error: { code: 'Bad', message: 'bad', node: self.name } });
      else if (how === 'answer') self.reply(call, { ok: true, output: [self.name] });
    };
    return new Plain((self, signal) => {
      if (signal.kind === 'call' || signal.kind === 'cast') this.handled.set(self.name, (this.handled.get(self.name) ?? 0) + 1);
      if (signal.kind === 'call') {
        const deed = deeds[messages++ % deeds.length]!;
        if (deed.afterMs === 0) answer(self, signal, deed);
        else waiting.set(self.setTimer(deed.afterMs, null), { call: signal, deed });
      } else if (signal.kind === 'timer') {
        const due = waiting.get(signal.timer);
        if (due) answer(self, due.call, due.deed);
      }
    });
  }

  ask({ timeoutMs, kind }: Pick<Ask, 'timeoutMs' | 'kind'>, input: Json = { k: this.asked.length }): number {
    // It speaks outside of its turns: its host must know what time it is.
    this.#cluster.give(CALLER, { type: 'clock' });
    const wire = { from: { node: CALLER, port: 'out' }, to: ROUTER, protocol: 'P', guards: [{ kind: 'timeout', ms: timeoutMs } as const] };
    if (kind === 'cast') return this.#caller!.cast({ wire, input, operation: 'tell', awaited: false });
    const ref = this.#caller!.call({ wire, input, operation: 'ask' });
    this.asked.push(ref);
    return ref;
  }

  pass(ms: number): void {
    passTime(this.#cluster, ms);
  }

  /** What is left in the timers of all hosts once nothing is under way. */
  get timers(): number {
    return this.#cluster.timers;
  }

  get nowMs(): number {
    return this.#cluster.nowMs;
  }

  end(): void {
    this.#cluster.dispose();
  }
}

const policy: fc.Arbitrary<RouterPolicy> = fc.oneof(
  fc.constantFrom<RouterPolicy>({ strategy: 'first' }, { strategy: 'round_robin' }, { strategy: 'least_loaded' }, { strategy: 'hash', key: 'k' }, { strategy: 'race' }),
  fc.constant<RouterPolicy>({ strategy: 'canary', routes: [{ to: 'a', weight: 1 }, { to: 'b', weight: 2 }] }),
  fc.constant<RouterPolicy>({ strategy: 'by_content', routes: [{ to: 'a', when: { path: 'k', less: 2 } }, { to: 'b', when: { path: 'k', less: 4 } }], otherwise: 'c' }),
  fc.record({ strategy: fc.constant('broadcast' as const), quorum: fc.integer({ min: 1, max: 3 }), collect: fc.constantFrom('first' as const, 'majority' as const, 'merge' as const) }),
  fc.record({ strategy: fc.constant('broadcast' as const), gatherMs: fc.integer({ min: 1, max: 300 }), collect: fc.constantFrom('first' as const, 'merge' as const) }),
);
const deed = fc.record({ afterMs: fc.constantFrom(0, 0, 5, 80, 900), how: fc.constantFrom('answer' as const, 'answer' as const, 'answer' as const, 'error' as const, 'never' as const, 'crash' as const) });
const oneCase: fc.Arbitrary<Case> = fc.record({
  policy,
  isolated: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
  guarded: fc.boolean(),
  deeds: fc.array(fc.array(deed, { minLength: 1, maxLength: 4 }), { minLength: 3, maxLength: 3 }),
  asks: fc.array(fc.record({ atMs: fc.integer({ min: 0, max: 500 }), timeoutMs: fc.constantFrom(1, 50, 500, 5000), kind: fc.constantFrom('call' as const, 'call' as const, 'cast' as const) }), { maxLength: 12 }),
  faults: fc.array(fc.record({ atMs: fc.integer({ min: 0, max: 500 }), kind: fc.constantFrom('crash' as const, 'crash' as const, 'killHost' as const), target: fc.nat(20) }), { maxLength: 5 }),
});

test.prop([oneCase], { seed: 20, numRuns: 300 })('every caller is answered exactly once, by its deadline, and nothing is left behind (seed 20)', (one) => {
  const world = new RoutedWorld(one);
  world.pass(20_000);
  for (const ref of world.asked) expect(world.answers.get(ref)?.length).toBe(1);
  expect(world.timers).toBe(0);
  // Nobody waits in it and nobody holds it: a router that stands goes on.
  const ref = world.ask({ timeoutMs: 5000, kind: 'call' });
  world.pass(6000);
  expect(world.answers.get(ref)?.length).toBe(1);
  // The kernel ends a call at its deadline, whatever the router does: where all nodes answer, it is the router that does.
  const isPatient = !one.guarded && !(one.policy.strategy === 'broadcast' && one.policy.gatherMs !== undefined);
  const isAnswered = one.deeds.flat().every(({ how }) => how !== 'never') && isPatient;
  if (isAnswered) expect(world.answers.get(ref)![0]).not.toMatchObject({ ok: false, error: { code: 'timeout' } });
  world.end();
});

const quick: readonly Deed[] = [{ afterMs: 0, how: 'answer' }];
const worldOf = (given: Partial<Case>): RoutedWorld => new RoutedWorld({ policy: { strategy: 'first' }, isolated: [false, false, false, false], guarded: false, deeds: [quick, quick, quick], asks: [], faults: [], ...given });
const call = { timeoutMs: 5000, kind: 'call' } as const;

describe('a router', () => {
  it('race: the losers’ answers are dropped, and the caller has the first', () => {
    const world = worldOf({ policy: { strategy: 'race' }, deeds: [[{ afterMs: 100, how: 'answer' }], [{ afterMs: 10, how: 'answer' }], [{ afterMs: 1, how: 'error' }]] });
    const ref = world.ask(call);
    world.pass(1000);
    expect(world.answers.get(ref)).toEqual([{ ok: true, output: ['b'] }]);
  });

  it('least_loaded: slow nodes get less', () => {
    const world = worldOf({ policy: { strategy: 'least_loaded' }, deeds: [[{ afterMs: 900, how: 'answer' }], [{ afterMs: 5, how: 'answer' }], [{ afterMs: 900, how: 'answer' }]] });
    for (let index = 0; index < 30; index += 1) {
      world.ask(call);
      world.pass(20);
    }
    expect(world.handled.get('b')).toBeGreaterThan(20);
    expect(world.handled.get('a')).toBeLessThan(5);
  });

  it('broadcast: a cast goes to all, a call with too few answers says what was missing', () => {
    const world = worldOf({ policy: { strategy: 'broadcast', quorum: 3, gatherMs: 50 }, deeds: [quick, [{ afterMs: 0, how: 'error' }], quick] });
    world.ask({ timeoutMs: 1, kind: 'cast' });
    const ref = world.ask(call);
    world.pass(1000);
    expect(world.handled).toEqual(new Map([['a', 2], ['b', 2], ['c', 2]]));
    const [answer] = world.answers.get(ref)!;
    expect(answer).toMatchObject({ ok: false, error: { code: 'Bad', message: '1 of 3 answers that are needed came together behind pool; b: bad' } });
  });

  it('broadcast: ends at gatherMs, long before the caller’s deadline', () => {
    const world = worldOf({ policy: { strategy: 'broadcast', collect: 'merge', quorum: 2, gatherMs: 100 }, deeds: [quick, [{ afterMs: 0, how: 'never' }], quick] });
    const beganMs = world.nowMs;
    const ref = world.ask(call);
    world.pass(1000);
    expect(world.answers.get(ref)).toEqual([{ ok: true, output: ['a', 'c'] }]);
    expect(world.at.get(ref)! - beganMs).toBeLessThan(150);
  });

  it('calls over a guarded wire instead of passing on: the timeout of the wire holds', () => {
    const world = worldOf({ guarded: true, deeds: [[{ afterMs: 0, how: 'never' }], quick, quick] });
    const beganMs = world.nowMs;
    const ref = world.ask(call);
    world.pass(1000);
    expect(world.answers.get(ref)).toMatchObject([{ ok: false, error: { code: 'timeout', node: 'a' } }]);
    expect(world.at.get(ref)! - beganMs).toBe(402);
  });
});
