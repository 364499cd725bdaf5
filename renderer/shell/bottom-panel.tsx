import { ChevronDown, ChevronUp } from 'lucide-react';
import { Tabs } from 'radix-ui';
import { Approvals } from '../approvals/approvals';
import { Problems, useProblemCount } from '../problems/problems';
import { RunPanel } from '../run/run-panel';
import { selectApprovalCount, useApprovals } from '../stores/approvals';
import { selectDesign, useDocument } from '../stores/document';
import { showBottom, toggleBottom, useViewport, type BottomTab } from '../stores/viewport';
import { TestsPanel } from '../tests/tests-panel';
import { TestsMark } from '../tests/tests-mark';
import { Timeline } from '../timeline/timeline';

/** Where nobody can be asked, nothing waits for anybody. */
const selectHasHumans = (state: Parameters<typeof selectDesign>[0]): boolean => [...selectDesign(state).nodes.values()].some(({ kindWord }) => kindWord === 'human');

/** Problems, Run, Tests, Timeline and, where people are asked, Approvals: one at a time. */
export function BottomPanel() {
  const { bottom, isBottomOpen } = useViewport();
  const problems = useProblemCount();
  const waiting = useApprovals(selectApprovalCount);
  const hasApprovals = useDocument(selectHasHumans) || waiting > 0;
  const tookMs = useDocument((state) => state.open?.report?.tookMs);
  return (
    <Tabs.Root className="pan bottom" value={bottom} onValueChange={(tab) => showBottom(tab as BottomTab)}>
      <div className="tabs">
        <Tabs.List aria-label="Panels below the canvas" className="tablist">
          <Tabs.Trigger value="problems">
            Problems <span className="cnt">{problems === 0 ? '' : problems}</span>
          </Tabs.Trigger>
          <Tabs.Trigger value="run">Run</Tabs.Trigger>
          <Tabs.Trigger value="tests">Tests <TestsMark /></Tabs.Trigger>
          <Tabs.Trigger value="timeline">Timeline</Tabs.Trigger>
          {hasApprovals && <Tabs.Trigger value="approvals">Approvals {waiting > 0 && <span className="cnt waiting" aria-label={`${waiting} waiting`}>{waiting}</span>}</Tabs.Trigger>}
        </Tabs.List>
        <span className="end">
          {tookMs !== undefined && bottom === 'problems' && <span className="dim">checked in {Math.max(1, Math.round(tookMs))} ms</span>}
          <button type="button" className="b ic" aria-label={isBottomOpen ? 'Hide the panel' : 'Show the panel'} onClick={toggleBottom}>
            {isBottomOpen ? <ChevronDown size={14} /> : <ChevronUp size={14} />}
          </button>
        </span>
      </div>
      {isBottomOpen && (
        <>
          <Tabs.Content value="problems" className="tabpage"><Problems /></Tabs.Content>
          <Tabs.Content value="run" className="tabpage"><RunPanel /></Tabs.Content>
          <Tabs.Content value="tests" className="tabpage"><TestsPanel /></Tabs.Content>
          <Tabs.Content value="timeline" className="tabpage"><Timeline /></Tabs.Content>
          {hasApprovals && <Tabs.Content value="approvals" className="tabpage"><Approvals /></Tabs.Content>}
        </>
      )}
    </Tabs.Root>
  );
}
