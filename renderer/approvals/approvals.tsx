/** Requests that wait for a person: who asks what, until when, and an answer made of the schema. */
import { useRef, type KeyboardEvent } from 'react';
import type { Approval } from '../../shared/api/approvals';
import { KindIcon } from '../glyphs/kind-icon';
import { selectApprovals, selectShownApproval, showApproval, useApprovals } from '../stores/approvals';
import { selectIsLive, startRun, useRun } from '../stores/run';
import { isUrgent, wordLeft } from './approval-form';
import { ApprovalForm } from './approval-view';
import { useNow } from './use-now';

export function Approvals() {
  const approvals = useApprovals(selectApprovals);
  const shown = useApprovals(selectShownApproval);
  return (
    <section aria-label="Approvals" className="approvals">
      {approvals.length === 0 ? <NobodyAsks /> : (
        <>
          <ApprovalList approvals={approvals} shown={shown?.id} />
          {shown && <ApprovalForm key={shown.id} approval={shown} />}
        </>
      )}
    </section>
  );
}

function NobodyAsks() {
  const isLive = useRun(selectIsLive);
  return <p className="empty">{isLive ? 'Nobody asks you anything.' : <>Not running. <button type="button" className="link" onClick={() => void startRun()}>Run it</button>, and what waits for you is listed here.</>}</p>;
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** Oldest first; the arrows go through it, Enter goes on to the answer. */
function ApprovalList({ approvals, shown }: { readonly approvals: readonly Approval[]; readonly shown: string | undefined }) {
  const list = useRef<HTMLUListElement>(null);
  const nowMs = useNow();
  const press = (event: KeyboardEvent): void => {
    const at = approvals.findIndex(({ id }) => id === shown);
    const next = approvals[at + (STEPS[event.key] ?? 0)];
    if (STEPS[event.key] === undefined || !next) return;
    event.preventDefault();
    showApproval(next.id);
    list.current?.querySelectorAll<HTMLElement>('button')[at + STEPS[event.key]!]?.focus();
  };
  return (
    <ul ref={list} className="approval-list" aria-label="Requests" onKeyDown={press}>
      {approvals.map(({ id, node, operation, deadlineAtUnixMs }) => {
        const leftMs = deadlineAtUnixMs - nowMs;
        return (
          <li key={id}>
            <button type="button" className={`row${id === shown ? ' sel' : ''}`} aria-pressed={id === shown} tabIndex={id === shown ? 0 : -1} onClick={() => showApproval(id)}>
              <KindIcon kind="human" size={13} />
              <span className="t"><b>{node}</b> {operation}</span>
              <span className={isUrgent(leftMs) ? 'x left warn' : 'x left'} title={`until ${new Date(deadlineAtUnixMs).toLocaleTimeString()}`}>{wordLeft(leftMs)}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
