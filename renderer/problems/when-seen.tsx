/** Draws what costs something only where it can be seen: rows of a long list stand in the page, their buttons come with the scrolling. */
import { useEffect, useRef, useState, type ReactNode } from 'react';

/** So far beyond the frame it counts as seen, so that nothing appears under the eye. */
const MARGIN_PX = 400;

type Heard = (isSeen: boolean) => void;
const heard = new WeakMap<Element, Heard>();
let watch: IntersectionObserver | undefined;

/** One observer for all of them. */
function observe(element: Element, listener: Heard): () => void {
  watch ??= new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) heard.get(target)?.(isIntersecting);
  }, { rootMargin: `${MARGIN_PX}px`, scrollMargin: `${MARGIN_PX}px` });
  heard.set(element, listener);
  watch.observe(element);
  return () => watch?.unobserve(element);
}

export function WhenSeen({ className, children }: { readonly className: string; readonly children: ReactNode }) {
  const frame = useRef<HTMLSpanElement>(null);
  const [isSeen, setSeen] = useState(false);
  useEffect(() => (frame.current ? observe(frame.current, setSeen) : undefined), []);
  return <span ref={frame} className={className}>{isSeen && children}</span>;
}
