/** Nodes glide to their new places when the view or the layout changes (look.md section 7). A drag has put its nodes there already. */
import { useLayoutEffect, useRef, useState } from 'react';
import type { Scene } from './layout/scene';

const GLIDE_MS = 220;
/** More nodes than this jump: gliding them would cost frames. */
const MOST_GLIDING = 400;

export function useGlide(scene: Scene): boolean {
  const before = useRef(scene);
  const [isGliding, setGliding] = useState(false);
  const isOther = before.current.view !== scene.view && before.current.nodes.size > 0 && scene.nodes.size <= MOST_GLIDING;
  useLayoutEffect(() => {
    before.current = scene;
    if (!isOther) return undefined;
    setGliding(true);
    const timer = setTimeout(() => setGliding(false), GLIDE_MS);
    return () => clearTimeout(timer);
  }, [scene, isOther]);
  return isGliding || isOther;
}
