type Kept<Source, Made> = { readonly source: Source; readonly made: Made };

/**
 * What the check at hand and the one before it have made of sources in which nothing was wrong: by a name, with the source it was made of. What
 * is made must not depend on anything else, and nobody may change it.
 */
export class Remembered<Source, Made> {
  readonly #isSame: (a: Source, b: Source) => boolean;
  #now = new Map<string, Kept<Source, Made>>();
  #before = new Map<string, Kept<Source, Made>>();

  constructor(isSame: (a: Source, b: Source) => boolean) {
    this.#isSame = isSame;
  }

  /** A new check begins: what the last but one has made is forgotten. */
  turn(): void {
    this.#before = this.#now;
    this.#now = new Map();
  }

  get(name: string, source: Source): Made | undefined {
    const known = this.#now.get(name) ?? this.#before.get(name);
    if (!known || !this.#isSame(known.source, source)) return undefined;
    this.#now.set(name, known);
    return known.made;
  }

  keep(name: string, source: Source, made: Made): void {
    this.#now.set(name, { source, made });
  }
}
