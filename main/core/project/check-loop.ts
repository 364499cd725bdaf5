/** Checks a project after its edits: one check at a time, always of the newest state. Reports are told in order. */
import type { CheckReport } from '../../../shared/api/project';
import type { FieldConflict } from '../../../shared/design/edits/merge-documents';
import type { Diagnostic } from '../../../shared/errors/diagnostic';
import { failed, ok, type Result } from '../../../shared/errors/result';
import type { CheckedProject, CompiledProject, ProjectCompiler } from '../compile';
import type { CoreWorld } from '../core-world';
import { conflictPlace } from './merge-conflict';

export type Checked = { readonly checked: CheckedProject; readonly report: CheckReport };
export type CheckWork = {
  readonly dir: string;
  readonly world: CoreWorld;
  /** The files are written; which revision they are, or why they can't be. */
  readonly settle: () => Promise<Result<{ readonly revision: number; readonly conflicts: readonly FieldConflict[]; readonly stamp: string }>>;
  readonly compiler: ProjectCompiler;
  readonly onReport: (report: CheckReport) => void;
};

const CHECK_AFTER_MS = 60;

export class CheckLoop {
  readonly #work: CheckWork;
  #last: { readonly stamp: string; readonly checked: Checked } | undefined;
  #running: Promise<unknown> = Promise.resolve();
  #soon: { readonly cancel: () => void } | undefined;
  #isClosed = false;

  constructor(work: CheckWork) {
    this.#work = work;
  }

  /** Checks once no further call has come for a moment; a check that is under way goes on. */
  later(): void {
    this.#soon?.cancel();
    if (!this.#isClosed) this.#soon = this.#work.world.setTimer(CHECK_AFTER_MS, () => void this.now());
  }

  /** The same answer while nothing has changed. */
  now(): Promise<Result<Checked>> {
    return this.#inTurn(() => this.#check());
  }

  /** The program of the newest state. It was checked a moment ago, so most of it is remembered. */
  compile(): Promise<Result<CompiledProject>> {
    return this.#inTurn(async () => {
      const settled = await this.#work.settle();
      return settled.ok ? answered(() => this.#work.compiler.compile(this.#work.dir)) : settled;
    });
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#running.then(work);
    this.#running = next;
    return next;
  }

  async #check(): Promise<Result<Checked>> {
    const settled = await this.#work.settle();
    if (!settled.ok) return settled;
    const { revision, conflicts, stamp } = settled.value;
    if (this.#last?.stamp === stamp) return ok(this.#last.checked);
    const startedMs = this.#work.world.nowMs();
    return answered(async () => {
      const checked = await this.#work.compiler.check(this.#work.dir);
      const report = reportOf(checked, { revision, conflicts, tookMs: Math.round(this.#work.world.nowMs() - startedMs) });
      this.#last = { stamp, checked: { checked, report } };
      if (!this.#isClosed) this.#work.onReport(report);
      return this.#last.checked;
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#soon?.cancel();
    await this.#running;
  }
}

async function answered<T>(ask: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await ask());
  } catch (error) {
    return failed({ code: 'OPN010', message: `the check ended without an answer: ${error instanceof Error ? error.message : 'unknown'}`, fix: 'Check again; if it stays so, this is a bug of ours: please report it.' });
  }
}

function reportOf(checked: CheckedProject, { revision, conflicts, tookMs }: { readonly revision: number; readonly conflicts: readonly FieldConflict[]; readonly tookMs: number }): CheckReport {
  const { ok: isGood, counts, diagnostics, hash } = checked;
  const merging = conflicts.map(toDiagnostic);
  return { revision, ok: isGood, program: hash ?? null, counts: { ...counts, warning: counts.warning + merging.length }, diagnostics: [...merging, ...diagnostics], tookMs };
}

const shown = (value: unknown): string => (value === undefined ? 'nothing' : (JSON.stringify(value) ?? '').slice(0, 120));

function toDiagnostic(conflict: FieldConflict): Diagnostic {
  const { file, mine, theirs } = conflict;
  return {
    code: 'MRG001',
    severity: 'warning',
    at: { file, ...conflictPlace(conflict) },
    got: { ...(mine === undefined ? {} : { mine }), ...(theirs === undefined ? {} : { theirs }) },
    message: `changed here and outside at the same time: ${shown(mine)} here, ${shown(theirs)} outside; the value from here stands, and both are kept`,
    fix: 'Choose which of the two stays.',
    see: 'docs/errors/MRG001.md',
  };
}
