/** The windows: each shows the page and is one client of the studio core. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { app, BrowserWindow, dialog, screen, type WebContents } from 'electron';
import type { StudioEvent } from '../../shared/api/contract';
import type { Client } from '../core/studio/context';
import { PAGE_ADDRESS } from './bundle-protocol';
import { isOnScreen, keepWindowState, readWindowState, type WindowState } from './window-state';

const DEFAULT_SIZE = { width: 1440, height: 900 };
const NEXT_WINDOW_PX = 28;

export type StudioWindow = { readonly client: Client; readonly contents: WebContents; readonly window: BrowserWindow };
export type WindowsOptions = { readonly stateFile: string; readonly leave: (client: Client) => void; readonly log: (line: string) => void };

export class Windows {
  readonly #options: WindowsOptions;
  readonly #all = new Map<WebContents, StudioWindow>();

  constructor(options: WindowsOptions) {
    this.#options = options;
  }

  find(contents: WebContents): StudioWindow | undefined {
    return this.#all.get(contents);
  }

  focused(): StudioWindow | undefined {
    const window = BrowserWindow.getFocusedWindow() ?? [...this.#all.values()].at(-1)?.window;
    return window && this.#all.get(window.webContents);
  }

  tellAll(event: StudioEvent): void {
    for (const { client } of this.#all.values()) client.emit(event);
  }

  open(openAtStart?: string): void {
    const window = new BrowserWindow({
      ...this.#place(),
      minWidth: 640,
      minHeight: 400,
      show: false,
      title: 'Prismatic Studio',
      backgroundColor: '#E7E8E4',
      ...(process.platform === 'linux' ? { icon: join(app.getAppPath(), 'assets', 'icons', '256x256.png') } : {}),
      webPreferences: {
        preload: join(__dirname, '..', 'preload', 'preload.cjs'),
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        webviewTag: false,
        navigateOnDragDrop: false,
        spellcheck: false,
        devTools: !app.isPackaged,
      },
    });
    const contents = window.webContents;
    const client: Client = {
      id: randomUUID(),
      emit: (event) => {
        if (!contents.isDestroyed()) contents.send('prismatic:event', event);
      },
      ...(openAtStart === undefined ? {} : { openAtStart }),
    };
    this.#all.set(contents, { client, contents, window });
    this.#watch({ client, contents, window });
    void contents.loadURL(PAGE_ADDRESS).catch((error: unknown) => this.#options.log(`the page did not load: ${String(error)}`));
  }

  #watch({ client, contents, window }: StudioWindow): void {
    window.once('ready-to-show', () => window.show());
    window.on('close', () => keepWindowState(this.#options.stateFile, stateOf(window)));
    window.on('closed', () => {
      this.#all.delete(contents);
      this.#options.leave(client);
    });
    // A page that is loaded anew knows nothing of what it had open.
    contents.on('did-start-navigation', (_, __, isSamePage, isMainFrame) => {
      if (isMainFrame && !isSamePage) this.#options.leave(client);
    });
    contents.on('render-process-gone', (_, { reason }) => void this.#offerReload(window, reason));
    window.on('unresponsive', () => this.#options.log('a window does not answer'));
  }

  /** Edits are kept by the core, so a window that ended loses nothing but what was typed in that moment. */
  async #offerReload(window: BrowserWindow, reason: string): Promise<void> {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    this.#options.log(`a page ended: ${reason}`);
    const { response } = await dialog.showMessageBox(window, { type: 'error', message: 'This window stopped working.', detail: `Its page ended (${reason}). Your edits are kept; runs go on.`, buttons: ['Load it again', 'Close the window'], defaultId: 0, cancelId: 1 });
    if (window.isDestroyed()) return;
    if (response === 0) window.webContents.reload();
    else window.destroy();
  }

  #place(): Partial<WindowState> {
    const last = [...this.#all.values()].at(-1)?.window;
    const kept = last ? { ...last.getBounds(), isMaximized: false } : readWindowState(this.#options.stateFile);
    if (!kept) return DEFAULT_SIZE;
    const { width, height } = kept;
    const at = last ? { x: kept.x + NEXT_WINDOW_PX, y: kept.y + NEXT_WINDOW_PX } : { x: kept.x, y: kept.y };
    return isOnScreen({ ...at, width, height }, screen.getAllDisplays().map(({ workArea }) => workArea)) ? { ...at, width, height } : { width, height };
  }
}

const stateOf = (window: BrowserWindow): WindowState => ({ ...window.getNormalBounds(), isMaximized: window.isMaximized() });
