import { TriangleAlert } from 'lucide-react';
import { readStrictJson, positionAt } from '../../shared/json/strict-json';
import type { FileFollower } from './sync/file-follower';
import type { Hold } from './sync/follow-file';

/** Why the file does not have what the editor shows, and the ways out. Nothing typed is dropped meanwhile. */
export function HoldBar({ hold, follower }: { readonly hold: Hold; readonly follower: FileFollower }) {
  return (
    <div className="hold-bar" role="alert">
      <TriangleAlert size={13} aria-hidden="true" />
      <span>{wordHold(hold, follower)}</span>
      {hold.kind === 'conflict' && (
        <>
          <button type="button" className="link" onClick={() => follower.keepMine()}>Keep mine</button>
          <button type="button" className="link" onClick={() => follower.takeTheirs()}>{hold.theirs === undefined ? 'Let it go' : 'Take theirs'}</button>
        </>
      )}
      {hold.kind === 'refused' && <button type="button" className="link" onClick={() => follower.keepMine()}>Try again</button>}
      {hold.kind === 'invalid' && <button type="button" className="link" onClick={() => follower.takeTheirs()}>Back to the file</button>}
    </div>
  );
}

function wordHold(hold: Hold, { text, path }: FileFollower): string {
  switch (hold.kind) {
    case 'conflict':
      return hold.theirs === undefined ? `${path} was deleted elsewhere while you typed. Your text is only here.` : `${path} was changed elsewhere at the place where you typed. Your text is only here.`;
    case 'refused':
      return 'The last letters could not be kept. They are only here.';
    case 'invalid': {
      const [fault] = readStrictJson(text).faults;
      const { line, column } = positionAt(text, fault?.offset ?? 0);
      return `No JSON yet: line ${line}, column ${column}: ${fault?.message ?? 'it is empty'}. The file keeps what it had.`;
    }
  }
}
