import { createHash } from 'node:crypto';
import { mkdir, open, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { failed, ok, type Result } from '../../shared/errors/result';
import type { Json } from '../../shared/json/json';
import { BLOB_LIMIT_BYTES } from '../../shared/journal/record';
import { describeFileError } from './file-error';

export type JournalLines = AsyncIterable<object> | Iterable<object | string>;

/**
 * Writes a journal as JSON lines: beside the target first, then renamed, so that a journal is whole or not there. A value of more
 * than 64 KiB becomes a file of its own in `<journal>.blobs/`, named by its hash.
 */
export async function writeJournal(lines: JournalLines, file: string): Promise<Result<null>> {
  try {
    await write(lines, file);
    return ok(null);
  } catch (error) {
    const why = describeFileError(error);
    if (why === undefined) throw error;
    return failed({ code: 'RUN004', message: `the journal ${file} can't be written: ${why}`, fix: 'Name a file in a folder that can be written, with --journal.' });
  }
}

async function write(lines: JournalLines, file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.part`;
  const handle = await open(temporary, 'w', 0o600);
  try {
    for await (const line of lines) {
      const text = typeof line === 'string' ? line : JSON.stringify(line);
      await handle.appendFile(`${text.length > BLOB_LIMIT_BYTES ? await withBlobs(text, file) : text}\n`);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, file);
}

async function withBlobs(text: string, file: string): Promise<string> {
  const record = JSON.parse(text) as { readonly [key: string]: Json };
  const entries = await Promise.all(Object.entries(record).map(async ([key, value]) => [key, await blobOf(value, file)] as const));
  return JSON.stringify(Object.fromEntries(entries));
}

async function blobOf(value: Json, file: string): Promise<Json> {
  const json = JSON.stringify(value);
  const bytes = Buffer.byteLength(json);
  if (bytes <= BLOB_LIMIT_BYTES) return value;
  const hash = createHash('sha256').update(json).digest('hex');
  await mkdir(`${file}.blobs`, { recursive: true });
  await writeFile(`${file}.blobs/${hash}.json`, json, { mode: 0o600 });
  return { $blob: `sha256:${hash}`, bytes };
}
