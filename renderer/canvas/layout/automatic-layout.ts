/** Asks for the better layout of the Flow where the design is of a size for it; one request at a time, the newest wins. */
import type { DesignView } from '../../../shared/design/design-view';
import type { Places } from '../../../shared/design/edits/layout-edits';
import type { KnownRoutes } from './wire-ends';

export type AutomaticLayout = { readonly design: DesignView; readonly folded: ReadonlySet<string>; readonly places: Places; readonly routes: KnownRoutes };

/** Beyond this many nodes the quick layout stays: the better one would take seconds. */
export const MOST_FOR_ELK = 600;

/** Answers the way to cancel. */
export function watchAutomaticLayout(design: DesignView, folded: ReadonlySet<string>, done: (layout: AutomaticLayout) => void): (() => void) | undefined {
  if (design.nodes.size > MOST_FOR_ELK || design.nodes.size < 2) return undefined;
  const stopped = new AbortController();
  void import('./elk-client').then(({ layoutWithElk }) => layoutWithElk(design, folded, stopped.signal)).then((found) => {
    if (found && !stopped.signal.aborted) done({ design, folded, ...found });
  });
  return () => stopped.abort();
}
