/** 32 bits from a run's seed and words (node, incarnation): FNV-1a over the text, mixed once more (murmur3's finaliser). */
export function mixSeed(seed: number, ...words: readonly (string | number)[]): number {
  let hash = 0x811c9dc5 ^ seed;
  const text = words.join('\u0000');
  for (let index = 0; index < text.length; index += 1) {
    const point = text.codePointAt(index)!;
    hash = Math.imul(hash ^ point, 0x01000193);
    // Two units of UTF-16.
    if (point > 0xffff) index += 1;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
