import { assert } from '../../../shared/assert';
import type { ExitReason } from '../../../shared/run/exit-reason';
import type { Guest, GuestOptions, GuestPool } from '../../behaviours/guest';
import { LIMITS, MOST_SHARERS, type Limits } from './limits';
import { QuickGuest } from './quick-guest';
import { QuickInstance } from './quick-instance';

/**
 * The sandbox instances of one host. `create` never waits: instances are made before the host is ready, and a spare one between
 * turns, so that an agent whose instance was thrown away starts again at once.
 */
export class SandboxPool implements GuestPool {
  readonly #limits: Limits;
  /** Id of the plan -> its instances: more than one where more guests share it than one instance holds. */
  readonly #instances = new Map<string, readonly QuickInstance[]>();
  #spare: QuickInstance | undefined;
  #hasGuests = false;

  private constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** `instances`: ids of the plan; none are needed where no handler runs. */
  static async prepare(instances: readonly string[], limits: Limits = LIMITS): Promise<SandboxPool> {
    const pool = new SandboxPool(limits);
    for (const id of instances) pool.#instances.set(id, [await QuickInstance.create(limits)]);
    pool.#hasGuests = instances.length > 0;
    if (pool.#hasGuests) await pool.refill();
    return pool;
  }

  get needsRefill(): boolean {
    return this.#spare === undefined && this.#hasGuests;
  }

  expectGuests(): void {
    this.#hasGuests = true;
  }

  async refill(): Promise<void> {
    this.#spare ??= await QuickInstance.create(this.#limits);
  }

  create(options: GuestOptions): Guest | { readonly loadFailed: ExitReason } {
    const { behaviour } = options.agent;
    assert(behaviour.type === 'code', 'only code agents have guests');
    const guest = new QuickGuest(this.#instanceOf(behaviour.instance), this.#limits, options);
    const loadFailed = guest.load(options);
    if (loadFailed === undefined) return guest;
    guest.dispose();
    return { loadFailed };
  }

  #instanceOf(id: string): QuickInstance {
    const healthy = (this.#instances.get(id) ?? []).filter(({ isSpent }) => !isSpent);
    const roomy = healthy.find(({ sharers }) => sharers.size < MOST_SHARERS);
    if (roomy) return roomy;
    assert(this.#spare, 'a spare instance is kept ready between turns');
    const instance = this.#spare;
    this.#spare = undefined;
    this.#instances.set(id, [...healthy, instance]);
    return instance;
  }
}
