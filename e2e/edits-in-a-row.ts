/** Edits that count: each sets a number in the design and adds a line to a handler, so that a lost, doubled or half one is seen. */
import type { ProjectSnapshot } from '../shared/api/project';
import { designOf } from '../shared/design/document';
import type { Change } from '../shared/design/edits/edit';

export const HANDLER = 'handlers/greeter.ts';
export const line = (n: number): string => `// ${n}\n`;
export const linesTo = (count: number): string => Array.from({ length: count }, (_, index) => line(index + 1)).join('');
/** How many edits a project has. */
export const numberIn = ({ document }: ProjectSnapshot): number => Number(designOf(document)['count'] ?? 0);

/** The edit of number `n`; `offset` is where the handler ends before it. */
export function editOf(n: number, offset: number): readonly Change[] {
  return [
    { kind: 'set', file: 'design.json', path: ['count'], after: n, ...(n === 1 ? {} : { before: n - 1 }) },
    { kind: 'text', file: HANDLER, offset, removed: '', inserted: line(n) },
  ];
}
