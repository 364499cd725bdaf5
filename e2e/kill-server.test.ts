/**
 * The server of the Studio, killed while a page edits over its socket: every edit that the page was told of is there after the next start, in
 * the document, in the history and in the files, and undo leads through all of them. Needs a build.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { ProjectSnapshot } from '../shared/api/project';
import { findText } from '../shared/design/document';
import { editOf, HANDLER, halfWritten, handlerOnDisk, line, linesTo, newestNumbers, numberIn, numberOnDisk, numbersOf } from './edits-in-a-row';
import { ServedStudio } from './screen/served-studio';
import { ServedClient, valueOf } from './served-client';
import { numbers } from './numbers';

const CYCLES = Number(process.env['PRISMATIC_SERVER_KILLS'] ?? 35);
const SEED = 11;

/** A page may send 500 messages in a second; this one undoes faster than a person. */
const BREATH_MS = 3;

async function openProject(client: ServedClient): Promise<ProjectSnapshot> {
  const [recent] = await client.request('workspace.recent', {});
  const handle = recent?.handle ?? valueOf(await client.request('project.create', { from: 'small', name: 'greeter' })).handle;
  return valueOf(await client.request('project.open', { handle }));
}

/** Edits, up to three at a time, until the connection ends; `onAck` hears the number of each edit that was acknowledged. */
function editOn(client: ServedClient, snapshot: ProjectSnapshot, onAck: (n: number) => void): Promise<unknown> {
  let n = numberIn(snapshot);
  let offset = findText(snapshot.document, HANDLER)!.length;
  let number = 0;
  const one = async (): Promise<void> => {
    for (;;) {
      const mine = (n += 1);
      const changes = editOf(mine, offset);
      offset += line(mine).length;
      const answer = await client.request('project.edit', { project: snapshot.project, origin: 'w', number: (number += 1), edit: { label: `edit ${mine}`, changes } });
      valueOf(answer);
      onAck(mine);
    }
  };
  return Promise.allSettled([one(), one(), one()]);
}

it(`the server is killed ${CYCLES} times at moments of seed ${SEED}, and no acknowledged edit is lost`, async () => {
  const random = numbers(SEED);
  const studio = new ServedStudio();
  let [acknowledged, unwritten, unacknowledged] = [0, 0, 0];
  let original: string | undefined;
  let dir = '';
  try {
    for (let cycle = 0; cycle <= CYCLES; cycle += 1) {
      const client = await ServedClient.open(await studio.start());
      const snapshot = await openProject(client);
      dir = snapshot.shownPath.replace(/^~/, studio.home);
      original ??= findText(snapshot.document, HANDLER)!;
      const found = numberIn(snapshot);
      expect(found).toBeGreaterThanOrEqual(acknowledged);
      if (found > acknowledged) unacknowledged += 1;
      expect(findText(snapshot.document, HANDLER)).toBe(original + linesTo(found));
      const history = await client.request('project.history', { project: snapshot.project, count: 1000 });
      const made = numbersOf(history);
      // All of them, each once.
      expect(made).toEqual(newestNumbers(found, made.length));
      expect(made.length).toBeGreaterThanOrEqual(Math.min(found, 900));
      expect(snapshot.unsaved).toBeNull();
      acknowledged = found;
      if (cycle === CYCLES) {
        await undoAll(client, snapshot, found, () => handlerOnDisk(dir), original);
        await client.close();
        expect(await studio.stop()).toBe(0);
        break;
      }
      const target = acknowledged + 1 + Math.floor(random() * 15);
      const rest = random() * 200;
      let reached: () => void = () => undefined;
      const enough = new Promise<void>((resolve) => (reached = resolve));
      const editing = editOn(client, snapshot, (n) => {
        acknowledged = Math.max(acknowledged, n);
        if (n >= target) reached();
      });
      await Promise.race([enough, editing.then(() => Promise.reject(new Error('editing ended before the kill')))]);
      // Somewhere between an acknowledgement, a write of the files, and the record of that write.
      await pause(rest);
      await studio.stop('SIGKILL');
      await editing;
      // Old or new, never half.
      expect(original + linesTo(acknowledged + 3)).toContain(handlerOnDisk(dir));
      if (numberOnDisk(dir) < acknowledged) unwritten += 1;
    }
    expect(unwritten).toBeGreaterThan(CYCLES / 10);
    expect(halfWritten(dir)).toEqual([]);
    console.log(`server: ${acknowledged} edits, ${CYCLES} kills: ${unwritten} with unwritten edits, ${unacknowledged} with edits kept and not acknowledged, 0 lost`);
  } finally {
    await studio.remove();
  }
}, 600_000);

async function undoAll(client: ServedClient, { project }: ProjectSnapshot, count: number, onDisk: () => string, original: string): Promise<void> {
  let undone = 0;
  for (; (await client.request('project.undo', { project })).ok; undone += 1) await pause(BREATH_MS);
  expect(undone).toBe(count);
  await expect.poll(onDisk, { timeout: 10_000 }).toBe(original);
  let redone = 0;
  for (; (await client.request('project.redo', { project })).ok; redone += 1) await pause(BREATH_MS);
  expect(redone).toBe(count);
  await expect.poll(onDisk, { timeout: 10_000 }).toBe(original + linesTo(count));
}
