/** What a person types into a field, and what of it the file has: an invalid draft stays in the field and never reaches the file. */
import { useId, useRef, useState } from 'react';
import { forgetDraft, keepDraft, readDraft } from '../stores/drafts';

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
 * undone together. A value that comes from elsewhere meanwhile (undo, another window) is shown, but not over a draft that the file
 * does not have: that one stays, with words of it, until it is mended or let go of. `place` names the field where such a draft is kept.
 */
export function useDraft(value: string, commit: (text: string, group: string) => string | undefined, place?: string): Draft {
  const id = useId();
  const [draft, setDraft] = useState<Kept>(() => takeUp(value, place));
  const session = useRef(0);
  const shown = follow(draft, value);
  if (shown !== draft) setDraft(shown);
  return {
    text: shown.text,
    refusal: shown.why === undefined ? undefined : wordRefusal(shown, shown.why),
    begin: () => {
      session.current = ++sessions;
    },
    change: (text) => {
      setDraft({ text, seen: value, base: value, written: formsOf(text) });
      const why = commit(text, `${id}:${session.current}`);
      const base = shown.why === undefined ? value : shown.base;
      if (why !== undefined) setDraft({ text, seen: value, base, why, written: [] });
      if (place === undefined) return;
      if (why === undefined) forgetDraft(place);
      else keepDraft(place, { text, base, why });
    },
    reset: () => {
      if (place !== undefined) forgetDraft(place);
      setDraft(asItIs(value));
    },
  };
}

/**
 * `seen`: the value that was there when it was last looked at. `base`: the one over which the draft was typed. `written`: what comes
 * back as the value when the draft is in the file; it stays as it was typed. `why`: why the file does not have it.
 */
type Kept = { readonly text: string; readonly seen: string; readonly base: string; readonly why?: string; readonly written: readonly string[] };
const asItIs = (value: string): Kept => ({ text: value, seen: value, base: value, written: [] });

function takeUp(value: string, place: string | undefined): Kept {
  const kept = place === undefined ? undefined : readDraft(place);
  return kept?.why === undefined ? asItIs(value) : { text: kept.text, seen: value, base: kept.base ?? '', why: kept.why, written: [] };
}

function follow(draft: Kept, value: string): Kept {
  if (value === draft.seen) return draft;
  return draft.why !== undefined || draft.written.includes(value) ? { ...draft, seen: value } : asItIs(value);
}

const wordRefusal = ({ seen, base }: Kept, why: string): string => (seen === base ? `${why} The file keeps what it had.` : `${why} Meanwhile the file has got ${seen === '' ? 'nothing' : seen} here: Escape takes that.`);

/** The forms in which a text can come back from the file. */
const formsOf = (text: string): readonly string[] => [text, text.trim(), String(Number(text))];

/** Text that waits for Enter: kept as a draft until then. */
export function useKeptText(place: string): readonly [text: string, setText: (text: string) => void] {
  const [text, setText] = useState(() => readDraft(place)?.text ?? '');
  const change = (next: string): void => {
    setText(next);
    if (next === '') forgetDraft(place);
    else keepDraft(place, { text: next });
  };
  return [text, change];
}
