/** Is anything left to do? Two equal rounds over all hosts, with as much received as sent, say no (Mattern 1987, four counters). */
import type { HostStatus } from '../kernel/ports';
import type { ToHost } from './host-protocol';

type Asked = { readonly host: string; readonly isReady: boolean; send(message: ToHost): void };
type Round = { readonly token: number; readonly answers: Map<string, HostStatus>; readonly before?: ReadonlyMap<string, HostStatus> };

export type IdleRoundsParts = {
  /** As they are now. */
  readonly hosts: () => readonly Asked[];
  /** Whether a single whole round was waited for, by which each host has sent what it held. */
  readonly isOnlyOne: () => boolean;
  readonly onOnlyOne: () => void;
  readonly onAnswer: (token: number, idle: boolean) => void;
};

export class IdleRounds {
  readonly #parts: IdleRoundsParts;
  #round: Round | undefined;
  #number = 0;

  constructor(parts: IdleRoundsParts) {
    this.#parts = parts;
  }

  /** In place of what was asked before. */
  ask(token: number): void {
    this.#begin({ token, answers: new Map() });
  }

  /** A host has come or gone: a round that began without this would wait for ever, or count it twice. */
  again(): void {
    if (this.#round) this.ask(this.#round.token);
  }

  receive(host: string, number: number, status: HostStatus): void {
    const round = this.#round;
    if (!round || number !== this.#number) return;
    round.answers.set(host, status);
    if (round.answers.size < this.#parts.hosts().filter(({ isReady }) => isReady).length) return;
    this.#round = undefined;
    if (this.#parts.isOnlyOne()) return this.#parts.onOnlyOne();
    if (!round.before) return this.#begin({ token: round.token, answers: new Map(), before: round.answers });
    this.#parts.onAnswer(round.token, this.#parts.hosts().every(({ isReady }) => isReady) && isIdle([...round.before.values()], [...round.answers.values()]));
  }

  #begin(round: Round): void {
    this.#round = round;
    this.#number += 1;
    for (const host of this.#parts.hosts()) if (host.isReady) host.send({ type: 'ask', round: this.#number });
  }
}

function isIdle(before: readonly HostStatus[], after: readonly HostStatus[]): boolean {
  const isQuiet = [...before, ...after].every(({ idle, timers, effects }) => idle && timers === 0 && effects === 0);
  const sum = (round: readonly HostStatus[], field: 'sent' | 'received') => round.reduce((total, status) => total + status[field], 0);
  return isQuiet && sum(before, 'sent') === sum(before, 'received') && sum(before, 'sent') === sum(after, 'sent') && sum(after, 'sent') === sum(after, 'received');
}
