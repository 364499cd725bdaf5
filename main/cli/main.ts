/** Entry of the command line. */
import { Command, InvalidArgumentError } from 'commander';
import { EXIT, type ExitCode } from './exit-code';
import { sayLine } from './output';
import { runCommand } from './run-command';
import { toRunFlags, withMockOption, withRunOptions, type GivenRunFlags } from './run-options';
import type { ServeFlags } from './serve';
import type { SimulateFlags } from './simulate';
import type { TestFlags } from './test';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 13)) {
  sayLine(`prismatic needs Node 22.13 or newer; this is ${process.version}.`);
  process.exit(EXIT.usage);
}

const asWhole = (text: string): number => {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError(`${text} is no whole number from 0.`);
  return Number(text);
};
const asCount = (text: string): number => {
  const count = asWhole(text);
  if (count < 1 || count > 100_000) throw new InvalidArgumentError(`${text} is not between 1 and 100000.`);
  return count;
};

const asSeed = (text: string): number => {
  const seed = asWhole(text);
  if (seed >= 2 ** 31) throw new InvalidArgumentError(`${text} is no seed: they go to 2147483647.`);
  return seed;
};
const asCases = (text: string): number => {
  const cases = asWhole(text);
  if (cases < 1 || cases > 10_000) throw new InvalidArgumentError(`${text} is not between 1 and 10000.`);
  return cases;
};

const asPort = (text: string): number => {
  const port = asWhole(text);
  if (port > 65_535) throw new InvalidArgumentError(`${text} is no port: they go to 65535.`);
  return port;
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

withRunOptions(withDataDir(program.command('run <project>')))
  .description('run a design')
  .action(async (project: string, given: GivenRunFlags) => ends((await import('./run')).runRun(project, toRunFlags(given))));

withMockOption(withDataDir(program.command('simulate <project>')))
  .description('run a design in virtual time, with the faults of a scenario')
  .option('--scenario <name>', 'a file of scenarios/, without .json (default: default)')
  .option('--seed <n>', 'seed of the run', asWhole, 1)
  .option('--seeds <n>', 'simulate so many seeds, from --seed on', asCount)
  .option('--journal <file>', 'write the journal there: of the first seed that fails, else of the first')
  .option('--json', 'print the verdict as JSON')
  .action(async (project: string, flags: SimulateFlags) => ends((await import('./simulate')).runSimulate(project, flags)));

withMockOption(withDataDir(program.command('test <project>')))
  .description('hold each provider to its protocols, their examples, and the tests of tests/')
  .option('--seed <n>', 'try the cases of that seed (default: made of the design)', asSeed)
  .option('--cases <n>', 'cases of each property (default: 100)', asCases)
  .option('--node <id>', 'only that provider')
  .option('--cassettes [folder]', 'models and tools answer from recordings alone (default folder: cassettes in the project)')
  .option('--json', 'print the report as JSON')
  .action(async (project: string, flags: TestFlags) => ends((await import('./test')).runTest(project, flags)));

withDataDir(program.command('export <project>'))
  .description('write a design as a program that runs without the Studio')
  .requiredOption('--target <target>', 'node')
  .requiredOption('--out <dir>', 'an empty folder, or an earlier export')
  .option('--grant <file>', 'what it may do beyond its folder, to go along')
  .action(async (project: string, flags: { target: string; out: string; grant?: string }) => ends((await import('./export')).runExport(project, flags)));

withDataDir(program.command('new <dir>'))
  .description('begin a project: a small one that works, an example, or a shared file')
  .option('--example <name>', 'word-count, log-watch, support-desk, pool or research-team')
  .option('--from <file>', 'a *.prismatic file that somebody shared')
  .action(async (dir: string, flags: DataDir & { example?: string; from?: string }) => ends((await import('./new')).runNew(dir, flags)));

withDataDir(program.command('serve'))
  .description('open the Studio in a browser; it listens on 127.0.0.1 alone')
  .option('--port <n>', 'port (default: one that is free)', asPort)
  .option('--project <dir>', 'a project to open')
  .option('--grant <file>', 'what runs may reach beyond their project')
  .action(async (flags: ServeFlags) => ends((await import('./serve')).runServe(flags)));

await runCommand(program, () => exitCode);
