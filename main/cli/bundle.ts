/** Entry of an exported bundle: `run` for the one program beside it. The same file is the store's thread. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isMainThread, parentPort } from 'node:worker_threads';
import { Command } from 'commander';
import { readExportedProgram } from '../core/read-exported-program';
import { nodeSqlite } from '../store/driver-node-sqlite';
import type { StoreRequest } from '../store/store-protocol';
import { StoreService } from '../store/store-service';
import { EXIT, type ExitCode } from './exit-code';
import { sayError, sayLine } from './output';
import { runProgram } from './run';
import { runCommand } from './run-command';
import { toRunFlags, withRunOptions, type GivenRunFlags } from './run-options';

const here = import.meta.dirname;

async function runBundle(given: GivenRunFlags): Promise<ExitCode> {
  const program = await readExportedProgram(here);
  if (!program.ok) {
    sayError(program.error);
    return EXIT.failed;
  }
  // What was confirmed when it was exported; one that was taken away grants nothing.
  const own = join(here, 'grants.json');
  const flags = toRunFlags({ ...(existsSync(own) ? { grant: own } : {}), ...given });
  return runProgram(program.value, here, flags, { engineEntry: join(here, 'engine.mjs'), storeWorker: join(here, 'main.mjs') });
}

if (Number(process.versions.node.split('.')[0]) < 24) {
  sayLine(`This program needs Node 24 or newer; this is ${process.version}.`);
  process.exit(EXIT.usage);
}
if (isMainThread) {
  let exitCode: ExitCode = EXIT.good;
  const command = withRunOptions(new Command('main.mjs').description('Runs an exported design.').option('--data-dir <dir>', 'where runs are kept')).exitOverride();
  command.action(async (given: GivenRunFlags) => void (exitCode = await runBundle(given)));
  await runCommand(command, () => exitCode);
} else {
  const port = parentPort!;
  const service = new StoreService(nodeSqlite, (answer) => port.postMessage(answer));
  port.on('message', (request: StoreRequest) => service.receive(request));
}
