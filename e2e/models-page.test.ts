/** docs/models.md does what it says: its project is laid out, checked and run, and answers as printed. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { toolsFile } from '../shared/run/tool-settings';
import { Project, root } from './project';

const page = readFileSync(join(root, 'docs/models.md'), 'utf8');
const files = [...page.matchAll(/^`([\w./-]+)`:\n\n```\w+\n([\s\S]*?)^```$/gm)].map(([, path, text]) => [path!, text!] as const);
const printed = /^```text\n([\s\S]*?)^```$/m.exec(page)![1]!.trim().split('\n').map((line) => JSON.parse(line) as unknown);

const project = new Project('support-desk');
afterAll(() => project.remove());

it('the project on the page is checked without a word, and answers as printed', async () => {
  for (const name of readdirSync(project.dir)) rmSync(join(project.dir, name), { recursive: true });
  for (const [path, text] of files) {
    mkdirSync(dirname(join(project.dir, path)), { recursive: true });
    writeFileSync(join(project.dir, path), text);
  }
  expect(files.map(([path]) => path)).toContain('prompts/clerk.md');
  const checked = await project.prismatic('check', project.dir, '--json');
  expect(JSON.parse(checked.stdout)).toMatchObject({ ok: true, diagnostics: [] });
  const run = await project.prismatic('run', project.dir, '--input', join(project.dir, 'letters.jsonl'), '--json');
  expect(run.lines.filter(({ type }) => type === 'reply')).toEqual(printed);
  const tested = await project.prismatic('test', project.dir, '--cases', '10', '--json');
  expect(JSON.parse(tested.stdout)).toMatchObject({ verdict: 'pass' });
}, 120_000);

it('the registry on the page is one', () => {
  const [, json] = /^```json\n(\{ "format": "prismatic-tools\/1".*)\n```$/m.exec(page)!;
  expect(toolsFile.safeParse(JSON.parse(json!)).success).toBe(true);
});
