/** What the processes of a case do: OTP's supervisor as it is, and workers whose init goes by plan and whose end takes its time. */
import type { Program } from '../../../shared/program/program';
import type { Behaviour, BehaviourFactory, Self } from '../../kernel/behaviour';
import type { Signal } from '../../kernel/signal';
import { CHILD_NAMES, type ChildNames } from '../child-names';
import { SupervisorBehaviour } from '../supervisor-behaviour';
import { planOf, type CaseNode, type InitOutcome } from './case';
import { caseIdOf, caseNodesOf, type InstanceArgs } from './case-program';

/** Said in the journal by a worker whose init declines to run. */
export const INIT_IGNORED = 'init ignored';

export type CaseBehaviours = {
  /** What a supervisor's behaviour is wrapped into. */
  readonly wrap?: (supervisor: Behaviour) => Behaviour;
  /** Told of each process when it begins. */
  readonly onBegin?: (self: Self) => void;
};

/** Counts start attempts of ids, so it serves one host for one whole case. */
export function caseBehaviours(program: Program, { wrap = (supervisor) => supervisor, onBegin }: CaseBehaviours = {}): BehaviourFactory {
  const nodes = caseNodesOf(program);
  const attempts = new Map<string, number>();
  return ({ node, name, args }) => {
    if (node.kind === 'supervisor') return wrap(new SupervisorBehaviour(node, namesBelow(args as InstanceArgs | undefined)));
    const drawn: CaseNode = { ...nodes.get(node.id)!, ...(args as InstanceArgs | undefined) };
    const plan = planOf(drawn.init);
    const attempt = (attempts.get(caseIdOf(name)) ?? 0) + 1;
    attempts.set(caseIdOf(name), attempt);
    return new CaseWorker(drawn, plan[Math.min(attempt, plan.length) - 1]!, onBegin);
  };
}

/** Children are called as the case calls them, also those of a supervisor that was specified anew. */
const namesBelow = (instance: InstanceArgs | undefined): ChildNames => ({
  child: ({ name, node }, child) => (instance ? `${name}/${instance.prefix}${caseIdOf(child)}` : CHILD_NAMES.child({ name, node: caseIdOf(node), isInstance: false }, caseIdOf(child))),
  instance: (_, id) => id,
});

class CaseWorker implements Behaviour {
  readonly receives = 'queued';
  readonly trapsExits: boolean;
  readonly #delayMs: number;
  readonly #init: InitOutcome;
  readonly #onBegin: CaseBehaviours['onBegin'];
  #ending: { readonly timer: number; readonly reason: string } | undefined;

  constructor(node: CaseNode, init: InitOutcome, onBegin: CaseBehaviours['onBegin']) {
    this.trapsExits = node.trapExit ?? false;
    this.#delayMs = node.terminateDelay ?? 0;
    this.#init = init;
    this.#onBegin = onBegin;
  }

  start(self: Self): void {
    this.#onBegin?.(self);
    if (this.#init === 'ok') return self.started();
    if (this.#init === 'fail') return self.failStart('init_failed');
    self.log('info', INIT_IGNORED);
    self.ignore();
  }

  receive(self: Self, signal: Signal): void {
    if (signal.kind === 'timer' && signal.timer === this.#ending?.timer) return self.exit(this.#ending.reason);
    if (signal.kind !== 'exit' || this.#ending) return;
    if (this.#delayMs === 0) return self.exit(signal.reason);
    this.#ending = { timer: self.setTimer(this.#delayMs, null), reason: signal.reason };
  }

  dispose(): void {
    this.#ending = undefined;
  }
}
