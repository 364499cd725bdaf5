import { showText } from '../../shared/design/show-text';
import type { AppError } from '../../shared/errors/result';

/** What a stranger's design, a model or a tool says must not steer the terminal: controls are shown as what they are. */
const shown = (text: string): string => showText(text).replaceAll('\r', '⟨U+000D⟩');
/** JSON has a way of its own to write them, which leaves its values as they are. */
const escaped = (json: string): string => json.replace(/[\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** The one place that prints. Results to stdout, words for people to stderr where stdout is for a program. */
export const printLine = (text: string): void => void process.stdout.write(`${shown(text)}\n`);
export const printJson = (value: unknown): void => void process.stdout.write(`${escaped(JSON.stringify(value))}\n`);
export const sayLine = (text: string): void => void process.stderr.write(`${shown(text)}\n`);

export function sayError(error: AppError): void {
  sayLine(`${error.code}: ${error.message}`);
  sayLine(`  ${error.fix}`);
}
