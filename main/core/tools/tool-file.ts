/** `tools.json` in the person's folder for data. It is read at each call: whoever takes a server out of it is heard at once. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { failed, ok, type Result } from '../../../shared/errors/result';
import { TOOLS_FORMAT, toolsFile, type ToolServers } from '../../../shared/run/tool-settings';
import { describeFileError } from '../file-error';
import { replaceFile } from '../replace-file';

const NAME = 'tools.json';
/** Variables of servers are secrets, often. */
const PRIVATE = 0o600;

/** None where there is no file. `MCP010`: it can't be read; `MCP011`: it is not what it should be. */
export async function readTools(dataDir: string): Promise<Result<ToolServers>> {
  const text = await readFile(join(dataDir, NAME), 'utf8').catch((error: unknown) => (isMissing(error) ? undefined : { error }));
  if (text === undefined) return ok({});
  if (typeof text !== 'string') return failed({ code: 'MCP010', message: `${NAME} in the folder for data can't be read: ${describeFileError(text.error) ?? 'unknown'}`, fix: 'Check the rights of the folder for data.' });
  const refuse = (why: string): Result<never> => failed({ code: 'MCP011', message: `${NAME} in the folder for data is not as it should be: ${why}`, fix: `Mend it. It begins {"format": "${TOOLS_FORMAT}", "servers": {}}.` });
  const json = parseJson(text);
  if (json === undefined) return refuse('it is no JSON');
  const parsed = toolsFile.safeParse(json);
  if (!parsed.success) return refuse(parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the whole'}: ${message}`).join('; '));
  return ok(parsed.data.servers);
}

/** The file is old or new and never half. `MCP015`: it can't be written. */
export async function writeTools(dataDir: string, servers: ToolServers): Promise<Result<null>> {
  try {
    await replaceFile(join(dataDir, NAME), `${JSON.stringify({ format: TOOLS_FORMAT, servers }, null, 2)}\n`, PRIVATE);
    return ok(null);
  } catch (error) {
    return failed({ code: 'MCP015', message: `${NAME} in the folder for data can't be written: ${describeFileError(error) ?? 'unknown'}`, fix: 'Check the rights of the folder for data, and the room on its disk.' });
  }
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
