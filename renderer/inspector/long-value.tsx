import { wordBytes } from '../words/word-bytes';

/** Longer texts are shown by their beginning: a field of megabytes would hold the page for seconds at each letter. */
export const MOST_EDITED = 20_000;
const SHOWN = 200;

type LongValueProps = { readonly label: string; readonly text: string; /** Takes the beginning for the whole; absent where a part would be no value. */ readonly onCut?: (text: string) => void };

/** The beginning of a value that is too long for a field, and a way to make it one. */
export function LongValue({ label, text, onCut }: LongValueProps) {
  const beginning = text.slice(0, SHOWN);
  return (
    <span className="long-value">
      <output className="in m" aria-label={label}>{beginning}…</output>
      <span className="field-says">
        <span>{wordBytes(text.length)}, too long to edit here.</span>
        {onCut && <button type="button" className="link" onClick={() => onCut(beginning)}>Cut to {SHOWN} letters</button>}
      </span>
    </span>
  );
}
