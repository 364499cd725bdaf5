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
  const [draft, setDraft] = useState<{ readonly text: string; readonly seen: string; readonly refusal: string | undefined }>({ text: value, seen: value, refusal: undefined });
  const session = useRef(0);
  // What we have just written comes back as the value: the draft stays as it was typed.
  const written = useRef<string | undefined>(undefined);
  const isForeign = value !== draft.seen && !written.current?.split('\n').includes(value);
  const shown = isForeign ? { text: value, seen: value, refusal: undefined } : draft;
  if (value !== draft.seen) setDraft(isForeign ? shown : { ...draft, seen: value });
  return {
    text: shown.text,
    refusal: shown.refusal,
    begin: () => {
      session.current = ++sessions;
    },
    change: (text) => {
      written.current = canonical(text);
      const refusal = commit(text, `${id}:${session.current}`);
      if (refusal !== undefined) written.current = undefined;
      setDraft({ text, seen: value, refusal });
    },
    reset: () => setDraft({ text: value, seen: value, refusal: undefined }),
  };
}

/** The forms in which a text can come back from the file. */
const canonical = (text: string): string => [text, text.trim(), String(Number(text))].join('\n');
