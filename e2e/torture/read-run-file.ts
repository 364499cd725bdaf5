/**
 * Reads a run file with another SQLite than the store's, from a copy, so that nothing of ours mends or hides what a kill has left: the
 * judge sees what is on the disk.
 */
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Row } from './judge';

export function readRunFile(file: string): readonly Row[] {
  const copy = mkdtempSync(join(tmpdir(), 'prismatic-judge-'));
  try {
    for (const part of ['', '-wal']) if (existsSync(file + part)) cpSync(file + part, join(copy, basename(file) + part));
    const database = new DatabaseSync(join(copy, basename(file)));
    const hasTable = database.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'entry'`).get() !== undefined;
    const rows = hasTable ? (database.prepare('SELECT seq, kind, stream, version, last, body, hash FROM entry ORDER BY seq').all() as unknown as Row[]) : [];
    database.close();
    return rows;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

export const runFilesIn = (dataDir: string): readonly string[] =>
  existsSync(dataDir) ? readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.db') && name.includes('runs')).map((name) => join(dataDir, name)).toSorted() : [];
