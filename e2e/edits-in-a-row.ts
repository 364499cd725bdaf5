/** Edits that count: each sets a number in the design and adds a line to a handler, so that a lost, doubled or half one is seen. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HistoryEntry, ProjectSnapshot } from '../shared/api/project';
import { designOf } from '../shared/design/document';
import type { Change } from '../shared/design/edits/edit';

export const HANDLER = 'handlers/greeter.ts';
export const line = (n: number): string => `// ${n}\n`;
export const linesTo = (count: number): string => Array.from({ length: count }, (_, index) => line(index + 1)).join('');
/** How many edits a project has. */
export const numberIn = ({ document }: ProjectSnapshot): number => Number(designOf(document)['count'] ?? 0);

/** Numbers of the edits in a history, lowest first. */
export const numbersOf = (history: readonly HistoryEntry[]): readonly number[] =>
  history.flatMap(({ label }) => (label.startsWith('edit ') ? [Number(label.slice('edit '.length))] : [])).toSorted((a, b) => a - b);
/** The numbers of the newest so many of `count` edits. */
export const newestNumbers = (count: number, most: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1).slice(Math.max(0, count - most));
/** How many edits have reached the files. */
export const numberOnDisk = (dir: string): number => (JSON.parse(readFileSync(join(dir, 'design.json'), 'utf8')) as { readonly count?: number }).count ?? 0;
export const handlerOnDisk = (dir: string): string => readFileSync(join(dir, HANDLER), 'utf8');
/** Files that were being written when a process was killed. */
export const halfWritten = (dir: string): readonly string[] => readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tmp'));

/** The edit of number `n`; `offset` is where the handler ends before it. */
export function editOf(n: number, offset: number): readonly Change[] {
  return [
    { kind: 'set', file: 'design.json', path: ['count'], after: n, ...(n === 1 ? {} : { before: n - 1 }) },
    { kind: 'text', file: HANDLER, offset, removed: '', inserted: line(n) },
  ];
}
