/** Bounds of a guest (security study, sections 2.3 and 2.5). A test switches them off one by one and shows what then gets through. */
export type Limits = {
  /** Interrupt ticks a turn may use; QuickJS makes one about every 10,000 branches and calls, so the count is the same everywhere. */
  readonly fuel: number;
  /** Promise jobs a turn may run. */
  readonly jobs: number;
  readonly stackBytes: number;
  /** WebAssembly pages of 64 KiB an instance may have: 512 are 32 MiB. `setMemoryLimit` does not bound memory, this does. */
  readonly memoryPages: number;
  /** Door operations for one handled message, and their JSON together. */
  readonly operations: number;
  readonly operationBytes: number;
  readonly nameLength: number;
  readonly valueLength: number;
  readonly reasonLength: number;
};

export const LIMITS: Limits = {
  fuel: 2000,
  jobs: 100_000,
  stackBytes: 256 * 1024,
  memoryPages: 512,
  operations: 1000,
  operationBytes: 4_000_000,
  nameLength: 200,
  valueLength: 1024 * 1024,
  reasonLength: 500,
};

/** Sandbox instances that one engine holds (design section 6). */
export const MOST_INSTANCES = 64;
