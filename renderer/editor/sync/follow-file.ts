/**
 * How the text in an editor and the file of the document stay together. Pure. Every letter is an edit at once, so what the editor
 * shows is what the document has, but for three cases, in which the typing is held in the editor and never dropped: JSON that is
 * none yet, an edit that was refused, and a change from elsewhere at the very place that was typed at.
 */
import { mergeTexts } from '../../../shared/design/edits/merge-documents';
import { isJsonFile } from '../../../shared/design/project-files';
import { readStrictJson } from '../../../shared/json/strict-json';
import { equalJson } from '../../../shared/schema/validate-value';

/** What the store knows of a file at one moment; texts are absent where there is no such file. */
export type Seen = {
  /** As the core has told it. */
  readonly confirmed: string | undefined;
  /** With this window's edits that are on their way. */
  readonly shown: string | undefined;
  readonly revision: number;
  readonly pending: number;
};
export type Hold =
  /** The text is no JSON yet, so the file keeps what it had. */
  | { readonly kind: 'invalid' }
  /** Another text came meanwhile; absent where the file is gone. */
  | { readonly kind: 'conflict'; readonly theirs: string | undefined }
  | { readonly kind: 'refused' };
export type Followed = {
  readonly text: string;
  readonly hold: Hold | undefined;
  /** The document lacks some of the text: it is to be sent. */
  readonly mustSend: boolean;
};

/** Whether two texts of a file say the same: of JSON, whether they are the same value. */
export function saysSame(path: string, a: string | undefined, b: string | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined || !isJsonFile(path)) return false;
  const [first, second] = [readStrictJson(a), readStrictJson(b)];
  return first.value !== undefined && second.value !== undefined && first.faults.length === 0 && second.faults.length === 0 && equalJson(first.value, second.value);
}

export const isJsonText = (text: string): boolean => {
  const { value, faults } = readStrictJson(text);
  return value !== undefined && faults.length === 0;
};

/** What becomes of the editor's text when the store goes from `before` to `after`. */
export function followFile(path: string, { text, hold }: Pick<Followed, 'text' | 'hold'>, before: Seen, after: Seen): Followed {
  const keep: Followed = { text, hold, mustSend: false };
  const hasFewer = after.pending < before.pending;
  // One of our edits was acknowledged: the text has it already.
  if (hasFewer && after.revision === before.revision + 1) return keep;
  if (hasFewer && after.revision === before.revision) return saysSame(path, text, after.shown) ? keep : { ...keep, hold: hold ?? { kind: 'refused' } };
  if (saysSame(path, before.confirmed, after.confirmed)) {
    // The window has asked anew what the core has, and an edit had not arrived.
    const isLost = hasFewer && hold === undefined && !saysSame(path, text, after.shown);
    return { ...keep, mustSend: isLost };
  }
  return meet(path, keep, before.confirmed, after);
}

/** A change from elsewhere: undo, another window, another program. */
function meet(path: string, keep: Followed, base: string | undefined, { confirmed: theirs, shown }: Seen): Followed {
  const { text, hold } = keep;
  if (theirs === undefined) return saysSame(path, text, base) ? keep : { ...keep, hold: { kind: 'conflict', theirs } };
  if (saysSame(path, text, base)) return { text: theirs, hold: undefined, mustSend: false };
  if (saysSame(path, text, theirs)) return { ...keep, hold: undefined };
  const merged = base === undefined ? undefined : mergeTexts(base, text, theirs);
  const isWhole = merged !== undefined && (!isJsonFile(path) || isJsonText(merged));
  if (!isWhole || hold?.kind === 'conflict') return { ...keep, hold: { kind: 'conflict', theirs } };
  return { text: merged, hold: undefined, mustSend: !saysSame(path, merged, shown) };
}
