import { CircleX, Info, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { Severity } from '../../shared/errors/catalog-entry';
import type { Diagnostic } from '../../shared/errors/diagnostic';
import { worstOf } from './index-problems';

const ICONS: Readonly<Record<Severity, { readonly icon: LucideIcon; readonly colour: string; readonly word: string }>> = {
  error: { icon: CircleX, colour: 'var(--st-crashed)', word: 'error' },
  warning: { icon: TriangleAlert, colour: 'var(--st-restarting)', word: 'warning' },
  info: { icon: Info, colour: 'var(--st-busy)', word: 'note' },
};

export function SeverityIcon({ severity, size = 13 }: { readonly severity: Severity; readonly size?: number }) {
  const { icon: Icon, colour, word } = ICONS[severity];
  return <Icon size={size} color={colour} role="img" aria-label={word} />;
}

/** The worst of some problems as a mark, with how many there are; nothing where nothing is wrong. */
export function ProblemMark({ problems }: { readonly problems: readonly Diagnostic[] }) {
  const worst = worstOf(problems);
  if (worst === undefined || worst === 'info') return null;
  const { icon: Icon, colour, word } = ICONS[worst];
  const words = `${problems.length} ${problems.length === 1 ? word : 'problems'}: ${problems.map(({ code }) => code).join(', ')}`;
  return (
    <span className="problem-mark" style={{ color: colour }} role="img" aria-label={words} title={problems.map(({ code, message }) => `${code} ${message}`).join('\n')}>
      <Icon size={12} aria-hidden="true" />
      {problems.length > 1 && problems.length}
    </span>
  );
}
