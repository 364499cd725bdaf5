/** Bounds of a guest (security study, sections 2.3 and 2.5). A test switches them off one by one and shows what then gets through. */
export type Limits = {
  /** Interrupt ticks a turn may use; QuickJS makes one about every 10,000 branches and calls, so the count is the same everywhere. */
  readonly fuel: number;
  /**
   * Where a turn has to end by the clock too, since nothing watches over the process: a branch may take long (a throw, a text of a
   * megabyte), and 20 million of them minutes. Never where a run has to be the same again: the clock decides then.
   */
  readonly turnTime?: { readonly mostMs: number; readonly nowMs: () => number } | undefined;
  /** Promise jobs a turn may run. */
  readonly jobs: number;
  readonly stackBytes: number;
  /** WebAssembly pages of 64 KiB an instance may have: 512 are 32 MiB. `setMemoryLimit` does not bound memory, this does. */
  readonly memoryPages: number;
  /**
   * Door operations for one handled message, and the characters of their JSON together; counted anew for each item of a stream that
   * the message took or gave. Also the requests that may be unanswered at once.
   */
  readonly operations: number;
  readonly operationCharacters: number;
  /** Streams that one message may read at once: each may hold a window of items. */
  readonly streams: number;
  /** Characters of a name, of one value's JSON, of a line of the log, of the reason of a crash. */
  readonly nameLength: number;
  readonly valueLength: number;
  readonly logLength: number;
  readonly reasonLength: number;
  /** Levels of arrays and objects in a value. */
  readonly valueDepth: number;
  /** Longest `self.after`, in milliseconds: what a timer of the real world can count. */
  readonly timerMs: number;
};

export const LIMITS: Limits = {
  fuel: 2000,
  jobs: 100_000,
  stackBytes: 256 * 1024,
  memoryPages: 512,
  operations: 1000,
  operationCharacters: 4_000_000,
  streams: 64,
  nameLength: 200,
  valueLength: 1024 * 1024,
  logLength: 10_000,
  reasonLength: 500,
  valueDepth: 64,
  timerMs: 2 ** 31 - 1,
};

/** Guests that share one instance; with more, an id of the plan gets a further one (design section 6). */
export const MOST_SHARERS = 64;
