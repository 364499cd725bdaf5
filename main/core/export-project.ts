/** Writes an export: into an empty folder, or over an earlier export of ours. */
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { failed, ok, type Result } from '../../shared/errors/result';
import type { Grant } from '../../shared/design/grants';
import type { Program } from '../../shared/program/program';
import { unpackedPath } from '../../shared/unpacked-path';
import { EXPORT_MARK, nodeBundle } from '../export/node';
import { describeFileError } from './file-error';
import { listFiles } from './list-files';
import { shownPath } from './project/shown-path';

const CODE = ['main.mjs', 'engine.mjs', 'host.mjs'];
/** Folders whose files go along as they are. */
const OWN_FOLDERS = ['handlers', 'prompts'];

/** Folder of the bundle's code and file of the licences, where they are not those of the program that runs. */
export type ExportParts = { readonly bundle?: string; readonly licences?: string };
/** `grants`: what the person has confirmed, to go along. */
export type ExportOptions = { readonly program: Program; readonly projectDir: string; readonly out: string; readonly grants: readonly Grant[] } & ExportParts;

/** Answers the paths it wrote. */
export async function exportProject({ out, ...options }: ExportOptions): Promise<Result<readonly string[]>> {
  if (!(await isOurs(out))) return failed({ code: 'EXP001', message: `${shownPath(out)} holds something that is no export of ours`, fix: 'Name a folder that is empty or does not exist.' });
  const files = await exportFiles(options);
  try {
    await rm(out, { recursive: true, force: true });
    for (const [path, content] of files) {
      await mkdir(dirname(join(out, path)), { recursive: true });
      await writeFile(join(out, path), content);
    }
  } catch (error) {
    const why = describeFileError(error);
    if (why === undefined) throw error;
    return failed({ code: 'EXP002', message: `the export to ${shownPath(out)} can't be written: ${why}`, fix: 'Name a folder that can be written, on a disk with room.' });
  }
  return ok([...files.keys()]);
}

/** What an export consists of, by path. */
export async function exportFiles({ program, projectDir, grants, ...parts }: Omit<ExportOptions, 'out'>): Promise<ReadonlyMap<string, Uint8Array>> {
  const bundle = parts.bundle ?? unpackedPath(join(import.meta.dirname, '..', 'bundle'));
  const code = new Map(await Promise.all(CODE.map(async (name) => [name, new Uint8Array(await readFile(join(bundle, name)))] as const)));
  const licences = await readFile(parts.licences ?? join(import.meta.dirname, '..', '..', 'NOTICES.txt'));
  return nodeBundle({ program, grants, code, own: await ownFiles(program, projectDir), licences });
}

async function isOurs(out: string): Promise<boolean> {
  const found = await stat(out).catch(() => undefined);
  if (!found) return true;
  if (!found.isDirectory()) return false;
  if ((await readdir(out)).length === 0) return true;
  const manifest = await readFile(join(out, 'package.json'), 'utf8').catch(() => '');
  return manifest.includes(`"${EXPORT_MARK}"`);
}

async function ownFiles(program: Program, projectDir: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const paths = program.files.map(({ path }) => path);
  for (const folder of OWN_FOLDERS) for (const path of await listFiles(join(projectDir, folder))) paths.push(`${folder}/${path}`);
  return new Map(await Promise.all(paths.toSorted().map(async (path) => [path, new Uint8Array(await readFile(join(projectDir, path)))] as const)));
}
