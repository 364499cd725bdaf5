import { ExternalLink } from 'lucide-react';
import { lazy, Suspense, type ReactNode } from 'react';
import { findText } from '../../shared/design/document';
import type { JsonPath } from '../../shared/design/edits/edit';
import { selectDocument, useDocument } from '../stores/document';
import { openEditor, useViewport } from '../stores/viewport';
import { Section } from './section';
import { TextField } from './text-fields';

const HandlerField = lazy(() => import('../editor/handler-field').then((module) => ({ default: module.HandlerField })));

type FileSectionProps = { readonly title: string; readonly path: JsonPath; readonly file: string | undefined; /** Files that can be chosen. */ readonly files: RegExp; readonly isRequired?: boolean; readonly children?: ReactNode };

/** The file behind a node, its text in a small editor, and a way to the large one. */
export function FileSection({ title, path, file, files, isRequired = false, children }: FileSectionProps) {
  const all = useDocument((state) => selectDocument(state).files);
  const editing = useViewport((state) => state.editing?.path);
  const text = useDocument((state) => (file === undefined ? undefined : findText(selectDocument(state), file)));
  const isHere = file !== undefined && text !== undefined && editing !== file;
  return (
    <Section title={title} note={isHere ? <button type="button" className="link" onClick={() => openEditor(file)}>Open<ExternalLink size={11} aria-hidden="true" /></button> : undefined}>
      <TextField label="File" path={path} isMono isRequired={isRequired} list={Object.keys(all).filter((one) => files.test(one))} />
      {file !== undefined && editing === file && <p className="note dim">Open in the editor beside the canvas.</p>}
      {isHere && <Suspense fallback={<div className="code-field" />}><HandlerField path={file} /></Suspense>}
      {children}
    </Section>
  );
}
