import type { AppError } from '../../shared/errors/result';

/** The one place that prints. Results to stdout, words for people to stderr where stdout is for a program. */
export const printLine = (text: string): void => void process.stdout.write(`${text}\n`);
export const printJson = (value: unknown): void => printLine(JSON.stringify(value));
export const sayLine = (text: string): void => void process.stderr.write(`${text}\n`);

export function sayError(error: AppError): void {
  sayLine(`${error.code}: ${error.message}`);
  sayLine(`  ${error.fix}`);
}
