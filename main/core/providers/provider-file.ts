/** `providers.json` in the person's folder for data. It is read when a run begins, and again by whoever looks at it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { failed, ok, type Result } from '../../../shared/errors/result';
import { PROVIDERS_FORMAT, providersFile, type Providers } from '../../../shared/run/provider-settings';
import { describeFileError } from '../file-error';
import { replaceFile } from '../replace-file';

const NAME = 'providers.json';
/** Whom a person trusts with their questions is nobody else's business. */
const PRIVATE = 0o600;

/** None where there is no file. `MDL001`: it can't be read; `MDL002`: it is not what it should be. */
export async function readProviders(dataDir: string): Promise<Result<Providers>> {
  const read = await readText(join(dataDir, NAME));
  if (!read.ok) return read;
  if (read.value === undefined) return ok({});
  const refuse = (why: string): Result<never> => failed({ code: 'MDL002', message: `${NAME} in the folder for data is not as it should be: ${why}`, fix: `Mend it, or move it away and add your providers anew. It begins {"format": "${PROVIDERS_FORMAT}", "providers": {}}.` });
  const json = parseJson(read.value);
  if (json === undefined) return refuse('it is no JSON');
  const parsed = providersFile.safeParse(json);
  if (!parsed.success) return refuse(parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the whole'}: ${message}`).join('; '));
  return ok(parsed.data.providers);
}

async function readText(file: string): Promise<Result<string | undefined>> {
  try {
    return ok(await readFile(file, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ok(undefined);
    return failed({ code: 'MDL001', message: `${NAME} in the folder for data can't be read: ${describeFileError(error) ?? 'unknown'}`, fix: 'Check the rights of the folder for data.' });
  }
}

/** The file is old or new and never half. `MDL003`: it can't be written. */
export async function writeProviders(dataDir: string, providers: Providers): Promise<Result<null>> {
  try {
    await replaceFile(join(dataDir, NAME), `${JSON.stringify({ format: PROVIDERS_FORMAT, providers }, null, 2)}\n`, PRIVATE);
    return ok(null);
  } catch (error) {
    return failed({ code: 'MDL003', message: `${NAME} in the folder for data can't be written: ${describeFileError(error) ?? 'unknown'}`, fix: 'Check the rights of the folder for data, and the room on its disk.' });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
