/** What a person types into a field, and what of it the file has: an invalid draft stays in the field and never reaches the file. */
import { useId, useRef, useState } from 'react';

let sessions = 0;

export type Draft = {
  readonly text: string;
  /** Why the file still has the value before. */
  readonly refusal: string | undefined;
  readonly change: (text: string) => void;
  readonly begin: () => void;
  /** Back to what the file has. */
  readonly reset: () => void;
};

/**
 * `commit` takes the text into the file, or answers why not. `group` is the same from focus to focus: letters typed in a row are
 * undone together. A value that comes from elsewhere meanwhile (undo, another window) takes the place of the draft.
 */
export function useDraft(value: string, commit: (text: string, group: string) => string | undefined): Draft {
  const id = useId();
  const [draft, setDraft] = useState<Kept>(() => asItIs(value));
  const session = useRef(0);
  const isForeign = value !== draft.seen && !draft.written.includes(value);
  const shown = isForeign ? asItIs(value) : draft;
  if (value !== draft.seen) setDraft(isForeign ? shown : { ...draft, seen: value });
  return {
    text: shown.text,
    refusal: shown.refusal,
    begin: () => {
      session.current = ++sessions;
    },
    change: (text) => {
      setDraft({ text, seen: value, refusal: undefined, written: formsOf(text) });
      const refusal = commit(text, `${id}:${session.current}`);
      if (refusal !== undefined) setDraft({ text, seen: value, refusal, written: [] });
    },
    reset: () => setDraft(asItIs(value)),
  };
}

/** `seen`: the value that the draft is about. `written`: what comes back as the value when the draft is in the file; it stays as it was typed. */
type Kept = { readonly text: string; readonly seen: string; readonly refusal: string | undefined; readonly written: readonly string[] };
const asItIs = (value: string): Kept => ({ text: value, seen: value, refusal: undefined, written: [] });

/** The forms in which a text can come back from the file. */
const formsOf = (text: string): readonly string[] => [text, text.trim(), String(Number(text))];
