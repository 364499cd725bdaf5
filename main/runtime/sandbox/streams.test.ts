import { describe, expect, it } from 'vitest';
import type { Guest } from '../../behaviours/guest';
import { LIMITS } from './limits';
import { driveStreams, type Driven, type World } from './testing/drive-streams';
import { feed, guestOf, guestWith, native, run, sandbox, type Body } from './testing/test-guest';

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);
const gone = { code: 'callee_exit', message: 'it died', node: 'sink' };

describe.each([['the sandbox', sandbox], ['plain V8', native]] as const)('streams in %s', (_, world) => {
  const read = async (body: string, given: World = {}, options: Body = {}): Promise<Driven> => {
    const guest = await guestOf(body, options, world);
    return driveStreams(guest, run(guest), given);
  };
  const give = async (member: string, given: World = {}, options: Body = {}): Promise<Driven> => {
    const guest = await guestWith(member, options, world);
    return driveStreams(guest, feed(guest, 5), given);
  };

  describe('a reader', () => {
    it('asks for one item at a time, and begins with the first', async () => {
      const guest = await guestOf("const s = self.use.out.tail({ q: 1 }); self.log.info('made'); const all = []; for await (const item of s) all.push(item); return all;", {}, world);
      expect(run(guest)).toEqual({
        ops: [
          { kind: 'log', level: 'info', text: 'made' },
          { kind: 'open', request: 1, port: 'out', operation: 'tail', input: { q: 1 } },
          { kind: 'next', request: 2, stream: 1 },
        ],
        outcome: { status: 'waiting' },
      });
      expect(guest.resume(1001, 2, { ok: true, output: 'a' })).toEqual({ ops: [{ kind: 'next', request: 3, stream: 1 }], outcome: { status: 'waiting' } });
      expect(guest.resume(1002, 3, { ok: true, output: null, done: true })).toEqual({ ops: [], outcome: { status: 'returned', value: ['a'] } });
    });

    it('does not begin a stream that it only names', async () => {
      expect(await read('self.use.out.tail(1); self.use.out.tail(2)[Symbol.asyncIterator](); return 3;')).toMatchObject({ opened: [], outcome: { status: 'returned', value: 3 } });
    });

    it.each([
      ['leaves its loop', 'for await (const item of self.use.out.tail(1)) { seen.push(item); if (item === 2) break; }', [1, 2]],
      ['returns from it', 'for await (const item of self.use.out.tail(1)) { seen.push(item); return seen; }', [1]],
      ['throws inside it', 'try { for await (const item of self.use.out.tail(1)) { seen.push(item); throw 1; } } catch { seen.push(0); }', [1, 0]],
      ['takes the first by a pattern of its own', 'const it = self.use.out.tail(1)[Symbol.asyncIterator](); seen.push((await it.next()).value, await it.return(9), await it.next()); ', [1, { value: 9, done: true }, { done: true }]],
    ])('that %s closes the stream', async (_, loop, value) => {
      expect(await read(`const seen = []; ${loop} return seen;`, { read: () => ({ items: upTo(100) }) })).toMatchObject({ closed: [1], outcome: { status: 'returned', value } });
    });

    it('that reads to the end closes nothing', async () => {
      expect(await read('let n = 0; for await (const item of self.use.out.tail(1)) n += item; return n;', { read: () => ({ items: upTo(100) }) })).toMatchObject({ closed: [], outcome: { status: 'returned', value: 5050 } });
    });

    it('gets the error of a stream from next(), and then its end', async () => {
      const body = `const it = self.use.out.tail(1)[Symbol.asyncIterator](), seen = [];
        for (let i = 0; i < 4; i++) try { seen.push(await it.next()); } catch (error) { seen.push([error.code, error.message, error.node]); }
        await it.return(); return seen;`;
      expect(await read(body, { read: () => ({ items: ['a'], error: gone }) })).toMatchObject({
        closed: [],
        outcome: { status: 'returned', value: [{ value: 'a', done: false }, ['callee_exit', 'it died', 'sink'], { done: true }, { done: true }] },
      });
    });

    it('crashes where it does not catch it', async () => {
      expect((await read('for await (const item of self.use.out.tail(1));', { read: () => ({ items: [1], error: gone }) })).outcome).toMatchObject({ status: 'crashed', reason: expect.stringContaining('CallError: it died') as string });
    });

    it('crashes where an error came that it did not wait for', async () => {
      expect((await read('self.use.out.tail(1)[Symbol.asyncIterator]().next(); await self.use.out.ask(2);', { read: () => ({ items: [], error: gone }) })).outcome.status).toBe('crashed');
    });

    it('reads two streams at once', async () => {
      const body = `const sum = async (input) => { let n = 0; for await (const item of self.use.out.tail(input)) n += item; return n; };
        return await Promise.all([sum(3), sum(4)]);`;
      expect(await read(body, { read: (input) => ({ items: upTo(input as number) }) })).toMatchObject({ opened: [3, 4], outcome: { status: 'returned', value: [6, 10] } });
    });

    it('reads streams inside of streams', async () => {
      const body = 'const seen = []; for await (const n of self.use.out.tail(3)) for await (const m of self.use.out.tail(n)) { if (m === 3) break; seen.push(n * 10 + m); } return seen;';
      expect(await read(body, { read: (input) => ({ items: upTo(input as number) }) })).toMatchObject({ opened: [3, 1, 2, 3], closed: [12], outcome: { value: [11, 21, 22, 31, 32] } });
    });

    it('may ask for several items before one has come: they come in order', async () => {
      const body = 'const it = self.use.out.tail(1)[Symbol.asyncIterator](); return (await Promise.all([it.next(), it.next(), it.next(), it.next()])).map(({ value, done }) => (done ? "end" : value));';
      expect((await read(body, { read: () => ({ items: ['a', 'b'] }) })).outcome).toEqual({ status: 'returned', value: ['a', 'b', 'end', 'end'] });
      expect((await read(`try { ${body} } catch (error) { return error.code; }`, { read: () => ({ items: ['a'], error: gone }) })).outcome).toEqual({ status: 'returned', value: 'callee_exit' });
    });

    it('that closes while an item is under way does not wait for it', async () => {
      const body = 'const it = self.use.out.tail(1)[Symbol.asyncIterator](); const item = it.next(); await it.return(); return [await item, await self.use.out.ask(7)];';
      expect(await read(body, { read: () => ({ items: ['a'] }) })).toMatchObject({ closed: [1], outcome: { status: 'returned', value: [{ done: true }, 7] } });
    });

    it('iterates it once', async () => {
      const { outcome } = await read('const s = self.use.out.tail(1); for await (const item of s); for await (const item of s);', { read: () => ({ items: [1] }) });
      expect(outcome).toMatchObject({ status: 'crashed', reason: expect.stringContaining('the stream of out.tail can be read once') as string });
    });

    it('of an earlier message has nothing to read', async () => {
      const guest = await guestOf("if (input === 1) { self.state.it = self.use.out.tail(1)[Symbol.asyncIterator](); await self.state.it.next(); return 1; } await self.state.it.next();", {}, world);
      run(guest, 1);
      expect(guest.resume(1001, 2, { ok: true, output: 1 }).outcome.status).toBe('returned');
      expect(run(guest, 2)).toMatchObject({ ops: [], outcome: { status: 'crashed', reason: expect.stringContaining('earlier message') as string } });
    });

    it('may end its message inside a loop that nobody waits for', async () => {
      const body = 'const first = (async () => { for await (const item of self.use.out.tail(1)) break; })(); await Promise.race([first, self.use.out.ask(1)]); return 1;';
      expect((await read(body, { read: () => ({ items: [1, 2] }) })).outcome).toEqual({ status: 'returned', value: 1 });
    });

    it('has helpers of the language that iterate, too', async () => {
      expect((await read('const all = []; const both = async function* () { yield* self.use.out.tail(2); yield* self.use.out.tail(1); }; for await (const item of both()) all.push(item); return all;', { read: (input) => ({ items: upTo(input as number) }) })).outcome).toEqual({ status: 'returned', value: [1, 2, 1] });
    });
  });

  describe('a provider', () => {
    it.each([
      ['an async generator', 'async *feed(input) { for (let i = 1; i <= input; i++) yield i; }'],
      ['a generator', '*feed(input) { for (let i = 1; i <= input; i++) yield i; }'],
      ['a list', 'feed: () => [1, 2, 3, 4, 5]'],
      ['a list, later', 'async feed(input, self) { await self.use.out.ask(1); return [1, 2, 3, 4, 5]; }'],
      ['a set', 'feed: () => new Set([1, 2, 3, 4, 5])'],
      ['promises in a list', 'feed: () => [1, 2, Promise.resolve(3), 4, 5]'],
      ['an iterator by hand', 'feed: () => ({ [Symbol.asyncIterator]: () => { let n = 0; return { next: async () => (n++ < 5 ? { value: n, done: false } : { value: 9, done: true }) }; } })'],
    ])('gives %s', async (_, member) => {
      expect(await give(member)).toMatchObject({ items: [1, 2, 3, 4, 5], outcome: { status: 'returned', value: null } });
    });

    it.each([
      ['nothing', 'async feed() {}'],
      ['a text', "feed: () => 'abc'"],
      ['a number', 'feed: () => 5'],
      ['an object', 'feed: async () => ({ length: 3 })'],
    ])('that gives %s has crashed', async (_, member) => {
      const { items, outcome } = await give(member);
      expect(outcome).toMatchObject({ status: 'crashed', reason: expect.stringContaining('Desk.feed is a stream, and its handler gave nothing to iterate: write it as async *, or give a list') as string });
      expect(items).toEqual([]);
    });

    it('waits after each item until there is room', async () => {
      const guest = await guestWith("async *feed(input, self) { self.log.info('one'); yield 1; self.log.info('two'); yield 2; self.log.info('end'); }", {}, world);
      expect(feed(guest)).toEqual({ ops: [{ kind: 'log', level: 'info', text: 'one' }, { kind: 'item', request: 1, value: 1 }], outcome: { status: 'waiting' } });
      expect(guest.resume(1001, 1, { ok: true, output: null })).toEqual({ ops: [{ kind: 'log', level: 'info', text: 'two' }, { kind: 'item', request: 2, value: 2 }], outcome: { status: 'waiting' } });
      expect(guest.resume(1002, 2, { ok: true, output: null })).toEqual({ ops: [{ kind: 'log', level: 'info', text: 'end' }], outcome: { status: 'returned', value: null } });
    });

    it('without an end stops where nobody reads on, and runs what is to be run at the end', async () => {
      const member = "async *feed(input, self) { let n = 0; try { for (;;) yield ++n; } finally { await self.use.out.ask(1); self.log.info('closed'); } }";
      expect(await give(member, { wanted: 16 })).toMatchObject({ items: upTo(16), logged: ['closed'], outcome: { status: 'returned', value: null } });
    });

    it('that throws in what is to be run at the end has crashed', async () => {
      expect((await give("async *feed() { try { yield 1; } finally { throw new Error('in the end'); } }", { wanted: 1 })).outcome).toMatchObject({ status: 'crashed', reason: expect.stringContaining('Error: in the end') as string });
    });

    it.each([
      ['a declared error', "throw self.error('NotFound', { id: 7 });", { status: 'error', name: 'NotFound', data: { id: 7 } }],
      ['any other', "throw new TypeError('no');", { status: 'crashed', reason: expect.stringContaining('TypeError: no (handlers/desk.ts:1:') as string }],
      ['what it awaits in vain', 'await new Promise(() => {});', { status: 'crashed', reason: expect.stringContaining('never happen') as string }],
    ])('ends with %s', async (_, body, outcome) => {
      expect(await give(`async *feed(input, self) { yield 1; yield 2; ${body} }`)).toMatchObject({ items: [1, 2], outcome });
    });

    it('passes on what it reads, and closes it where nobody reads on', async () => {
      const member = 'async *feed(input, self) { for await (const item of self.use.out.tail(input)) yield item * 2; }';
      expect(await give(member, { read: () => ({ items: upTo(4) }) })).toMatchObject({ items: [2, 4, 6, 8], closed: [], outcome: { status: 'returned' } });
      expect(await give(member, { read: () => ({ items: upTo(4) }), wanted: 2 })).toMatchObject({ items: [2, 4], closed: [1], outcome: { status: 'returned' } });
      expect(await give('async *feed(input, self) { yield* self.use.out.tail(input); }', { read: () => ({ items: upTo(4) }), wanted: 2 })).toMatchObject({ items: [1, 2], closed: [1], outcome: { status: 'returned' } });
    });

    it('that gives an item which is no data closes its generator and has crashed', async () => {
      const { items, logged, outcome } = await give("async *feed(input, self) { try { yield 1; yield () => 1; } finally { self.log.info('closed'); } }");
      expect({ items, logged, outcome }).toMatchObject({ items: [1], logged: ['closed'], outcome: { status: 'crashed', reason: expect.stringContaining('the value is not data') as string } });
    });

    it.each([
      ['a key that reaches a prototype', "JSON.parse('{\"__proto__\": {\"x\": 1}}')"],
      ['a value 65 levels deep', '(() => { let v = 1; for (let i = 0; i < 65; i++) v = [v]; return v; })()'],
      ['a value over 1 MB', "'x'.repeat(1 << 20)"],
    ])('may not give %s', async (_, value) => {
      expect(await give(`*feed() { yield ${value}; }`)).toMatchObject({ items: [], outcome: { status: 'crashed' } });
    });
  });

  it.each([
    ['a call', 'async *run() { yield 1; }', (guest: Guest) => run(guest), 'Desk.run gave an iterator, and is no stream'],
    ['a call of a plain generator', '*run() { yield 1; }', (guest: Guest) => run(guest), 'Desk.run gave an iterator'],
    ['init', 'run() {}', (guest: Guest) => guest.init(1, undefined), 'init gave an iterator'],
    ['terminate', 'run() {}', (guest: Guest) => guest.terminate(1, 'shutdown'), 'terminate gave an iterator'],
  ])('%s may not be a generator, which nobody would run', async (_, members, act, words) => {
    const guest = await guestWith(members, { extra: 'async *init() {}, *terminate() {},' }, world);
    expect(act(guest).outcome).toMatchObject({ status: 'crashed', reason: expect.stringContaining(words) as string });
  });

  it('init may read a stream', async () => {
    const guest = await guestOf('return self.state;', { extra: 'async init(self) { for await (const item of self.use.out.tail(1)) self.state[item] = 1; },' }, world);
    expect(driveStreams(guest, guest.init(1, undefined), { read: () => ({ items: ['a', 'b'] }) }).outcome).toEqual({ status: 'returned', value: null });
    expect(run(guest).outcome).toEqual({ status: 'returned', value: { a: 1, b: 1 } });
  });

  it('self.after may not name a stream', async () => {
    const guest = await guestOf("self.after(1, 'feed', 1);", {}, world);
    expect(run(guest)).toMatchObject({ ops: [], outcome: { status: 'crashed', reason: expect.stringContaining('feed is a stream: nobody would read it') as string } });
  });

  describe('bounds', () => {
    it('a stream is as long as it likes: operations are counted anew for each item', async () => {
      const items = upTo(3000);
      expect((await read('let n = 0; for await (const item of self.use.out.tail(1)) { self.use.out.put(item); n++; } return n;', { read: () => ({ items }) })).outcome).toEqual({ status: 'returned', value: 3000 });
      expect((await give("*feed() { for (let i = 0; i < 3000; i++) yield i; }")).items).toHaveLength(3000);
      expect((await give("*feed() { for (let i = 0; i < 6; i++) yield 'x'.repeat(1e6 - 2); }")).items).toHaveLength(6);
    }, 60_000);

    it('and may not flood: for one item there are as many as for a message', async () => {
      const body = 'let n = 0; for await (const item of self.use.out.tail(1)) for (let i = 0; i < 600; i++) try { self.use.out.put(i); n++; } catch {} return n;';
      // With a bound of 20: two for the first item, and 20 in all each time.
      expect((await read(body, { read: () => ({ items: [1, 2] }) }, { limits: { ...LIMITS, operations: 20 } })).outcome).toMatchObject({ status: 'crashed', reason: expect.stringContaining('at most 20 operations') as string });
    });

    it('nor may requests without an answer pile up', async () => {
      const guest = await guestOf('for await (const item of self.use.out.tail(1)) for (let i = 0; i < 8; i++) self.use.out.ask(i).catch(() => 0);', { limits: { ...LIMITS, operations: 20 } }, world);
      let turn = run(guest);
      for (let items = 0; items < 3 && turn.outcome.status === 'waiting'; items += 1) {
        const next = turn.ops.find((op) => op.kind === 'next');
        turn = guest.resume(1000, next!.request, { ok: true, output: items });
      }
      expect(turn.outcome).toMatchObject({ status: 'crashed', reason: expect.stringContaining('at most 20 requests that are not answered') as string });
    });

    it('nor open streams', async () => {
      const body = 'const open = []; try { for (let i = 0; i < 100; i++) { const it = self.use.out.tail(i)[Symbol.asyncIterator](); it.next().catch(() => 0); open.push(it); } } catch (error) { for (const it of open) await it.return(); return [open.length, error.message]; }';
      const { opened, closed, outcome } = await read(body);
      expect([opened.length, closed.length]).toEqual([64, 64]);
      expect(outcome).toMatchObject({ status: 'returned', value: [64, expect.stringContaining('at most 64 streams at once') as string] });
    });
  });

  describe('a handler that replaces what the language has', () => {
    const no = "() => { throw new Error('replaced'); }";
    const replaced = [
      `Array.prototype.push = Array.prototype.shift = Array.prototype[Symbol.iterator] = ${no};`,
      `Promise.prototype.then = Promise.prototype.catch = Promise.resolve = Promise.reject = ${no};`,
      `Map.prototype.get = Map.prototype.set = Map.prototype.delete = ${no};`,
      `JSON.stringify = () => '"replaced"'; JSON.parse = () => ({ ok: true, done: true }); Object.prototype.hasOwnProperty = () => true;`,
      "globalThis.Promise = 1; globalThis.Symbol = { asyncIterator: 'x', iterator: 'y' };",
      `Object.defineProperty = Object.create = Object.freeze = ${no}; Reflect.apply = ${no}; Function.prototype.call = Function.prototype.apply = ${no};`,
    ];
    it.each(replaced)('gives no more than it yields, and stops where nobody reads on: %s', async (spoil) => {
      expect(await give(`async *feed(input, self) { ${spoil} for (let n = 1; ; n++) yield n; }`, { wanted: 3 })).toMatchObject({ items: [1, 2, 3], outcome: { status: 'returned', value: null } });
    });

    it.each(replaced)('reads what it is given all the same: %s', async (spoil) => {
      const body = `${spoil} let all = ''; for await (const item of self.use.out.tail(1)) all += item; return all;`;
      expect(await read(body, { read: () => ({ items: ['a', 'b'] }) })).toMatchObject({ opened: [1], outcome: { status: 'returned', value: 'ab' } });
    });

    it.each(['value', 'done', 'following', 'request', 'take', 'fail', 'output'])('is no wider where it has a setter for every "%s"', async (key) => {
      const member = `async *feed(input, self) { Object.defineProperty(Object.prototype, '${key}', { get() { return 'secret'; }, set() {}, configurable: true }); for await (const item of self.use.out.tail(1)) yield item; }`;
      expect(await give(member, { read: () => ({ items: [1, 2] }) })).toMatchObject({ items: [1, 2], outcome: { status: 'returned', value: null } });
    });
  });
});
