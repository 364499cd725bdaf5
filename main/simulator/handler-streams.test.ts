/** Streams between two handlers, in the virtual world with the sandbox and the kernel that also run for real: on one host and on two. */
import { describe, expect, it } from 'vitest';
import type { Guard } from '../../shared/design/guard';
import { STREAM_WINDOW } from '../kernel/signal';
import { runStreams, TICK_MS, type StreamCase } from './testing/stream-program';

/** Says what came of it, whatever it was. */
const say = (loop: string): string => `try { ${loop} } catch (error) { self.log.info('failed ' + error.code + ' ' + (error.node ?? '-')); return null; }`;
const readAll = say("const all = []; for await (const item of self.use.log.tail(input)) all.push(item); self.log.info(all.length > 5 ? 'read ' + all.length : 'read ' + all.join()); return null;");
const endless = "let n = 0; try { for (;;) { self.log.info('gives ' + ++n); yield n; } } finally { self.log.info('closed'); }";
const slowly = "let n = 0; try { for (;;) { await self.use.clock.wait(0); yield ++n; } } finally { self.log.info('closed'); }";

describe.each([['on one host', false], ['on two hosts', true]])('a stream %s', (_, isApart) => {
  const run = (one: Omit<StreamCase, 'isApart'>) => runStreams({ ...one, isApart });
  const giving = (said: readonly string[]): number => said.filter((text) => text.startsWith('gives')).length;

  it('is read from its beginning to its end, however long it is', async () => {
    const { said, result } = await run({ reader: readAll, writer: 'for (let n = 1; n <= 1000; n++) yield n;' });
    expect(said('reader')).toEqual(['read 1000']);
    expect(result).toMatchObject({ handled: 1, failed: 0, restarts: 0 });
  });

  it('may have no item', async () => expect((await run({ reader: readAll, writer: 'return;' })).said('reader')).toEqual(['read ']));

  it('is given as fast as it is read: no more than a window is under way', async () => {
    const reader = say('let n = 0; for await (const item of self.use.log.tail(input)) { await self.use.clock.wait(0); if (++n === 20) self.log.info("has 20"); if (n === 30) break; } return null;');
    const { said, records } = await run({ reader, writer: endless });
    const at20 = records.findIndex((record) => record.type === 'log' && record.text === 'has 20');
    const given = records.slice(0, at20).filter((record) => record.type === 'log' && record.node === 'writer').length;
    expect(given).toBeGreaterThan(20);
    expect(given).toBeLessThanOrEqual(20 + STREAM_WINDOW + 1);
    expect(said('writer').at(-1)).toBe('closed');
  });

  it.each([
    ['leaves its loop', 'for await (const item of self.use.log.tail(input)) if (item === 3) break; self.log.info("left"); return null;'],
    ['returns', 'for await (const item of self.use.log.tail(input)) if (item === 3) { self.log.info("left"); return null; }'],
    ['throws and catches', 'try { for await (const item of self.use.log.tail(input)) if (item === 3) throw new Error(); } catch { self.log.info("left"); } return null;'],
    ['ends its message without a word', 'const it = self.use.log.tail(input)[Symbol.asyncIterator](); for (let n = 0; n < 3; n++) await it.next(); self.log.info("left"); return null;'],
  ])('ends at its provider where the reader %s, and the provider goes on with other work', async (_, reader) => {
    const { said, result } = await run({ reader, writer: endless, atMs: [0, 1000] });
    expect(said('reader')).toEqual(['left', 'left']);
    expect(said('writer').filter((text) => text === 'closed')).toHaveLength(2);
    expect(giving(said('writer'))).toBeLessThanOrEqual(2 * (3 + STREAM_WINDOW + 1));
    expect(result).toMatchObject({ handled: 2, failed: 0, restarts: 0 });
  });

  it('ends at its provider where the reader crashes', async () => {
    const { said, result } = await run({ reader: 'for await (const item of self.use.log.tail(input)) if (item === 3) throw new Error("over");', writer: endless });
    expect(said('writer').at(-1)).toBe('closed');
    expect(result).toMatchObject({ failed: 1, restarts: 1 });
  });

  it('ends for its reader where the provider crashes: what it gave before has come', async () => {
    const { said, result } = await run({ reader: `const all = []; ${say('for await (const item of self.use.log.tail(input)) { all.push(item); self.log.info("has " + item); } return null;')}`, writer: 'yield 1; yield 2; throw new Error("over");' });
    expect(said('reader')).toEqual(['has 1', 'has 2', 'failed callee_exit writer']);
    expect(result).toMatchObject({ handled: 1, restarts: 1 });
  });

  it('ends with an error that its operation declares, and its provider lives', async () => {
    const { said, result } = await run({ reader: readAll, writer: "yield 1; throw self.error('NoLog');" });
    expect(said('reader')).toEqual(['failed NoLog writer']);
    expect(result.restarts).toBe(0);
  });

  it('has items that fit its schema: another one is a crash of who gives it', async () => {
    const { said, records } = await run({ reader: readAll, writer: "yield 1; yield 'two';" });
    expect(said('reader')).toEqual(['failed callee_exit writer']);
    expect(records.find((record) => record.type === 'process.exited')).toMatchObject({ node: 'writer', reason: expect.stringContaining('answer of Log.tail') as string });
  });

  it('has as much time as a call, for all of it', async () => {
    const { said } = await run({ reader: say('let n = 0; for await (const item of self.use.log.tail(input)) n = item; return null;'), writer: slowly });
    expect(said('reader')).toEqual(['failed timeout writer']);
    expect(said('writer')).toEqual(['closed']);
  });

  it('ends at its deadline also where its reader is busy with something else', async () => {
    const reader = say('for await (const item of self.use.log.tail(input)) { for (let n = 0; n < 30; n++) await self.use.clock.wait(0); self.log.info("awake"); break; } return null;');
    const { said, records, result } = await run({ reader, writer: endless, wire: { guards: [{ kind: 'timeout', ms: 2000 }] } });
    const at = (text: string): number => records.find((record) => record.type === 'log' && record.text === text)!.atMs;
    expect(at('closed')).toBeGreaterThan(1900);
    expect(at('closed')).toBeLessThan(2300);
    expect(at('awake')).toBeGreaterThan(3000);
    expect(said('reader')).toEqual(['awake']);
    expect(result.restarts).toBe(0);
  });

  it('two at once in one message come each in its order', async () => {
    const reader = 'const all = async (from) => { let text = ""; for await (const item of self.use.log.tail(from)) text += item + " "; return text; }; self.log.info((await Promise.all([all(1), all(5)])).join("| ")); return null;';
    const { said } = await run({ reader, writer: 'for (let n = input; n < input + 4; n++) { await self.use.clock.wait(0); yield n; }' });
    expect(said('reader')).toEqual(['1 2 3 4 | 5 6 7 8 ']);
  });

  it('a reader that gives up before the first item leaves nothing behind', async () => {
    const reader = "const it = self.use.log.tail(input)[Symbol.asyncIterator](); const first = it.next(); await self.use.clock.wait(0); await it.return(); self.log.info((await first).done ? 'left' : 'no'); return null;";
    const { said, result } = await run({ reader, writer: `for (let n = 0; n < 5; n++) await self.use.clock.wait(0); ${endless}` });
    expect(said('reader')).toEqual(['left']);
    expect(said('writer').at(-1)).toBe('closed');
    expect(giving(said('writer'))).toBeLessThanOrEqual(STREAM_WINDOW + 1);
    expect(result).toMatchObject({ handled: 1, restarts: 0 });
  });

  it('that waits in the mailbox is read when its turn comes; one that finds it full fails', async () => {
    const { said } = await run({ reader: 'const one = async () => { try { let n = 0; for await (const item of self.use.log.tail(input)) n += item; return n; } catch (error) { return error.code; } }; self.log.info((await Promise.all([one(), one(), one()])).join()); return null;', writer: 'await self.use.clock.wait(0); yield 1; yield 2;', mailbox: 2 });
    expect(said('reader')).toHaveLength(1);
    expect(said('reader')[0]!.split(',').toSorted()).toEqual(['3', '3', 'overloaded']);
  });

  it.each([['round_robin'], ['first'], ['least_loaded']] as const)('passes through a router by %s', async (strategy) => {
    expect((await run({ reader: readAll, writer: 'for (let n = 1; n <= 100; n++) yield n;', router: { strategy } })).said('reader')).toEqual(['read 100']);
    const { said, result } = await run({ reader: 'for await (const item of self.use.log.tail(input)) if (item === 3) break; self.log.info("left"); return null;', writer: endless, router: { strategy } });
    expect(said('reader')).toEqual(['left']);
    expect(said('writer').at(-1)).toBe('closed');
    expect(result.restarts).toBe(0);
  });

  it('passes through guards: it has one place in a bulkhead until it ends', async () => {
    const reader = 'const one = async () => { let n = 0; for await (const item of self.use.log.tail(input)) n += item; self.log.info("read " + n); }; await Promise.all([one(), one()]); for await (const item of self.use.log.tail(input)) break; self.log.info("left"); return null;';
    const { said } = await run({ reader, writer: 'for (let n = 1; n <= 40; n++) yield n;', wire: { guards: [{ kind: 'timeout', ms: 3000 }, { kind: 'bulkhead', concurrency: 1, queue: 2 }] } });
    expect(said('reader')).toEqual(['read 820', 'read 820', 'left']);
  });

  it('is tried again by a guard as long as no item has come, and then not', async () => {
    const retry: Guard = { kind: 'retry', attempts: 3, backoffMs: 10, factor: 1, jitter: 'none', maxBackoffMs: 10, on: ['NoLog'], budget: 0.2 };
    const wire = { guards: [retry] };
    const early = await run({ reader: readAll, writer: "self.state.tries = (self.state.tries ?? 0) + 1; if (self.state.tries < 3) throw self.error('NoLog'); yield 1; yield 2;", wire });
    expect(early.said('reader')).toEqual(['read 1,2']);
    const late = await run({ reader: readAll, writer: "self.log.info('tries'); yield 1; throw self.error('NoLog');", wire });
    expect(late.said('reader')).toEqual(['failed NoLog writer']);
    expect(late.said('writer')).toEqual(['tries']);
  });

  it('has a constant that stands in for it: the list of its items', async () => {
    const wire = { guards: [{ kind: 'fallback' as const, answers: { tail: [8, 9] }, on: ['NoLog'] }] };
    expect((await run({ reader: readAll, writer: "throw self.error('NoLog');", wire })).said('reader')).toEqual(['read 8,9']);
  });

  it('has each of its items adapted', async () => {
    const wire = { protocol: 'Words', guards: [], adapter: { protocol: 'Log', operations: { tail: { to: 'tail', errors: {}, output: { text: { $: 'output' } } } } } };
    const operation = { kind: 'stream', input: {}, output: { type: 'object' }, errors: ['NoLog'], idempotent: true } as const;
    const reader = say('let all = ""; for await (const item of self.use.log.tail(input)) all += item.text; self.log.info("read " + all); return null;');
    const { said } = await run({ reader, writer: 'yield 1; yield 2; yield 3;', wire, protocols: { Words: { operations: { tail: operation } } } });
    expect(said('reader')).toEqual(['read 123']);
  });
});

describe('a stream between two hosts', () => {
  it('whose provider’s host is lost fails with noconnection; what it gave before has come', async () => {
    const { said, result } = await runStreams({ isApart: true, reader: say('for await (const item of self.use.log.tail(input)) self.log.info("has " + item); return null;'), writer: slowly, faults: [{ atMs: 3.5 * TICK_MS, kind: 'killHost', host: 'writer' }] });
    expect(said('reader').slice(0, 2)).toEqual(['has 1', 'has 2']);
    expect(said('reader').at(-1)).toBe('failed noconnection writer');
    expect(result).toMatchObject({ inputs: 1, handled: 1 });
  });

  it('whose reader’s host is lost ends at its provider, which then serves others', async () => {
    const { said, records } = await runStreams({ isApart: true, reader: say('let n = 0; for await (const item of self.use.log.tail(input)) if (++n === 3) break; self.log.info("left"); return null;'), writer: slowly, faults: [{ atMs: 1.5 * TICK_MS, kind: 'killHost', host: 'reader' }], atMs: [0, 2000] });
    expect(records.some((record) => record.type === 'host.lost')).toBe(true);
    expect(said('writer')).toEqual(['closed', 'closed']);
    expect(said('reader')).toEqual(['left']);
  });

  it('whose reader is killed while the provider waits for room ends at once', async () => {
    const { said, records } = await runStreams({ isApart: true, reader: 'for await (const item of self.use.log.tail(input)) for (let n = 0; n < 40; n++) await self.use.clock.wait(0); return null;', writer: endless, faults: [{ atMs: 1000, kind: 'crash', node: 'reader' }] });
    const closed = records.find((record) => record.type === 'log' && record.text === 'closed');
    expect(said('writer').at(-1)).toBe('closed');
    expect(closed?.atMs).toBeLessThan(1500);
  });
});
