import { CircleX } from 'lucide-react';
import { lazy, Suspense, useMemo } from 'react';
import type { MergeConflict } from '../../shared/api/project';
import type { Severity } from '../../shared/errors/catalog-entry';
import type { Diagnostic } from '../../shared/errors/diagnostic';
import { selectReport, useDocument } from '../stores/document';
import { selectConflicts, selectProblemCount, selectProblems } from '../stores/problems';
import { sortBySeverity } from './index-problems';
import { SeverityIcon } from './problem-mark';
import { resolveConflict } from './resolve-conflict';
import { showProblem, wordPlace } from './show-problem';
import { WhenSeen } from './when-seen';
import { wordValue } from './word-value';

export const useProblemCount = (): number => useDocument(selectProblemCount);

/** Fixes know the schemas of the format, so they are loaded after the canvas. */
const FixButtons = lazy(() => import('./fix-buttons').then((module) => ({ default: module.FixButtons })));

/** More are not read; the first ones mended usually take many along. */
const MOST_SHOWN = 300;
const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];
const GROUP_WORDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };
const NONE: readonly MergeConflict[] = [];
const WASH = { error: 'bad', warning: 'warn', info: '' } as const;

/** All that is wrong, errors first; a click goes to the place, a button mends it. */
export function Problems() {
  const report = useDocument(selectReport);
  const { all } = useDocument(selectProblems);
  const conflicts = useDocument(selectConflicts);
  const sorted = useMemo(() => sortBySeverity(all.filter(({ code }) => code !== 'MRG001')), [all]);
  const shown = sorted.slice(0, MOST_SHOWN);
  const count = useProblemCount();
  const hidden = count - shown.length - conflicts.length;
  return (
    <section aria-label="Problems" className="problems">
      {count === 0 ? (
        <p className="empty">{report ? `No problems. Checked in ${Math.max(1, Math.round(report.tookMs))} ms.` : 'Checking…'}</p>
      ) : (
        <>
          <div className="problem-head" aria-hidden="true"><span /><span>Code</span><span>Place</span><span>Problem</span><span>Fix</span></div>
          <div className="problem-groups">
            {SEVERITIES.map((severity) => <ProblemGroup key={severity} severity={severity} problems={shown.filter((problem) => problem.severity === severity)} conflicts={severity === 'error' ? conflicts : NONE} />)}
          </div>
          {hidden > 0 && <p className="empty">{hidden} more: mend some of these first.</p>}
        </>
      )}
    </section>
  );
}

/** Colour and sign tell the groups apart; their names are for those who hear them. */
function ProblemGroup({ severity, problems, conflicts }: { readonly severity: Severity; readonly problems: readonly Diagnostic[]; readonly conflicts: readonly MergeConflict[] }) {
  const count = problems.length + conflicts.length;
  if (count === 0) return null;
  return (
    <ul aria-label={`${count} ${count === 1 ? GROUP_WORDS[severity] : `${GROUP_WORDS[severity]}s`}`}>
      {conflicts.map((conflict) => <ConflictRow key={conflict.id} conflict={conflict} />)}
      {problems.map((problem, index) => <ProblemRow key={`${index} ${problem.code}`} problem={problem} />)}
    </ul>
  );
}

function ProblemRow({ problem }: { readonly problem: Diagnostic }) {
  const { code, severity, message, fix } = problem;
  return (
    <li className={`problem ${WASH[severity]}`} title={fix}>
      <button type="button" className="problem-go" onClick={() => showProblem(problem)}>
        <span className="m code">{code}</span>
        <span className="place">{wordPlace(problem)}</span>
        <span className="says">{message}</span>
      </button>
      <span className="problem-icon"><SeverityIcon severity={severity} size={14} /></span>
      <WhenSeen className="problem-fix"><Suspense><FixButtons problem={problem} /></Suspense></WhenSeen>
    </li>
  );
}

/** An edit and a change from outside met at one place; both values are kept until one is chosen. */
function ConflictRow({ conflict }: { readonly conflict: MergeConflict }) {
  const { id, file, node, field, mine, theirs } = conflict;
  const place = [node, field].filter((part) => part !== undefined).join('.') || file;
  return (
    <li className="problem bad">
      <div className="problem-go">
        <span className="m code">MRG001</span>
        <span className="place">{place}</span>
        <span className="says">{file} was changed outside while you edited it: here {wordValue(mine)}, there {wordValue(theirs)}.</span>
      </div>
      <span className="problem-icon"><CircleX size={14} color="var(--st-crashed)" role="img" aria-label="error" /></span>
      <span className="problem-fix">
        <span className="fixes">
          <button type="button" className="link" onClick={() => void resolveConflict(id, 'mine')}>Keep mine</button>
          <button type="button" className="link" onClick={() => void resolveConflict(id, 'theirs')}>Keep theirs</button>
        </span>
      </span>
    </li>
  );
}
