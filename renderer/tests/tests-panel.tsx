/** What each provider promises, tried: valid input, invalid input, examples, and the person's own tests of `tests/`. */
import { ListChecks, Square, VenetianMask } from 'lucide-react';
import { useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { selectDesign, selectDocument, useDocument } from '../stores/document';
import { isOther, runTests, stopTests, useTests, verdictOf, type TestsView } from '../stores/tests';
import { ProviderTests } from './provider-tests';
import { VerdictWord } from './verdict-icon';

export function TestsPanel() {
  const { status, providers, at } = useTests(useShallow(({ status, providers, at }) => ({ status, providers, at })));
  return (
    <section aria-label="Tests" className="tests">
      <TestsHead />
      {status === 'none' && <Nothing />}
      <Trouble />
      <div className="tests-list">
        {providers.map((provider) => <ProviderTests key={`${provider.node} ${provider.protocol}`} provider={provider} isCurrent={status === 'running' && at?.node === provider.node && at.protocol === provider.protocol} />)}
      </div>
    </section>
  );
}

const ALL = '';
const [GENERATED, RECORDED] = ['generated', 'recorded'];

function TestsHead() {
  const design = useDocument(selectDesign);
  const [node, setNode] = useState(ALL);
  const [isRecorded, setRecorded] = useState(false);
  const isRunning = useTests(({ status }) => status === 'running');
  const known = design.order.filter((id) => (design.nodes.get(id)?.provides.length ?? 0) > 0);
  const chosen = known.includes(node) ? node : ALL;
  return (
    <div className="run-head">
      <TestsStatus />
      <span className="sp" />
      <label className="b"><span className="unseen">What to test</span>
        <select className="plain" value={chosen} onChange={(event) => setNode(event.target.value)}>
          <option value={ALL}>all providers</option>
          {known.map((id) => <option key={id} value={id}>{id}</option>)}
        </select>
      </label>
      <label className="b" title="What models and tools answer. Nothing outside is ever asked."><span className="unseen">Answers of models and tools</span>
        <select className="plain" value={isRecorded ? RECORDED : GENERATED} onChange={(event) => setRecorded(event.target.value === RECORDED)}>
          <option value={GENERATED}>answers generated</option>
          <option value={RECORDED}>answers recorded</option>
        </select>
      </label>
      {isRunning
        ? <button type="button" className="b" onClick={stopTests}><Square size={13} aria-hidden="true" />Stop tests</button>
        : <button type="button" className="b" onClick={() => void runTests({ ...(chosen === ALL ? {} : { node: chosen }), ...(isRecorded ? { recorded: true } : {}) })}><ListChecks size={13} aria-hidden="true" />Run tests</button>}
    </div>
  );
}

function TestsStatus() {
  const view = useTests();
  const document = useDocument(selectDocument);
  const tests = view.providers.flatMap((provider) => provider.tests);
  const isStale = view.document !== undefined && isOther(view.document, document);
  return (
    <span className="tests-status">
      {view.status === 'done' && <VerdictWord verdict={verdictOf(tests)} />}
      <span role="status" aria-label="Tests status">{wordStatus(view, tests.length)}</span>
      {view.seed !== undefined && <span className="dim num">seed {view.seed}{isStale ? ', edited since' : ''}</span>}
      {view.status === 'done' && <button type="button" className="link" onClick={() => void runTests(askedIn(view))}>Same cases again</button>}
      {view.mocked && <span className="badge mocked" title="Mocks stand in for these nodes, which are not tested themselves"><VenetianMask size={11} aria-hidden="true" /><b>{view.mocked.join(', ')}</b>mocked</span>}
    </span>
  );
}

const askedIn = ({ node, seed, recorded }: TestsView): Parameters<typeof runTests>[0] => ({ ...(node === undefined ? {} : { node }), ...(seed === undefined ? {} : { seed }), ...(recorded === undefined ? {} : { recorded }) });

function wordStatus({ status, at, providers }: TestsView, count: number): string {
  switch (status) {
    case 'none':
      return 'not run yet';
    case 'running':
      return at === undefined ? 'starting' : `${at.index} of ${at.count}: ${at.node} as ${at.protocol}`;
    case 'failed':
      return count === 0 ? 'no verdict' : `no verdict for all: ${count} were judged`;
    case 'done': {
      const all = providers.flatMap(({ tests }) => tests);
      const [passed, unknown] = [all.filter(({ verdict }) => verdict === 'pass').length, all.filter(({ verdict }) => verdict === 'unknown').length];
      return `${passed} of ${all.length} tests pass${unknown === 0 ? '' : `, ${unknown} unknown`}`;
    }
  }
}

function Trouble() {
  const trouble = useTests((view) => view.trouble);
  if (!trouble) return null;
  return (
    <div className="refusal tests-trouble" role="alert">
      <p>{trouble.message}. {trouble.fix}</p>
      {trouble.diagnostics.map(({ code, at, message, fix }, index) => <p key={index}><span className="m">{code}</span> {at.file}{at.line === undefined ? '' : `:${at.line}`}: {message}. {fix}</p>)}
    </div>
  );
}

function Nothing() {
  return <p className="empty">No tests run yet. <button type="button" className="link" onClick={() => void runTests()}>Run all</button>: each provider is held to its protocols and their examples, and to what stands in tests/.</p>;
}
