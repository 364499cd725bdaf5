import { CircleX, FlaskConical, Lock, TriangleAlert, User } from 'lucide-react';
import { StateGlyph } from '../glyphs/state-glyph';
import { selectApprovalCount, useApprovals } from '../stores/approvals';
import { selectOpen, selectReport, useDocument } from '../stores/document';
import { selectIsLive, useRun } from '../stores/run';
import { selectIsSimulated, useSimulation } from '../stores/simulation';
import { showBottom } from '../stores/viewport';

const count = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`;

/** One line: what runs, what is wrong, and in which world one looks. */
export function StatusBar() {
  const open = useDocument(selectOpen);
  const report = useDocument(selectReport);
  const isSimulated = useSimulation(selectIsSimulated);
  return (
    <footer className="status" aria-label="Status">
      {isSimulated ? <span><FlaskConical size={13} /> simulated, no outside effect can happen</span> : <LiveWords />}
      {report && report.counts.error > 0 && <span><CircleX size={13} color="var(--st-crashed)" /> {count(report.counts.error, 'error', 'errors')}</span>}
      {report && report.counts.warning > 0 && <span><TriangleAlert size={13} color="var(--st-restarting)" /> {count(report.counts.warning, 'warning', 'warnings')}</span>}
      {open?.unsaved && <span className="bad"><TriangleAlert size={13} /> Files can’t be written: {open.unsaved}. Your edits are kept, and written once it works again.</span>}
      <Waiting />
      <span className="sp" />
      {open ? <span>{count(open.design.nodes.size, 'node', 'nodes')}</span> : <span><Lock size={12} /> No account, no telemetry. Works offline.</span>}
      {open && <span className="dim">{open.shownPath}</span>}
    </footer>
  );
}

/** People are asked from anywhere in the window. */
function Waiting() {
  const waiting = useApprovals(selectApprovalCount);
  if (waiting === 0) return null;
  return <button type="button" className="waits" onClick={() => showBottom('approvals')}><User size={13} aria-hidden="true" /> {count(waiting, 'request waits', 'requests wait')} for you</button>;
}

function LiveWords() {
  const isLive = useRun(selectIsLive);
  const telemetry = useRun((run) => run.telemetry);
  const status = useRun((run) => run.state?.status);
  if (!isLive) return <span>not running</span>;
  const restarts = telemetry?.agents.reduce((sum, agent) => sum + agent.restarts, 0) ?? 0;
  const rate = telemetry?.agents.reduce((sum, agent) => sum + agent.rate, 0) ?? 0;
  const hosts = telemetry?.hosts.filter(({ isUp }) => isUp).length ?? 0;
  return (
    <>
      <span><StateGlyph status={status === 'running' ? 'running' : 'busy'} /> {status}{telemetry && `, ${count(telemetry.agents.length, 'process', 'processes')} on ${count(hosts, 'host', 'hosts')}`}</span>
      <span>{count(restarts, 'restart', 'restarts')}</span>
      <span>{Math.round(rate)} messages/s</span>
    </>
  );
}
