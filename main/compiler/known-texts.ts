/** Texts of files that are still the very ones that were read: a look at the file says so, and neither opens nor reads it. */
import { lstatSync, type Stats } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isInside, isNameInside, realPath } from './project-path';
import { Remembered } from './remembered';

/** `path`: where it really is. `identity`: which file it is, and when it was last touched, as the file system says. `isSettled`: so long ago that its next change gets another time. */
export type FileMark = { readonly path: string; readonly identity: string; readonly isSettled: boolean };

/** File systems count time in steps, the coarsest of two seconds; within a step a change shows nothing. */
const SETTLED_AFTER_MS = 3000;

export class KnownTexts {
  readonly #unixMs: () => number;
  readonly #texts = new Remembered<FileMark, string>((known, now) => known.isSettled && known.identity === now.identity);
  /** Where folders really are, as long as one check goes. */
  readonly #folders = new Map<string, string | undefined>();

  constructor(unixMs: () => number) {
    this.#unixMs = unixMs;
  }

  turn(): void {
    this.#texts.turn();
    this.#folders.clear();
  }

  /** `root`: the real folder of the project. Nothing where it is no plain file under plain folders: that takes a closer look. */
  look(root: string, file: string): FileMark | undefined {
    if (!isNameInside(file)) return undefined;
    const folder = this.#realFolder(join(root, dirname(file)));
    if (folder === undefined || !isInside(root, folder)) return undefined;
    const path = join(folder, basename(file));
    const found = statOf(path);
    if (!found?.isFile()) return undefined;
    // As numbers they tell times to less than a microsecond, which is finer than the steps in which file systems count.
    const { dev, ino, size, mtimeMs, ctimeMs } = found;
    return { path, identity: `${path} ${dev} ${ino} ${size} ${mtimeMs} ${ctimeMs}`, isSettled: this.#unixMs() - Math.max(mtimeMs, ctimeMs) > SETTLED_AFTER_MS };
  }

  get(file: string, mark: FileMark): string | undefined {
    return this.#texts.get(file, mark);
  }

  /** `mark`: of a look before it was read. */
  keep(file: string, mark: FileMark, text: string): void {
    this.#texts.keep(file, mark, text);
  }

  #realFolder(path: string): string | undefined {
    if (!this.#folders.has(path)) this.#folders.set(path, realPath(path));
    return this.#folders.get(path);
  }
}

/** What can't be looked at is read as if it were not known, and that says why it can't be. */
function statOf(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch {
    return undefined;
  }
}
