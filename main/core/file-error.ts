/** What the file system refused, in words: `/data/x.jsonl: ENOENT`. `undefined` for any other error, which is then a bug of ours. */
export function describeFileError(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return undefined;
  return `${'path' in error ? `${String(error.path)}: ` : ''}${String(error.code)}`;
}
