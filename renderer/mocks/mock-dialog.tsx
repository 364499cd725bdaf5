import '../zod-without-code';
import { VenetianMask } from 'lucide-react';
import { useMemo, useState, type ReactNode } from 'react';
import type { NodeView } from '../../shared/design/design-view';
import { listOperations, type OperationView } from '../../shared/design/protocol-view';
import { Sheet } from '../dialogs/sheet';
import { closeDialog } from '../stores/dialogs';
import { selectDesign, selectDocument, useDocument } from '../stores/document';
import { selectAnswered, selectMock, setMock, useMocks } from '../stores/mocks';
import { selectIsLive, useRun } from '../stores/run';
import { MockFaults } from './mock-faults';
import { beginDraft, findDraftFault, mockOf, readMockFile, type Answers, type MockDraft } from './mock-form';
import { MockRules } from './mock-rules';

const ANSWERS: readonly (readonly [kind: Answers, name: string, says: string])[] = [
  ['scripted', 'Scripted', 'By rules: the first that fits answers.'],
  ['generated', 'Generated', 'Made up from the schema of the answer, anew for each call.'],
  ['recorded', 'Recorded', 'As it was answered before.'],
];

/** What answers in place of a node, in the runs and simulations of this window. The design stays as it is. */
export function MockDialog({ node }: { readonly node: string }) {
  const view = useDocument((state) => selectDesign(state).nodes.get(node));
  if (!view) return null;
  return <MockForm node={view} />;
}

function MockForm({ node }: { readonly node: NodeView }) {
  const document = useDocument(selectDocument);
  const operations = useMemo(() => node.provides.flatMap((protocol) => listOperations(document, protocol)), [document, node.provides]);
  const before = useMocks(selectMock(node.id));
  const isLive = useRun(selectIsLive);
  const [draft, setDraft] = useState<MockDraft>(() => beginDraft(before, operations));
  const fault = findDraftFault(draft, operations);
  const change = (part: Partial<MockDraft>): void => setDraft({ ...draft, ...part });
  const finish = (deed: () => void): void => {
    deed();
    closeDialog();
  };
  const buttons = (
    <>
      {before && <button type="button" className="b out" onClick={() => finish(() => setMock(node.id, undefined))}>Stop mocking</button>}
      <span className="sp" />
      <button type="button" className="b" onClick={closeDialog}>Cancel</button>
      <button type="button" className="b solid" disabled={fault !== undefined} onClick={() => finish(() => setMock(node.id, mockOf(draft)))}><VenetianMask size={13} aria-hidden="true" />Mock</button>
    </>
  );
  return (
    <Sheet title={`Mock ${node.id}`} says={`Answers in its place, from the ${isLive ? 'next run' : 'next run or simulation'} of this window on. The design stays as it is.`} width={620} buttons={buttons}>
      <div className="stack">
        <div className="seg" role="radiogroup" aria-label="Answers">
          {ANSWERS.map(([kind, name]) => <button key={kind} type="button" role="radio" aria-checked={draft.answers === kind} className={draft.answers === kind ? 'on' : ''} onClick={() => change({ answers: kind })}>{name}</button>)}
        </div>
        <p className="note dim">{ANSWERS.find(([kind]) => kind === draft.answers)![2]}</p>
        <AnswerFields node={node.id} draft={draft} operations={operations} change={change} />
        <MockFaults faults={draft.faults} operations={operations} change={(faults) => change({ faults })} />
        <FromFile draft={draft} take={setDraft} />
        {fault !== undefined && <p className="refusal" role="alert">{fault}</p>}
      </div>
    </Sheet>
  );
}

type FieldsProps = { readonly node: string; readonly draft: MockDraft; readonly operations: readonly OperationView[]; readonly change: (part: Partial<MockDraft>) => void };

function AnswerFields({ node, draft, operations, change }: FieldsProps): ReactNode {
  switch (draft.answers) {
    case 'scripted':
      return <MockRules rules={draft.rules} operations={operations} change={(rules) => change({ rules })} />;
    case 'generated':
      return <GeneratedFields draft={draft} change={change} />;
    case 'recorded':
      return <RecordedFields node={node} draft={draft} change={change} />;
  }
}

const whole = (text: string): number | undefined => (/^\d{1,10}$/.test(text.trim()) ? Number(text) : undefined);

function GeneratedFields({ draft: { generated }, change }: Pick<FieldsProps, 'draft' | 'change'>) {
  const put = (name: 'seed' | 'delayMs', text: string): void => {
    const { [name]: _, ...rest } = generated;
    const number = whole(text);
    change({ generated: number === undefined ? rest : { ...rest, [name]: number } });
  };
  return (
    <>
      <label className="f"><span>Seed</span><input className="in" inputMode="numeric" placeholder="the run’s own" defaultValue={generated.seed ?? ''} onChange={({ target }) => put('seed', target.value)} /></label>
      <label className="f"><span>Delay</span><input className="in" inputMode="numeric" placeholder="0 ms" defaultValue={generated.delayMs ?? ''} onChange={({ target }) => put('delayMs', target.value)} /></label>
    </>
  );
}

function RecordedFields({ node, draft: { recorded }, change }: Pick<FieldsProps, 'node' | 'draft' | 'change'>) {
  const answered = useMocks(selectAnswered(node)) ?? [];
  const { answers, match } = recorded;
  return (
    <>
      <label className="f"><span>Finds by</span>
        <select className="in" value={match} onChange={({ target }) => change({ recorded: { ...recorded, match: target.value === 'order' ? 'order' : 'input' } })}>
          <option value="input">the same input</option><option value="order">the order of the calls</option>
        </select>
      </label>
      <p className="note">{answers.length === 0 ? 'Nothing recorded yet.' : `${answers.length} recorded, of ${[...new Set(answers.map(({ operation }) => operation))].join(', ')}.`}</p>
      {answered.length > 0 && <button type="button" className="b out" onClick={() => change({ recorded: { ...recorded, answers: [...answered] } })}>Take the {answered.length} answers that Send has got in this window</button>}
    </>
  );
}

/** The same file that `run --mock` takes. */
function FromFile({ draft, take }: { readonly draft: MockDraft; readonly take: (draft: MockDraft) => void }) {
  const [problem, setProblem] = useState<string>();
  const read = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    const next = readMockFile(draft, await file.text());
    setProblem(typeof next === 'string' ? next : undefined);
    if (typeof next !== 'string') take(next);
  };
  return (
    <>
      <label className="f"><span>From a file</span><input type="file" className="file" accept=".json,application/json" onChange={({ target }) => void read(target.files?.[0])} /></label>
      {problem !== undefined && <p className="refusal" role="alert">{problem}</p>}
    </>
  );
}
