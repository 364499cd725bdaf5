/** Nodes glide to their new places when the view changes (look.md section 7). A drag has put its nodes there already. */
import { useEffect, useState } from 'react';
import type { Scene } from './layout/scene';
import { prefersStillness } from './prefers-stillness';

const GLIDE_MS = 220;
/** More nodes than this jump: gliding them would cost frames. */
export const MOST_GLIDING = 400;

/** Ends by the view alone: a better layout that comes within the glide must not keep it from ending. */
export function useGlide({ view, nodes }: Scene): boolean {
  const [settled, setSettled] = useState(view);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(view), GLIDE_MS);
    return () => clearTimeout(timer);
  }, [view]);
  return settled !== view && !prefersStillness() && nodes.size > 0 && nodes.size <= MOST_GLIDING;
}
