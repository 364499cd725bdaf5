import { mkdir, open, realpath, type FileHandle } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { failed, ok, type AppError, type Result } from '../../../shared/errors/result';
import { done, notDone, type EffectPerformer } from './perform-effect';

/** Appends lines to files under the run's output folder, and nowhere else. An answer means that the bytes are on the disk. */
export class AppendFiles {
  readonly #folder: string;
  readonly #files = new Map<string, Promise<Result<FileHandle>>>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  async append(path: string, text: string): Promise<Result<null>> {
    const opened = this.#files.get(path) ?? this.#open(path);
    this.#files.set(path, opened);
    const file = await opened;
    if (!file.ok) {
      this.#files.delete(path);
      return file;
    }
    try {
      await file.value.appendFile(text);
      await file.value.datasync();
      return ok(null);
    } catch (error) {
      return failed(writeError(path, error));
    }
  }

  async #open(path: string): Promise<Result<FileHandle>> {
    const target = resolve(this.#folder, path);
    const refusal: AppError = { code: 'RUN010', message: `the sink's file ${path} is not under the output folder`, fix: 'Use a relative path without "..".' };
    if (isAbsolute(path) || isOutside(this.#folder, target)) return failed(refusal);
    try {
      await mkdir(dirname(target), { recursive: true, mode: 0o755 });
      // A link inside the folder may lead out of it: what counts is where the file really is.
      const folder = await realpath(this.#folder);
      const real = join(await realpath(dirname(target)), relative(dirname(target), target));
      if (isOutside(folder, real)) return failed(refusal);
      const file = await open(real, 'a', 0o644);
      if (isOutside(folder, await realpath(real))) {
        await file.close();
        return failed(refusal);
      }
      return ok(file);
    } catch (error) {
      return failed(writeError(path, error));
    }
  }

  async close(): Promise<void> {
    for (const opened of this.#files.values()) {
      const file = await opened;
      if (file.ok) await file.value.close();
    }
    this.#files.clear();
  }
}

/** Effect kind `file.append`. */
export const appendingTo = (files: AppendFiles): EffectPerformer => ({
  isRepeatable: false,
  isOutput: true,
  perform: async (effect) => {
    // Checked where it came in (engine-messages.ts).
    const { path, text } = effect.request as { readonly path: string; readonly text: string };
    const written = await files.append(path, text);
    return written.ok ? done() : notDone(effect, 'effect_failed', `${written.error.code}: ${written.error.message}. ${written.error.fix}`);
  },
});

function isOutside(folder: string, target: string): boolean {
  const way = relative(folder, target);
  return way === '' || way.startsWith('..') || isAbsolute(way);
}

function writeError(path: string, error: unknown): AppError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return { code: 'RUN011', message: `${path} can't be written: ${code}`, fix: code === 'ENOSPC' ? 'Make room on the disk; the run goes on by itself.' : 'Choose a folder that can be written, with --out.' };
}
