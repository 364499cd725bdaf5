import { BookmarkPlus, FileCode2, Send } from 'lucide-react';
import type { Json } from '../../shared/json/json';
import { keepAsExample, ownerOf } from '../../shared/design/edits/example-edits';
import { findFile } from '../../shared/design/document';
import type { TestResult } from '../../shared/tests/test-report';
import { openDialog } from '../stores/dialogs';
import { documentNow, edit, selectDocument, useDocument } from '../stores/document';
import { selectProtocol } from '../stores/selection';
import { openEditor, useViewport } from '../stores/viewport';
import { HeardBadges } from './heard-badges';
import { placeInMessage } from './place-in-message';
import { VerdictWord } from './verdict-icon';

/** A text at the bound of its schema is long; the whole of it is in `prismatic test --json`. */
const LONGEST_SHOWN = 4000;
const LONGEST_LINE = 100;

export type TestOf = { readonly node: string; readonly protocol: string; readonly test: TestResult };

/** One test: what it is about and its verdict; where it does not pass, why, with what, and what can be done. */
export function TestRow({ node, protocol, test }: TestOf) {
  const { name, file, verdict, runs, message, counterexample, answers, heard, missing } = test;
  return (
    <li className={`test ${verdict === 'fail' ? 'bad' : ''}`}>
      <div className="test-line">
        <VerdictWord verdict={verdict} />
        <span className="t" title={name}>{file === undefined ? name : `${file}: ${name}`}</span>
        <HeardBadges heard={heard} />
        <span className="dim num">{runs} {runs === 1 ? 'case' : 'cases'}</span>
      </div>
      {message !== undefined && <p className="says">{message}</p>}
      {missing && <Values label="Request without an answer" values={[missing.request]} />}
      {counterexample && <Values label="Counterexample" values={counterexample} />}
      {answers && <Values label="What was answered to it" values={answers.map(({ node, from, answer }) => ({ [`${node}, ${from}`]: answer }))} />}
      {verdict !== 'pass' && <WhatToDo node={node} protocol={protocol} test={test} />}
    </li>
  );
}

/** Several are calls or drawn values, one after the other. */
function Values({ label, values }: { readonly label: string; readonly values: readonly Json[] }) {
  const text = values.length === 1 ? wordOne(values[0]!) : values.map((value, index) => `${index + 1}. ${JSON.stringify(value)}`).join('\n');
  return <pre className="m counterexample" aria-label={label} tabIndex={0}>{text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}… (${text.length} characters)` : text}</pre>;
}

/** On one line where that can be read at a glance. */
function wordOne(value: Json): string {
  const line = JSON.stringify(value);
  return line.length <= LONGEST_LINE ? line : JSON.stringify(value, null, 2);
}

function WhatToDo({ node, protocol, test }: TestOf) {
  const { kind, operation, counterexample, message = '', file } = test;
  const document = useDocument(selectDocument);
  const place = placeInMessage(message);
  const opened = place && findFile(document, place.file) ? place : file !== undefined && findFile(document, file) ? { file, line: 1 } : undefined;
  const input = (kind === 'contract' || kind === 'example') && counterexample?.length === 1 ? counterexample[0] : undefined;
  const owner = operation === undefined ? undefined : ownerOf(document, protocol, operation);
  return (
    <div className="fixes test-fixes">
      {opened && <button type="button" className="link" onClick={() => openEditor(opened.file, opened.line)}><FileCode2 size={12} aria-hidden="true" />Open {opened.file}:{opened.line}</button>}
      {owner !== undefined && <button type="button" className="link" onClick={() => showOperation(owner, operation!)}>Show {owner}.{operation}</button>}
      {input !== undefined && operation !== undefined && <button type="button" className="link" onClick={() => openDialog({ kind: 'send', node, message: { protocol, operation, input } })}><Send size={12} aria-hidden="true" />Send it</button>}
      {input !== undefined && operation !== undefined && owner !== undefined && kind === 'contract' && (
        <button type="button" className="link" onClick={() => edit(keepAsExample(documentNow(), { protocol, operation, input }))}><BookmarkPlus size={12} aria-hidden="true" />Keep as example</button>
      )}
    </div>
  );
}

function showOperation(protocol: string, operation: string): void {
  useViewport.setState({ isInspectorOpen: true });
  selectProtocol(protocol, `operations.${operation}`);
}
