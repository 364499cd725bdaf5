/**
 * Electron's main process, killed while its window edits: every edit that the page was told of is there after the next start, in the
 * document, in the history and in the files; undo leads through all of them; and no process of the app outlives its main one.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test, type Page } from '@playwright/test';
import type { HistoryEntry, ProjectSnapshot, RecentProject } from '../shared/api/project';
import { findText } from '../shared/design/document';
import { editOf, HANDLER, halfWritten, handlerOnDisk, line, linesTo, newestNumbers, numberIn, numberOnDisk, numbersOf } from './edits-in-a-row';
import { numbers } from './numbers';
import { ask, get, isUp, type Bridge } from './screen/bridge';
import { DesktopStudio, whyNoWindow } from './screen/desktop-studio';

const CYCLES = Number(process.env['PRISMATIC_WINDOW_KILLS'] ?? 15);
const SEED = 12;
const PATIENCE = { timeout: 60_000 };
/** How many edits the page prepares; a kill comes long before. */
const MOST_EDITS = 400;

test.skip(whyNoWindow !== undefined, whyNoWindow);
test.skip(process.platform !== 'linux', 'processes are counted in /proc');

async function openProject(page: Page): Promise<ProjectSnapshot> {
  const [recent] = await get<readonly RecentProject[]>(page, 'workspace.recent', {});
  const handle = recent?.handle ?? (await get<{ readonly handle: string }>(page, 'project.create', { from: 'small', name: 'greeter' })).handle;
  return get<ProjectSnapshot>(page, 'project.open', { handle });
}

/** Edits, up to three at a time, until the app is killed; `onAck` hears the number of each edit that the page was told of. */
async function editOn(page: Page, snapshot: ProjectSnapshot, onAck: (n: number) => void): Promise<void> {
  page.on('console', (message) => {
    const said = /^acknowledged (\d+)$/.exec(message.text());
    if (said) onAck(Number(said[1]));
  });
  let [n, offset] = [numberIn(snapshot), findText(snapshot.document, HANDLER)!.length];
  const edits = Array.from({ length: MOST_EDITS }, () => {
    const changes = editOf((n += 1), offset);
    offset += line(n).length;
    return { n, changes };
  });
  await page.evaluate(([project, all]) => {
    const { request } = (globalThis as unknown as Bridge).prismatic;
    const ahead = (JSON.parse(all) as readonly { readonly n: number; readonly changes: unknown }[]).entries();
    const one = async (): Promise<void> => {
      for (const [index, { n: mine, changes }] of ahead) {
        const reply = (await request('project.edit', { project, origin: 'killed', number: index + 1, edit: { label: `edit ${mine}`, changes } })) as { readonly answer?: { readonly ok: boolean } };
        console.log(reply.answer?.ok === true ? `acknowledged ${mine}` : `refused ${JSON.stringify(reply)}`);
      }
    };
    // Not waited for: the answer of this evaluation comes first.
    void Promise.all([one(), one(), one()]);
  }, [snapshot.project, JSON.stringify(edits)] as const);
}

test(`the app is killed ${CYCLES} times at moments of seed ${SEED}, and no acknowledged edit is lost`, async () => {
  test.setTimeout(600_000);
  const random = numbers(SEED);
  const studio = new DesktopStudio();
  let [acknowledged, unwritten, unacknowledged] = [0, 0, 0];
  let original: string | undefined;
  let dir = '';
  try {
    for (let cycle = 0; cycle <= CYCLES; cycle += 1) {
      const page = await studio.start();
      await isUp(page);
      const snapshot = await openProject(page);
      dir = snapshot.shownPath.replace(/^~/, studio.home);
      original ??= findText(snapshot.document, HANDLER)!;
      const found = numberIn(snapshot);
      expect(found).toBeGreaterThanOrEqual(acknowledged);
      if (found > acknowledged) unacknowledged += 1;
      expect(findText(snapshot.document, HANDLER)).toBe(original + linesTo(found));
      const history = await get<readonly HistoryEntry[]>(page, 'project.history', { project: snapshot.project, count: 1000 });
      const made = numbersOf(history);
      expect(made).toEqual(newestNumbers(found, made.length));
      expect(made.length).toBeGreaterThanOrEqual(Math.min(found, 900));
      expect(snapshot.unsaved).toBeNull();
      acknowledged = found;
      if (cycle === CYCLES) {
        await undoAll(page, snapshot, found, () => handlerOnDisk(dir), original);
        break;
      }
      const target = acknowledged + 1 + Math.floor(random() * 15);
      const rest = random() * 200;
      const enough = Promise.withResolvers<void>();
      await editOn(page, snapshot, (n) => {
        acknowledged = Math.max(acknowledged, n);
        if (n >= target) enough.resolve();
      });
      await enough.promise;
      // Somewhere between an acknowledgement, a write of the files, and the record of that write.
      await pause(rest);
      expect(studio.processes().length).toBeGreaterThan(2);
      await studio.kill();
      await expect.poll(() => studio.processes(), PATIENCE).toEqual([]);
      // Old or new, never half.
      // The page was told of more than it could tell us.
      expect(original + linesTo(found + MOST_EDITS)).toContain(handlerOnDisk(dir));
      if (numberOnDisk(dir) < acknowledged) unwritten += 1;
    }
    expect(unwritten).toBeGreaterThan(CYCLES / 10);
    expect(halfWritten(dir)).toEqual([]);
    console.log(`window: ${acknowledged} edits, ${CYCLES} kills: ${unwritten} with unwritten edits, ${unacknowledged} with edits kept and not acknowledged, 0 lost`);
  } finally {
    await studio.remove();
  }
});

async function undoAll(page: Page, { project }: ProjectSnapshot, count: number, onDisk: () => string, original: string): Promise<void> {
  const repeat = async (name: 'project.undo' | 'project.redo'): Promise<number> => {
    let done = 0;
    for (; ((await ask(page, name, { project })) as { readonly answer?: { readonly ok: boolean } }).answer?.ok; done += 1);
    return done;
  };
  expect(await repeat('project.undo')).toBe(count);
  await expect.poll(onDisk, PATIENCE).toBe(original);
  expect(await repeat('project.redo')).toBe(count);
  await expect.poll(onDisk, PATIENCE).toBe(original + linesTo(count));
}
