/** The trace of a case, from what the kernel's hosts put on record, in the order in which they did. */
import type { HostRecord } from '../../../shared/journal/record';
import type { JsonObject } from '../../../shared/json/json';
import type { Ask, TraceEvent } from './case';
import { INIT_IGNORED } from './case-behaviours';

export class Trace {
  /** Whether a dynamic supervisor starts it. */
  readonly #isInstance: (id: string) => boolean;
  readonly events: TraceEvent[] = [];
  readonly #starts = new Map<string, number>();
  readonly #attempts = new Map<string, number>();
  readonly #alive = new Map<string, { readonly id: string; readonly inc: number }>();

  constructor(isInstance: (id: string) => boolean) {
    this.#isInstance = isInstance;
  }

  add(event: TraceEvent): void {
    this.events.push(event);
  }

  record(record: HostRecord): void {
    switch (record.type) {
      case 'process.started':
        return this.#started(record.node, record.pid);
      case 'process.startFailed':
        return this.add({ ev: 'startFailed', id: record.node, attempt: count(this.#attempts, record.node) });
      case 'process.exited':
        return this.#exited(record.pid, record.reason);
      case 'supervisor.gaveUp':
        return this.add({ ev: 'supervisorGaveUp', id: record.node, inc: this.incarnationOf(record.node) });
      case 'log':
        if (record.text === INIT_IGNORED) this.add({ ev: 'startIgnored', id: record.node, attempt: count(this.#attempts, record.node) });
        return;
      default:
        return;
    }
  }

  #started(id: string, pid: string): void {
    const inc = count(this.#starts, id);
    count(this.#attempts, id);
    this.#alive.set(pid, { id, inc });
    this.add({ ev: 'start', id, inc });
  }

  #exited(pid: string, reason: string): void {
    const gone = this.#alive.get(pid);
    if (!gone) return;
    this.#alive.delete(pid);
    this.add({ ev: 'stop', ...gone, reason });
  }

  incarnationOf(id: string): number {
    return this.#starts.get(id) ?? 0;
  }

  /** The ids of what has started and not ended. */
  alive(): readonly string[] {
    return [...this.#alive.values()].map(({ id }) => id).toSorted();
  }

  /**
   * The answer of a supervisor's call. A running child's incarnation is added. OTP names a dynamic child by its process, which may be
   * dead by now, and a dead one is as good as terminated; ours has a name, and what the supervisor no longer knows is `not_found`.
   */
  answer({ op, id }: Ask, body: JsonObject): JsonObject {
    if (op === 'terminateChild' && id !== undefined && body['error'] === 'not_found' && this.incarnationOf(id) > 0 && this.#isInstance(id)) return { ok: 'ok' };
    if (!Array.isArray(body['children'])) return body;
    const children = (body['children'] as readonly { readonly id: string; readonly child: string; readonly type: string }[]).map(({ id: child, child: state, type }) => ({ id: child, child: state, ...(state === 'running' ? { inc: this.incarnationOf(child) } : {}), type }));
    return { ...body, children: children.toSorted((a, b) => (a.id < b.id ? -1 : 1)) };
  }
}

function count(counts: Map<string, number>, id: string): number {
  const next = (counts.get(id) ?? 0) + 1;
  counts.set(id, next);
  return next;
}
