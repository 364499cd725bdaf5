import { lazy, Suspense } from 'react';

/** CodeMirror comes with it, so it is loaded when a file is first opened; TypeScript later still, in a worker. */
const EditorPanel = lazy(() => import('./editor-panel').then((module) => ({ default: module.EditorPanel })));

/** A handler, a prompt or another text of the project, beside the canvas. */
export function Editor() {
  return (
    <section aria-label="Editor" className="editor-place">
      <Suspense><EditorPanel /></Suspense>
    </section>
  );
}
