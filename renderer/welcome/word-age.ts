const STEPS: readonly (readonly [limitMs: number, unitMs: number, word: string])[] = [
  [60_000, 1, 'now'],
  [3_600_000, 60_000, 'min ago'],
  [86_400_000, 3_600_000, 'h ago'],
  [Number.POSITIVE_INFINITY, 86_400_000, 'days ago'],
];

/** How long ago, in the largest unit that fits. */
export function wordAge(ageMs: number): string {
  const [, unitMs, word] = STEPS.find(([limitMs]) => ageMs < limitMs)!;
  return word === 'now' ? word : `${Math.floor(ageMs / unitMs)} ${word}`;
}
