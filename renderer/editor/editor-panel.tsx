/** A file beside the canvas: whose it is, the text, and what is to be said of it (look.md section 6, `inspector.html`). */
import '../zod-without-code';
import { Lock, Minimize2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { findFile } from '../../shared/design/document';
import type { NodeView } from '../../shared/design/design-view';
import { listUsers } from '../../shared/design/handler-types';
import { KindIcon } from '../glyphs/kind-icon';
import { wordList } from '../inspector/words';
import { resolveConflict } from '../problems/resolve-conflict';
import { selectDocument, useDocument } from '../stores/document';
import { selectConflicts, selectProblems, useProblemsOfFile } from '../stores/problems';
import { closeEditor, useViewport } from '../stores/viewport';
import { CodeView } from './code-view';
import { isHandlerFile } from './language/language-client';
import { HoldBar } from './hold-bar';
import { MarkLine } from './mark-line';
import { textKindOf } from './text-kinds';

export function EditorPanel() {
  const editing = useViewport((state) => state.editing);
  const isThere = useDocument((state) => editing !== undefined && findFile(selectDocument(state), editing.path) !== undefined);
  const project = useDocument((state) => state.open?.project);
  if (!editing) return null;
  return <FilePanel key={`${project} ${editing.path}`} path={editing.path} line={editing.line} asked={editing.asked} isThere={isThere} />;
}

function FilePanel({ path, line, asked, isThere }: { readonly path: string; readonly line: number | undefined; readonly asked: number; readonly isThere: boolean }) {
  const document = useDocument(selectDocument);
  // A file that goes while it is open keeps its text here; one that never was is not made by a slip of the keyboard.
  const [wasThere, setWasThere] = useState(isThere);
  if (isThere && !wasThere) setWasThere(true);
  const users = useMemo(() => listUsers(document, path), [document, path]);
  const own = useProblemsOfFile(path);
  const all = useDocument((state) => selectProblems(state).all);
  // A missing export is told where the design asks for it, and is to be mended here.
  const problems = useMemo(() => [...own, ...all.filter(({ code, at }) => code === 'HAN008' && users.some(({ id }) => id === at.node))], [own, all, users]);
  const goTo = useMemo(() => (line === undefined ? undefined : { line, asked }), [line, asked]);
  return (
    <div className="pan l editor">
      <Head path={path} users={users} />
      <ConflictBar path={path} />
      {!isThere && <p className="note hold-bar">{wasThere ? `There is no file ${path} any more. Typing here makes it again.` : `There is no file ${path} in this project.`}</p>}
      {wasThere && <CodeView path={path} goTo={goTo}>
        {(editor, report) => (
          <>
            {report.hold && <HoldBar hold={report.hold} follower={editor.follower} />}
            <MarkLine editor={editor} report={report} problems={problems} />
            <div className="editor-foot">
              {isHandlerFile(path) && <><Lock size={12} aria-hidden="true" /><span className="reach">{wordReach(users)}</span></>}
              <span className="sp" />
              <span title="Escape, then Tab, leaves the editor">UTF-8, {textKindOf(path).name}</span>
              <span className="where">line {report.line}, column {report.column}</span>
            </div>
          </>
        )}
      </CodeView>}
    </div>
  );
}

function Head({ path, users }: { readonly path: string; readonly users: readonly NodeView[] }) {
  const [first, ...others] = users;
  const name = path.split('/').at(-1)!;
  return (
    <div className="ph tall">
      {first && <KindIcon kind={first.kindWord} size={16} />}
      <span className="name">{first ? first.id : name}</span>
      {first && <span className="badge">{others.length > 0 ? `and ${others.length} more` : first.kindWord}</span>}
      <span className="r">
        <span className="m path-name" title={path}>{path}</span>
        <button type="button" className="b ic" aria-label="Close the editor" title="Close the editor" onClick={closeEditor}><Minimize2 size={14} /></button>
      </span>
    </div>
  );
}

/** A change on disk met an edit of this very text; both are kept until one is chosen (MRG001). */
function ConflictBar({ path }: { readonly path: string }) {
  const conflict = useDocument(selectConflicts).find(({ file }) => file === path);
  if (!conflict) return null;
  return (
    <div className="hold-bar" role="alert">
      <span><span className="m">MRG001</span> {path} was changed on disk while you edited it. What stands here is yours.</span>
      <button type="button" className="link" onClick={() => void resolveConflict(conflict.id, 'mine')}>Keep mine</button>
      <button type="button" className="link" onClick={() => void resolveConflict(conflict.id, 'theirs')}>Take theirs</button>
    </div>
  );
}

function wordReach(users: readonly NodeView[]): string {
  if (users.length === 0) return 'no node runs this file by itself';
  const protocols = [...new Set(users.flatMap(({ requires }) => requires.map(({ protocol }) => protocol)))];
  return protocols.length === 0 ? 'self reaches no other node' : `self reaches ${wordList(protocols)}, nothing else`;
}
