/** What a process asks of the outside world through the core, and the core's answers. */
import type { EffectAnswer, EffectKind } from '../../shared/run/engine-protocol';
import type { Json } from '../../shared/json/json';
import type { Host, MakingEffects } from './host';
import type { Process } from './process';
import type { Origin } from './signal';

export class Effects implements MakingEffects {
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  effect(process: Process, kind: EffectKind, request: Json, origin: Origin | undefined): string {
    const { openEffects, journal, ports } = this.#host;
    const key = process.nextEffectKey(origin);
    openEffects.set(key, process);
    journal.record({ type: 'effect.requested', key, node: process.name, kind, request });
    // It follows from the very record of its request: the core makes it only once that is on disk.
    const { name, node } = process;
    ports.effect({ key, node: name, ...(node.id === name ? {} : { template: node.id }), kind, request }, this.#host.depends());
    return key;
  }

  abandon(process: Process, key: string): void {
    const { openEffects, journal, ports } = this.#host;
    if (openEffects.get(key) !== process) return;
    openEffects.delete(key);
    journal.record({ type: 'effect.abandoned', key });
    ports.abandonEffect(key);
  }

  /** One that nobody waits for any more changes nothing, and is not recorded. */
  receiveItem(key: string, value: Json): void {
    const { openEffects, journal, delivery } = this.#host;
    const process = openEffects.get(key);
    if (!process || process.status === 'dead') return;
    journal.recordInput({ type: 'effect.item', key, value });
    delivery.toProcess(process, { kind: 'effectItem', key, value });
  }

  receiveAnswer(answer: EffectAnswer): void {
    const { openEffects, journal, delivery } = this.#host;
    const { key, mode } = answer;
    journal.recordInput(answer.ok ? { type: 'effect.settled', key, ok: true, value: answer.value, mode } : { type: 'effect.settled', key, ok: false, error: answer.error, mode });
    const process = openEffects.get(key);
    openEffects.delete(key);
    if (!process || process.status === 'dead') return;
    delivery.toProcess(process, { kind: 'effectAnswer', key, result: answer.ok ? { ok: true, output: answer.value } : { ok: false, error: answer.error } });
  }
}
