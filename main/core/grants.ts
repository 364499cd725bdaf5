/** What a run may reach beyond its own folder: nothing that was not granted, for this very program. */
import { readFile } from 'node:fs/promises';
import { failed, ok, type Result } from '../../shared/errors/result';
import { grantsFile, GRANTS_FORMAT, type Grant, type GrantsFile } from '../../shared/design/grants';
import { missingGrants } from '../../shared/program/needed-grants';
import type { Program } from '../../shared/program/program';

export type Granted = {
  readonly given: readonly Grant[];
  /** What the program needs beyond that, in the form in which it is given. */
  readonly missing?: GrantsFile;
};

/** What `file` gives, and what a program needs beyond it. A wrong file is told before the run, also where nothing is needed. */
export async function findMissingGrants(program: Program, file: string | undefined): Promise<Result<Granted>> {
  const read = file === undefined ? ok([]) : await readGrants(program, file);
  if (!read.ok) return read;
  const missing = missingGrants(program, read.value);
  if (missing.length === 0) return ok({ given: read.value });
  // A file that lacks one is written anew as a whole: what it gives stays in it.
  return ok({ given: read.value, missing: { format: GRANTS_FORMAT, program: program.hash, grants: [...read.value, ...missing] } });
}

async function readGrants(program: Program, file: string): Promise<Result<readonly Grant[]>> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return failed({ code: 'GRA001', message: `the grants file ${file} can't be read`, fix: 'Check the path.' });
  const json = parseJson(text);
  const refuse = (why: string): Result<never> => failed({ code: 'GRA002', message: `${file} is no grants file: ${why}`, fix: `Write it like {"format": "${GRANTS_FORMAT}", "program": "${program.hash}", "grants": []}.` });
  if (json === undefined) return refuse('it is no JSON');
  const parsed = grantsFile.safeParse(json);
  if (!parsed.success) return refuse(parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the whole'}: ${message}`).join('; '));
  if (parsed.data.program !== program.hash) return failed({ code: 'GRA003', message: `${file} grants to another program (${parsed.data.program}); this is ${program.hash}`, fix: 'The design has changed since: look at it again, and grant anew.' });
  return ok(parsed.data.grants);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
