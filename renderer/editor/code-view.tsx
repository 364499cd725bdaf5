import { useEffect, useRef, useState } from 'react';
import { useProblemsOfFile } from '../stores/problems';
import { CodeEditor, type EditorReport } from './code-editor';

type CodeViewProps = {
  readonly path: string;
  readonly isCompact?: boolean;
  /** A line to go to; `asked` grows with each wish. */
  readonly goTo?: { readonly line: number; readonly asked: number } | undefined;
  readonly children?: (editor: CodeEditor, report: EditorReport) => React.ReactNode;
};

/** One file in an editor, and below it what is to be said of it. Give it the path as its key. */
export function CodeView({ path, isCompact = false, goTo, children }: CodeViewProps) {
  const place = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<CodeEditor>();
  const [report, setReport] = useState<EditorReport>();
  const problems = useProblemsOfFile(path);
  useEffect(() => {
    const made = new CodeEditor({ parent: place.current!, path, isCompact, onReport: setReport });
    setEditor(made);
    return () => made.close();
  }, [path, isCompact]);
  useEffect(() => editor?.setProblems(problems), [editor, problems]);
  useEffect(() => {
    if (goTo !== undefined) editor?.goTo(goTo.line);
  }, [editor, goTo]);
  return (
    <>
      <div ref={place} className={isCompact ? 'code-field' : 'code-view'} />
      {editor && report && children?.(editor, report)}
    </>
  );
}
