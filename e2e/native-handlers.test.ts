/** `--unsafe-native-handlers`: the same outputs on the examples, and nobody can overlook it. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Project } from './project';

let project: Project;
afterEach(() => project.remove());

type Line = Readonly<Record<string, unknown>>;
/** What came out: the result without its time, the last value of each sink, and what sinks wrote, in any order. */
function outcome(lines: readonly Line[]): unknown {
  const { wallMs: _, ...result } = lines.at(-1)!;
  const last = Object.fromEntries(lines.filter(({ type }) => type === 'output').map((line) => [String(line['node']), line['value']]));
  const written = join(project.dir, '.prismatic/out/answers.jsonl');
  return { result, last, written: existsSync(written) ? readFileSync(written, 'utf8').trim().split('\n').toSorted() : [] };
}
const linesOf = (text: string): readonly Line[] => text.trim().split('\n').map((line) => JSON.parse(line) as Line);

async function runAnew(example: string, flags: readonly string[]): Promise<{ readonly code: number; readonly stderr: string; readonly outcome: unknown; readonly chosen: readonly Line[] }> {
  project = new Project(example);
  if (example === 'log-watch') project.write('data/app.log', readFileSync(join(project.dir, 'data/app.log'), 'utf8').split('\n').slice(0, 80).join('\n'));
  const journal = join(project.home, 'journal.jsonl');
  const { code, stderr, lines } = await project.prismatic('run', project.dir, '--json', '--journal', journal, ...flags);
  const answer = { code, stderr, outcome: outcome(lines), chosen: linesOf(readFileSync(journal, 'utf8')).filter(({ type }) => type === 'operator') };
  project.remove();
  return answer;
}

describe.each([['word-count', []], ['log-watch', ['--for', '4s']], ['support-desk', []], ['research-team', []]])('%s, with native handlers', (example, flags) => {
  it('gives what it gives in the sandbox, and is labelled on stderr and in the journal', async () => {
    const sandboxed = await runAnew(example, flags);
    const native = await runAnew(example, [...flags, '--unsafe-native-handlers']);
    expect([native.code, sandboxed.code]).toEqual([0, 0]);
    expect(native.outcome).toEqual(sandboxed.outcome);
    expect(native.stderr).toMatch(/^UNSAFE: handlers run without their sandbox/m);
    expect(native.chosen).toMatchObject([{ host: 'core', action: 'unsafe-native-handlers', target: 'run' }]);
    expect([sandboxed.chosen, sandboxed.stderr.includes('UNSAFE')]).toEqual([[], false]);
  }, 60_000);
});

describe('a handler', () => {
  const flag = '--unsafe-native-handlers';
  /** QuickJS has no WebAssembly, V8 has: the specialist's answer tells where it runs. */
  const tellWhere = (): void => {
    project = new Project('support-desk');
    project.write('data/tickets.jsonl', JSON.stringify({ id: 'a', from: 'x@y', text: 'An invoice please' }));
    const handler = readFileSync(join(project.dir, 'handlers/specialist.ts'), 'utf8');
    project.write('handlers/specialist.ts', handler.replace('text: ANSWERS[self.state.topic](name, words)', 'text: typeof WebAssembly'));
  };
  const answerIn = (folder: string): unknown => (JSON.parse(readFileSync(join(folder, '.prismatic/out/answers.jsonl'), 'utf8')) as Line)['text'];

  it.each([[[], 'undefined'], [[flag], 'object']])('run with %j finds WebAssembly to be of type %s', async (flags, where) => {
    tellWhere();
    expect((await project.prismatic('run', project.dir, '--json', ...flags)).code).toBe(0);
    expect(answerIn(project.dir)).toBe(where);
  });

  it('runs natively in an exported bundle too, by the same flag', async () => {
    tellWhere();
    const out = join(project.home, 'bundle');
    await project.prismatic('export', project.dir, '--target', 'node', '--out', out);
    execFileSync(process.execPath, [join(out, 'main.mjs'), '--json', '--data-dir', join(project.home, 'd'), flag], { cwd: out, env: {}, stdio: 'ignore' });
    expect(answerIn(out)).toBe('object');
  }, 30_000);
});
