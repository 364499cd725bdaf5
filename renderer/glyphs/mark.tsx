/** The mark: one ray, a triangle, four rays. */
export function Mark({ height = 21 }: { readonly height?: number }) {
  return (
    <svg width={height * 1.5} height={height} viewBox="0 0 36 24" aria-hidden="true">
      <path d="M1 15.5L13 12" stroke="var(--ink)" strokeWidth="1.8" strokeLinecap="round" />
      <g strokeWidth="2" strokeLinecap="round">
        <path d="M22.5 10.2L35 7" stroke="var(--p1)" />
        <path d="M23.3 11.6L35 11" stroke="var(--p3)" />
        <path d="M24 13L35 15" stroke="var(--p5)" />
        <path d="M24.8 14.4L35 19" stroke="var(--p7)" />
      </g>
      <path d="M18 3L27.5 20H8.5z" fill="var(--app)" stroke="var(--ink)" strokeWidth="1.9" strokeLinejoin="round" />
    </svg>
  );
}
