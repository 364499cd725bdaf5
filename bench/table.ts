/** The table for people: one row a figure, the limit beside it. */
import type { Result, Unit } from './figure';
import { summarise, type Spread } from './summary';

const HEAD = ['figure', 'runs', 'journal', 'ours', 'min - max', 'limit', 'times limit', 'budget', 'met'];

export function formatTable(results: readonly Result[]): string {
  const rows = [HEAD, ...results.map(toRow)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (row: readonly string[]): string => `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  return [line(HEAD), line(widths.map((width) => '-'.repeat(width))), ...rows.slice(1).map(line)].join('\n');
}

function toRow(result: Result): readonly string[] {
  const { ours, limits, timesLimit, isNoisy, isMet } = summarise(result);
  const { title, kind, journal, unit, budget } = result;
  const limit = limits.map(({ name, median }) => `${formatValue(median, unit)} ${name}`).join('; ');
  return [`${title}${isNoisy ? ' ~' : ''}`, kind, journal, formatValue(ours.median, unit), formatSpread(ours, unit), limit, timesLimit === undefined ? '' : `${formatNumber(timesLimit)}x`, budget?.text ?? '', isMet === undefined ? '' : isMet ? 'yes' : 'no'];
}

const formatSpread = ({ min, max }: Spread, unit: Unit): string => `${formatValue(min, unit)} - ${formatValue(max, unit)}`;

function formatValue(value: number, unit: Unit): string {
  if (unit !== '/s') return `${formatNumber(value)} ${unit}`;
  if (value >= 1e6) return `${formatNumber(value / 1e6)} M/s`;
  return value >= 1000 ? `${formatNumber(value / 1000)} k/s` : `${formatNumber(value)} /s`;
}

/** Three digits that matter. */
const formatNumber = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));
