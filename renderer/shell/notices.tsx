import { CircleAlert, CircleCheck, CircleX, X } from 'lucide-react';
import { dismissNotice, useNotices, type Notice } from '../stores/notices';

const ICONS = { refused: CircleAlert, error: CircleX, done: CircleCheck } as const satisfies Record<Notice['kind'], unknown>;

/** What was refused, failed or done without a place of its own to show it. Read out by a screen reader. */
export function Notices() {
  const list = useNotices((state) => state.list);
  return (
    <div className="notices" role="status" aria-live="polite">
      {list.map(({ id, kind, text, detail }) => {
        const Icon = ICONS[kind];
        return (
          <div key={id} className={`notice ${kind}`}>
            <Icon size={15} aria-hidden="true" />
            <div>
              <div>{text}</div>
              {detail && <div className="dim">{detail}</div>}
            </div>
            <button type="button" className="b ic" aria-label="Dismiss" onClick={() => dismissNotice(id)}><X size={13} /></button>
          </div>
        );
      })}
    </div>
  );
}
