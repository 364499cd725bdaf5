import { CommanderError, type Command } from 'commander';
import { EXIT, type ExitCode } from './exit-code';
import { sayLine } from './output';

/** Parses, runs, and ends the process with the command's exit code, or with the one that fits what went wrong. */
export async function runCommand(program: Command, exitCodeOf: () => ExitCode): Promise<void> {
  let exitCode: ExitCode;
  try {
    await program.parseAsync();
    exitCode = exitCodeOf();
  } catch (error) {
    exitCode = error instanceof CommanderError ? (error.exitCode === 0 ? EXIT.good : EXIT.usage) : sayBug(error);
  }
  // Nothing of a command outlives it: a stream of the standard input that was not read to its end would keep the process.
  process.stdout.write('', () => process.exit(exitCode));
}

function sayBug(error: unknown): ExitCode {
  sayLine(`A bug of ours: ${error instanceof Error ? `${error.name}: ${error.message}` : 'unknown'}. Please report it, with what you did; PRISMATIC_DEBUG=1 shows where it happened.`);
  if (process.env['PRISMATIC_DEBUG'] && error instanceof Error) sayLine(error.stack ?? '');
  return EXIT.bug;
}
