/** Entry of the command line. */
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { parseDuration } from './duration';
import { EXIT, type ExitCode } from './exit-code';
import { sayLine } from './output';
import type { RunFlags } from './run';
import type { SimulateFlags } from './simulate';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 13)) {
  sayLine(`prismatic needs Node 22.13 or newer; this is ${process.version}.`);
  process.exit(EXIT.usage);
}

const asDuration = (text: string): number => {
  const ms = parseDuration(text);
  if (ms === undefined) throw new InvalidArgumentError(`${text} is no duration; write 500ms, 10s, 2m or 1h.`);
  return ms;
};
const asWhole = (text: string): number => {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError(`${text} is no whole number from 0.`);
  return Number(text);
};
const asCount = (text: string): number => {
  const count = asWhole(text);
  if (count < 1 || count > 100_000) throw new InvalidArgumentError(`${text} is not between 1 and 100000.`);
  return count;
};

let exitCode: ExitCode = EXIT.good;
const ends = (work: Promise<ExitCode>): Promise<void> => work.then((code) => void (exitCode = code));
type DataDir = { readonly dataDir?: string };
const withDataDir = (command: Command): Command => command.option('--data-dir <dir>', 'where runs are kept (default: your data folder)');

const program = new Command('prismatic').description('Check, run, simulate and export drawn multi-agent systems.').exitOverride().showSuggestionAfterError();

withDataDir(program.command('check <project>'))
  .description('say what is wrong with a design, without running any of it')
  .option('--json', 'print the report as JSON')
  .action(async (project: string, flags: { json?: boolean }) => ends((await import('./check')).runCheck(project, flags)));

withDataDir(program.command('run <project>'))
  .description('run a design')
  .option('--input <file>', 'messages from outside, one JSON value a line; - for the standard input')
  .option('--for <duration>', 'stop in order after this time, such as 10s', asDuration)
  .option('--journal <file>', 'write the journal of the run there')
  .option('--trace', 'journal every message too')
  .option('--grant <file>', 'what the run may do beyond its own folder')
  .option('--out <dir>', 'folder for the files that sinks write (default: <project>/.prismatic/out)')
  .option('--json', 'print outputs, answers and the result as JSON lines')
  .action(async (project: string, { for: forMs, ...flags }: RunFlags & { readonly for?: number }) =>
    ends((await import('./run')).runRun(project, { ...flags, ...(forMs === undefined ? {} : { forMs }) })),
  );

withDataDir(program.command('simulate <project>'))
  .description('run a design in virtual time, with the faults of a scenario')
  .option('--scenario <name>', 'a file of scenarios/, without .json (default: default)')
  .option('--seed <n>', 'seed of the run', asWhole, 1)
  .option('--seeds <n>', 'simulate so many seeds, from --seed on', asCount)
  .option('--journal <file>', 'write the journal there: of the first seed that fails, else of the first')
  .option('--json', 'print the verdict as JSON')
  .action(async (project: string, flags: SimulateFlags) => ends((await import('./simulate')).runSimulate(project, flags)));

withDataDir(program.command('new <dir>'))
  .description('begin a project: a small one that works, an example, or a shared file')
  .option('--example <name>', 'word-count, log-watch or support-desk')
  .option('--from <file>', 'a *.prismatic file that somebody shared')
  .action(async (dir: string, flags: DataDir & { example?: string; from?: string }) => ends((await import('./new')).runNew(dir, flags)));

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) exitCode = error.exitCode === 0 ? EXIT.good : EXIT.usage;
  else {
    exitCode = EXIT.bug;
    sayLine(`A bug of ours: ${error instanceof Error ? `${error.name}: ${error.message}` : 'unknown'}. Please report it, with what you did; PRISMATIC_DEBUG=1 shows where it happened.`);
    if (process.env['PRISMATIC_DEBUG'] && error instanceof Error) sayLine(error.stack ?? '');
  }
}
// Nothing of a command outlives it: a stream of the standard input that was not read to its end would keep the process.
process.exitCode = exitCode;
process.stdout.write('', () => process.exit(exitCode));
