import { assert } from '../../shared/assert';
import type { Behaviour, Self } from '../kernel/behaviour';
import type { ProgramSupervisor } from '../../shared/program/program';
import type { Signal } from '../kernel/signal';
import { CHILD_NAMES, type ChildNames } from './child-names';
import type { Wait } from './stop-children';
import { Supervisor } from './supervisor';

/** Runs a supervisor's `yield`s as selective receives of its process. */
export class SupervisorBehaviour implements Behaviour {
  readonly receives = 'selective';
  readonly trapsExits = true;
  readonly #spec: ProgramSupervisor;
  readonly #names: ChildNames;
  #supervisor: Supervisor | undefined;
  #life: Wait<void> | undefined;

  constructor(spec: ProgramSupervisor, names: ChildNames = CHILD_NAMES) {
    this.#spec = spec;
    this.#names = names;
  }

  start(self: Self): void {
    this.#supervisor = new Supervisor(self, this.#spec, this.#names);
    this.#life = this.#supervisor.run();
    this.#wait(self, this.#life.next());
  }

  receive(self: Self, signal: Signal): void {
    assert(this.#life, 'a supervisor starts before it receives');
    this.#wait(self, this.#life.next(signal));
  }

  #wait(self: Self, step: IteratorResult<((signal: Signal) => boolean) | undefined, void>): void {
    if (!step.done) self.select(step.value);
  }

  restartsAt(nowMs: number): number {
    return this.#supervisor?.restartsAt(nowMs) ?? 0;
  }

  dispose(): void {
    this.#life = undefined;
  }
}
