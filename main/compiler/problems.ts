import { DESIGN_FILE } from '../../shared/design/project-files';
import { showText } from '../../shared/design/show-text';
import { catalog, pageOf, type ErrorCode } from '../../shared/errors/catalog';
import type { Diagnostic, Place } from '../../shared/errors/diagnostic';
import { nearest } from '../../shared/errors/nearest';

/** How severe it is, and where it is explained, the catalog says. */
type Problem = { readonly code: ErrorCode; readonly at: Place; readonly message: string; readonly fix: string; readonly got?: unknown };

/** What a pass found wrong, gathered so that all of it comes in one run. */
export class Problems {
  readonly list: Diagnostic[] = [];

  /** Whether something is wrong in that file. */
  has(file: string): boolean {
    return this.list.some(({ at, severity }) => severity === 'error' && at.file === file);
  }

  add({ code, at, message, fix, got }: Problem): void {
    const place = { ...at, ...(at.node === undefined ? {} : { node: shorten(at.node, LONGEST_NAME) }), ...(at.field === undefined ? {} : { field: shorten(at.field, LONGEST_NAME) }) };
    this.list.push({ code, at: place, message: showText(shorten(message, LONGEST_MESSAGE)), fix: shorten(fix, LONGEST_FIX), ...(got === undefined ? {} : { got: shortenValue(got) }), severity: catalog[code].severity, see: pageOf(code) });
  }
}

/** Names and values in a stranger's files may have millions of letters; a problem is for reading. Ids and fields of ours are shorter. */
const [LONGEST_NAME, LONGEST_MESSAGE, LONGEST_FIX, LONGEST_VALUE] = [200, 600, 250, 1000];

/** Beginning and end: what is said of a long value stands behind it. */
function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  const half = Math.floor((most - 5) / 2);
  return `${text.slice(0, half)} ... ${text.slice(-half)}`;
}

function shortenValue(got: unknown): unknown {
  if (got === null || (typeof got !== 'object' && typeof got !== 'string')) return got;
  const text = typeof got === 'string' ? got : JSON.stringify(got);
  return text.length <= LONGEST_VALUE ? got : shorten(text, LONGEST_VALUE);
}

/** A page shows a list of this length; a design of 20 MB can have a hundred times as many faults. */
const MOST_TOLD = 2000;

/** Errors before what is less. */
export function chooseTold(list: readonly Diagnostic[]): readonly Diagnostic[] {
  if (list.length <= MOST_TOLD) return list;
  const bySeverity = (['error', 'warning', 'info'] as const).flatMap((severity) => list.filter((one) => one.severity === severity));
  const more = new Problems();
  more.add({ code: 'PRJ015', at: { file: DESIGN_FILE }, got: list.length, message: `there are ${list.length} problems; ${MOST_TOLD} of them are told`, fix: 'Mend some of these first.' });
  return [...bySeverity.slice(0, MOST_TOLD), ...more.list];
}

export function sortDiagnostics(list: readonly Diagnostic[]): readonly Diagnostic[] {
  const key = ({ at, code }: Diagnostic): readonly string[] => [at.file, at.node ?? '', at.field ?? '', code, String(at.line ?? 0).padStart(7, '0')];
  const compare = (a: readonly string[], b: readonly string[]): number => {
    for (const [index, part] of a.entries()) if (part !== b[index]) return part < b[index]! ? -1 : 1;
    return 0;
  };
  return list.toSorted((a, b) => compare(key(a), key(b)));
}

export function suggest(name: string, known: readonly string[], otherwise: string): string {
  const found = nearest(name, known);
  return found === undefined ? otherwise : `Did you mean ${found}?`;
}
