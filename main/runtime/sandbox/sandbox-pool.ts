import { assert } from '../../../shared/assert';
import type { ExitReason } from '../../../shared/run/exit-reason';
import type { Guest, GuestOptions, GuestPool } from '../../behaviours/guest';
import { BlankGuest } from './blank-guest';
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
  /** Made before the host was known. */
  readonly #ahead: QuickInstance[] = [];
  #spare: QuickInstance | undefined;
  #hasGuests = false;
  readonly #blanks = new WeakMap<QuickInstance, BlankGuest>();
  readonly #wanting = new Set<QuickInstance>();

  private constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** `count`: instances made before it is known for which host. */
  static async warm(count: number, limits: Limits = LIMITS): Promise<SandboxPool> {
    const pool = new SandboxPool(limits);
    for (let one = 0; one < count; one += 1) {
      const instance = await QuickInstance.create(limits);
      pool.#prepareGuest(instance);
      pool.#ahead.push(instance);
    }
    return pool;
  }

  /** `instances`: ids of the plan; none are needed where no handler runs. */
  static async prepare(instances: readonly string[], limits: Limits = LIMITS): Promise<SandboxPool> {
    const pool = await SandboxPool.warm(0, limits);
    await pool.open(instances);
    return pool;
  }

  /** Once: what the plan of its host has, of what was made ahead as far as that goes. */
  async open(instances: readonly string[]): Promise<void> {
    for (const id of instances) this.#instances.set(id, [await this.#make()]);
    this.#hasGuests = instances.length > 0;
    if (this.#hasGuests) await this.refill();
    this.#ahead.length = 0;
  }

  async #make(): Promise<QuickInstance> {
    return this.#ahead.pop() ?? QuickInstance.create(this.#limits);
  }

  get needsRefill(): boolean {
    return this.#spare === undefined && this.#hasGuests;
  }

  expectGuests(): void {
    this.#hasGuests = true;
  }

  async refill(): Promise<void> {
    if (this.#spare) return;
    this.#spare = await this.#make();
    this.#wanting.add(this.#spare);
  }

  create(options: GuestOptions): Guest | { readonly loadFailed: ExitReason } {
    const { behaviour } = options.agent;
    assert(behaviour.type === 'code', 'only code agents have guests');
    const instance = this.#instanceOf(behaviour.instance);
    const guest = new QuickGuest(instance, this.#limits, options, this.#takeBlank(instance));
    const loadFailed = guest.load(options);
    if (loadFailed === undefined) return guest;
    guest.dispose();
    return { loadFailed };
  }

  // ---- guests made ahead: one for each instance, for whoever starts in it next ----

  get needsAhead(): boolean {
    return this.#wanting.size > 0;
  }

  makeAhead(): void {
    const [instance] = this.#wanting;
    if (!instance) return;
    this.#wanting.delete(instance);
    this.#prepareGuest(instance);
  }

  #takeBlank(instance: QuickInstance): BlankGuest | undefined {
    const blank = this.#blanks.get(instance);
    this.#blanks.delete(instance);
    this.#wanting.add(instance);
    return blank;
  }

  /** Where there is no room for it, the next start will say so. */
  #prepareGuest(instance: QuickInstance): void {
    if (instance.isSpent || instance.isFull || this.#blanks.has(instance)) return;
    try {
      const blank = new BlankGuest(instance, this.#limits);
      const thrown = blank.open();
      if (!thrown) return void this.#blanks.set(instance, blank);
      thrown.dispose();
      blank.dispose();
    } catch {
      // What comes out of WebAssembly as an exception of ours means that nobody should use it any more (as in QuickGuest).
      instance.spend(this);
    }
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
