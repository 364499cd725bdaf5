/**
 * One line from what a guest threw: `crash: TypeError: x is not a function (handlers/desk.ts:3:9)`. `text` is name, message and
 * stack as the guest told them, so every part may be hostile: it is only cut and cleaned here, never trusted.
 */
export function crashReason(text: string, maxLength: number): string {
  const [first = '', ...stack] = text.split('\n');
  const place = stack.map(placeIn).find((found) => found !== undefined);
  const suffix = place === undefined ? '' : ` (${place})`;
  return `${`crash: ${toLine(first) || 'unknown'}`.slice(0, maxLength - suffix.length)}${suffix}`;
}

/** Without line ends, control and direction characters: safe to print, and to put into a reason. */
export const toLine = (text: string): string => text.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ').trim();

/** A place in a file of the project: relative, and none of ours. Bounded, as the line is the guest's to write. */
function placeIn(line: string): string | undefined {
  return /(?:^|[\s(])([\w-][\w./-]{0,200}\.(?:ts|js|mts|mjs):\d{1,9}(?::\d{1,9})?)\)?\s*$/.exec(line.slice(-260))?.[1]?.replace(/^boot\.js:.*/, '') || undefined;
}
