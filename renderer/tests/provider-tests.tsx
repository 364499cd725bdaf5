import { ChevronDown, ChevronRight, RotateCw } from 'lucide-react';
import { useId, useState } from 'react';
import { runTests, useTests, verdictOf, type TestedProvider } from '../stores/tests';
import { select } from '../stores/selection';
import { TestRow } from './test-row';
import { VerdictWord } from './verdict-icon';

/** A provider and one of its protocols. Folded where all passes, since nothing is to do there. */
export function ProviderTests({ provider, isCurrent }: { readonly provider: TestedProvider; readonly isCurrent: boolean }) {
  const { node, protocol, tests } = provider;
  const verdict = verdictOf(tests);
  const [asked, setAsked] = useState<boolean>();
  const isOpen = asked ?? verdict !== 'pass';
  const list = useId();
  const isRunning = useTests(({ status }) => status === 'running');
  const isRecorded = useTests(({ recorded }) => recorded === true);
  const passed = tests.filter((test) => test.verdict === 'pass').length;
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  return (
    <section className="tested" aria-label={`${node} as ${protocol}: ${isCurrent ? 'running' : verdict}`}>
      <div className="tested-head">
        <button type="button" className="b ic small" aria-expanded={isOpen} aria-controls={list} aria-label={`Tests of ${node} as ${protocol}`} onClick={() => setAsked(!isOpen)}><Chevron size={14} aria-hidden="true" /></button>
        {isCurrent ? <span className="verdict running">running</span> : <VerdictWord verdict={verdict} />}
        <button type="button" className="link plain" title="Select it" onClick={() => select([node])}><b>{node}</b></button>
        <span className="dim">as {protocol}</span>
        <span className="dim num">{passed} of {tests.length}</span>
        <button type="button" className="b ic small" aria-label={`Test ${node} again`} title={`Test ${node} again`} disabled={isRunning} onClick={() => void runTests({ node, ...(isRecorded ? { recorded: true } : {}) })}><RotateCw size={13} aria-hidden="true" /></button>
      </div>
      <ul id={list} hidden={!isOpen} aria-label={`Tests of ${node} as ${protocol}`}>
        {tests.map((test) => <TestRow key={`${test.kind} ${test.file ?? ''} ${test.name}`} node={node} protocol={protocol} test={test} />)}
      </ul>
    </section>
  );
}
