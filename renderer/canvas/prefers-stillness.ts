/** Whether this person has asked the system for less motion: then nothing glides (look.md section 7). */
export const prefersStillness = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;
