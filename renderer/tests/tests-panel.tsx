/** What each provider promises, tried: valid input, invalid input, examples, and the person's own tests of `tests/`. */
import { ListChecks, Square } from 'lucide-react';
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

function TestsHead() {
  const design = useDocument(selectDesign);
  const [node, setNode] = useState(ALL);
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
      {isRunning
        ? <button type="button" className="b" onClick={stopTests}><Square size={13} aria-hidden="true" />Stop tests</button>
        : <button type="button" className="b" onClick={() => void runTests(chosen === ALL ? {} : { node: chosen })}><ListChecks size={13} aria-hidden="true" />Run tests</button>}
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
      {view.status === 'done' && <button type="button" className="link" onClick={() => void runTests({ ...(view.node === undefined ? {} : { node: view.node }), ...(view.seed === undefined ? {} : { seed: view.seed }) })}>Same cases again</button>}
    </span>
  );
}

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
