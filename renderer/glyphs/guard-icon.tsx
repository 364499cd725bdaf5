import { CornerDownRight, Gauge, Layers, RotateCcw, Timer, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { ComponentType } from 'react';

/** How a breaker stands: its arm is the state (look.md section 5). */
export type BreakerArm = 'closed' | 'halfOpen' | 'open';
/** How far the arm is lifted, px at its free end. */
const LIFT: Readonly<Record<BreakerArm, number>> = { closed: 0, halfOpen: 2.6, open: 5 };

/** Two contacts and an arm between them: flat closed, half lifted half open, lifted open. */
export function BreakerGlyph({ arm = 'closed', width = 17 }: { readonly arm?: BreakerArm; readonly width?: number }) {
  const lift = LIFT[arm];
  return (
    <svg className={`i-breaker ${arm}`} width={width} height={(width * 10) / 17} viewBox="0 0 17 10" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round">
      <path d="M0.8 6H4M13 6H16.2" />
      <circle cx="4.6" cy="6" r="1.5" fill="currentColor" stroke="none" /><circle cx="12.4" cy="6" r="1.5" fill="currentColor" stroke="none" />
      <path className="arm" d="M4.6 6H12.4" style={{ rotate: `${-Math.atan2(lift, 7.8)}rad` }} />
    </svg>
  );
}

const ICONS: Readonly<Record<string, LucideIcon | ComponentType<{ readonly size?: number }>>> = { timeout: Timer, retry: RotateCcw, breaker: ({ size = 12 }) => <BreakerGlyph width={size * 1.4} />, bulkhead: Layers, rateLimit: Gauge, fallback: CornerDownRight };

/** The icon of a kind of guard; a warning for one that nobody knows. */
export function GuardIcon({ kind, size = 12 }: { readonly kind: string; readonly size?: number }) {
  const Icon = (Object.hasOwn(ICONS, kind) ? ICONS[kind] : undefined) ?? TriangleAlert;
  return <Icon size={size} aria-hidden="true" />;
}
