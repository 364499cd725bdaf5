/** The Studio in both its shells, behind one interface, so that one test can be about both. */
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { DesktopStudio, whyNoWindow } from './desktop-studio';
import { ServedStudio } from './served-studio';

export interface Shell {
  /** Where designs are made, and the person's home. */
  readonly home: string;
  /** A page of the Studio, started for it; `project` is open in it. */
  open(project?: string): Promise<Page>;
  /** The person leaves, and comes back later. */
  reopen(project?: string): Promise<Page>;
  /** What the next question for a folder is answered with: a window asks the system, a browser takes one of its own. */
  willChoose(folder: string): Promise<void>;
  remove(): Promise<void>;
}

export type ShellKind = 'served' | 'window';
/** Why a shell can't be had here. */
export const whyNot = (kind: ShellKind): string | undefined => (kind === 'window' ? whyNoWindow : undefined);
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

  remove(): Promise<void> {
    return this.#studio.remove();
  }
}

export const shellOf = (kind: ShellKind, browser: Browser): Shell => (kind === 'served' ? new Served(browser) : new Window());
export const folderIn = (shell: Shell, name: string): string => join(mkdtempSync(join(shell.home, 'chosen-')), name);
