/** Work outside for a cast: nobody waits for its answer, and it must end all the same. */
export const CAST_TIMEOUT_MS = 60_000;
