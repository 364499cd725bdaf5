/** A source that begins anew gets again what was not settled: what was written for those items stands, and is not written again. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { Project, startRun } from './project';
import { ITEMS, writeTortured } from './torture/design';

let project: Project | undefined;
afterEach(() => project?.remove());

it('nothing is written twice when the source crashes again and again, and every item is handled', async () => {
  project = new Project('word-count');
  const dir = join(project.home, 'tortured');
  writeTortured(dir);
  Object.assign(project, { dir });
  const running = await startRun(project);
  let isOver = false;
  void running.run.result.finally(() => (isOver = true));
  for (let seen = 0; !isOver; ) {
    const { handled } = await running.store.counts();
    // Once some more are settled, while others are under way.
    if (handled > seen + 5) {
      seen = handled;
      running.run.operate({ action: 'crash', node: 'items', reason: 'crash: by the test' });
    }
  }
  const result = await running.finish();
  await running.store.close();
  const lines = readFileSync(join(dir, '.prismatic/out/ledger.jsonl'), 'utf8').trimEnd().split('\n');
  expect(result.restarts).toBeGreaterThan(3);
  expect(lines.toSorted()).toEqual(Array.from({ length: ITEMS }, (_, index) => JSON.stringify({ id: `item-${index + 1}` })).toSorted());
  expect(result).toMatchObject({ ok: true, inputs: ITEMS, handled: ITEMS, failed: 0, dropped: 0 });
}, 120_000);
