/** The Studio in its window, with a data folder of its own. */
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { electronBinary } from '../../scripts/electron-binary.mjs';
import { listProcesses } from '../processes';
import { copyExample, root } from './served-studio';

const found = electronBinary();
/** Why no window can be had here, or nothing. */
export const whyNoWindow = found.path === null ? `Electron can't be started here: ${found.why}` : undefined;
/** A container's root has no sandbox of the system. */
const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** The app that `npm run package:dir` made. */
export const packagedFolder = join(root, 'release/linux-unpacked');
const packaged = join(packagedFolder, 'prismatic-studio');
export const whyNoPackage = whyNoWindow ?? (existsSync(packaged) ? undefined : 'npm run package:dir has made no app for Linux yet');
export const packagedStudio = (): DesktopStudio => new DesktopStudio(packaged);

export class DesktopStudio {
  readonly home = mkdtempSync(join(tmpdir(), 'prismatic-desktop-'));
  readonly executable: string;
  readonly #target: readonly string[];
  #app: ElectronApplication | undefined;

  /** The checkout in the Electron at hand, or an app as it is installed. */
  constructor(installed?: string) {
    this.executable = installed ?? found.path ?? '';
    this.#target = installed === undefined ? [root] : [];
  }

  /** What Electron itself keeps goes into the same folder, so that two tests are two people. */
  arguments(...more: readonly string[]): string[] {
    return [...asRoot, '--disable-gpu', `--user-data-dir=${join(this.home, 'electron')}`, ...this.#target, `--data-dir=${join(this.home, 'data')}`, ...more];
  }

  get app(): ElectronApplication {
    return this.#app!;
  }

  async start(...more: readonly string[]): Promise<Page> {
    this.#app = await _electron.launch({ executablePath: this.executable, args: this.arguments(...more), env: { ...(process.env as Record<string, string>), HOME: this.home } });
    return this.#app.firstWindow();
  }

  /** A copy of an example in the home of this test. */
  copyExample(name: string): string {
    return copyExample(this.home, name);
  }

  /** At once, as a machine that fails: nothing of the app is asked. */
  async kill(): Promise<void> {
    const main = this.app.process();
    const ended = main.exitCode === null && main.signalCode === null ? once(main, 'exit') : undefined;
    main.kill('SIGKILL');
    await ended;
    this.#app = undefined;
  }

  /** Processes of this app that are there, whoever started them. */
  processes(): readonly string[] {
    const mark = join(this.home, 'electron');
    return listProcesses().flatMap(({ pid, command }) => (command.includes(mark) ? [`${pid} ${command.slice(0, 200)}`] : []));
  }

  async close(): Promise<void> {
    await this.#app?.close();
    this.#app = undefined;
  }

  async remove(): Promise<void> {
    await this.close();
    rmSync(this.home, { recursive: true, force: true });
  }
}
