/** Requests about the shell itself: which it is, folders, logs, licences, links to the outside. */
import { mkdir, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { RequestHandlers } from '../../../shared/api/contract';
import type { Browsed, ShellAnswers } from '../../../shared/api/shell';
import { parseClip } from '../../../shared/design/edits/clip-edits';
import { DESIGN_FILE } from '../../../shared/design/project-files';
import { failed, ok, type Result } from '../../../shared/errors/result';
import { shownPath } from '../project/shown-path';
import type { Client, StudioContext } from './context';

const MOST_FOLDERS = 2000;
/** A folder's name, not a path: what contract section 1 lets a shared file name. */
const FOLDER_NAME = /^(?!\.)[^/\\:*?"<>|\p{Cc}]{1,100}$/u;

type ShellHandlers = Pick<RequestHandlers<Client>, keyof ShellAnswers>;

export const logsFolder = (dataDir: string): string => join(dataDir, 'logs');

export function shellHandlers(context: StudioContext, openAtStart: string | undefined): ShellHandlers {
  const { shell, handles, version, dataDir } = context;
  const onlyInWindow = (what: string): Result<never> => failed({ code: 'SHL001', message: `${what} needs the window of the desktop app; this page is in a browser`, fix: 'Use the list of folders in the page instead.' });
  return {
    'shell.info': (_, client) => {
      const start = client.openAtStart ?? openAtStart;
      return { kind: shell.kind, version, platform: process.platform, modifier: process.platform === 'darwin' ? 'Cmd' : 'Ctrl', ...(start === undefined ? {} : { openAtStart: handles.give(start) }) };
    },
    'shell.pick': async ({ what, suggestedName }) => {
      if (!shell.pick) return onlyInWindow('a dialog');
      const path = await shell.pick(what, suggestedName);
      return ok(path === undefined ? undefined : { handle: handles.give(path), shownPath: shownPath(path) });
    },
    'shell.browse': ({ at, name }) => browse(context, at, name),
    'shell.openLogs': async () => {
      const folder = logsFolder(dataDir);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await shell.openPath?.(folder);
      return ok({ shownPath: shownPath(folder) });
    },
    'shell.licences': () => readFile(join(import.meta.dirname, '..', '..', 'NOTICES.txt'), 'utf8'),
    'shell.copy': async ({ text }) => {
      if (!shell.clipboard) return onlyInWindow('copying');
      await shell.clipboard.write(text);
      return ok(null);
    },
    'shell.paste': async () => {
      if (!shell.clipboard) return onlyInWindow('pasting');
      // What a person has copied elsewhere may be a secret: a page gets nodes and nothing else.
      const text = await shell.clipboard.read();
      return ok(parseClip(text) ? text : undefined);
    },
    'shell.openExternal': async ({ url }) => {
      const address = findAddress(url);
      if (address === undefined) return failed({ code: 'SHL004', message: `${url.slice(0, 200)} is no address of the web`, fix: 'Only https addresses without a user name are opened.' });
      if (!shell.openExternal) return onlyInWindow('opening a page of the web');
      return (await shell.openExternal(address)) ? ok(null) : failed({ code: 'SHL005', message: `${address} was not opened`, fix: 'Allow it when you are asked.' });
    },
  };
}

/** With `name`: the folder of that name below, which need not exist yet. */
async function browse({ handles }: StudioContext, at: string | undefined, name: string | undefined): Promise<Result<Browsed>> {
  const above = at === undefined ? homedir() : handles.find(at);
  if (above === undefined) return failed({ code: 'SHL002', message: 'this page has not been shown that folder', fix: 'Begin again at your own folder.' });
  if (name !== undefined && !FOLDER_NAME.test(name)) return failed({ code: 'SHL003', message: `${JSON.stringify(name)} is no name of a folder`, fix: 'Use a name without slashes and without a dot in front.' });
  const path = name === undefined ? above : join(above, name);
  const real = await realpath(path).catch(() => undefined);
  const isFolder = real !== undefined && (await stat(real)).isDirectory();
  if (!isFolder && name === undefined) return failed({ code: 'SHL006', message: `${shownPath(path)} can't be opened`, fix: 'It may have been moved or removed; begin again at your own folder.' });
  const parent = dirname(path);
  const folders = isFolder ? await foldersIn(path) : ok<readonly string[]>([]);
  if (!folders.ok) return folders;
  const shown = await Promise.all(folders.value.map(async (folder) => ({ handle: handles.give(join(path, folder)), name: folder, isProject: await isProject(join(path, folder)) })));
  return ok({ handle: handles.give(path), shownPath: shownPath(path), isProject: await isProject(path), ...(parent === path ? {} : { parent: handles.give(parent) }), folders: shown });
}

async function foldersIn(path: string): Promise<Result<readonly string[]>> {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    const names = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map((entry) => entry.name);
    return ok(names.sort((a, b) => a.localeCompare(b, 'en')).slice(0, MOST_FOLDERS));
  } catch (error) {
    return failed({ code: 'SHL006', message: `${shownPath(path)} can't be opened (${String((error as NodeJS.ErrnoException).code)})`, fix: 'Choose a folder that you may read.' });
  }
}

const isProject = (path: string): Promise<boolean> => stat(join(path, DESIGN_FILE)).then((found) => found.isFile(), () => false);

function findAddress(text: string): string | undefined {
  try {
    const url = new URL(text);
    return url.protocol === 'https:' && url.username === '' && url.password === '' ? url.href : undefined;
  } catch {
    return undefined;
  }
}
