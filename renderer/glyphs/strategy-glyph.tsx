import type { Strategy } from '../../shared/program/program';

/** Three children, the middle one exits; filled ones are started anew. */
const FILLED: Readonly<Record<Strategy, readonly boolean[]>> = {
  one_for_one: [false, true, false],
  one_for_all: [true, true, true],
  rest_for_one: [false, true, true],
  simple_one_for_one: [false, true, false],
};
const CELLS = [0.75, 8.75, 16.75] as const;

export function StrategyGlyph({ strategy, size = 12 }: { readonly strategy: Strategy; readonly size?: number }) {
  const isDynamic = strategy === 'simple_one_for_one';
  return (
    <svg className="i-strategy" width={size * 2} height={size} viewBox="0 0 23.5 12" aria-hidden="true">
      {CELLS.map((x, index) => (
        <rect key={x} x={x} y="0.75" width="6" height="10.5" rx="1.2" fill={FILLED[strategy][index] ? 'var(--ink)' : 'none'} stroke="var(--ink)" strokeWidth="1.3" strokeDasharray={isDynamic && index !== 1 ? '1.6 1.6' : undefined} />
      ))}
    </svg>
  );
}
