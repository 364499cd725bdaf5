/** docs/streams.md does what it says: its project is laid out, checked, tested and run, on two hosts and on one, in the sandbox and on plain V8. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Project, root } from './project';

const page = readFileSync(join(root, 'docs/streams.md'), 'utf8');
const files = new Map([...page.matchAll(/^`([\w./-]+)`:\n\n```\w+\n([\s\S]*?)^```$/gm)].map(([, path, text]) => [path!, text!] as const));
const printed = /^```text\n([\s\S]*?)^```$/m.exec(page)![1]!.trim().split('\n').map((line) => JSON.parse(line) as unknown);

const project = new Project('support-desk');
afterAll(() => project.remove());
beforeAll(() => {
  for (const name of readdirSync(project.dir)) rmSync(join(project.dir, name), { recursive: true });
  for (const [path, text] of files) {
    mkdirSync(dirname(join(project.dir, path)), { recursive: true });
    writeFileSync(join(project.dir, path), text);
  }
});

describe('the project on the page', () => {
  it('is checked without a word', async () => {
    expect([...files.keys()]).toContain('handlers/archive.ts');
    expect(JSON.parse((await project.prismatic('check', project.dir, '--json')).stdout)).toMatchObject({ ok: true, diagnostics: [] });
  }, 120_000);

  it.each([
    ['on two hosts', true, []],
    ['on one host', false, []],
    ['on two hosts, on plain V8', true, ['--unsafe-native-handlers']],
  ] as const)('answers as printed %s', async (_, isApart, flags) => {
    project.write('design.json', files.get('design.json')!.replace('"isolated": true', `"isolated": ${isApart}`));
    const run = await project.prismatic('run', project.dir, '--input', join(project.dir, 'letters.jsonl'), '--json', ...flags);
    const replies = run.lines.filter(({ type }) => type === 'reply').toSorted((left, right) => Number(left['input']) - Number(right['input']));
    expect(replies).toEqual(printed);
    expect(run.lines.at(-1)).toMatchObject({ type: 'result', ok: true, restarts: 0 });
  }, 120_000);

  it('keeps its promises in its tests', async () => {
    const tested = await project.prismatic('test', project.dir, '--json', '--cases', '30');
    expect(JSON.parse(tested.stdout)).toMatchObject({ verdict: 'pass' });
  }, 120_000);
});

describe('streams between two threads', () => {
  const LOG = { operations: { tail: { kind: 'stream', input: { type: 'string' }, output: { type: 'integer' }, errors: ['Closed'] }, closed: { kind: 'call', output: { type: 'integer' } } } };
  const WRITER = `export const Log = {
  async *tail(how, self) {
    try {
      for (let n = 1; how !== 'short' || n <= 2000; n++) {
        if (how === 'crash' && n === 100) throw new Error('over');
        if (how === 'error' && n === 100) throw self.error('Closed');
        yield n;
      }
    } finally {
      self.state.closed = (self.state.closed ?? 0) + 1;
    }
  },
  async closed(_, self) { return self.state.closed ?? 0; },
};
`;
  const READER = `export const Read = {
  async read({ how, most }, self) {
    let n = 0;
    try {
      for await (const item of self.use.log.tail(how)) {
        if (item !== ++n) return 'out of order at ' + item;
        if (n === most) { if (how === 'throws') throw new Error('enough'); break; }
      }
    } catch (error) {
      if (error.code === undefined) throw error;
      return error.code + ' after ' + n;
    }
    return 'read ' + n + ', closed ' + await self.use.log.closed();
  },
};
`;
  const ASKED = [
    [{ how: 'short', most: 0 }, 'read 2000, closed 1'],
    [{ how: 'endless', most: 500 }, 'read 500, closed 2'],
    [{ how: 'error', most: 0 }, 'Closed after 99'],
    [{ how: 'crash', most: 0 }, 'callee_exit after 99'],
    [{ how: 'throws', most: 50 }, 'callee_exit'],
  ] as const;

  it.each([['two hosts', true], ['one host', false]])('come whole and in order, and end with either of their sides, on %s', async (_, isApart) => {
    project.write('design.json', JSON.stringify({
      format: 'prismatic/1', name: 'streams', root: 'root',
      nodes: {
        root: { kind: 'supervisor', maxRestarts: 10, children: ['writer', 'reader'] },
        writer: { kind: 'agent', behaviour: { type: 'code', file: 'handlers/writer.ts' }, provides: ['Log'], isolated: isApart },
        reader: { kind: 'agent', behaviour: { type: 'code', file: 'handlers/reader.ts' }, provides: ['Read'], requires: { log: 'Log' } },
      },
      wires: [{ from: 'reader.log', to: 'writer' }],
    }));
    project.write('protocols/Log.json', JSON.stringify(LOG));
    project.write('protocols/Read.json', JSON.stringify({ operations: { read: { kind: 'call', input: { type: 'object' }, output: { type: 'string' } } } }));
    project.write('handlers/writer.ts', WRITER);
    project.write('handlers/reader.ts', READER);
    project.write('in.jsonl', ASKED.map(([input]) => JSON.stringify({ to: 'reader', protocol: 'Read', operation: 'read', input })).join('\n'));
    const { lines } = await project.prismatic('run', project.dir, '--input', join(project.dir, 'in.jsonl'), '--json');
    const replies = lines.filter(({ type }) => type === 'reply').toSorted((left, right) => Number(left['input']) - Number(right['input'])) as readonly { readonly output?: string; readonly error?: { readonly code: string } }[];
    expect(replies.map(({ output, error }) => output ?? error?.code)).toEqual(ASKED.map(([, answer]) => answer));
    expect(lines.at(-1)).toMatchObject({ type: 'result', restarts: 2 });
  }, 120_000);
});
