/** What the app was started with. A second start hands its arguments over, and whoever started it is not known: paths only. */
import { statSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';

/** The folder of a project among the arguments, or nothing. Opening it runs nothing of it. */
export function findProjectArgument(args: readonly string[], from: string): string | undefined {
  for (const arg of args) {
    if (arg.startsWith('-') || arg === '' || arg === '.') continue;
    const path = isAbsolute(arg) ? arg : resolve(from, arg);
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() && statSync(resolve(path, 'design.json'), { throwIfNoEntry: false })?.isFile()) return path;
  }
  return undefined;
}

export function findDataDirArgument(args: readonly string[], from: string): string | undefined {
  const at = args.findIndex((arg) => arg === '--data-dir' || arg.startsWith('--data-dir='));
  if (at < 0) return undefined;
  const value = args[at]!.includes('=') ? args[at]!.slice('--data-dir='.length) : args[at + 1];
  return value === undefined || value === '' ? undefined : resolve(from, value);
}
