/** What guards cost a call: each alone and the usual stack, beside the same call with a timeout alone, and beside cockatiel's policies. */
import { bulkhead, circuitBreaker, ConsecutiveBreaker, ConstantBackoff, fallback, handleAll, retry, timeout, TimeoutStrategy, wrap, type IDefaultPolicyContext, type IPolicy } from 'cockatiel';
import { guardSchemas, type Guard, type GuardKind } from '../shared/design/guard';
import { assert } from '../shared/assert';
import { guardWires } from '../main/guards/guarded-wires';
import type { Self } from '../main/kernel/behaviour';
import type { Attempt, AttemptOwner, GuardedHost } from '../main/kernel/guarding';
import type { Process } from '../main/kernel/process';
import type { Signal } from '../main/kernel/signal';
import { perSecond, scaled, type Figure, type Measured, type OpenTopic, type Side } from './figure';
import { KernelWorld, rootThatSpawns } from './kernel-world';
import { agentOf, inputOf, programOf, wireOf } from './program';

const guard = (kind: GuardKind, fields: object = {}): Guard => guardSchemas[kind].parse({ kind, ...fields });

const TIMEOUT = guard('timeout', { ms: 5000 });
const MANY = 1_000_000;
/** By what is said of them: guards, and cockatiel's of the same meaning. It has no rate limit. */
type Peer = Pick<IPolicy<IDefaultPolicyContext, string>, 'execute'>;
type Stack = { readonly id: string; readonly title: string; readonly guards: readonly Guard[]; readonly peer?: () => Peer };
const STACKS: readonly Stack[] = [
  { id: 'retry', title: 'retry', guards: [guard('retry'), TIMEOUT], peer: () => wrap(retrying(), timing()) },
  { id: 'breaker', title: 'breaker', guards: [guard('breaker'), TIMEOUT], peer: () => wrap(breaking(), timing()) },
  { id: 'breaker-rate', title: 'breaker, share of 10 s', guards: [guard('breaker', { failureRate: 0.5, windowMs: 10_000 }), TIMEOUT] },
  { id: 'bulkhead', title: 'bulkhead', guards: [guard('bulkhead', { concurrency: 8 }), TIMEOUT], peer: () => wrap(bulkhead(8), timing()) },
  { id: 'rate-limit', title: 'rate limit', guards: [guard('rateLimit', { calls: MANY, perMs: 1 }), TIMEOUT] },
  { id: 'fallback', title: 'fallback', guards: [guard('fallback', { answers: { say: 'no' } }), TIMEOUT], peer: () => wrap(fallback(handleAll, 'no'), timing()) },
  { id: 'stack', title: 'breaker, bulkhead, deadline', guards: [guard('breaker'), guard('bulkhead', { concurrency: 8 }), TIMEOUT], peer: () => wrap(breaking(), bulkhead(8), timing()) },
  { id: 'full-stack', title: 'retry, breaker, bulkhead, deadline', guards: [guard('retry'), guard('breaker'), guard('bulkhead', { concurrency: 8 }), TIMEOUT], peer: () => wrap(retrying(), breaking(), bulkhead(8), timing()) },
];

const retrying = (): IPolicy => retry(handleAll, { maxAttempts: 2, backoff: new ConstantBackoff(100) });
const breaking = (): IPolicy => circuitBreaker(handleAll, { halfOpenAfter: 10_000, breaker: new ConsecutiveBreaker(5) });
const timing = (): IPolicy => timeout(5000, TimeoutStrategy.Aggressive);

export const openGuards: OpenTopic = async (scale) => {
  const count = scaled(200_000, scale, 1000);
  const few = scaled(50_000, scale, 1000);
  const plain: Side = { name: 'call with timeout', measure: () => callsPast([TIMEOUT], count) };
  const figures = STACKS.map(({ id, title, guards, peer }): Figure => ({
    id: `guard-${id}`,
    title: `guarded call: ${title}`,
    kind: 'built-in',
    journal: 'off',
    unit: '/s',
    ours: { name: 'kernel', measure: () => callsPast(guards, count) },
    limits: [plain, ...(peer ? [{ name: 'cockatiel', measure: () => executed(peer(), few) }] : [])],
  }));
  return { figures: [...figures, ...STACKS.flatMap((stack) => aloneOf(stack, count, few))] };
};

/** What the policies themselves cost, around a provider that answers at once: what cockatiel does as well. */
function aloneOf({ id, title, guards, peer }: Stack, count: number, few: number): readonly Figure[] {
  if (!peer) return [];
  return [
    {
      id: `guards-alone-${id}`,
      title: `guards alone: ${title}`,
      kind: 'built-in',
      journal: 'off',
      unit: '/s',
      ours: { name: 'guards', measure: () => pastGuards(guards, count) },
      limits: [{ name: 'cockatiel', measure: () => executed(peer(), few) }],
      ...(id === 'stack' ? { budget: { text: '1 M/s', value: 1_000_000 } } : {}),
    },
  ];
}

/** No kernel: attempts are kept, and answered by hand. */
class StillHost implements GuardedHost {
  nowMs = 0;
  readonly wires = [];
  #ref = 0;
  owner: AttemptOwner | undefined;
  answered = 0;

  nextRef(): number {
    this.#ref += 1;
    return this.#ref;
  }
  setTimer(): number {
    return this.nextRef();
  }
  cancelTimer(): void {
    // Nothing is ever due here.
  }
  attempt(_: Process, { owner }: Attempt): number {
    this.owner = owner;
    return this.nextRef();
  }
  forget(): void {
    assert(false, 'no attempt is given up here');
  }
  item(): void {
    assert(false, 'no stream is asked for here');
  }
  demand(): void {
    assert(false, 'no stream is asked for here');
  }
  isStream(): boolean {
    return false;
  }
  answer(): void {
    this.answered += 1;
  }
  isIdempotent(): boolean {
    return false;
  }
  random(): number {
    return 0;
  }
  record(): void {
    assert(false, 'no guard changes here');
  }
}

/** Guards look at nothing of a process but the calls that they have noted there. */
const callerOnly = (): Process => ({ guardedCalls: undefined }) as unknown as Process;

function pastGuards(guards: readonly Guard[], count: number): Measured {
  const host = new StillHost();
  const guarding = guardWires(host);
  const caller = callerOnly();
  const wire = { ...wireOf('root', 'receiver'), guards };
  const run = (times: number): void => {
    for (let index = 0; index < times; index += 1) {
      guarding.call(caller, { wire, operation: 'say', input: inputOf(index) });
      host.owner!.settled({ ok: true, output: index });
      if ((index & 63) === 0) host.nowMs += 1;
    }
  };
  run(Math.ceil(count / 4));
  host.answered = 0;
  const begin = performance.now();
  run(count);
  const ms = performance.now() - begin;
  assert(host.answered === count, 'calls were lost');
  return perSecond(count, ms);
}

/** One call at a time to a built-in agent. A fourth as many go before, as in the other figures of messages. */
function callsPast(guards: readonly Guard[], count: number): Measured {
  const wire = { ...wireOf('root', 'receiver'), guards };
  let left = 0;
  const onSignal = (self: Self, signal: Signal): void => {
    if (signal.kind === 'spawned') return;
    if (signal.kind === 'reply') assert(signal.result.ok, 'a call failed');
    if (left-- > 0) self.call({ wire, operation: 'say', input: inputOf(left) });
  };
  const program = programOf([agentOf('root', 'built-in'), agentOf('receiver', 'built-in')], { wires: [wire] });
  const world = new KernelWorld({ program, drivers: { root: () => rootThatSpawns(['receiver'], onSignal) } }).start();
  const before = Math.ceil(count / 4);
  left = before;
  world.request('root');
  left = count;
  const begin = performance.now();
  world.request('root');
  const ms = performance.now() - begin;
  assert(world.handledBy('receiver') === before + count, 'calls were lost');
  world.kernel.dispose();
  return perSecond(count, ms);
}

/** A function that answers at once, past the policies: no kernel, no message. */
async function executed(policy: Peer, count: number): Promise<Measured> {
  let sum = 0;
  const one = (): Promise<unknown> => Promise.resolve(policy.execute(() => Promise.resolve((sum += 1))));
  for (let before = 0; before < count / 4; before += 1) await one();
  sum = 0;
  const begin = performance.now();
  for (let index = 0; index < count; index += 1) await one();
  const ms = performance.now() - begin;
  assert(sum === count, 'calls were lost');
  return perSecond(count, ms);
}
