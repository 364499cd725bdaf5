import { useEffect, useRef, type ReactNode } from 'react';
import type { Diagnostic } from '../../shared/errors/diagnostic';
import { FixButtons } from '../problems/fix-buttons';
import { SeverityIcon } from '../problems/problem-mark';
import { selectShown, useSelection } from '../stores/selection';
import { useFieldTarget } from './field-target';

type FieldRowProps = {
  /** None: the control says itself what it is. */
  readonly label?: string;
  /** As diagnostics name it. */
  readonly field: string;
  /** Whole sentences: why, and what the file has. */
  readonly refusal?: string | undefined;
  /** Id of the refusal, for `aria-describedby` of the control. */
  readonly refusalId?: string;
  /** The label stands above what it names. */
  readonly isWide?: boolean;
  readonly children: ReactNode;
};

/** Label, control, and below them what is wrong with it: while typing, and by the last check. A problem's click lands here. */
export function FieldRow({ label, field, refusal, refusalId, isWide = false, children }: FieldRowProps) {
  const { key, prefix = '', problemsOf } = useFieldTarget();
  const row = useRef<HTMLDivElement>(null);
  const asked = useSelection((state) => (state.field && state.field.node === selectShown(state) && isWithin(state.field.field, `${prefix}${field}`) ? state.field.asked : undefined));
  useEffect(() => {
    if (asked === undefined) return;
    row.current?.scrollIntoView({ block: 'nearest' });
    row.current?.querySelector<HTMLElement>('input:not([disabled]), select, textarea, [contenteditable="true"], button')?.focus({ preventScroll: true });
  }, [asked, key]);
  const problems = refusal === undefined ? problemsOf(field) : [];
  return (
    <div ref={row} data-field={field}>
      {label === undefined ? (
        children
      ) : (
        <div className={isWide ? 'f wide' : 'f'}>
          <span aria-hidden="true">{label}</span>
          {children}
        </div>
      )}
      {refusal !== undefined && <p className="field-says bad" role="alert" id={refusalId}>{refusal}</p>}
      {problems.map((problem) => <FieldProblem key={`${problem.code} ${problem.message}`} problem={problem} />)}
    </div>
  );
}

/** `requires.llm` is shown by the field `requires`. */
const isWithin = (asked: string, field: string): boolean => asked === field || asked.startsWith(`${field}.`);

export function FieldProblem({ problem }: { readonly problem: Diagnostic }) {
  return (
    <div className="field-says">
      <SeverityIcon severity={problem.severity} size={12} />
      <span><span className="m">{problem.code}</span> {problem.message}</span>
      <FixButtons problem={problem} />
    </div>
  );
}
