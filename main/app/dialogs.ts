/** What the window can ask the person: folders and files by the system's dialogs, and whether a link may be opened. */
import { join } from 'node:path';
import { app, BrowserWindow, dialog, shell, type OpenDialogOptions, type SaveDialogOptions } from 'electron';

const SHARED = [{ name: 'Prismatic designs', extensions: ['prismatic'] }];

const opens: Readonly<Record<string, OpenDialogOptions>> = {
  openProject: { title: 'Open a design', buttonLabel: 'Open', properties: ['openDirectory'] },
  openShared: { title: 'Open a .prismatic file', buttonLabel: 'Open', properties: ['openFile'], filters: SHARED },
  exportTo: { title: 'Export into a folder', buttonLabel: 'Export', properties: ['openDirectory', 'createDirectory'] },
};
const saves: Readonly<Record<string, SaveDialogOptions>> = {
  newProject: { title: 'New design', buttonLabel: 'Begin', nameFieldLabel: 'Folder' },
  saveShared: { title: 'Share as a .prismatic file', buttonLabel: 'Save', filters: SHARED },
};

export async function pick(what: string, suggestedName: string | undefined): Promise<string | undefined> {
  const above = BrowserWindow.getFocusedWindow();
  const open = opens[what];
  if (open) {
    const { filePaths } = await (above ? dialog.showOpenDialog(above, open) : dialog.showOpenDialog(open));
    return filePaths[0];
  }
  const options = { ...saves[what], defaultPath: join(app.getPath('documents'), (suggestedName ?? 'my-system').replace(/[\\/:*?"<>|]/g, '-')) };
  const { filePath } = await (above ? dialog.showSaveDialog(above, options) : dialog.showSaveDialog(options));
  return filePath || undefined;
}

/** By a dialog of the system, which no page can answer. */
export async function confirm({ message, detail, yes }: { readonly message: string; readonly detail: string; readonly yes: string }): Promise<boolean> {
  const question = { type: 'question' as const, message, detail, buttons: [yes, 'Cancel'], defaultId: 1, cancelId: 1 };
  const above = BrowserWindow.getFocusedWindow();
  const { response } = await (above ? dialog.showMessageBox(above, question) : dialog.showMessageBox(question));
  return response === 0;
}

/** The core has seen that it is https and without a user name. */
export async function openExternal(url: string): Promise<boolean> {
  if (!(await confirm({ message: `Open ${new URL(url).host} in your browser?`, detail: url, yes: 'Open' }))) return false;
  await shell.openExternal(url);
  return true;
}

export async function openFolder(path: string): Promise<void> {
  await shell.openPath(path);
}
