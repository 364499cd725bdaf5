import type { Place } from './place';

/**
 * One thing that a stranger made. It is refused with a message, or it opens and harms nothing; what is wrong with it is then said by the
 * check. Words: a code, and a part of the message or of where it is.
 */
export type Hostile = {
  readonly name: string;
  readonly refused?: readonly string[];
  /** For each: some problem holds all of these words. */
  readonly says?: readonly (readonly string[])[];
  /** Shown among the files that are no part of the design. */
  readonly lists?: readonly string[];
};
export type HostileFolder = Hostile & { readonly make: (place: Place) => void };
/** In a window it comes from a dialog, in a browser from a file field; `bytes` is made anew for each test. */
export type HostileZip = Hostile & { readonly bytes: () => Uint8Array; readonly file?: string };
