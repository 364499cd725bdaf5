/** The trace of a case, from what the kernel's hosts put on record, in the order in which it happened. */
import type { HostRecord } from '../../../shared/journal/record';
import type { JsonObject } from '../../../shared/json/json';
import type { Ask, TraceEvent } from './case';
import { INIT_IGNORED } from './case-behaviours';
import { caseIdOf } from './case-program';

type Started = { readonly id: string; readonly inc: number };
type Described = { readonly id: string; readonly child: string; readonly pid?: string; readonly type: string };

/** `isKnownInstance`: of its id, when it was asked. */
export type Asked = Ask & { readonly isKnownInstance: boolean };

export class Trace {
  readonly events: TraceEvent[] = [];
  readonly #instances: { readonly has: (id: string) => boolean };
  readonly #starts = new Map<string, number>();
  readonly #attempts = new Map<string, number>();
  /** By pid, the dead included. */
  readonly #started = new Map<string, Started>();
  readonly #alive = new Map<string, Started>();
  /** The latest process of an id and of a name. */
  readonly #latest = new Map<string, { readonly name: string; readonly pid: string }>();
  readonly #incarnations = new Map<string, number>();

  constructor(instances: { readonly has: (id: string) => boolean }) {
    this.#instances = instances;
  }

  add(event: TraceEvent): void {
    this.events.push(event);
  }

  record(record: HostRecord): void {
    switch (record.type) {
      case 'process.started':
        return this.#start(record.node, record.pid);
      case 'process.startFailed':
        return this.#attempted('startFailed', record.node);
      case 'process.exited':
        return this.#exited(record.pid, record.reason);
      case 'supervisor.gaveUp':
        return this.add({ ev: 'supervisorGaveUp', id: caseIdOf(record.node), inc: this.#incarnations.get(record.node) ?? 0 });
      case 'log':
        if (record.text === INIT_IGNORED) this.#attempted('startIgnored', record.node);
        return;
      default:
        return;
    }
  }

  #start(name: string, pid: string): void {
    const id = caseIdOf(name);
    const inc = count(this.#starts, id);
    count(this.#attempts, id);
    this.#started.set(pid, { id, inc });
    this.#alive.set(pid, { id, inc });
    this.#latest.set(id, { name, pid });
    this.#incarnations.set(name, inc);
    this.add({ ev: 'start', id, inc });
  }

  #attempted(ev: 'startFailed' | 'startIgnored', name: string): void {
    const id = caseIdOf(name);
    this.add({ ev, id, attempt: count(this.#attempts, id) });
  }

  #exited(pid: string, reason: string): void {
    const gone = this.#alive.get(pid);
    if (!gone) return;
    this.#alive.delete(pid);
    this.add({ ev: 'stop', ...gone, reason: caseIdOf(reason) });
  }

  /** Whether the latest process of this id lives. */
  isAlive(id: string): boolean {
    const latest = this.#latest.get(id);
    return latest !== undefined && this.#alive.has(latest.pid);
  }

  /** The name of the latest process of this id; of one that never started, the one it would have. */
  nameOf(id: string): string {
    const latest = this.#latest.get(id);
    const slash = id.lastIndexOf('/');
    return latest?.name ?? (slash < 0 ? id : `${this.nameOf(id.slice(0, slash))}${id.slice(slash)}`);
  }

  /** Whether a dynamic supervisor has ever started it. */
  isKnownInstance(id: string): boolean {
    return this.#instances.has(id) && this.#starts.has(id);
  }

  /** The ids of what has started and not ended. */
  alive(): readonly string[] {
    return [...this.#alive.values()].map(({ id }) => id).toSorted();
  }

  /**
   * The answer of a supervisor's call, once all is on record that it tells of. OTP names a dynamic child by its process, which may be dead
   * by now, and a dead one is as good as terminated; ours has a name, and what the supervisor no longer knows is `not_found`.
   */
  answer({ op, isKnownInstance }: Asked, body: JsonObject): JsonObject {
    if (op === 'terminateChild' && isKnownInstance && body['error'] === 'not_found') return { ok: 'ok' };
    if (typeof body['error'] === 'string') return { error: caseIdOf(body['error']) };
    if (!Array.isArray(body['children'])) return body;
    return { children: (body['children'] as readonly Described[]).map((child) => this.#describe(child)) };
  }

  /** A running child's incarnation is added. OTP has no name for a dynamic child without a process. */
  #describe({ id: name, child, pid, type }: Described): JsonObject {
    const id = caseIdOf(name);
    if (pid !== undefined) return { id, child, inc: this.#started.get(pid)!.inc, type };
    return { id: this.#instances.has(id) ? '?' : id, child, type };
  }
}

function count(counts: Map<string, number>, id: string): number {
  const next = (counts.get(id) ?? 0) + 1;
  counts.set(id, next);
  return next;
}
