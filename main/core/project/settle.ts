/** Whether what others changed has come to rest: a file may be seen half-written, or gone for a moment while an editor replaces it. Pure. */
export type Suspect = { readonly hash: string | undefined; readonly sinceMs: number };
export type Difference = { readonly hash: string | undefined; readonly isDoubtful: boolean };

/** A file that reads the same this long is taken. */
export const RESTS_MS = 50;
/** A file that is gone, empty or broken this long is meant so. */
export const DOUBTFUL_RESTS_MS = 600;

/** All that differs is taken together, so that a checkout is one change. */
export function decideSettled(before: ReadonlyMap<string, Suspect>, differing: ReadonlyMap<string, Difference>, nowMs: number): { readonly suspects: ReadonlyMap<string, Suspect>; readonly isSettled: boolean } {
  const suspects = new Map<string, Suspect>();
  let isSettled = true;
  for (const [path, { hash, isDoubtful }] of differing) {
    const known = before.get(path);
    const sinceMs = known && known.hash === hash ? known.sinceMs : nowMs;
    suspects.set(path, { hash, sinceMs });
    if (known?.hash !== hash || nowMs - sinceMs < (isDoubtful ? DOUBTFUL_RESTS_MS : RESTS_MS)) isSettled = false;
  }
  return { suspects, isSettled };
}
