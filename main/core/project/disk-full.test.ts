/** Folders that take no more: on small file systems of their own, where the machine lets a test mount one; else by taking the right to write. */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { designOf } from '../../../shared/design/document';
import { TestClient, TestStudio } from './testing/test-studio';

const run = (...command: readonly [string, ...string[]]): boolean => spawnSync(command[0], command.slice(1)).status === 0;
const mount = (at: string, kib: number): boolean => run('mount', '-t', 'tmpfs', '-o', `size=${kib}k`, 'tmpfs', at);
const canMount = ((): boolean => {
  const at = mkdtempSync(join(tmpdir(), 'prismatic-mount-'));
  const did = process.platform === 'linux' && mount(at, 64) && run('umount', at);
  rmdirSync(at);
  return did;
})();

let studio: TestStudio;
let client: TestClient;
const mounted: string[] = [];
beforeEach(async () => {
  studio = await TestStudio.begin();
  client = new TestClient('w1');
});
afterEach(async () => {
  await studio.projects.close();
  mounted.splice(0).forEach((at) => run('umount', '-l', at));
  rmSync(studio.home, { recursive: true, force: true });
});

function smallDisk(name: string, kib: number): string {
  const at = join(studio.home, name);
  mkdirSync(at, { recursive: true });
  expect(mount(at, kib)).toBe(true);
  mounted.push(at);
  return at;
}

/** Takes all the room that is left. */
function fill(disk: string): string {
  const filler = join(disk, 'filler');
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(filler, Buffer.alloc(Number(bavail) * Number(bsize)));
  return filler;
}

describe.skipIf(!canMount)('a disk without room', () => {
  it('below the project is told; edits are acknowledged, survive a restart, and are written once there is room', async () => {
    const disk = smallDisk('small', 256);
    cpSync(studio.folder('p'), join(disk, 'p'), { recursive: true });
    const filler = fill(disk);
    let project = await studio.openWell(join(disk, 'p'), client);
    expect((await project.set(['name'], 'greeter', 'one')).ok).toBe(true);
    expect((await client.until('project.unsaved')).reason).toContain('ENOSPC');
    expect((await project.set(['name'], 'one', 'two')).ok).toBe(true);
    expect(project.design().name).toBe('greeter');
    await studio.restart();
    client = new TestClient('w2');
    project = await studio.openWell(project.dir, client);
    expect(designOf(project.snapshot.document)['name']).toBe('two');
    expect((await client.until('project.unsaved')).reason).toContain('ENOSPC');
    rmSync(filler);
    await client.until('project.unsaved', ({ reason }) => reason === null);
    expect(project.design().name).toBe('two');
    expect(readdirSync(project.dir).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('below the data folder refuses the edit with a reason, leaves the document as it was acknowledged, and goes on once there is room', async () => {
    await studio.projects.close();
    const disk = smallDisk('data', 2048);
    await studio.start();
    const project = await studio.openWell(studio.folder('p'), client);
    await project.set(['name'], 'greeter', 'one');
    await project.flush();
    const filler = fill(disk);
    // The log has some room of its own left: at most so many edits of this size fit.
    const edits = await Promise.all(Array.from({ length: 100 }, () => project.edit('x', [{ kind: 'text', file: 'handlers/greeter.ts', offset: 0, removed: '', inserted: '/'.repeat(60_000) }])));
    const refused = edits.filter((answer) => !answer.ok);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]).toMatchObject({ ok: false, error: { code: 'WSP001' } });
    const acknowledged = edits.filter((answer) => answer.ok).length;
    rmSync(filler);
    expect(await project.set(['name'], 'one', 'two')).toEqual({ ok: true, value: { revision: acknowledged + 2 } });
    await project.flush();
    expect(project.design().name).toBe('two');
    expect(client.of('project.edited').map(({ revision }) => revision)).toEqual(Array.from({ length: acknowledged + 2 }, (_, index) => index + 1));
  });

  it('that is read-only is told, and gets the edits once it can be written', async () => {
    const disk = smallDisk('small', 1024);
    cpSync(studio.folder('p'), join(disk, 'p'), { recursive: true });
    const project = await studio.openWell(join(disk, 'p'), client);
    await client.until('project.checked');
    expect(run('mount', '-o', 'remount,ro', disk)).toBe(true);
    expect((await project.set(['name'], 'greeter', 'mine')).ok).toBe(true);
    expect((await client.until('project.unsaved')).reason).toContain('EROFS');
    expect((await project.undo()).ok && (await project.redo()).ok).toBe(true);
    expect(run('mount', '-o', 'remount,rw', disk)).toBe(true);
    await client.until('project.unsaved', ({ reason }) => reason === null);
    expect(project.design().name).toBe('mine');
  });
});

/** The superuser may write everywhere. */
describe.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('a folder without the right to write', () => {
  it('is told, keeps the edits, and gets them once it can be written', async () => {
    const project = await studio.openWell(studio.folder('p'), client);
    chmodSync(project.dir, 0o555);
    expect((await project.set(['name'], 'greeter', 'mine')).ok).toBe(true);
    expect((await client.until('project.unsaved')).reason).toContain('EACCES');
    chmodSync(project.dir, 0o755);
    await client.until('project.unsaved', ({ reason }) => reason === null);
    expect(project.design().name).toBe('mine');
  });
});
