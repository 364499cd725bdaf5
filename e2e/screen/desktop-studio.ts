/** The Studio in its window, with a data folder of its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { electronBinary } from '../../scripts/electron-binary.mjs';
import { root } from './served-studio';

const found = electronBinary();
/** Why no window can be had here, or nothing. */
export const whyNoWindow = found.path === null ? `Electron can't be started here: ${found.why}` : undefined;
/** A container's root has no sandbox of the system. */
const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

export class DesktopStudio {
  readonly home = mkdtempSync(join(tmpdir(), 'prismatic-desktop-'));
  #app: ElectronApplication | undefined;

  /** What Electron itself keeps goes into the same folder, so that two tests are two people. */
  arguments(...more: readonly string[]): string[] {
    return [...asRoot, '--disable-gpu', `--user-data-dir=${join(this.home, 'electron')}`, root, `--data-dir=${join(this.home, 'data')}`, ...more];
  }

  get executable(): string {
    return found.path!;
  }

  get app(): ElectronApplication {
    return this.#app!;
  }

  async start(...more: readonly string[]): Promise<Page> {
    this.#app = await _electron.launch({ executablePath: this.executable, args: this.arguments(...more), env: { ...(process.env as Record<string, string>), HOME: this.home } });
    return this.#app.firstWindow();
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
