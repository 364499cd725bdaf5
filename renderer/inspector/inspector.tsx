import { lazy, Suspense } from 'react';

/** The schemas of the format come with it, so it is loaded after the canvas. */
const Selected = lazy(() => import('./selected').then((module) => ({ default: module.Selected })));

/** What is selected, with all that can be said of it. */
export function Inspector() {
  return (
    <aside className="pan l inspector" aria-label="Inspector">
      <Suspense><Selected /></Suspense>
    </aside>
  );
}
