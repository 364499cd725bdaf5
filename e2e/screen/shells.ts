/** The Studio in both its shells, behind one interface, so that one test can be about both. */
import { existsSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { DesktopStudio, whyNoWindow } from './desktop-studio';
import { copyExample, ServedStudio } from './served-studio';

export interface Shell {
  /** Where designs are made, and the person's home. */
  readonly home: string;
  /** A page of the Studio, started for it; `project` is open in it. */
  open(project?: string): Promise<Page>;
  /** The person leaves, and comes back later. */
  reopen(project?: string): Promise<Page>;
  /** What the next question for a folder is answered with: a window asks the system, a browser takes one of its own. */
  willChoose(folder: string): Promise<void>;
  /** What is written to `file` by the deed: by the system's dialog, or as a download. */
  save(file: string, deed: () => Promise<void>): Promise<void>;
  /** The deed asks for a file, and gets this one. */
  upload(file: string, deed: () => Promise<void>): Promise<void>;
  /** The clipboard as another program sees it. */
  clipboard(): Promise<string>;
  copy(text: string): Promise<void>;
  /** From now on folders that the system is asked to show are noted and not shown; answers how to read the notes. */
  openedFolders(): Promise<() => Promise<readonly string[]>>;
  remove(): Promise<void>;
}

export type ShellKind = 'served' | 'window';
/** Why a shell can't be had here. */
const whyNot = (kind: ShellKind): string | undefined => (kind === 'window' ? whyNoWindow : undefined);
const SIZE = { width: 1440, height: 900 };

class Served implements Shell {
  readonly #studio = new ServedStudio();
  readonly #browser: Browser;
  #page: Page | undefined;

  constructor(browser: Browser) {
    this.#browser = browser;
  }

  get home(): string {
    return this.#studio.home;
  }

  async open(project?: string): Promise<Page> {
    const link = await this.#studio.start(...(project === undefined ? [] : ['--project', project]));
    this.#page = await (await this.#browser.newContext({ viewport: SIZE, permissions: ['clipboard-read', 'clipboard-write'] })).newPage();
    await this.#page.goto(link);
    return this.#page;
  }

  async reopen(project?: string): Promise<Page> {
    await this.#page?.context().close();
    await this.#studio.stop();
    return this.open(project);
  }

  async willChoose(): Promise<void> {
    // Its folders are in the person's home, under the name that the dialog says.
  }

  async save(file: string, deed: () => Promise<void>): Promise<void> {
    const download = this.#page!.waitForEvent('download');
    await deed();
    await (await download).saveAs(file);
  }

  async upload(file: string, deed: () => Promise<void>): Promise<void> {
    const chooser = this.#page!.waitForEvent('filechooser');
    await deed();
    await (await chooser).setFiles(file);
  }

  clipboard(): Promise<string> {
    return this.#page!.evaluate(() => navigator.clipboard.readText());
  }

  copy(text: string): Promise<void> {
    return this.#page!.evaluate((given) => navigator.clipboard.writeText(given), text);
  }

  async openedFolders(): Promise<() => Promise<readonly string[]>> {
    return async () => [];
  }

  async remove(): Promise<void> {
    await this.#page?.context().close();
    await this.#studio.remove();
  }
}

class Window implements Shell {
  readonly #studio = new DesktopStudio();

  get home(): string {
    return this.#studio.home;
  }

  async open(project?: string): Promise<Page> {
    const page = await this.#studio.start(...(project === undefined ? [] : [project]));
    await this.#studio.app.evaluate(({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]!.setContentSize(size.width, size.height), SIZE);
    return page;
  }

  async reopen(project?: string): Promise<Page> {
    await this.#studio.close();
    return this.open(project);
  }

  async willChoose(folder: string): Promise<void> {
    await this.#studio.app.evaluate(({ dialog }, path) => {
      const answer = { canceled: false, filePath: path, filePaths: [path] };
      Object.assign(dialog, { showSaveDialog: () => Promise.resolve(answer), showOpenDialog: () => Promise.resolve(answer) });
    }, folder);
  }

  async save(file: string, deed: () => Promise<void>): Promise<void> {
    await this.willChoose(file);
    await deed();
    await expect.poll(() => existsSync(file), { timeout: 30_000 }).toBe(true);
  }

  async upload(file: string, deed: () => Promise<void>): Promise<void> {
    await this.willChoose(file);
    await deed();
  }

  clipboard(): Promise<string> {
    return this.#studio.app.evaluate(({ clipboard }) => clipboard.readText());
  }

  async copy(text: string): Promise<void> {
    await this.#studio.app.evaluate(({ clipboard }, given) => clipboard.writeText(given), text);
  }

  async openedFolders(): Promise<() => Promise<readonly string[]>> {
    await this.#studio.app.evaluate(({ shell }) => {
      const opened: string[] = [];
      Object.assign(globalThis, { openedFolders: opened });
      Object.assign(shell, { openPath: (path: string) => {
        opened.push(path);
        return Promise.resolve('');
      } });
    });
    return () => this.#studio.app.evaluate(() => (globalThis as unknown as { readonly openedFolders: readonly string[] }).openedFolders);
  }

  remove(): Promise<void> {
    return this.#studio.remove();
  }
}

const shellOf = (kind: ShellKind, browser: Browser): Shell => (kind === 'served' ? new Served(browser) : new Window());

/** The same tests in the browser and in the window: `at` is the shell of the test at hand and, where `example` names one, a copy of it. */
export function inEachShell(example: string | undefined, define: (at: { readonly kind: ShellKind; readonly shell: Shell; readonly folder: string }) => void): void {
  for (const kind of ['served', 'window'] as const) {
    test.describe(`in the ${kind === 'served' ? 'browser' : 'window'}`, () => {
      test.skip(whyNot(kind) !== undefined, whyNot(kind));
      let shell: Shell;
      let folder = '';
      test.beforeEach(({ browser }) => {
        test.setTimeout(120_000);
        shell = shellOf(kind, browser);
        if (example !== undefined) folder = copyExample(shell.home, example);
      });
      test.afterEach(() => shell.remove());
      define({ kind, get shell() { return shell; }, get folder() { return folder; } });
    });
  }
}

export const folderIn = (shell: Shell, name: string): string => join(mkdtempSync(join(shell.home, 'chosen-')), name);
