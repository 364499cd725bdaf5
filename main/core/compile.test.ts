import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { askCompiler, readyCompiler } from './compile';

const folder = mkdtempSync(join(tmpdir(), 'prismatic-compile-'));
afterAll(() => rmSync(folder, { recursive: true }));
const thread = (code: string): string => {
  const file = join(folder, `${code.length}.mjs`);
  writeFileSync(file, code);
  return file;
};
const question = { kind: 'compile', projectDir: folder } as const;

it('a check that never ends is ended, and its thread with it', async () => {
  const before = process.getActiveResourcesInfo().filter((name) => name === 'Worker' || name === 'MessagePort').length;
  await expect(askCompiler(question, { thread: thread('for (;;) ;'), mostMs: 300 })).rejects.toThrow('ended after 0.3 s');
  expect(process.getActiveResourcesInfo().filter((name) => name === 'Worker' || name === 'MessagePort').length).toBe(before);
});

it('a check whose thread breaks says why', async () => {
  await expect(askCompiler(question, { thread: thread('throw new Error("broken");') })).rejects.toThrow('broken');
});

it('an answer is passed on, and nothing waits for the time to be over', async () => {
  const answering = thread("import { parentPort } from 'node:worker_threads'; parentPort.on('message', ({ projectDir }) => parentPort.postMessage({ id: 1, value: projectDir }));");
  const [set, clear] = [vi.spyOn(globalThis, 'setTimeout'), vi.spyOn(globalThis, 'clearTimeout')];
  expect(await askCompiler(question, { thread: answering, mostMs: 59_999 })).toBe(folder);
  const limits = set.mock.results.filter((_, index) => set.mock.calls[index]![1] === 59_999);
  expect(limits).toHaveLength(1);
  expect(clear).toHaveBeenCalledWith(limits[0]!.value);
});

describe('a thread that is readied', () => {
  /** Answers with its own number and how often it was asked. */
  const counting = (mark: string): string => thread(`import { parentPort, threadId } from 'node:worker_threads'; let count = 0; parentPort.on('message', () => parentPort.postMessage({ id: 1, value: { threadId, count: ++count } })); // ${mark}`);

  it('is the one that answers then', async () => {
    const one = counting('then');
    await readyCompiler([folder, folder], { thread: one });
    expect(await askCompiler(question, { thread: one })).toMatchObject({ count: 17 });
  });

  it('is waited for, and readied no further, when it is asked meanwhile', async () => {
    const one = counting('meanwhile');
    const readied = readyCompiler(Array.from({ length: 1000 }, () => folder), { thread: one });
    expect(await askCompiler(question, { thread: one })).toMatchObject({ count: 2 });
    await readied;
    expect(await askCompiler(question, { thread: one })).toMatchObject({ count: 3 });
  });

  it('that breaks is no harm to who asks then', async () => {
    const broken = thread('throw new Error("broken again");');
    await readyCompiler([folder], { thread: broken });
    await expect(askCompiler(question, { thread: broken })).rejects.toThrow('broken again');
  });
});
