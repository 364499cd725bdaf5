/**
 * The cassettes of a project: `cassettes/<hash>.json`, one request and its answer each, in text that a person can read and git can
 * compare. They are read as a whole when the first one is asked for; recording replaces a file in one step.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { failed, ok, type Result } from '../../../shared/errors/result';
import type { Json } from '../../../shared/json/json';
import { cassetteFile, cassetteText, CASSETTE_FOLDER, CASSETTE_FORMAT, type Cassette, type CassetteKind } from '../../../shared/run/cassette';
import { describeFileError } from '../file-error';
import { replaceFile } from '../replace-file';

/** More are refused: whoever records so many wants another place for them. */
const MOST_CASSETTES = 10_000;
const MOST_BYTES = 16 * 1024 * 1024;
const FILE_NAME = /^[0-9a-f]{64}\.json$/;

export type Cassettes = ReadonlyMap<string, Pick<Cassette, 'kind' | 'answer' | 'pieces' | 'tookMs'>>;

/** Of a project; see `readCassetteFolder`. */
export const readCassettes = (projectDir: string): Promise<Result<Cassettes>> => readCassetteFolder(join(projectDir, CASSETTE_FOLDER));

/** As they go into a process that simulates or tests. */
export const sendCassettes = (cassettes: Cassettes): readonly ({ readonly asked: string } & Pick<Cassette, 'answer' | 'pieces' | 'tookMs'>)[] =>
  [...cassettes].map(([asked, { answer, pieces, tookMs }]) => ({ asked, answer, ...(pieces === undefined ? {} : { pieces }), tookMs }));

/** By the text of their request (`cassetteText`). `MDL007`: one can't be read, or is not what its name says. */
export async function readCassetteFolder(folder: string): Promise<Result<Cassettes>> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => FILE_NAME.test(name)).toSorted();
  if (names.length > MOST_CASSETTES) return failed({ code: 'MDL007', message: `${basename(folder)}/ has ${names.length} files, more than ${MOST_CASSETTES}`, fix: 'Delete those that nothing asks for any more, and record anew.' });
  const found = new Map<string, Cassette>();
  for (const name of names) {
    const read = await readCassette(folder, name);
    if (!read.ok) return read;
    found.set(cassetteText(read.value.kind, read.value.request), read.value);
  }
  return ok(found);
}

async function readCassette(folder: string, name: string): Promise<Result<Cassette>> {
  const refuse = (why: string): Result<never> => failed({ code: 'MDL007', message: `${basename(folder)}/${name} is no cassette: ${why}`, fix: 'Delete it, and record it anew with --record.' });
  const text = await readFile(join(folder, name), 'utf8').catch((error: unknown) => describeFileError(error) ?? 'it cannot be read');
  if (text.length > MOST_BYTES) return refuse('it is too large');
  try {
    const parsed = cassetteFile.safeParse(JSON.parse(text));
    if (!parsed.success) return refuse(parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the whole'}: ${message}`).join('; '));
    return cassetteName(parsed.data.kind, parsed.data.request) === name ? ok(parsed.data) : refuse('its request was changed since it was recorded');
  } catch {
    return refuse('it is no JSON');
  }
}

export const cassetteName = (kind: CassetteKind, request: Json): string => `${createHash('sha256').update(cassetteText(kind, request)).digest('hex')}.json`;

/** `MDL009`: it can't be written. */
export async function writeCassette(projectDir: string, { kind, request, answer, pieces, tookMs }: Omit<Cassette, 'format'>): Promise<Result<null>> {
  const { timeoutMs: _, ...asked } = request as { readonly [field: string]: Json };
  const cassette: Cassette = { format: CASSETTE_FORMAT, kind, request: asked, answer, ...(pieces === undefined ? {} : { pieces }), tookMs: Math.round(tookMs) };
  try {
    await replaceFile(join(projectDir, CASSETTE_FOLDER, cassetteName(kind, request)), `${JSON.stringify(cassette, null, 2)}\n`, 0o644);
    return ok(null);
  } catch (error) {
    return failed({ code: 'MDL009', message: `an answer can't be recorded: ${describeFileError(error) ?? 'unknown'}`, fix: 'Record in a project that can be written.' });
  }
}
