/** Patterns that marks refer to: the hatch of a restart scope, the spectral edge of a model agent. */
const HUES = [1, 2, 3, 4, 5, 6, 7, 8] as const;

export function CanvasDefs() {
  return (
    <svg className="cv-defs" width="0" height="0" aria-hidden="true">
      <defs>
        <pattern id="canvas-hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V7" stroke="var(--scope)" strokeWidth="2.2" opacity=".75" /></pattern>
        <linearGradient id="canvas-spectrum" x1="0" x2="1" y1="0" y2="1">{HUES.map((hue) => <stop key={hue} offset={(hue - 1) / 7} stopColor={`var(--p${hue})`} />)}</linearGradient>
      </defs>
    </svg>
  );
}
