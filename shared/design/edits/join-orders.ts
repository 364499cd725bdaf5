/** All of `first` in its order; what only `second` has comes after what it follows there. */
export function joinOrders(first: readonly string[], second: readonly string[]): readonly string[] {
  const known = new Set(first);
  const followers = new Map<string | undefined, string[]>();
  let after: string | undefined;
  for (const key of second) {
    if (known.has(key)) after = key;
    else if (!followers.get(after)?.push(key)) followers.set(after, [key]);
  }
  return [...(followers.get(undefined) ?? []), ...first.flatMap((key) => [key, ...(followers.get(key) ?? [])])];
}
