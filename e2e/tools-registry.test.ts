/** The person's registry of MCP servers over the Studio's API, with a real server on stdio: kept, listed, tried, and refused to whoever may not. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RequestAnswer, RequestInput, RequestName } from '../shared/api/contract';
import { parseRequest } from '../shared/api/parse-request';
import { realWorld } from '../main/core/core-world';
import { toolHandlers } from '../main/core/studio/tool-requests';
import { commandHash } from '../main/core/tools/command-hash';
import { readTools, writeTools } from '../main/core/tools/tool-file';
import { SERVER_SCRIPT, ToolProject } from './tool-project';
import { TestClient } from './studio';

const LONG_MS = 120_000;
const SECRET = 'tok-canary-51d0';
let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'prismatic-tools-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

type Names = Extract<RequestName, `tools.${string}`>;
type Ask = <N extends Names>(name: N, input: RequestInput<N>) => Promise<RequestAnswer<N>>;
type Question = { readonly message: string; readonly detail: string };

/** `says`: what the person answers; without it, a browser asks. */
function studio(says?: boolean, asked: Question[] = []): Ask {
  const confirm = (question: Question): Promise<boolean> => {
    asked.push(question);
    return Promise.resolve(says === true);
  };
  const handlers = toolHandlers({ dataDir: home, world: realWorld, shell: says === undefined ? { kind: 'browser' } : { kind: 'window', confirm } });
  const client = new TestClient('window');
  return async (name, input) => {
    const parsed = parseRequest(name, JSON.parse(JSON.stringify(input)) as unknown);
    if (!parsed.ok) throw new Error(parsed.problem);
    return (await (handlers[name] as (input: unknown, client: TestClient) => unknown)(parsed.input, client)) as never;
  };
}
const sums = (more: object = {}) => ({ name: 'sums', settings: { command: process.execPath, args: [SERVER_SCRIPT], env: {}, ...more } }) as never;
const codeOf = (answer: { readonly ok: boolean; readonly error?: { readonly code: string } }): unknown => answer.error?.code;
const kept = async (): Promise<unknown> => {
  const read = await readTools(home);
  return read.ok ? read.value : read.error.code;
};

describe('MCP servers of a person', () => {
  it('are kept once the whole command was seen, listed without the values of their variables, tried and removed', async () => {
    const asked: Question[] = [];
    const ask = studio(true, asked);
    const put = await ask('tools.put', sums({ env: { TOKEN: SECRET } }));
    expect(put).toMatchObject({ ok: true, value: { mayChange: true, servers: [{ name: 'sums', command: process.execPath, args: [SERVER_SCRIPT], env: ['TOKEN'] }] } });
    expect(asked).toHaveLength(1);
    expect(asked[0]!.detail).toContain(`TOKEN=... ${process.execPath} ${SERVER_SCRIPT}`);
    expect(statSync(join(home, 'tools.json')).mode & 0o777).toBe(0o600);

    const tried = await ask('tools.try', { name: 'sums' });
    expect(tried).toMatchObject({ ok: true, value: { tools: expect.arrayContaining([{ name: 'add', says: 'The sum of two numbers.', fields: ['a', 'b'] }]) as unknown } });
    expect(JSON.stringify([put, tried, asked, await ask('tools.list', {})])).not.toContain('canary');

    // A value that is not given stays; which tools may be called starts no other program, and is not asked about.
    expect(await ask('tools.put', sums({ env: { TOKEN: null }, allow: ['add'] }))).toMatchObject({ ok: true, value: { servers: [{ allow: ['add'] }] } });
    expect(asked).toHaveLength(1);
    expect(await kept()).toEqual({ sums: { command: process.execPath, args: [SERVER_SCRIPT], env: { TOKEN: SECRET }, allow: ['add'] } });
    await ask('tools.put', sums({ env: { TOKEN: 'another' } }));
    expect(asked).toHaveLength(2);
    expect(await ask('tools.remove', { name: 'sums' })).toMatchObject({ ok: true, value: { servers: [] } });
    expect(readdirSync(home)).toEqual(['tools.json']);
  }, LONG_MS);

  it('are tried as a run starts them: with their own variables and nothing else of ours, and ended after', async () => {
    const seen = join(home, 'seen');
    writeFileSync(join(home, 'spy.mjs'), `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(seen)}, JSON.stringify({ names: Object.keys(process.env), cwd: process.cwd(), pid: process.pid })); await import(${JSON.stringify(SERVER_SCRIPT)});`);
    process.env['PRISMATIC_CANARY'] = 'ours';
    const ask = studio(true);
    await ask('tools.put', { name: 'spy', settings: { command: process.execPath, args: [join(home, 'spy.mjs')], env: { GIVEN: 'x' } } });
    expect(await ask('tools.try', { name: 'spy' })).toMatchObject({ ok: true });
    const { names, pid } = JSON.parse(readFileSync(seen, 'utf8')) as { readonly names: readonly string[]; readonly pid: number };
    expect(names.filter((name) => !['PATH', 'TMPDIR', 'PWD', 'SHLVL', '_'].includes(name))).toEqual(['GIVEN']);
    expect(() => process.kill(pid, 0)).toThrow();
  }, LONG_MS);

  it('two that are saved at once do not undo each other', async () => {
    const ask = studio(true);
    await Promise.all(Array.from({ length: 6 }, (_, index) => ask('tools.put', { name: `s${index}`, settings: { command: 'node', args: [], env: {} } })));
    expect(Object.keys((await kept()) as object).toSorted()).toEqual(Array.from({ length: 6 }, (_, index) => `s${index}`));
  });

  it('are neither changed nor started by a page in a browser, nor against the word of the person', async () => {
    await writeTools(home, { sums: { command: process.execPath, args: [SERVER_SCRIPT], env: { TOKEN: SECRET } } });
    const before = await kept();
    const page = studio();
    expect(await page('tools.list', {})).toMatchObject({ ok: true, value: { mayChange: false, servers: [{ name: 'sums', env: ['TOKEN'] }] } });
    for (const deed of [page('tools.put', sums({ args: ['-e', '1'] })), page('tools.put', sums({ env: { TOKEN: null } })), page('tools.remove', { name: 'sums' }), page('tools.try', { name: 'sums' })]) expect(codeOf(await deed)).toBe('MCP016');
    expect(codeOf(await studio(false)('tools.put', sums({ args: ['-e', '1'] })))).toBe('MCP016');
    expect(await kept()).toEqual(before);
  });

  it.each([
    ['a name that is none', { name: '__proto__', settings: { command: 'node' } }],
    ['no command', { name: 'a', settings: { args: [] } }],
    ['an empty command', { name: 'a', settings: { command: '' } }],
    ['a variable that is no name', { name: 'a', settings: { command: 'node', env: { 'A B': 'x' } } }],
    ['a field that is not known', { name: 'a', settings: { command: 'node', shell: true } }],
  ])('%s is refused where it comes in', (_, input) => expect(parseRequest('tools.put', input).ok).toBe(false));
});

it('which tools may be called is no part of what a grant is for, and is held in a run', async () => {
  const settings = { command: process.execPath, args: [SERVER_SCRIPT], env: {} };
  expect(commandHash({ ...settings, allow: ['add'] })).toBe(commandHash(settings));
  const project = new ToolProject();
  try {
    project.servers({ sums: settings });
    // Granted in full: what the person allows is looked at all the same.
    const { stderr } = await project.prismatic('run', project.dir, '--json', '--input', project.inputs(1));
    const grant = join(project.home, 'grants.json');
    writeFileSync(grant, stderr.slice(stderr.indexOf('{')));
    project.servers({ sums: { ...settings, allow: ['parts'] } });
    const refused = await project.prismatic('run', project.dir, '--json', '--input', project.inputs(1), '--grant', grant);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('MCP014')]);
    expect(refused.stderr).toContain('Allow add');
  } finally {
    project.remove();
  }
}, LONG_MS);

const provoke: Readonly<Record<string, () => Promise<unknown>>> = {
  MCP011: async () => codeOf(await studio(true)('tools.put', sums({ env: { TOKEN: null } }))),
  MCP012: async () => codeOf(await studio(true)('tools.try', { name: 'gone' })),
  MCP015: async () => {
    mkdirSync(join(home, 'tools.json'));
    return codeOf(await writeTools(home, {}));
  },
  MCP016: async () => codeOf(await studio()('tools.remove', { name: 'sums' })),
  MCP017: async () => {
    const ask = studio(true);
    await ask('tools.put', sums({ args: [SERVER_SCRIPT, '--dies'] }));
    const answer = await ask('tools.try', { name: 'sums' });
    expect(answer).toMatchObject({ error: { message: expect.stringContaining('cannot find my licence') as unknown } });
    return codeOf(answer);
  },
};
it.each(Object.entries(provoke))('%s is told', async (code, work) => expect(await work()).toBe(code), LONG_MS);
