/** `0.4/s`, `38/s`, `1.2 k/s`: at most two significant digits (look.md section 5). */
export function wordRate(perSecond: number): string {
  if (perSecond === 0) return '0/s';
  if (perSecond >= 999.5) return `${twoDigits(perSecond / 1000)} k/s`;
  return perSecond < 0.05 ? '<0.1/s' : `${twoDigits(perSecond)}/s`;
}

const twoDigits = (value: number): string => (value < 10 ? String(Math.round(value * 10) / 10) : value < 100 ? String(Math.round(value)) : String(Math.round(value / 10) * 10));
