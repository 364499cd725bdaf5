/** The place of a file that a crash or a test names at its end: `... (handlers/desk.ts:3:9)`. */
export function placeInMessage(message: string): { readonly file: string; readonly line: number } | undefined {
  const found = /\(([\w-][\w./-]*\.(?:ts|js)):(\d+)(?::\d+)?\)/.exec(message);
  return found ? { file: found[1]!, line: Number(found[2]) } : undefined;
}
