/** Where a dragged guard comes to stand. Pure. */

/** `over`: the one that the pointer is on; `share`: how far down in it, from 0 to 1. Its place once it has moved; nothing where it stays. */
export function dropPlace(from: number, over: number, share: number): number | undefined {
  const gap = share < 0.5 ? over : over + 1;
  const to = gap > from ? gap - 1 : gap;
  return to === from ? undefined : to;
}

/** What Alt and an arrow do. */
export const KEY_STEPS: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1 };
