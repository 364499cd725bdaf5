/** What the language service answers, as plain data that crosses from its worker. Offsets count UTF-16 units of the file as written. */

export type Mark = { readonly from: number; readonly to: number; readonly severity: 'error' | 'warning' | 'info'; readonly message: string; readonly source: string };
export type CompletionItem = {
  readonly label: string;
  /** A word of TypeScript's: `method`, `property`, `keyword`, ... */
  readonly kind: string;
  /** Sorts among the others. */
  readonly rank: string;
  readonly insert?: string;
};
export type Completions = { readonly from: number; readonly items: readonly CompletionItem[] };
/** Words about a name: its type as code, and what its author says of it. */
export type Described = { readonly from: number; readonly to: number; readonly type: string; readonly doc: string };

/** What the editor asks of the language service; one project, one entry file at a time. */
export type Language = {
  /** Files by path; `null` takes one away. Others stay as they are. */
  setFiles: (files: Readonly<Record<string, string | null>>) => void;
  /** What `self` is in the entry file, and which protocols it provides. */
  setTypes: (text: string, provides: readonly string[]) => void;
  marks: (path: string) => readonly Mark[];
  complete: (path: string, offset: number) => Completions | undefined;
  describeItem: (path: string, offset: number, name: string) => Pick<Described, 'type' | 'doc'> | undefined;
  describe: (path: string, offset: number) => Described | undefined;
};
