/** A real MCP server on stdio: what it answers, and what becomes of it when it crashes, hangs, floods or answers garbage. */
import { tmpdir } from 'node:os';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Json } from '../../../shared/json/json';
import { realWorld } from '../core-world';
import { ToolServer, type ToolOutcome } from './tool-server';

const SCRIPT = join(import.meta.dirname, '..', 'testing', 'mcp-server.mjs');
/** A machine under load takes its time to start a process. */
const LONG_MS = 60_000;
const never = new AbortController().signal;
const running: ToolServer[] = [];

function serverOf(...args: readonly string[]): ToolServer {
  const server = new ToolServer('test', { command: process.execPath, args: [SCRIPT, ...args], env: { GIVEN: 'yes' } }, realWorld);
  running.push(server);
  return server;
}
const call = (server: ToolServer, tool: string, input: { readonly [name: string]: Json } = {}, timeoutMs = LONG_MS): Promise<ToolOutcome> => server.call({ server: 'test', tool, input, timeoutMs }, never);
const pidOf = async (server: ToolServer): Promise<number> => {
  const outcome = await call(server, 'parts');
  return outcome.ok ? (outcome.answer.value as { readonly pid: number }).pid : 0;
};
const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

describe('an MCP server', () => {
  it('answers with text, with a value, and with the word that it failed', async () => {
    const server = serverOf();
    expect(await call(server, 'add', { a: 1, b: 2 })).toEqual({ ok: true, answer: { text: '3', isError: false } });
    expect(await call(server, 'parts')).toMatchObject({ ok: true, answer: { value: { calls: 1 } } });
    expect(await call(server, 'fail')).toEqual({ ok: true, answer: { text: 'there is no such file', isError: true } });
    expect(await call(server, 'picture')).toMatchObject({ ok: true, answer: { text: '[image]\na cat' } });
    expect(server.starts).toBe(1);
  }, LONG_MS);

  it('says what is wrong with an input or a tool that it does not have', async () => {
    const server = serverOf();
    // The SDK's server answers both as results of the tool.
    expect(await call(server, 'add', { a: 'x' })).toMatchObject({ ok: true, answer: { isError: true, text: expect.stringContaining('Invalid arguments') as unknown } });
    expect(await call(server, 'sing')).toMatchObject({ ok: true, answer: { isError: true, text: expect.stringContaining('sing') as unknown } });
  }, LONG_MS);

  it('has a clean environment, and a folder that is nobody’s', async () => {
    process.env['SECRET_OF_OURS'] = 'x';
    const server = serverOf();
    const said = await call(server, 'env');
    delete process.env['SECRET_OF_OURS'];
    const names = said.ok ? (JSON.parse(said.answer.text) as readonly string[]) : [];
    expect(names.filter((name) => !['GIVEN', 'PATH', 'TMPDIR', 'SystemRoot', 'TEMP'].includes(name))).toEqual([]);
    expect(names).toContain('GIVEN');
    expect(await call(server, 'cwd')).toMatchObject({ ok: true, answer: { text: realpathSync(tmpdir()) } });
  }, LONG_MS);

  it('that crashes fails the call with its last words, and is started at the next one', async () => {
    const server = serverOf();
    const before = await pidOf(server);
    expect(await call(server, 'crash')).toEqual({ ok: false, code: 'callee_exit', message: 'test is gone: it ended with code 3; its last words: out of cheese' });
    const after = await pidOf(server);
    expect([after > 0, after !== before, server.starts]).toEqual([true, true, 2]);
  }, LONG_MS);

  it('that hangs in one call answers others; the call fails with timeout', async () => {
    const server = serverOf();
    const before = await pidOf(server);
    expect(await call(server, 'hang', {}, 300)).toMatchObject({ ok: false, code: 'timeout' });
    expect(await pidOf(server)).toBe(before);
  }, LONG_MS);

  it('that hangs as a whole is ended, and started at the next call', async () => {
    const server = serverOf();
    const before = await pidOf(server);
    expect(await call(server, 'freeze', {}, 300)).toMatchObject({ ok: false, code: 'timeout' });
    await vi.waitFor(() => expect(isAlive(before)).toBe(false), { timeout: 30_000 });
    expect(await pidOf(server)).not.toBe(before);
  }, LONG_MS);

  it.each([
    ['flood', 'it said a message of more than 4194304 bytes'],
    ['chatter', 'it said more than 16777216 bytes in a row'],
    ['garbage', 'it said 101 lines that are no messages'],
  ])('that answers with a %s is ended', async (tool, why) => {
    const server = serverOf();
    const before = await pidOf(server);
    const outcome = await call(server, tool);
    expect(outcome).toMatchObject({ ok: false, code: 'callee_exit', message: expect.stringContaining(why) as unknown });
    await vi.waitFor(() => expect(isAlive(before)).toBe(false), { timeout: 30_000 });
    expect(await call(server, 'add', { a: 1, b: 2 })).toMatchObject({ ok: true });
  }, LONG_MS);

  it('may say a little that is no message', async () => {
    expect(await call(serverOf(), 'mumble')).toMatchObject({ ok: true, answer: { text: 'done' } });
  }, LONG_MS);

  it('may not answer with more than a megabyte of text', async () => {
    expect(await call(serverOf(), 'big')).toMatchObject({ ok: false, code: 'ToolFailed' });
  }, LONG_MS);

  it('that ends before it greets, is not there, or never greets, fails its calls', async () => {
    expect(await call(serverOf('--dies'), 'add')).toMatchObject({ ok: false, code: 'noproc', message: expect.stringContaining('cannot find my licence') as unknown });
    const missing = new ToolServer('gone', { command: '/no/such/program', args: [], env: {} }, realWorld);
    expect(await call(missing, 'add')).toMatchObject({ ok: false, code: 'noproc', message: expect.stringContaining('ENOENT') as unknown });
    expect(await call(serverOf('--never-greets'), 'add', {}, 200)).toMatchObject({ ok: false, code: 'timeout' });
  }, LONG_MS);

  it('takes along what it started when it is closed', async () => {
    const server = serverOf();
    const [own, child] = [await pidOf(server), await call(server, 'child')];
    const started = child.ok ? Number(child.answer.text) : 0;
    expect([isAlive(own), isAlive(started)]).toEqual([true, true]);
    await server.close();
    await vi.waitFor(() => expect([isAlive(own), isAlive(started)]).toEqual([false, false]), { timeout: 30_000 });
  }, LONG_MS);
});
