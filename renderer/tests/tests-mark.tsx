import { selectMark, useTests } from '../stores/tests';

/** How many do not pass, on the tab; nothing where all do or none were run. */
export function TestsMark() {
  return <span className="cnt">{useTests(selectMark)}</span>;
}
