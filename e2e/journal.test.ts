/** What stands in docs/formats/journal.md is what journals hold: every line of both worlds fits the schema, with no field beside it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { journalHeader, journalRecord } from '../shared/journal/record-schema';
import { Project } from './project';

let project: Project;
afterEach(() => project.remove());

describe.each(['word-count', 'log-watch', 'support-desk', 'pool', 'research-team'])('the journal of %s', (example) => {
  it.each([
    ['simulate', []],
    ['run', ['--trace', '--for', '2s', '--json']],
  ])('written by %s is what its format says', async (command, flags) => {
    project = new Project(example);
    const file = join(project.home, 'journal.jsonl');
    await project.prismatic(command, project.dir, '--journal', file, ...flags);
    const [header, ...records] = readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { readonly type?: string });
    expect(journalHeader.parse(header)).toEqual(header);
    for (const record of records) expect(journalRecord.parse(record)).toEqual(record);
    expect(records.map((record) => 'seq' in record && record.seq)).toEqual(records.map((_, index) => index + 1));
    expect(records.at(-1)!.type).toBe('run.ended');
  }, 60_000);
});
