/** What of a project is tested besides what its program says itself: examples of its protocols, and the files of `tests/`. */
import type { Json } from '../json/json';

export type TestPlan = { readonly examples: readonly ProtocolExample[]; readonly files: readonly TestFile[] };

export type ProtocolExample = { readonly protocol: string; readonly operation: string; readonly input: Json; /** Absent: any answer that fits. */ readonly output?: Json };

/** Linked like a handler file, and run in the same sandbox. */
export type TestFile = {
  readonly file: string;
  /** A script, and the names that it exports as the inside of an object literal. */
  readonly body: string;
  readonly exported: string;
  /** Exported names are those of protocols; each holds tests by their names. */
  readonly groups: readonly { readonly protocol: string; readonly tests: readonly string[] }[];
};

export const NO_TESTS: TestPlan = { examples: [], files: [] };
