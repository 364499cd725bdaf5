/** A program in virtual time, asked from outside; effects are answered by the test. No scenario, no store. */
import { CONTROL_HOST } from '../../../shared/ids';
import type { JournalEvent } from '../../../shared/journal/record';
import type { Json } from '../../../shared/json/json';
import type { Program } from '../../../shared/program/program';
import type { EffectAnswer, EffectRequest, Settlement } from '../../../shared/run/engine-protocol';
import type { GuestFactory } from '../../behaviours/guest';
import type { ModelPiece } from '../../../shared/run/model-request';
import { behavioursWith } from '../../behaviours/make-behaviour';
import { Cluster } from '../cluster';

/** `pieces`: what comes before the answer, each 10 ms after the one before; it comes 10 ms after the last. */
export type MadeAnswer = { readonly afterMs?: number; readonly pieces?: readonly ModelPiece[] } & ({ readonly ok: true; readonly value: Json } | { readonly ok: false; readonly error: { readonly code: string; readonly message: string } });
/** Nothing: the effect is never answered. */
export type MakeEffect = (effect: EffectRequest) => MadeAnswer | undefined;

const PIECE_MS = 10;

const noGuests: GuestFactory = {
  create: () => ({ loadFailed: 'no handlers in this run' }),
};

export class ModelRun {
  readonly effects: EffectRequest[] = [];
  /** Keys of effects that were given up. */
  readonly abandoned: string[] = [];
  readonly events: JournalEvent[] = [];
  readonly settled: Settlement[] = [];
  readonly #program: Program;
  readonly #cluster: Cluster;
  #inputs = 0;

  constructor(program: Program, makeEffect: MakeEffect = () => undefined, guests: GuestFactory = noGuests) {
    this.#program = program;
    this.#cluster = new Cluster({
      program,
      seed: 1,
      epochMs: 0,
      behaviours: behavioursWith(guests),
      onRecord: (_, __, record) => this.events.push(record),
      onEffect: (effect) => this.#make(effect, makeEffect),
      onEffectAbandoned: (key) => void this.abandoned.push(key),
      onSettled: (settlement) => this.settled.push(settlement),
      onPull: () => undefined,
      onRootExited: () => undefined,
    });
    // The tree comes up over several batches between its hosts.
    this.goOn(100);
  }

  get nowMs(): number {
    return this.#cluster.nowMs;
  }

  #make(effect: EffectRequest, makeEffect: MakeEffect): void {
    this.effects.push(effect);
    const made = makeEffect(effect);
    if (!made) return;
    const { pieces = [], afterMs = 1 + pieces.length * PIECE_MS, ...outcome } = made;
    for (const [index, value] of pieces.entries()) this.#cluster.schedule(this.#cluster.nowMs + (index + 1) * PIECE_MS, () => this.#cluster.give(this.#cluster.hostOf(effect.node), { type: 'effectItem', key: effect.key, value }));
    const answer = { key: effect.key, mode: 'simulated', ...outcome } as EffectAnswer;
    this.#cluster.schedule(this.#cluster.nowMs + afterMs, () => this.abandoned.includes(effect.key) ? undefined : this.#cluster.give(this.#cluster.hostOf(effect.node), { type: 'effectAnswer', answer }));
  }

  /** Puts a message to a node; its number. */
  ask(node: string, protocol: string, operation: string, value: Json): number {
    const id = (this.#inputs += 1);
    this.#cluster.give(this.#program.nodes[node]?.host ?? CONTROL_HOST, { type: 'outside', input: { id, node, protocol, operation, value } });
    return id;
  }

  /** Virtual time goes on, and everything that is due in it happens. */
  goOn(ms = 60_000): void {
    const untilMs = this.#cluster.nowMs + ms;
    const atEnd = { isReached: false };
    this.#cluster.schedule(untilMs, () => {
      atEnd.isReached = true;
    });
    while (!atEnd.isReached) {
      while (this.#cluster.step()) continue;
      this.#cluster.advance(untilMs);
    }
    while (this.#cluster.step()) continue;
  }

  /** What became of a message: every settlement of it. */
  endsOf(id: number): readonly Settlement[] {
    return this.settled.filter((one) => one.id === id);
  }

  exits(node: string): readonly string[] {
    return this.events.flatMap((event) => (event.type === 'process.exited' && event.node === node ? [event.reason] : []));
  }
}
