/** Which request is shown after a change: the same one, else the one that has come to its place, else the last. */
export function nextShown(before: readonly string[], after: readonly string[], shown: string | undefined): string | undefined {
  if (shown !== undefined && after.includes(shown)) return shown;
  const place = shown === undefined ? 0 : Math.max(0, before.indexOf(shown));
  return after[Math.min(place, after.length - 1)];
}
