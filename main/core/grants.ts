/** What a run may reach beyond its own folder: nothing that was not granted, for this very program. */
import { readFile } from 'node:fs/promises';
import { failed, ok, type Result } from '../../shared/errors/result';
import { grantsFile, GRANTS_FORMAT, type GrantsFile } from '../../shared/design/grants';
import type { Program } from '../../shared/program/program';

/**
 * The grants that a program needs and `file` does not give, or `undefined` where nothing is missing. No node of this version
 * reaches beyond the project and the output folder (the compiler refuses paths outside), so nothing is ever missing; a file that
 * is given is checked all the same, so that a wrong one is told before the run.
 */
export async function findMissingGrants(program: Program, file: string | undefined): Promise<Result<GrantsFile | undefined>> {
  if (file === undefined) return ok(undefined);
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return failed({ code: 'GRA001', message: `the grants file ${file} can't be read`, fix: 'Check the path.' });
  const json = parseJson(text);
  const refuse = (why: string): Result<never> => failed({ code: 'GRA002', message: `${file} is no grants file: ${why}`, fix: `Write it like {"format": "${GRANTS_FORMAT}", "program": "${program.hash}", "grants": []}.` });
  if (json === undefined) return refuse('it is no JSON');
  const parsed = grantsFile.safeParse(json);
  if (!parsed.success) return refuse(parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the whole'}: ${message}`).join('; '));
  if (parsed.data.program !== program.hash) return failed({ code: 'GRA003', message: `${file} grants to another program (${parsed.data.program}); this is ${program.hash}`, fix: 'The design has changed since: look at it again, and grant anew.' });
  return ok(undefined);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
