/** A case on one host of the kernel in the virtual world: time moves only as far as stops under way need, or as a step says. */
import { assert } from '../../../shared/assert';
import { CONTROL_HOST } from '../../../shared/ids';
import type { Json } from '../../../shared/json/json';
import type { Program } from '../../../shared/program/program';
import { HostKernel } from '../../kernel/host-kernel';
import type { HostInput } from '../../kernel/ports';
import type { OracleCase, TraceEvent } from './case';
import { caseBehaviours } from './case-behaviours';
import { runCase, type CaseEvents, type CaseWorld } from './case-run';

export const runVirtually = (one: OracleCase): Promise<readonly TraceEvent[]> =>
  runCase(one, { supervisors: CONTROL_HOST, workers: CONTROL_HOST }, (program, events) => new VirtualWorld(program, events));

class VirtualWorld implements CaseWorld {
  readonly #kernel: HostKernel;

  constructor(program: Program, events: CaseEvents) {
    this.#kernel = new HostKernel({
      program,
      host: CONTROL_HOST,
      life: 1,
      seed: 1,
      epochMs: 0,
      trace: false,
      incarnations: {},
      behaviours: caseBehaviours(program),
      ports: {
        send: () => assert(false, 'one host'),
        record: events.record,
        effect: () => undefined,
        abandonEffect: () => undefined,
        settle: () => undefined,
        pull: () => undefined,
        respond: events.answer,
        rootStarted: () => undefined,
        rootExited: events.down,
      },
    });
  }

  #input(input: HostInput): void {
    this.#kernel.input(input, this.#kernel.nowMs);
  }

  startTree(): void {
    this.#input({ type: 'startRoot' });
  }

  stopTree(): void {
    this.#input({ type: 'stopRoot' });
  }

  crash(node: string, reason: string): void {
    this.#input({ type: 'operator', command: { action: 'crash', node, reason } });
  }

  ask(ref: number, node: string, body: Json): void {
    this.#input({ type: 'request', ref, node, body });
  }

  // Nothing runs between inputs: each is in its mailbox, and a supervisor handles none, before `settle`.
  async hold(): Promise<void> {}
  async deliver(): Promise<void> {}
  release(): void {}

  async advance(ms: number): Promise<void> {
    const untilMs = this.#kernel.nowMs + ms;
    for (let at = this.#kernel.nextTimerAtMs(); at !== undefined && at <= untilMs; at = this.#kernel.nextTimerAtMs()) this.#tick(at);
    this.#tick(untilMs);
  }

  /** All timers of a case belong to stops under way. */
  async settle(): Promise<void> {
    while (this.#kernel.step()) continue;
    for (let at = this.#kernel.nextTimerAtMs(); at !== undefined; at = this.#kernel.nextTimerAtMs()) this.#tick(at);
  }

  #tick(atMs: number): void {
    this.#kernel.input({ type: 'clock' }, atMs);
    while (this.#kernel.step()) continue;
  }
}
