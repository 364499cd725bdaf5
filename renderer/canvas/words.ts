/** Numbers as the notation writes them. */

const ONE_DECIMAL = 10;
const THOUSAND = 1000;

/** At most two significant figures with their unit: `0.4/s`, `38/s`, `1.2 k/s`. */
export function wordRate(rate: number): string {
  if (rate < 0.05) return '0/s';
  if (rate < ONE_DECIMAL) return `${trim(rate)}/s`;
  if (rate < THOUSAND) return `${twoFigures(rate)}/s`;
  return rate < THOUSAND * THOUSAND ? `${trim(rate / THOUSAND)} k/s` : `${trim(rate / THOUSAND / THOUSAND)} M/s`;
}

const twoFigures = (value: number): number => (value < 100 ? Math.round(value) : Math.round(value / 10) * 10);
const trim = (value: number): string => (value < ONE_DECIMAL ? String(Math.round(value * 10) / 10) : String(twoFigures(value)));

/** `2 s`, `1.5 s`, `200 ms`. */
export const wordMs = (ms: number): string => (ms >= THOUSAND && ms % 100 === 0 ? `${ms / THOUSAND} s` : `${wordCount(ms)} ms`);

/** Thin gaps between thousands: `5 000`. */
export const wordCount = (count: number): string => String(count).replace(/\B(?=(\d{3})+(?!\d))/g, '\u2009');

export const wordIntensity = (maxRestarts: number, maxSeconds: number, isLong: boolean): string => `${maxRestarts}${isLong ? (maxRestarts === 1 ? ' restart' : ' restarts') : ''} in ${maxSeconds} s`;
export const METER_CELLS = 8;

/** Filled cells of the mailbox meter, and how near the bound is. One message is seen: it fills a cell. */
export function meter(depth: number, bound: number): { readonly cells: number; readonly level: 'calm' | 'filling' | 'full' } {
  const share = bound > 0 ? depth / bound : 0;
  const cells = depth <= 0 ? 0 : Math.max(1, Math.min(METER_CELLS, Math.ceil(share * METER_CELLS)));
  return { cells, level: share < 0.6 ? 'calm' : share < 0.85 ? 'filling' : 'full' };
}
