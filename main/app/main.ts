/** Entry of the desktop app: the order of things. Windows, menu, dialogs and the rest each have their file; the studio core does the work. */
import './old-node';
import { accessSync, constants, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { app, dialog } from 'electron';
import { defaultDataDir } from '../core/data-folder';
import { realWorld } from '../core/core-world';
import { openLog } from '../core/log-file';
import { pageFolder } from '../core/studio/page-files';
import { logsFolder } from '../core/studio/shell-requests';
import { openStudio, type Studio } from '../core/studio/studio';
import { productVersion } from '../core/version';
import { answerPages } from './answer-pages';
import { findDataDirArgument, findProjectArgument } from './arguments';
import { declareScheme, handleScheme } from './bundle-protocol';
import { confirm, openExternal, openFolder, pick } from './dialogs';
import { forkUtility } from './fork-utility';
import { openVault } from './keychain';
import { lockDefaultSession, lockDown } from './lock-down';
import { showMenu } from './menu';
import { ownClipboard } from './own-clipboard';
import { Windows } from './windows';

const args = process.argv.slice(app.isPackaged ? 1 : 2);
const here = process.env['INIT_CWD'] ?? process.cwd();
const dataDir = findDataDirArgument(process.argv, here) ?? defaultDataDir(process.env, process.platform);
const log = openLog({ folder: logsFolder(dataDir), name: 'app', home: homedir(), unixMs: () => Date.now() });

async function start(): Promise<void> {
  await app.whenReady();
  lockDefaultSession();
  handleScheme(pageFolder());
  const studio = await openStudio({ dataDir, world: realWorld, version: productVersion(), shell: { kind: 'window', pick, openPath: openFolder, openExternal, confirm, clipboard: ownClipboard, forkChild: forkUtility, vault: openVault(dataDir) } });
  if (studio.trouble) console.error(`${studio.trouble.code}: ${studio.trouble.message}\n  ${studio.trouble.fix}`);
  const windows = new Windows({ stateFile: join(dataDir, 'window.json'), leave: (client) => studio.leave(client), log });
  answerPages(studio, windows);
  showMenu({
    send: (command) => windows.focused()?.client.emit({ name: 'shell.command', payload: { command } }),
    newWindow: () => windows.open(),
    openLogs: () => void openFolder(logsFolder(dataDir)),
  });
  app.on('second-instance', (_, given, from) => windows.open(findProjectArgument(given.slice(1), from)));
  app.on('activate', (_, hasWindows) => {
    if (!hasWindows) windows.open();
  });
  app.on('child-process-gone', (_, { type, reason, name }) => {
    log(`a process ended: ${type} ${name ?? ''} ${reason}`);
    // The engine's end is told by its run; the others come back by themselves.
    if (type === 'GPU' && reason === 'crashed') windows.tellAll({ name: 'shell.notice', payload: { level: 'warning', text: 'The graphics process ended and was started again.' } });
  });
  closeInOrder(studio);
  windows.open(findProjectArgument(args, here));
  log(`started ${productVersion()} on ${process.platform}, Electron ${process.versions.electron}`);
}

/** Edits that wait for their files are written before the app goes. */
function closeInOrder(studio: Studio): void {
  let isClosed = false;
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('will-quit', (event) => {
    if (isClosed) return;
    event.preventDefault();
    void studio.close().catch((error: unknown) => log(`closing: ${String(error)}`)).finally(() => {
      isClosed = true;
      // Windows are gone and the core is closed; asking once more to quit is not always heard inside an end that was put off.
      app.exit(0);
    });
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit());
}

/** Where Electron can't write its own folder, it takes itself for a second start and would end without a word. */
function findClosedFolder(folder: string): string | undefined {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK);
    return undefined;
  } catch (error) {
    return `its folder ${folder} can't be written (${(error as NodeJS.ErrnoException).code ?? String(error)})`;
  }
}

function giveUp(why: string, error?: unknown): void {
  log(`did not start: ${why} ${error instanceof Error ? (error.stack ?? '') : ''}`);
  // Without a terminal a person sees this alone; on Linux it is a line of stderr.
  dialog.showErrorBox('Prismatic Studio did not start', why);
  app.exit(70);
}

// Where the system's sandbox is switched off by hand (a container's root in tests), asking for it ends every child process.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
app.setAppUserModelId('dev.prismatic.studio');
declareScheme();
lockDown();
const closedFolder = findClosedFolder(app.getPath('userData'));
if (closedFolder !== undefined) giveUp(closedFolder);
else if (app.requestSingleInstanceLock()) start().catch((error: unknown) => giveUp(error instanceof Error ? error.message : String(error), error));
else {
  console.log('Prismatic Studio is open already; it opens a window more.');
  app.quit();
}
