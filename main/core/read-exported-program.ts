import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { failed, ok, type Result } from '../../shared/errors/result';
import { canonicalJson } from '../../shared/json/canonical';
import type { Program } from '../../shared/program/program';

/** The program of an exported bundle. One that is not what was exported does not run: its hash is over all of it. */
export async function readExportedProgram(folder: string): Promise<Result<Program>> {
  const refuse = (why: string): Result<never> => failed({ code: 'EXP003', message: `${join(folder, 'program.json')} is not what was exported: ${why}`, fix: 'Export the project again.' });
  const text = await readFile(join(folder, 'program.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return refuse('it cannot be read');
  const program = parseProgram(text);
  if (!program) return refuse('it is no program');
  const { hash, ...rest } = program;
  const found = `sha256:${createHash('sha256').update(canonicalJson(rest)).digest('hex')}`;
  return found === hash ? ok(program) : refuse(`it says that its hash is ${String(hash)}, and it is ${found}`);
}

/** The hash vouches for all that is inside; here only that there is a hash to look at. */
function parseProgram(text: string): Program | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'hash' in value ? (value as Program) : undefined;
  } catch {
    return undefined;
  }
}
