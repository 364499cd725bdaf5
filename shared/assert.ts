/** Guards against bugs of ours. A failure ends what runs, and the supervisor above it or the error page takes over. */

export class AssertionFailed extends Error {
  override name = 'AssertionFailed';
}

export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new AssertionFailed(message);
}

/** Ends a `switch` over a union: a new member is a compile error here until it is handled. */
export function assertNever(value: never): never {
  throw new AssertionFailed(`unexpected value ${JSON.stringify(value)}`);
}
