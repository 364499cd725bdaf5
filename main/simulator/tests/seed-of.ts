/** 31 bits for one test of a run with that seed: a test's cases do not depend on which others there are. FNV-1a. */
export function seedOf(seed: number, what: string): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let index = 0; index < what.length; index += 1) hash = Math.imul(hash ^ what.charCodeAt(index), 0x01000193);
  return hash >>> 1;
}
