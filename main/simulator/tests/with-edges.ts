import * as fc from 'fast-check';

/** One value in so many is an edge. */
const ONE_IN = 3;

export type Edges<T> = {
  readonly values: readonly T[];
  /** Simpler values than an edge that the other arbitrary could not have made; nearest to the simplest first. */
  readonly simpler?: (value: T) => readonly T[];
};

/**
 * Values of an arbitrary, and edges among them more often than chance would have them. An edge shrinks like any other value: choosing
 * between constants, a fault beyond 77 that was found at the bound 1000 would be told with 1000.
 */
export const withEdges = <T>(inner: fc.Arbitrary<T>, edges: Edges<T>): fc.Arbitrary<T> => (edges.values.length > 0 ? new WithEdges(inner, edges) : inner);

class WithEdges<T> extends fc.Arbitrary<T> {
  readonly #inner: fc.Arbitrary<T>;
  readonly #edges: Edges<T>;

  constructor(inner: fc.Arbitrary<T>, edges: Edges<T>) {
    super();
    this.#inner = inner;
    this.#edges = edges;
  }

  generate(random: fc.Random, biasFactor: number | undefined): fc.Value<T> {
    const { values } = this.#edges;
    if (random.nextInt(1, ONE_IN) > 1) return this.#inner.generate(random, biasFactor);
    return new fc.Value(values[random.nextInt(0, values.length - 1)]!, undefined);
  }

  canShrinkWithoutContext(value: unknown): value is T {
    return this.#inner.canShrinkWithoutContext(value);
  }

  shrink(value: T, context: unknown): fc.Stream<fc.Value<T>> {
    if (context !== undefined || this.#inner.canShrinkWithoutContext(value)) return this.#inner.shrink(value, context);
    return fc.stream((this.#edges.simpler?.(value) ?? []).map((one) => new fc.Value(one, undefined))[Symbol.iterator]());
  }
}
