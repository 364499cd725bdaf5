/** New projects: a small one that works, a copy of an example, or a shared `*.prismatic` file, checked before it is written. */
import { cp, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { DESIGN_FILE } from '../../shared/design/project-files';
import { failed, ok, type Result } from '../../shared/errors/result';
import { describeFileError } from './file-error';
import { listFiles } from './list-files';
import { shownPath } from './project/shown-path';
import { readShared } from './shared-file';
import { SMALL_PROJECT } from './small-project';
import { unpackedPath } from '../../shared/unpacked-path';

export const EXAMPLES: readonly string[] = ['word-count', 'log-watch', 'support-desk', 'pool', 'research-team'];
/** Examples lie beside the build, in a checkout and in an installed app. */
export const examplesFolder = (): string => unpackedPath(resolve(import.meta.dirname, '..', '..', 'assets', 'examples'));

/** `called`: the name of the new design, where it is another than the pattern's. */
export type Beginning = { readonly kind: 'small'; readonly called?: string } | { readonly kind: 'example'; readonly name: string; readonly called?: string } | { readonly kind: 'shared'; readonly file: string };

/** Answers how many files it wrote. Writes nothing where something is already. */
export async function createProject(target: string, beginning: Beginning): Promise<Result<number>> {
  const isFree = await isAbsentOrEmpty(target);
  if (!isFree) return failed({ code: 'NEW001', message: `${shownPath(target)} is not an empty folder`, fix: 'Name a folder that does not exist yet, or an empty one.' });
  try {
    const begun = await begin(target, beginning);
    if (begun.ok && beginning.kind !== 'shared' && beginning.called !== undefined) await call(target, beginning.called);
    return begun;
  } catch (error) {
    const why = describeFileError(error);
    if (why === undefined) throw error;
    return failed({ code: 'NEW005', message: `the project can't be written: ${why}`, fix: 'Name a folder that can be written, on a disk with room.' });
  }
}

async function begin(target: string, beginning: Beginning): Promise<Result<number>> {
  if (beginning.kind === 'example') return copyExample(join(examplesFolder(), beginning.name), target);
  const files = beginning.kind === 'small' ? ok(SMALL_PROJECT) : await readSharedFile(beginning.file);
  if (!files.ok) return files;
  return createFromFiles(target, files.value);
}

/** Our own patterns are JSON of two spaces, so that nothing but the name changes. */
async function call(target: string, name: string): Promise<void> {
  const file = join(target, DESIGN_FILE);
  const design = JSON.parse(await readFile(file, 'utf8')) as object;
  await writeFile(file, `${JSON.stringify({ ...design, name }, null, 2)}\n`);
}

/** Paths have been checked. */
export async function createFromFiles(target: string, files: ReadonlyMap<string, Uint8Array>): Promise<Result<number>> {
  await mkdir(target, { recursive: true });
  for (const [path, content] of files) {
    await mkdir(dirname(join(target, path)), { recursive: true });
    await writeFile(join(target, path), content, { flag: 'wx' });
  }
  return ok(files.size);
}

async function isAbsentOrEmpty(folder: string): Promise<boolean> {
  const found = await stat(folder).catch(() => undefined);
  return found === undefined || (found.isDirectory() && (await readdir(folder)).length === 0);
}

async function copyExample(from: string, target: string): Promise<Result<number>> {
  await cp(from, target, { recursive: true, filter: (path) => !path.includes('.prismatic') });
  return ok((await listFiles(target)).length);
}

async function readSharedFile(file: string): Promise<Result<ReadonlyMap<string, Uint8Array>>> {
  const bytes = await readFile(file).catch(() => undefined);
  if (!bytes) return failed({ code: 'NEW002', message: `${file} can't be read`, fix: 'Check the path.' });
  return readShared(bytes);
}
