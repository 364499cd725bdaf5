/** Files of mocks, as the command line names them: `node=file`, each node once. */
import { readFile, stat } from 'node:fs/promises';
import { failed, ok, type Result } from '../../../shared/errors/result';
import { readStrictJson } from '../../../shared/json/strict-json';
import { MOCK_FORMAT, readMock, type Mock, type Mocks } from '../../../shared/run/mock';

const MOST_BYTES = 20 * 1024 * 1024;

/** `resolve`: a path as the person wrote it -> where the file is. Fails with MOC003, MOC004 or MOC006. */
export async function readMocks(given: readonly string[], resolve: (path: string) => string): Promise<Result<Mocks>> {
  const mocks = new Map<string, Mock>();
  for (const one of given) {
    const split = one.indexOf('=');
    const [node, path] = [one.slice(0, split), one.slice(split + 1)];
    if (split < 1 || path === '') return failed({ code: 'MOC006', message: `--mock ${one} names no node and file`, fix: 'Write it like --mock brain=answers.json.' });
    if (mocks.has(node)) return failed({ code: 'MOC006', message: `${node} is mocked twice`, fix: 'Give each node one mock.' });
    const read = await readMockFile(resolve(path), path);
    if (!read.ok) return read;
    mocks.set(node, read.value);
  }
  return ok(Object.fromEntries(mocks));
}

async function readMockFile(file: string, shown: string): Promise<Result<Mock>> {
  const refuse = (why: string): Result<never> => failed({ code: 'MOC003', message: `the mock ${shown} can't be read: ${why}`, fix: 'Name a JSON file with the answers.' });
  const size = await stat(file).then(({ size: bytes }) => bytes, () => undefined);
  if (size === undefined) return refuse('there is no such file');
  if (size > MOST_BYTES) return refuse(`it has ${size} bytes, and at most ${MOST_BYTES} are read`);
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return refuse('it is no file, or may not be read');
  const { value, faults } = readStrictJson(text);
  if (value === undefined || faults.length > 0) return refuse(faults[0]?.message ?? 'it is no JSON');
  const read = readMock(value);
  if (read.ok) return ok(read.mock);
  return failed({ code: 'MOC004', message: `${shown} is no mock: ${read.where === '' ? '' : `${read.where}: `}${read.why}`, fix: `Write a list of rules like [{ "reply": { "text": "yes" } }], or { "format": "${MOCK_FORMAT}", "kind": ... }.` });
}
