/** The clipboard: a window's page has no right to it and asks the core, a browser asks the person. */
import type { AppError, Result } from '../../shared/errors/result';
import { shellInfo } from '../stores/shell';
import { api } from './studio';

type Refusal = Pick<AppError, 'message' | 'fix'>;
const refused = { ok: false, error: { message: 'The browser did not let this page use the clipboard', fix: 'Allow it for this page, or use the desktop app.' } } as const;

export async function writeClipboard(text: string): Promise<Result<null, Refusal>> {
  if (shellInfo()?.kind === 'window') return api.request('shell.copy', { text });
  return navigator.clipboard.writeText(text).then(() => ({ ok: true, value: null }) as const, () => refused);
}

/** Text that may be nodes; absent where a window's clipboard holds something else. */
export async function readClipboard(): Promise<Result<string | undefined, Refusal>> {
  if (shellInfo()?.kind === 'window') return api.request('shell.paste', {});
  return navigator.clipboard.readText().then((value) => ({ ok: true, value }) as const, () => refused);
}
