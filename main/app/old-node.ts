/**
 * What Node 20 and newer bring along and the Node 18 inside Electron 25 does not. Nothing happens where it is there already.
 * Loaded first by Electron's main process, and by the entries of threads and of the engine, which both runtimes start.
 */
type Lists = {
  toSorted?: (this: readonly unknown[], compare?: (a: unknown, b: unknown) => number) => unknown[];
  toReversed?: (this: readonly unknown[]) => unknown[];
  toSpliced?: (this: readonly unknown[], start: number, skip: number, ...inserted: unknown[]) => unknown[];
  with?: (this: readonly unknown[], index: number, value: unknown) => unknown[];
};

function define<T extends object>(target: T, name: keyof T & string, value: unknown): void {
  if (!(name in target)) Object.defineProperty(target, name, { value, writable: true, configurable: true });
}

const lists = Array.prototype as Lists;
define(lists, 'toSorted', function (this: readonly unknown[], compare?: (a: unknown, b: unknown) => number) {
  return [...this].sort(compare);
});
define(lists, 'toReversed', function (this: readonly unknown[]) {
  return [...this].reverse();
});
define(lists, 'toSpliced', function (this: readonly unknown[], start: number, ...rest: [number, ...unknown[]]) {
  const copy = [...this];
  copy.splice(start, ...rest);
  return copy;
});
define(lists, 'with', function (this: readonly unknown[], index: number, value: unknown) {
  const at = index < 0 ? this.length + index : index;
  if (at < 0 || at >= this.length) throw new RangeError(`Invalid index : ${index}`);
  const copy = [...this];
  copy[at] = value;
  return copy;
});

define(Promise as { withResolvers?: unknown }, 'withResolvers', () => {
  let resolve: unknown;
  let reject: unknown;
  const promise = new Promise((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
});

define(Object as { groupBy?: unknown }, 'groupBy', (items: Iterable<unknown>, keyOf: (item: unknown, index: number) => PropertyKey) => {
  const groups = Object.create(null) as Record<PropertyKey, unknown[]>;
  let index = 0;
  for (const item of items) (groups[keyOf(item, index++)] ??= []).push(item);
  return groups;
});

export {};
