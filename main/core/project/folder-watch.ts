/**
 * Tells that something may have changed in folders of a project: the system's events (one watch a folder, since not every system can
 * watch a tree) and, as they can be lost or not be there at all, a slow look of its own. It says when, never what.
 */
import { watch, type FSWatcher } from 'node:fs';
import { join } from 'node:path';
import type { CoreWorld } from '../core-world';

const POLL_MS = 3000;
/** Events come in bursts. */
const GATHER_MS = 30;
/** More watches than this are left to the slow look. */
const MOST_WATCHES = 1000;

export class FolderWatch {
  readonly #root: string;
  readonly #world: CoreWorld;
  readonly #onChange: () => void;
  readonly #watchers = new Map<string, FSWatcher>();
  #poll: { readonly cancel: () => void } | undefined;
  #gather: { readonly cancel: () => void } | undefined;

  constructor(root: string, world: CoreWorld, onChange: () => void) {
    this.#root = root;
    this.#world = world;
    this.#onChange = onChange;
    this.#pollLater();
  }

  /** From now on these folders; called again whenever the folders may be others. */
  setFolders(folders: readonly string[]): void {
    const wanted = new Set(folders.slice(0, MOST_WATCHES));
    for (const [folder, watcher] of this.#watchers) if (!wanted.has(folder)) this.#drop(folder, watcher);
    for (const folder of wanted) if (!this.#watchers.has(folder)) this.#add(folder);
  }

  #add(folder: string): void {
    try {
      const watcher = watch(join(this.#root, folder), { persistent: false }, () => this.#soon());
      watcher.on('error', () => this.#drop(folder, watcher));
      this.#watchers.set(folder, watcher);
    } catch {
      // The folder has just gone, or the system has no watches left: the slow look sees what follows.
    }
  }

  #drop(folder: string, watcher: FSWatcher): void {
    watcher.close();
    if (this.#watchers.get(folder) === watcher) this.#watchers.delete(folder);
  }

  #soon(): void {
    this.#gather ??= this.#world.setTimer(GATHER_MS, () => {
      this.#gather = undefined;
      this.#onChange();
    });
  }

  #pollLater(): void {
    this.#poll = this.#world.setTimer(POLL_MS, () => {
      this.#pollLater();
      this.#onChange();
    });
  }

  close(): void {
    this.#poll?.cancel();
    this.#gather?.cancel();
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }
}
