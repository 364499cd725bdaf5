/** Time as the core sees it; tests give another. */
export type CoreWorld = {
  /** Monotonic. */
  readonly nowMs: () => number;
  readonly unixMs: () => number;
  readonly setTimer: (ms: number, fire: () => void) => { readonly cancel: () => void };
};

export const realWorld: CoreWorld = {
  nowMs: () => performance.now(),
  unixMs: () => Date.now(),
  setTimer: (ms, fire) => {
    const timer = setTimeout(fire, ms);
    return { cancel: () => clearTimeout(timer) };
  },
};
