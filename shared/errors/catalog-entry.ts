/** An error keeps a design from running; a warning is likely a slip; an info is worth knowing. */
export type Severity = 'error' | 'warning' | 'info';

/** What a code means: the text of its page in docs/errors. A code is never used again for another meaning. */
export type CatalogEntry = {
  readonly severity: Severity;
  /** What is wrong, without a full stop: a line of the index. */
  readonly title: string;
  /** Why it is a problem and what the rule is. Markdown. */
  readonly meaning: string;
  /**
   * What the two examples show: a file of the example project (`example-project.ts`), `shell` for a command, or `words` where the
   * fault does not fit on a page. A JSON object is a fragment, laid over the file of that name (RFC 7386); all else is the whole file.
   */
  readonly in: string;
  /** Files that are laid over the example project before either example: fragments and whole files, as the examples are. Path -> text. */
  readonly beside?: Readonly<Record<string, string>>;
  /** Where the right example is another file. */
  readonly rightIn?: string;
  /** A small example of the fault, and the same put right. The ones in files are compiled by the tests. */
  readonly wrong: string;
  readonly right: string;
};

export type CatalogPart = { readonly [code: string]: CatalogEntry };
