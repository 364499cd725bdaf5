import { compileProject } from '../core/compile';
import type { GrantsFile } from '../../shared/design/grants';
import type { Program } from '../../shared/program/program';
import type { RunSpend } from '../../shared/run/run-spend';
import { findMissingGrants } from '../core/grants';
import { mockByFlags } from './mocks';
import { runProject, wordLeftOpen } from '../core/run-project';
import type { RunNote, RunResult } from '../core/run/run-result';
import { withCommands } from '../core/tools/check-tools';
import { printDiagnostics } from './diagnostics';
import { EXIT, type ExitCode } from './exit-code';
import { printJson, printLine, sayError, sayLine } from './output';
import { dataDirOf, fromHere } from './paths';
import { onStopSignals } from './stop-signals';

export type RunFlags = {
  readonly input?: string;
  readonly forMs?: number;
  readonly journal?: string;
  readonly trace?: boolean;
  readonly record?: boolean;
  readonly grant?: string;
  readonly out?: string;
  /** `node=file`. */
  readonly mock?: readonly string[];
  readonly unsafeNativeHandlers?: boolean;
  readonly json?: boolean;
  readonly dataDir?: string;
};

export async function runRun(project: string, flags: RunFlags): Promise<ExitCode> {
  const projectDir = fromHere(project);
  const compiled = await compileProject(projectDir);
  const { program } = compiled;
  if (!program) {
    printDiagnostics(compiled.diagnostics, sayLine);
    return EXIT.failed;
  }
  return runProgram(program, projectDir, flags);
}

async function sayMissing(missing: GrantsFile, dataDir: string): Promise<ExitCode> {
  const shown = await withCommands(missing, dataDir);
  if (!shown.ok) sayError(shown.error);
  else {
    if (shown.value.commands.length > 0) sayLine('It would start these programs of your registry of tools, which can do whatever you can:');
    for (const command of shown.value.commands) sayLine(`  ${command}`);
    sayLine('This run needs grants that it was not given. Put this into a file, and name it with --grant:');
    sayLine(JSON.stringify(shown.value.file, null, 2));
  }
  return EXIT.failed;
}

/** Nobody can be asked from here: whoever is waiting for a prompt hears what else there is. */
function sayWhoIsAsked({ nodes, mocks = {} }: Program): void {
  const people = Object.values(nodes).filter(({ id, kind }) => kind === 'human' && !Object.hasOwn(mocks, id));
  if (people.length > 0) sayLine(`nobody is asked on the command line: what ${people.map(({ id }) => id).join(', ')} would be asked is late at once. The Studio asks people; here, --mock ${people[0]!.id}=<file> answers.`);
}

/** Said before anything runs. */
const NATIVE_LABEL = 'UNSAFE: handlers run without their sandbox, as you chose. They can reach what this program can, they have no bounds, and this run cannot be replayed.';

/** Where a bundle's own engine and store are. */
export type RunParts = { readonly engineEntry?: string; readonly storeWorker?: string };

export async function runProgram(designed: Program, projectDir: string, flags: RunFlags, parts: RunParts = {}): Promise<ExitCode> {
  const mocked = await mockByFlags(designed, flags.mock);
  if (!mocked.ok) {
    sayError(mocked.error);
    return EXIT.failed;
  }
  const program = mocked.value;
  // What a person has granted, they have granted the design: with a stand-in less of it is needed.
  const granted = await findMissingGrants({ ...program, hash: designed.hash }, flags.grant === undefined ? undefined : fromHere(flags.grant));
  if (!granted.ok) {
    sayError(granted.error);
    return EXIT.failed;
  }
  const { given, missing } = granted.value;
  if (missing) {
    return sayMissing(missing, dataDirOf(flags.dataDir));
  }
  sayWhoIsAsked(program);
  const nativeHandlers = flags.unsafeNativeHandlers === true;
  if (nativeHandlers) sayLine(NATIVE_LABEL);
  const print = flags.json ? printJson : printForPeople;
  const result = await runProject({
    program,
    projectDir,
    dataDir: dataDirOf(flags.dataDir),
    outDir: flags.out === undefined ? fromHere(`${projectDir}/.prismatic/out`) : fromHere(flags.out),
    grants: () => given,
    records: flags.record === true,
    trace: flags.trace === true,
    nativeHandlers,
    stdin: process.stdin,
    onOutput: (output) => print({ type: 'output', ...output }),
    onReply: print,
    onNote: sayNote,
    onLeftOpen: (left) => sayLine(wordLeftOpen(left)),
    onUnreadRun: sayError,
    onStarted: (run) => onStopSignals(() => run.stop('signal')),
    ...parts,
    ...(flags.forMs === undefined ? {} : { forMs: flags.forMs }),
    ...(flags.journal === undefined ? {} : { journalFile: fromHere(flags.journal) }),
    ...(flags.input === undefined ? {} : { inputFile: flags.input === '-' ? '-' : fromHere(flags.input) }),
  });
  if (!result.ok) {
    sayError(result.error);
    return EXIT.failed;
  }
  if (flags.json) printJson(result.value);
  else sumUp(result.value);
  if (nativeHandlers && !flags.json) printLine('  handlers ran without their sandbox');
  return result.value.ok ? EXIT.good : EXIT.failed;
}

function printForPeople(line: { readonly type: string } & Readonly<Record<string, unknown>>): void {
  if (line.type === 'output') printLine(`${String(line['node'])}: ${JSON.stringify(line['value'])}`);
  else printLine(`answer ${String(line['input'])}: ${JSON.stringify(line['ok'] === true ? line['output'] : line['error'])}`);
}

function sayNote(note: RunNote): void {
  switch (note.kind) {
    case 'restart':
      return sayLine(`restarted: ${note.scope.join(', ')} (by ${note.supervisor}, ${note.count} of ${note.max} allowed)`);
    case 'exit':
      return sayLine(`ended: ${note.node}: ${note.reason}`);
    case 'hostLost':
      return sayLine(`host lost: ${note.host}: ${note.reason}`);
    case 'engineLost':
      return sayLine(`the engine was lost (${note.reason}); state and mailboxes of all agents are gone, ${note.unanswered} unanswered inputs are delivered again`);
    case 'drained':
      return sayLine('nothing is left to do');
    case 'trouble':
      return sayLine(note.text);
    case 'log':
      return sayLine(`${note.level} ${note.node}: ${note.text}`);
    case 'deadLetter':
      return sayLine(`dead letter from ${note.node}: ${note.error.message}`);
  }
}

/** What is not known of the price is said beside it. */
function wordSpend({ calls, failed, recorded, inputTokens, outputTokens, usd, unpriced, estimated, repeated }: RunSpend): string {
  const doubts = [
    ...(estimated === 0 ? [] : [`${estimated} broken off, their tokens estimated`]),
    ...(unpriced === 0 ? [] : [`${unpriced} of models without a price`]),
    ...(failed === 0 ? [] : [`${failed} failed, and may cost something all the same`]),
    ...(repeated === 0 ? [] : [`${repeated} asked again after a loss, perhaps paid for twice`]),
    ...(recorded === 0 ? [] : [`${recorded} answered from cassettes, for nothing`]),
  ];
  return `models asked ${calls} times: ${inputTokens} tokens in, ${outputTokens} out, $${usd.toFixed(4)}${doubts.length === 0 ? '' : ` (${doubts.join('; ')})`}`;
}

function sumUp(result: RunResult): void {
  const { inputs, handled, failed, dropped, deadLetters, restarts, hostsLost, reason, rootReason, wallMs } = result;
  printLine(`${result.ok ? 'done' : 'failed'} (${reason}${result.ok ? '' : `: ${rootReason ?? ''}`}) in ${(wallMs / 1000).toFixed(1)} s`);
  printLine(`  inputs ${inputs}: ${handled} handled, ${failed} failed, ${dropped} dropped; ${deadLetters} dead letters`);
  printLine(`  restarts ${restarts}, hosts lost ${hostsLost}`);
  if (result.spend) printLine(`  ${wordSpend(result.spend)}`);
}
