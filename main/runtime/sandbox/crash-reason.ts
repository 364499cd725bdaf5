/**
 * One line from what a guest threw: `crash: TypeError: x is not a function (handlers/desk.ts:3:9)`. `text` is name, message and
 * stack as the guest told them, so every part may be hostile: it is only cut and cleaned here, never trusted.
 */
export function crashReason(text: string, maxLength: number): string {
  const [first = '', ...stack] = text.split('\n');
  const place = stack.map((line) => /\(?([\w./-]+\.(?:ts|js|mts|mjs):\d+(?::\d+)?)\)?\s*$/.exec(line)?.[1]).find((found) => found !== undefined);
  const words = first.replace(/\p{C}+/gu, ' ').trim() || 'unknown';
  const line = `crash: ${words}`;
  const suffix = place === undefined ? '' : ` (${place})`;
  return `${line.slice(0, maxLength - suffix.length)}${suffix}`;
}
