import type { ErrorCode } from './catalog';
import type { Severity } from './catalog-entry';

export type Place = {
  /** Path inside the project, with `/`; `design.json` for most. */
  readonly file: string;
  readonly node?: string;
  readonly field?: string;
  /** Counted from 1. */
  readonly line?: number;
  readonly column?: number;
};

/** One problem of a design (contract section 5, `check --json`). */
export type Diagnostic = {
  readonly code: ErrorCode;
  readonly severity: Severity;
  readonly at: Place;
  readonly got?: unknown;
  readonly message: string;
  readonly fix: string;
  /** Page that explains the code, e.g. `docs/errors/SUP004.md`. */
  readonly see: string;
};
