/**
 * Reads a project folder into what the Studio holds in memory. Whoever wrote the folder is not trusted: links are not followed, pipes
 * and devices not opened, and everything is bounded. Reading runs nothing and throws nothing.
 */
import { createHash } from 'node:crypto';
import { constants, type BigIntStats, type Dirent } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DocumentFile, ProjectDocument } from '../../../shared/design/document';
import { DESIGN_FILE, MOST_TEXT_BYTES, TEXT_FOLDER_NAMES, isJsonFile, isProjectFile } from '../../../shared/design/project-files';
import { failed, ok, type AppError, type Result } from '../../../shared/errors/result';
import { readStrictJson } from '../../../shared/json/strict-json';

/** Security 4.3. */
export const MOST_JSON_BYTES = 20 * 1024 * 1024;
export const MOST_ENTRIES = 10_000;
/**
 * All texts of a document together, as they are written when they are told to a page: there a control character is six letters long. What
 * is told has to be one string, and a string of more than 512 MB cannot be.
 */
const MOST_TOTAL_BYTES = 64 * 1024 * 1024;
const DEEPEST_FOLDER = 32;
/** A file changed this shortly before it was read may change again without a new time. */
const RACY_MS = 2000;
const UNSEEN_FOLDERS: ReadonlySet<string> = new Set(['.git', '.prismatic', 'node_modules']);

/** `text` is what stands in the file, `hash` sha256 of its bytes in hex; `stamp` changes when the file does. */
export type DiskFile = { readonly hash: string; readonly text: string; readonly file: DocumentFile; readonly stamp: string };
export type OtherFile = { readonly path: string; readonly bytes: number };
export type FolderContents = {
  readonly files: ReadonlyMap<string, DiskFile>;
  /** Entries where files of the document could be, and that are none: links, what is too large or no text. */
  readonly blocked: readonly OtherFile[];
  /** Folders whose files belong to the document, `''` for the project's own. */
  readonly folders: readonly string[];
};

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export const documentOf = (files: ReadonlyMap<string, { readonly file: DocumentFile }>): ProjectDocument => ({ files: Object.fromEntries([...files].map(([path, { file }]) => [path, file])) });

/** JSON with any fault stays text, so that it can be mended and nothing of it is lost. */
export function parseFile(path: string, text: string): DocumentFile {
  if (!isJsonFile(path)) return { kind: 'text', text };
  const { value, faults } = readStrictJson(text.startsWith('\ufeff') ? text.slice(1) : text);
  return value === undefined || faults.length > 0 ? { kind: 'text', text } : { kind: 'json', value };
}

/** The files of the document. `before`: what was read last time, taken again where nothing changed. */
export async function readFolder(root: string, nowUnixMs: number, before?: FolderContents): Promise<Result<FolderContents>> {
  const reading = new FolderReading(root, nowUnixMs, before);
  try {
    await reading.readTop();
    return ok({ files: reading.files, blocked: reading.blocked, folders: reading.folders });
  } catch (error) {
    if (error instanceof Refusal) return failed(error.appError);
    if (isSystemError(error)) return failed(unreadable(root, error));
    throw error;
  }
}

/** A folder without `design.json` is no project. */
export async function findProjectProblem(root: string): Promise<AppError | undefined> {
  try {
    const folder = await lstat(root);
    if (!folder.isDirectory()) return { code: 'OPN001', message: `${root} is no folder`, fix: 'Choose the folder that holds design.json.' };
    const design = await lstat(join(root, DESIGN_FILE));
    if (!design.isFile()) return { code: 'OPN002', message: `${join(root, DESIGN_FILE)} is no regular file (links are not followed)`, fix: 'Put the file itself there.' };
    if (design.size > MOST_JSON_BYTES) return { code: 'OPN004', message: `${DESIGN_FILE} has ${design.size} bytes; at most ${MOST_JSON_BYTES} are read`, fix: 'Make it smaller.' };
    return undefined;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (error.code === 'ENOENT' && error.path !== root) return { code: 'OPN002', message: `${root} holds no ${DESIGN_FILE}, so it is no project`, fix: 'Choose the folder of a project, or begin a new one.' };
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return { code: 'OPN001', message: `there is no folder ${root}`, fix: 'It may have been moved or deleted: choose it where it is now.' };
    return unreadable(root, error);
  }
}

class Refusal extends Error {
  readonly appError: AppError;
  constructor(appError: AppError) {
    super(appError.message);
    this.appError = appError;
  }
}

export type SystemError = Error & { readonly code: string; readonly path?: string };
export const isSystemError = (error: unknown): error is SystemError => error instanceof Error && 'code' in error && typeof error.code === 'string';
const unreadable = (root: string, { message }: Error): AppError => ({ code: 'OPN006', message: `${root} can't be read: ${message}`, fix: 'Check that you may read the folder and all in it.' });

class FolderReading {
  readonly files = new Map<string, DiskFile>();
  readonly blocked: OtherFile[] = [];
  readonly folders: string[] = [''];
  readonly #root: string;
  readonly #nowUnixMs: number;
  readonly #before: FolderContents | undefined;
  #entries = 0;
  #bytes = 0;

  constructor(root: string, nowUnixMs: number, before: FolderContents | undefined) {
    this.#root = root;
    this.#nowUnixMs = nowUnixMs;
    this.#before = before;
  }

  async readTop(): Promise<void> {
    for (const entry of await listFolder(this.#root, '')) {
      if (isProjectFile(entry.name)) await this.#readFile(entry.name);
      else if (TEXT_FOLDER_NAMES.includes(entry.name)) {
        if (entry.isDirectory()) await this.#readFolder(entry.name, 1);
        else this.blocked.push({ path: entry.name, bytes: 0 });
      }
    }
  }

  async #readFolder(folder: string, depth: number): Promise<void> {
    this.folders.push(folder);
    for (const entry of await listFolder(this.#root, folder)) {
      const path = `${folder}/${entry.name}`;
      this.#count();
      if (entry.isDirectory()) {
        if (depth < DEEPEST_FOLDER) await this.#readFolder(path, depth + 1);
      } else if (isProjectFile(path)) await this.#readFile(path);
      else this.blocked.push({ path, bytes: await sizeOf(join(this.#root, path)) });
    }
  }

  #count(): void {
    this.#entries += 1;
    if (this.#entries > MOST_ENTRIES) throw new Refusal({ code: 'OPN005', message: `${this.#root} has more than ${MOST_ENTRIES} entries in its folders of texts (${TEXT_FOLDER_NAMES.join(', ')})`, fix: 'Put what does not belong to the design elsewhere, or in data/.' });
  }

  async #readFile(path: string): Promise<void> {
    const most = isJsonFile(path) ? MOST_JSON_BYTES : MOST_TEXT_BYTES;
    const read = await readRegularFile(join(this.#root, path), most, (stamp) => this.#reuse(path, stamp));
    if (read === undefined) return;
    if ('reused' in read) this.#keep(path, read.reused);
    else if ('bytes' in read) {
      const text = decode(read.bytes);
      if (text === undefined) this.blocked.push({ path, bytes: read.bytes.length });
      else this.#keep(path, { hash: hashOf(read.bytes), text, file: parseFile(path, text), stamp: read.stamp });
    } else this.blocked.push({ path, bytes: read.size });
  }

  #reuse(path: string, stamp: FileStamp): DiskFile | undefined {
    const known = this.#before?.files.get(path);
    return known?.stamp === stamp.text && this.#nowUnixMs - stamp.changedMs > RACY_MS ? known : undefined;
  }

  #keep(path: string, file: DiskFile): void {
    this.#bytes += JSON.stringify(file.file).length;
    if (this.#bytes > MOST_TOTAL_BYTES) throw new Refusal({ code: 'OPN005', message: `the texts of ${this.#root} have more than ${MOST_TOTAL_BYTES} bytes together, as JSON`, fix: 'Put what does not belong to the design elsewhere, or in data/.' });
    this.files.set(path, file);
  }
}

type FileStamp = { readonly text: string; readonly changedMs: number };
const stampOf = (stat: BigIntStats): FileStamp => ({ text: `${stat.ino}.${stat.size}.${stat.mtimeNs}.${stat.ctimeNs}`, changedMs: Number(stat.ctimeMs > stat.mtimeMs ? stat.ctimeMs : stat.mtimeMs) });

/** By name, so that the same folder is read in the same order. A folder inside that has gone meanwhile is empty; the project's own is not. */
async function listFolder(root: string, folder: string): Promise<readonly Dirent[]> {
  try {
    return (await readdir(join(root, folder), { withFileTypes: true })).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (folder !== '' && isSystemError(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return listFolder(root, '').then(() => []);
    throw error;
  }
}

type ReadFile = { readonly bytes: Uint8Array; readonly stamp: string } | { readonly reused: DiskFile } | { readonly size: number };

/** Opened without following a link and without waiting (a pipe has no end), and looked at once it is open. */
export async function readRegularFile(path: string, most: number, reuse: (stamp: FileStamp) => DiskFile | undefined = () => undefined): Promise<ReadFile | undefined> {
  const file = await openQuietly(path);
  if (file === undefined || file === 'blocked') return file === undefined ? undefined : { size: 0 };
  try {
    const stat = await file.stat({ bigint: true });
    if (!stat.isFile() || stat.size > most) return { size: Number(stat.size) };
    const stamp = stampOf(stat);
    const reused = reuse(stamp);
    if (reused) return { reused };
    const bytes = await file.readFile();
    return bytes.length > most ? { size: bytes.length } : { bytes, stamp: stamp.text };
  } finally {
    await file.close();
  }
}

async function openQuietly(path: string): Promise<Awaited<ReturnType<typeof open>> | 'blocked' | undefined> {
  try {
    const stat = await lstat(path);
    if (!stat.isFile()) return 'blocked';
    return await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return undefined;
    if (isSystemError(error) && (error.code === 'ELOOP' || error.code === 'ENXIO')) return 'blocked';
    throw error;
  }
}

/** UTF-8 or nothing. A byte order mark stays: it belongs to the text that is written back. */
function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Files that are no part of the document, for the screen; at most as many entries as are looked at. Databases are among them, never opened. */
export async function listOtherFiles(root: string, contents: FolderContents): Promise<readonly OtherFile[]> {
  const found = new Map<string, OtherFile>(contents.blocked.map((file) => [file.path, file]));
  let entries = 0;
  const walk = async (folder: string, depth: number): Promise<void> => {
    for (const entry of await readdir(join(root, folder), { withFileTypes: true }).catch(() => [])) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      entries += 1;
      if (entries > MOST_ENTRIES) return;
      if (entry.isDirectory()) {
        if (depth < DEEPEST_FOLDER && !UNSEEN_FOLDERS.has(entry.name)) await walk(path, depth + 1);
      } else if (!contents.files.has(path) && !found.has(path)) found.set(path, { path, bytes: entry.isFile() ? await sizeOf(join(root, path)) : 0 });
    }
  };
  await walk('', 0);
  return [...found.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

const sizeOf = async (path: string): Promise<number> => (await lstat(path).catch(() => undefined))?.size ?? 0;
