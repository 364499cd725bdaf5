import { VenetianMask } from 'lucide-react';
import { openDialog } from '../stores/dialogs';
import { clearMocks, selectMocks, useMocks } from '../stores/mocks';
import { selectIsLive, useRun } from '../stores/run';
import { wordMock } from '../words/mock-words';

const NOBODY: readonly string[] = [];

/** Who does not answer itself: in the run, and from the next one on. */
export function MockedLine() {
  const mocks = useMocks(selectMocks);
  const isLive = useRun(selectIsLive);
  const inRun = useRun(({ state }) => (state && isLive ? state.mocked : NOBODY));
  if (mocks.size === 0 && inRun.length === 0) return null;
  const isSame = inRun.length === mocks.size && inRun.every((id) => mocks.has(id));
  return (
    <div className="mocked-line" role="group" aria-label="Mocks">
      <VenetianMask size={13} aria-hidden="true" />
      {inRun.length > 0 && !isSame && <span>this run: <b>{inRun.join(', ')}</b></span>}
      {isLive && !isSame && <span className="dim">{mocks.size === 0 ? 'the next one: nobody' : 'the next one:'}</span>}
      <ul>
        {[...mocks].map(([node, mock]) => <li key={node}><button type="button" className="badge mocked" onClick={() => openDialog({ kind: 'mock', node })}><b>{node}</b>{wordMock(mock)}</button></li>)}
      </ul>
      {mocks.size > 0 && <button type="button" className="b small" onClick={clearMocks}>Clear mocks</button>}
    </div>
  );
}
