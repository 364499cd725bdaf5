/** Runs that call an MCP server: what has to be granted, what is started, and what becomes of a server that falls. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { SERVER_SCRIPT, ToolProject } from './tool-project';

const SERVER = { command: process.execPath, args: [SERVER_SCRIPT] };
const LONG_MS = 90_000;
let project: ToolProject | undefined;
afterEach(() => {
  project?.remove();
  project = undefined;
});

function setUp(tool?: string, asked?: number): ToolProject {
  project = new ToolProject(tool, asked);
  project.servers({ sums: SERVER });
  return project;
}

/** A file with the grants that the run prints. */
async function granted(made: ToolProject): Promise<string> {
  const { stderr } = await made.prismatic('run', made.dir, '--input', made.inputs(1), '--json');
  const file = join(made.home, 'grants.json');
  writeFileSync(file, stderr.slice(stderr.indexOf('{')));
  return file;
}

describe('a run with a tool', () => {
  it('prints the command in full and what it would need, and starts nothing', async () => {
    const made = setUp();
    const { code, stdout, stderr } = await made.prismatic('run', made.dir, '--input', made.inputs(1), '--json');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(`sums: ${process.execPath} ${SERVER_SCRIPT}`);
    expect(JSON.parse(stderr.slice(stderr.indexOf('{')))).toMatchObject({ grants: [{ node: 'sums', kind: 'mcp', resource: { server: 'sums', tools: ['add'], command: expect.stringMatching(/^sha256:/) as unknown } }] });
  }, LONG_MS);

  it('calls it with its grant: a model agent asks a scripted model, which asks for the tool', async () => {
    const made = setUp();
    const grant = await granted(made);
    // A server that takes longer to start than the first caller waits is up for the next.
    const run = await made.prismatic('run', made.dir, '--input', made.inputs(2, 8000), '--grant', grant, '--record', '--json');
    expect(run.lines.filter(({ type }) => type === 'reply').at(-1)).toMatchObject({ ok: true, output: { answer: 'it said 3' } });
    expect([run.code, run.lines.at(-1)]).toMatchObject([0, { ok: true, effects: { requested: 2, settled: 2, unknown: 0 } }]);
    // Both asked the same, so there is one cassette.
    const [cassette, ...more] = readdirSync(join(made.dir, 'cassettes'));
    expect(more).toEqual([]);
    expect(JSON.parse(readFileSync(join(made.dir, 'cassettes', cassette!), 'utf8'))).toMatchObject({ kind: 'mcp', request: { server: 'sums', tool: 'add', input: { a: 1, b: 2 } }, answer: { text: '3', isError: false } });
  }, LONG_MS);

  it('tells the model of a tool that fails, and starts a server that fell again', async () => {
    const made = setUp('crash', 2);
    const grant = await granted(made);
    const journal = join(made.home, 'journal.jsonl');
    const run = await made.prismatic('run', made.dir, '--grant', grant, '--journal', journal, '--json');
    expect(run.lines.at(-1)).toMatchObject({ ok: true, handled: 2, failed: 0, restarts: 0 });
    expect(run.stderr).toContain('the MCP server sums was gone and has been started again (start 2)');
    const settled = readFileSync(journal, 'utf8').split('\n').filter((line) => line.includes('"effect.settled"')).map((line) => JSON.parse(line) as { readonly error: object });
    expect(settled.map(({ error }) => error)).toEqual([1, 2].map(() => ({ code: 'callee_exit', message: 'sums is gone: it ended with code 3; its last words: out of cheese', node: 'sums' })));
  }, LONG_MS);

  it('is refused where the command is another than was granted, or the person has no such server', async () => {
    const made = setUp();
    const grant = await granted(made);
    made.servers({ sums: { ...SERVER, args: [SERVER_SCRIPT, '--other'] } });
    const changed = await made.prismatic('run', made.dir, '--input', made.inputs(1), '--grant', grant, '--json');
    expect([changed.code, changed.stderr]).toEqual([1, expect.stringContaining('MCP013')]);
    made.servers({ summs: SERVER });
    const missing = await made.prismatic('run', made.dir, '--input', made.inputs(1), '--grant', grant, '--json');
    expect([missing.code, missing.stderr]).toEqual([1, expect.stringMatching(/MCP012.*Did you mean summs/s)]);
    made.servers({ sums: 'node server.mjs' });
    const broken = await made.prismatic('run', made.dir, '--input', made.inputs(1), '--grant', grant, '--json');
    expect([broken.code, broken.stderr]).toEqual([1, expect.stringContaining('MCP011')]);
  }, LONG_MS);
});
