import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { designOf, type ProjectDocument } from '../../../shared/design/document';
import type { Edit } from '../../../shared/design/edits/edit';
import { processStart } from '../../store/process-alive';
import { openWorkspace } from '../../store/workspace-client';
import { WorkspaceFailure } from '../../store/workspace-error';
import type { WorkspaceStore } from '../../store/workspace-store';
import { EditLog } from './edit-log';
import { sameThreadChannel } from './testing/test-studio';

const start: ProjectDocument = { files: { 'design.json': { kind: 'json', value: { n: 0 } } } };
const step = (n: number): Edit => ({ label: `to ${n}`, changes: [{ kind: 'set', file: 'design.json', path: ['n'], before: n - 1, after: n }] });
let folder = '';
let store: WorkspaceStore;
let told: number[] = [];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'prismatic-log-'));
  told = [];
  const opened = await openWorkspace({ dataDir: folder, unixMs: 0 }, sameThreadChannel());
  if (!opened.ok) throw new Error(opened.error.message);
  store = opened.value;
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(over: Partial<WorkspaceStore> = {}): Promise<EditLog> {
  const { id, entries, lastSeq } = await store.openProject({ dir: '/p', holder: { pid: process.pid, startedAt: processStart(process.pid), token: 't' } });
  return new EditLog({ id, store: { ...store, ...over }, unixMs: () => 0, onAppended: ({ entry }) => told.push(entry.seq), document: start, entries, lastSeq });
}
const numberOf = ({ document }: { readonly document: ProjectDocument }): unknown => designOf(document)['n'];

describe('the log of edits', () => {
  it('has an edit in its tip at once, and acknowledged once it is on the disk', async () => {
    const log = await open();
    const [first, second] = [log.append('edit', step(1)), log.append('edit', step(2))];
    expect([numberOf(log.tip), numberOf(log.acked)]).toEqual([2, 0]);
    expect((await first).ok && (await second).ok).toBe(true);
    expect([numberOf(log.acked), told]).toEqual([2, [1, 2]]);
  });

  it('takes back an edit that the disk refuses, with all that build on it, and goes on from there', async () => {
    let isFull = false;
    const log = await open({ append: (id, entry) => (isFull ? Promise.reject(new WorkspaceFailure({ code: 'WSP001', message: 'full', fix: '' })) : store.append(id, entry)) });
    await log.append('edit', step(1));
    isFull = true;
    const refused = [log.append('edit', step(2)), log.append('edit', step(3))];
    isFull = false;
    // It builds on what will be taken back.
    const after = log.append('edit', step(4));
    for (const answer of await Promise.all([...refused, after])) expect(answer.ok).toBe(false);
    expect([numberOf(log.tip), numberOf(log.acked)]).toEqual([1, 1]);
    expect(await log.append('edit', step(2))).toMatchObject({ ok: true, value: { entry: { seq: 2 } } });
    expect(told).toEqual([1, 2]);
  });

  it('whose oldest edits were dropped undoes those that are kept, here and after a restart', async () => {
    const log = await open();
    for (let n = 1; n <= 20; n += 1) await log.append('edit', step(n));
    await store.markWritten(1, { seq: 20, files: [], gone: [] });
    await log.compact(5, 1e9);
    expect(log.entries.map(({ seq }) => seq)).toEqual([16, 17, 18, 19, 20]);
    for (let count = 0; count < 5; count += 1) expect((await log.undo()).ok).toBe(true);
    expect(await log.undo()).toMatchObject({ ok: false, error: { code: 'EDT002' } });
    expect(numberOf(log.acked)).toBe(15);
    const again = await store.openProject({ dir: '/p', holder: { pid: process.pid, startedAt: processStart(process.pid), token: 't' } });
    const reopened = new EditLog({ id: again.id, store, unixMs: () => 0, onAppended: () => undefined, document: log.acked.document, entries: again.entries, lastSeq: again.lastSeq });
    for (let count = 0; count < 5; count += 1) expect((await reopened.redo()).ok).toBe(true);
    expect(numberOf(reopened.acked)).toBe(20);
  });
});
