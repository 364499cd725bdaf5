/** The example `word-count` inside the sandbox, whose regular expressions are not V8's. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { Project, wc } from './project';

let project: Project;
afterEach(() => project.remove());

it('counts each character of Unicode like wc does', async () => {
  project = new Project('word-count');
  const characters = Array.from({ length: 0x110000 }, (_, code) => code).filter((code) => code < 0xd800 || code > 0xdfff).map((code) => String.fromCodePoint(code));
  project.write('data/text.txt', characters.map((one) => ` ${one} a${one}a\n`).join(''));
  const { code, lines } = await project.prismatic('run', project.dir, '--json');
  expect(code).toBe(0);
  expect(lines.findLast(({ type }) => type === 'output')!['value']).toEqual(wc(join(project.dir, 'data/text.txt')));
}, 60_000);

it('comes to the same total when one counter crashes and the host of another dies', async () => {
  project = new Project('word-count');
  const { lines } = await project.prismatic('simulate', project.dir, '--scenario', 'same-total', '--json');
  expect(lines[0]).toMatchObject({ verdict: 'pass', failed: 0, restarts: 2 });
}, 60_000);

it('ends as failed and shows no total when the agent that adds up has lost its parts', async () => {
  project = new Project('word-count');
  project.write('scenarios/totals-crash.json', JSON.stringify({ format: 'prismatic-scenario/1', faults: [{ atMs: 20, kind: 'crash', node: 'totals' }], expectations: [] }));
  const journal = join(project.home, 'journal.jsonl');
  const { lines } = await project.prismatic('simulate', project.dir, '--scenario', 'totals-crash', '--json', '--journal', journal);
  expect(lines[0]).toMatchObject({ verdict: 'fail' });
  expect(readFileSync(journal, 'utf8')).not.toContain('"output.emitted"');
}, 60_000);
