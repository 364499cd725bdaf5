/** The examples as a person runs them: through the built command line, or with a core inside the test where something is killed. */
import { appendFileSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import { Project, root, startRun, wc } from './project';

let project: Project;
afterEach(() => project.remove());

const WORDS = ['alpha', 'b', 'gämma', '木曜日', 'e\u0301té', '😀', 'x-y', '\u2014', 'zero\u200bwidth'];
const SPACES = [' ', '  ', '\n', '\t', '\u2003', '\u3000', '\u00a0', '\u2028', '\r\n', '\u202f'];
/** About `bytes` of words between white space of many kinds, the same for the same seed. */
function mixedText(bytes: number, seed: number): string {
  let state = seed;
  const pick = <T>(list: readonly T[]): T => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return list[(state >> 8) % list.length]!;
  };
  const parts: string[] = [];
  for (let size = 0; size < bytes; ) {
    const part = pick(WORDS) + pick(SPACES);
    parts.push(part);
    size += Buffer.byteLength(part);
  }
  return parts.join('');
}

describe('word-count', () => {
  it.each([
    ['an empty text', ''],
    ['one word', 'word'],
    ['20 MB with white space of many bytes', mixedText(20e6, 3)],
  ])('counts %s like wc, on more than one host', async (name, text) => {
    project = new Project('word-count');
    project.write('data/text.txt', text);
    const journal = join(project.home, 'journal.jsonl');
    const { code, lines } = await project.prismatic('run', project.dir, '--json', '--journal', journal);
    expect(code).toBe(0);
    expect(lines.findLast(({ type }) => type === 'output')!['value']).toEqual(wc(join(project.dir, 'data/text.txt')));
    expect(lines.at(-1)).toMatchObject({ type: 'result', ok: true, reason: 'drained', failed: 0, dropped: 0, deadLetters: 0 });
    if (name.startsWith('20')) {
      const worked = new Set([...readFileSync(journal, 'utf8').matchAll(/"host":"(counter-\d)","step":\d+,"atMs":\d+,"cause":(?:null|\d+),"type":"batch.received"/g)].map((found) => found[1]));
      expect(worked.size).toBeGreaterThanOrEqual(2);
    }
  }, 120_000);

  it('counts like wc when a counter’s host is killed half-way', async () => {
    project = new Project('word-count');
    const text = mixedText(4e6, 5);
    project.write('data/text.txt', text);
    const running = await startRun(project);
    const { store } = running;
    // Half of the pieces are settled: now.
    for (let counts = await store.counts(); counts.handled < 30; counts = await store.counts()) await new Promise((resolve) => setImmediate(resolve));
    running.run.operate({ action: 'killHost', host: 'counter-2' });
    const result = await running.finish();
    expect(running.notes.some((note) => note.kind === 'hostLost' && note.host === 'counter-2')).toBe(true);
    expect(result).toMatchObject({ ok: true, hostsLost: 1, deadLetters: 0 });
    expect(result.restarts).toBeGreaterThanOrEqual(1);
    expect(running.outputs.at(-1)!.value).toEqual(wc(join(project.dir, 'data/text.txt')));
    await store.verify();
    await store.close();
  }, 60_000);
});

describe('support-desk', () => {
  const tickets = (count: number, poison: number): string =>
    Array.from({ length: count }, (_, index) => JSON.stringify({ id: `t-${index + 1}`, from: 'ada@example.org', text: index + 1 === poison ? '??? 123' : `Question number ${index + 1} about an invoice` })).join('\n');
  const answered = (): readonly string[] =>
    readFileSync(join(project.dir, '.prismatic/out/answers.jsonl'), 'utf8').trim().split('\n').map((line) => (JSON.parse(line) as { readonly ticket: string }).ticket);

  it('answers 1,000 tickets but the one that is poison', async () => {
    project = new Project('support-desk');
    project.write('data/tickets.jsonl', tickets(1000, 500));
    const { code, lines } = await project.prismatic('run', project.dir, '--json');
    expect(code).toBe(0);
    expect(lines.at(-1)).toMatchObject({ ok: true, inputs: 1000, handled: 999, failed: 1, deadLetters: 1, dropped: 0, effects: { unknown: 0 } });
    expect(new Set(answered()).size).toBe(999);
    expect(answered()).toHaveLength(999);
  }, 60_000);

  it('loses no ticket and answers none twice when the engine is killed in the middle', async () => {
    project = new Project('support-desk');
    project.write('data/tickets.jsonl', tickets(600, 0));
    const running = await startRun(project);
    for (let counts = await running.store.counts(); counts.handled < 200; counts = await running.store.counts()) await new Promise((resolve) => setImmediate(resolve));
    running.engine().kill('by the test');
    const result = await running.finish();
    expect(running.notes.some(({ kind }) => kind === 'engineLost')).toBe(true);
    expect(result).toMatchObject({ ok: true, inputs: 600, handled: 600, failed: 0, dropped: 0, effects: { unknown: 0 } });
    expect(answered().toSorted()).toEqual([...new Set(answered())].toSorted());
    expect(new Set(answered()).size).toBe(600);
    await running.store.verify();
    await running.store.close();
  }, 60_000);
});

describe('log-watch', () => {
  it('reads on when the log is rotated and when it is cut short: lines read = parsed + dead letters', async () => {
    project = new Project('log-watch');
    const log = join(project.dir, 'data/app.log');
    const entry = (index: number): string => `2026-11-20T09:00:00.000Z INFO web: line ${index}\n`;
    writeFileSync(log, entry(1) + 'no entry at all\n' + entry(2));
    const running = await startRun(project);
    const settled = async (count: number): Promise<void> => {
      for (let counts = await running.store.counts(); counts.handled + counts.failed < count; counts = await running.store.counts()) await new Promise((resolve) => setImmediate(resolve));
    };
    await settled(3);
    renameSync(log, `${log}.1`);
    writeFileSync(log, entry(3));
    await settled(4);
    truncateSync(log, 0);
    // Told apart from the old content only once the reader has seen the file shorter than what it had read.
    await new Promise((resolve) => setTimeout(resolve, 200));
    appendFileSync(log, entry(4) + entry(5));
    await settled(6);
    running.run.stop('time');
    const result = await running.finish();
    expect(result).toMatchObject({ ok: true, reason: 'time', inputs: 6, handled: 5, failed: 1, deadLetters: 1 });
    expect(running.outputs.at(-1)!.value).toMatchObject({ INFO: 5 });
    await running.store.close();
  }, 30_000);
});

describe('research-team', () => {
  const reports = (): readonly string[] => readFileSync(join(project.dir, '.prismatic/out/reports.jsonl'), 'utf8').trim().split('\n').map((line) => (JSON.parse(line) as { readonly id: string }).id);
  const shown = { questions: 5, published: 4, refused: 1, findings: 7 };

  it('ends by itself, with the deputy in the place of a person who is not there', async () => {
    project = new Project('research-team');
    const { code, lines, stderr } = await project.prismatic('run', project.dir, '--json');
    expect(code).toBe(0);
    expect(lines.findLast(({ type }) => type === 'output')!['value']).toEqual(shown);
    expect(lines.at(-1)).toMatchObject({ ok: true, reason: 'drained', inputs: 5, handled: 5, failed: 0, deadLetters: 0, restarts: 1, effects: { unknown: 0 } });
    expect(reports()).toEqual(['q-1', 'q-2', 'q-3', 'q-4']);
    expect(stderr).toContain('nobody is here to answer approve for editor; deputy is asked instead');
    expect(stderr).toContain('--mock editor=<file> answers');
  }, 60_000);

  it('publishes what the editor of a mock wants', async () => {
    project = new Project('research-team');
    writeFileSync(join(project.home, 'yes.json'), JSON.stringify([{ reply: { isApproved: true } }]));
    const { lines } = await project.prismatic('run', project.dir, '--json', '--mock', 'editor=yes.json');
    expect(lines.findLast(({ type }) => type === 'output')!['value']).toEqual({ ...shown, published: 5, refused: 0 });
  }, 60_000);

  it.each([['default', 'pass'], ['nobody', 'pass'], ['outage', 'pass']])('in the scenario %s of virtual time: %s', async (scenario, verdict) => {
    project = new Project('research-team');
    const { lines } = await project.prismatic('simulate', project.dir, '--scenario', scenario, '--seeds', '5', '--json');
    expect(lines[0]).toMatchObject({ verdict, failing: [] });
  }, 60_000);

  it('without anybody who stands in for a person, the verdict is not known, and the question is shown', async () => {
    project = new Project('research-team');
    const design = JSON.parse(project.read('design.json')) as { nodes: { editor: { requires: object } }; wires: readonly { readonly from: string }[] };
    design.nodes.editor.requires = {};
    project.write('design.json', JSON.stringify({ ...design, wires: design.wires.filter(({ from }) => from !== 'editor.escalation') }));
    const scenario = JSON.parse(project.read('scenarios/nobody.json')) as { readonly expectations: readonly unknown[] };
    project.write('scenarios/nobody.json', JSON.stringify({ ...scenario, untilMs: 86_400_000, expectations: [] }));
    const { code, lines } = await project.prismatic('simulate', project.dir, '--scenario', 'nobody', '--json');
    expect([code, lines[0]!['verdict']]).toEqual([3, 'unknown']);
    expect(lines[0]!['expectations']).toMatchObject([{ name: 'people answer', verdict: 'unknown', message: expect.stringContaining('nobody answers approve for editor: {"question":"Why did the bridge') as string }]);
  }, 60_000);
});

describe('a simulation', () => {
  it.each(['word-count', 'log-watch', 'support-desk', 'research-team'])('of %s gives the same bytes twice, on one core and on two', async (example) => {
    project = new Project(example);
    const simulate = (prefix: readonly string[]): string => {
      const [command, ...args] = [...prefix, process.execPath, '--no-warnings', join(root, 'dist/core/cli.js'), 'simulate', project.dir, '--seed', '9', '--json', '--journal', join(project.home, 'j')];
      const stdout = execFileSync(command, args, { encoding: 'utf8' });
      return stdout + readFileSync(join(project.home, 'j'), 'utf8');
    };
    const first = simulate([]);
    expect(simulate([])).toBe(first);
    if (process.platform === 'linux') expect(simulate(['taskset', '-c', '0'])).toBe(first);
    expect(first).toContain('"verdict":"pass"');
  }, 60_000);
});
