/** The menu of the application. What concerns a design is done by the page: an item sends it the id of the page's own command. */
import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '../../shared/api/shell';

export type MenuActions = { readonly send: (command: MenuCommand) => void; readonly newWindow: () => void; readonly openLogs: () => void };
type Item = MenuItemConstructorOptions;

const LINE: Item = { type: 'separator' };

export function menuTemplate({ send, newWindow, openLogs }: MenuActions, platform: NodeJS.Platform, name: string): Item[] {
  const isMac = platform === 'darwin';
  const item = (label: string, command: MenuCommand, accelerator?: string): Item => ({ id: command, label, click: () => send(command), ...(accelerator === undefined ? {} : { accelerator }) });
  /** A text field has its own undo: the page decides, so the key goes to the page and is only shown here. */
  const shown = (label: string, command: MenuCommand, accelerator: string): Item => ({ ...item(label, command, accelerator), registerAccelerator: false });
  const file: Item[] = [
    item('New design…', 'project.new', 'CmdOrCtrl+N'),
    item('Open folder…', 'project.open', 'CmdOrCtrl+O'),
    item('Open .prismatic file…', 'project.openShared', 'CmdOrCtrl+Shift+O'),
    { label: 'New window', accelerator: 'CmdOrCtrl+Shift+N', click: newWindow },
    LINE,
    item('Share as .prismatic file…', 'project.share', 'CmdOrCtrl+Shift+S'),
    item('Export…', 'project.export', 'CmdOrCtrl+E'),
    LINE,
    item('Close design', 'project.close', 'CmdOrCtrl+Shift+W'),
    { role: isMac ? 'close' : 'quit' },
  ];
  const edit: Item[] = [shown('Undo', 'edit.undo', 'CmdOrCtrl+Z'), shown('Redo', 'edit.redo', isMac ? 'Cmd+Shift+Z' : 'Ctrl+Y'), LINE, { role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }];
  const view: Item[] = [
    item('Tree', 'view.tree', 'CmdOrCtrl+1'),
    item('Flow', 'view.flow', 'CmdOrCtrl+2'),
    item('Commands…', 'view.commands', 'CmdOrCtrl+K'),
    item('Zoom to fit', 'view.zoomFit'),
    LINE,
    { role: 'resetZoom', label: 'Text at 100 %' },
    { role: 'zoomIn', label: 'Larger text' },
    { role: 'zoomOut', label: 'Smaller text' },
    LINE,
    { role: 'togglefullscreen' },
    ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' } satisfies Item]),
  ];
  const run: Item[] = [item('Check', 'run.check', 'F7'), item('Run', 'run.start', 'F5'), item('Stop', 'run.stop', 'Shift+F5'), item('Simulate', 'run.simulate', 'F9')];
  const help: Item[] = [item('Shortcuts', 'help.shortcuts', 'F1'), item('Licences', 'help.licences'), { label: 'Open the log folder', click: openLogs }, item(`About ${name}`, 'help.about')];
  const mac: Item = { label: name, submenu: [item(`About ${name}`, 'help.about'), LINE, { role: 'hide' }, { role: 'hideOthers' }, LINE, { role: 'quit' }] };
  const menus: Item[] = [{ label: 'File', submenu: file }, { label: 'Edit', submenu: edit }, { label: 'View', submenu: view }, { label: 'Run', submenu: run }, { label: 'Help', role: 'help', submenu: help }];
  return isMac ? [mac, ...menus] : menus;
}

export const showMenu = (actions: MenuActions): void => Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(actions, process.platform, 'Prismatic Studio')));
