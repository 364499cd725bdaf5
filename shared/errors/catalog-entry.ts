import type { Severity } from './diagnostic';

/** What a code means: the text of its page in docs/errors. A code is never used again for another meaning. */
export type CatalogEntry = {
  readonly severity: Severity;
  readonly title: string;
  /** Why it is a problem and what the rule is. */
  readonly meaning: string;
  /** A small example of the fault, and the same put right. */
  readonly wrong: string;
  readonly right: string;
};

export type CatalogPart = { readonly [code: string]: CatalogEntry };
