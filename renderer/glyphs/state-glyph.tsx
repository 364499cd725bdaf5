import type { NodeStatus } from '../../shared/api/run';

/** Shape first, hue second (look.md section 5): each state is told apart without colour. */
const SHAPES: Readonly<Record<NodeStatus, React.ReactNode>> = {
  idle: <circle cx="6" cy="6" r="4.2" fill="none" stroke="var(--st-idle)" strokeWidth="1.6" />,
  running: <circle cx="6" cy="6" r="4.6" fill="var(--st-running)" />,
  busy: (
    <>
      <circle cx="6" cy="6" r="4.3" fill="none" stroke="var(--st-busy)" strokeWidth="1.5" />
      <path d="M6 1.7a4.3 4.3 0 0 1 0 8.6z" fill="var(--st-busy)" />
    </>
  ),
  restarting: (
    <>
      <path d="M10.2 3.4A5 5 0 1 0 11 6.4" fill="none" stroke="var(--st-restarting)" strokeWidth="1.8" strokeLinecap="round" />
      <path d="M11.4 1v3.6H7.8z" fill="var(--st-restarting)" />
    </>
  ),
  crashed: <path d="M2.2 2.2l7.6 7.6M9.8 2.2L2.2 9.8" stroke="var(--st-crashed)" strokeWidth="2.4" strokeLinecap="round" />,
  'gave up': (
    <>
      <path d="M3.8.8h4.4l3 3v4.4l-3 3H3.8l-3-3V3.8z" fill="var(--st-gaveup)" />
      <path d="M3.4 6h5.2" stroke="var(--node)" strokeWidth="1.8" strokeLinecap="round" />
    </>
  ),
};

export function StateGlyph({ status, size = 12 }: { readonly status: NodeStatus; readonly size?: number }) {
  return (
    <svg className="i-state" width={size} height={size} viewBox="0 0 12 12" aria-hidden="true" data-status={status}>
      {SHAPES[status]}
    </svg>
  );
}
