import { ChevronDown } from 'lucide-react';
import type { Diagnostic } from '../../shared/errors/diagnostic';
import { FixButtons } from '../problems/fix-buttons';
import { SeverityIcon } from '../problems/problem-mark';
import type { CodeEditor, EditorReport } from './code-editor';

type Said = { readonly severity: Diagnostic['severity']; readonly message: string; readonly code: string; readonly line: number; readonly problem?: Diagnostic; readonly go: () => void };

/** What is wrong at the cursor, or next after it: one line that stays in its place, with the fix. */
export function MarkLine({ editor, report, problems }: { readonly editor: CodeEditor; readonly report: EditorReport; readonly problems: readonly Diagnostic[] }) {
  const said = listSaid(editor, report, problems);
  const index = Math.max(0, said.findIndex(({ line }) => line >= report.line));
  const shown = said[index];
  if (!shown) return null;
  const next = said[(said.findIndex(({ line }) => line > report.line) + said.length) % said.length] ?? shown;
  return (
    <div className="mark-line" role="status" aria-label="Marks">
      <SeverityIcon severity={shown.severity} size={13} />
      <button type="button" className="mark-go" onClick={shown.go} title={shown.message}><span className="m">{shown.line}</span> {shown.message.split('\n').at(-1)}</button>
      {shown.problem && <FixButtons problem={shown.problem} most={1} />}
      <span className="m dim">{shown.code}</span>
      {said.length > 1 && <button type="button" className="b small" onClick={next.go} aria-label="Next mark"><span className="dim">{index + 1} of {said.length}</span><ChevronDown size={13} aria-hidden="true" /></button>}
    </div>
  );
}

function listSaid(editor: CodeEditor, { marks }: EditorReport, problems: readonly Diagnostic[]): readonly Said[] {
  const told = problems.map((problem): Said => {
    const { line = 1, column } = problem.at;
    return { severity: problem.severity, message: problem.message, code: problem.code, line, problem, go: () => editor.goTo(line, column) };
  });
  const marked = marks.map(({ from, severity, message, source }): Said => ({ severity, message, code: source, line: editor.lineOf(from), go: () => editor.goToOffset(from) }));
  return [...told, ...marked].toSorted((a, b) => a.line - b.line);
}
