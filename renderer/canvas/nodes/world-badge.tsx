/** Where a node's answers come from, where that is not the live world: a badge on its lower edge (look.md section 5). */
import { FlaskConical, VenetianMask } from 'lucide-react';
import { selectMock, useMocks } from '../../stores/mocks';
import { selectIsLive, selectIsMocked, useRun } from '../../stores/run';
import { wordMock } from '../../words/mock-words';

export function WorldBadge({ id, isSimulated }: { readonly id: string; readonly isSimulated: boolean }) {
  const mock = useMocks(selectMock(id));
  const isMocked = useRun(selectIsMocked(id));
  const isLive = useRun(selectIsLive);
  // While it runs, the run says who is mocked; before, what the next one will begin with.
  if (isLive && !isSimulated ? isMocked : mock !== undefined) return <MockedBadge says={mock ? wordMock(mock) : 'in this run'} />;
  return isSimulated ? <span className="nd-world" title="simulated"><FlaskConical size={11} aria-hidden="true" /></span> : null;
}

function MockedBadge({ says }: { readonly says: string }) {
  return <span className="nd-world mocked" title={`mocked: ${says}`} role="img" aria-label={`mocked: ${says}`}><VenetianMask size={11} aria-hidden="true" />mocked</span>;
}
