/** A log of what happens around the Studio: small, kept in the data folder, turned over, and without anything secret in it. */
import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const MOST_BYTES = 1024 * 1024;
const KEPT = 3;
const MOST_LINE = 2000;

/** What looks like a secret in a line: tokens, keys, passwords, user names in addresses, and the name of the person's own folder. */
export function scrub(line: string, home: string): string {
  return line
    .replaceAll(home || '\0', '~')
    .replace(/\b(bearer|token|code|password|secret|api[-_]?key|authorization)(["']?\s*[=:.]?\s*["']?)[A-Za-z0-9+/=_-]{8,}/gi, '$1$2***')
    .replace(/\b(sk|pk|ghp|xox[abp])[-_][A-Za-z0-9_-]{8,}/g, '***')
    .replace(/:\/\/[^/@\s]+@/g, '://***@')
    .replace(/[\p{Cc}]+/gu, ' ')
    .slice(0, MOST_LINE);
}

export type LogOptions = { readonly folder: string; readonly name: string; readonly home: string; readonly unixMs: () => number };

/** A disk that takes no log is no reason to end anything: the line is lost. */
export function openLog({ folder, name, home, unixMs }: LogOptions): (line: string) => void {
  const file = join(folder, `${name}.log`);
  return (line) => {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      turnOver(file);
      appendFileSync(file, `${new Date(unixMs()).toISOString()} ${scrub(line, home)}\n`, { mode: 0o600 });
    } catch {
      return;
    }
  };
}

/** `app.log` becomes `app.1.log`, up to `app.3.log`. */
function turnOver(file: string): void {
  const { size } = statSync(file, { throwIfNoEntry: false }) ?? { size: 0 };
  if (size < MOST_BYTES) return;
  const older = (n: number): string => file.replace(/\.log$/, `.${n}.log`);
  rmSync(older(KEPT), { force: true });
  for (let n = KEPT - 1; n >= 1; n -= 1) if (statSync(older(n), { throwIfNoEntry: false })) renameSync(older(n), older(n + 1));
  renameSync(file, older(1));
}
