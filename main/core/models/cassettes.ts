/**
 * The cassettes of a project: `cassettes/<hash>.json`, one request and its answer each, in text that a person can read and git can
 * compare. They are read as a whole when the first one is asked for; recording replaces a file in one step.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { failed, ok, type Result } from '../../../shared/errors/result';
import type { Json } from '../../../shared/json/json';
import { cassetteFile, cassetteText, CASSETTE_FOLDER, CASSETTE_FORMAT, type Cassette, type CassetteKind } from '../../../shared/run/cassette';
import { findInProject, isInside, readBounded, realFolder, realPath } from '../../compiler/project-path';
import { describeFileError } from '../file-error';
import { replaceFile } from '../replace-file';

/** More are refused: whoever records so many wants another place for them. */
const MOST_CASSETTES = 10_000;
const MOST_BYTES = 16 * 1024 * 1024;
/** They are held in memory together. */
const MOST_BYTES_TOGETHER = 256 * 1024 * 1024;
const FILE_NAME = /^[0-9a-f]{64}\.json$/;

export type Cassettes = ReadonlyMap<string, Pick<Cassette, 'kind' | 'answer' | 'pieces' | 'tookMs'>>;

/** Of a project; see `readCassetteFolder`. */
export async function readCassettes(projectDir: string): Promise<Result<Cassettes>> {
  const folder = join(projectDir, CASSETTE_FOLDER);
  if (!leadsOut(projectDir, folder)) return readCassetteFolder(folder);
  return failed({ code: 'MDL007', message: `${CASSETTE_FOLDER}/ is a link that leads out of the project`, fix: 'Put the cassettes themselves there.' });
}

/** A stranger's project may have links to anywhere. */
function leadsOut(projectDir: string, folder: string): boolean {
  const real = realPath(folder);
  return real !== undefined && !isInside(realFolder(projectDir), real);
}

/** As they go into a process that simulates or tests. */
export const sendCassettes = (cassettes: Cassettes): readonly ({ readonly asked: string } & Pick<Cassette, 'answer' | 'pieces' | 'tookMs'>)[] =>
  [...cassettes].map(([asked, { answer, pieces, tookMs }]) => ({ asked, answer, ...(pieces === undefined ? {} : { pieces }), tookMs }));

/** By the text of their request (`cassetteText`). `MDL007`: one can't be read, or is not what its name says. */
export async function readCassetteFolder(folder: string): Promise<Result<Cassettes>> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => FILE_NAME.test(name)).toSorted();
  if (names.length > MOST_CASSETTES) return failed({ code: 'MDL007', message: `${basename(folder)}/ has ${names.length} files, more than ${MOST_CASSETTES}`, fix: 'Delete those that nothing asks for any more, and record anew.' });
  const found = new Map<string, Cassette>();
  let bytes = 0;
  for (const name of names) {
    // They are read without promises, and a window waits for others.
    await nextTurn();
    const read = readCassette(folder, name);
    if (!read.ok) return read;
    bytes += read.value.bytes;
    if (bytes > MOST_BYTES_TOGETHER) return failed({ code: 'MDL007', message: `${basename(folder)}/ has more than ${MOST_BYTES_TOGETHER / 1024 / 1024} MiB`, fix: 'Delete those that nothing asks for any more, and record anew.' });
    found.set(cassetteText(read.value.cassette.kind, read.value.cassette.request), read.value.cassette);
  }
  return ok(found);
}

function readCassette(folder: string, name: string): Result<{ readonly cassette: Cassette; readonly bytes: number }> {
  const refuse = (why: string): Result<never> => failed({ code: 'MDL007', message: `${basename(folder)}/${name} is no cassette: ${why}`, fix: 'Delete it, and record it anew with --record.' });
  const found = findInProject(realFolder(folder), name);
  if (!found.ok) return refuse('it is no regular file in its folder');
  try {
    const read = readBounded(found.path, MOST_BYTES);
    if ('tooLarge' in read) return refuse('it is too large');
    const parsed = cassetteFile.safeParse(JSON.parse(read.bytes.toString('utf8')));
    if (!parsed.success) return refuse(parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the whole'}: ${message}`).join('; '));
    return cassetteName(parsed.data.kind, parsed.data.request) === name ? ok({ cassette: parsed.data, bytes: read.bytes.length }) : refuse('its request was changed since it was recorded');
  } catch (error) {
    return refuse(describeFileError(error) ?? 'it is no JSON');
  }
}

export const cassetteName = (kind: CassetteKind, request: Json): string => `${createHash('sha256').update(cassetteText(kind, request)).digest('hex')}.json`;

/** `MDL009`: it can't be written. */
export async function writeCassette(projectDir: string, { kind, request, answer, pieces, tookMs }: Omit<Cassette, 'format'>): Promise<Result<null>> {
  const { timeoutMs: _, ...asked } = request as { readonly [field: string]: Json };
  const cassette: Cassette = { format: CASSETTE_FORMAT, kind, request: asked, answer, ...(pieces === undefined ? {} : { pieces }), tookMs: Math.round(tookMs) };
  const folder = join(projectDir, CASSETTE_FOLDER);
  try {
    await mkdir(folder, { recursive: true });
    if (leadsOut(projectDir, folder)) return failed({ code: 'MDL009', message: `an answer can't be recorded: ${CASSETTE_FOLDER}/ is a link that leads out of the project`, fix: `Make ${CASSETTE_FOLDER}/ a folder.` });
    await replaceFile(join(folder, cassetteName(kind, request)), `${JSON.stringify(cassette, null, 2)}\n`, 0o644);
    return ok(null);
  } catch (error) {
    return failed({ code: 'MDL009', message: `an answer can't be recorded: ${describeFileError(error) ?? 'unknown'}`, fix: 'Record in a project that can be written.' });
  }
}
