import { Parser } from 'acorn';
import { describe, expect, it } from 'vitest';
import { callsOver, portCallsOf, type PortCalls } from './port-calls';

const read = (body: string, around = true): PortCalls => {
  const source = around ? `export const P = { async run(input, self) { ${body} } }` : body;
  return portCallsOf(Parser.parse(source, { ecmaVersion: 2024, sourceType: 'module' }), source);
};
const told = ({ isOpen, openPorts, calls }: PortCalls): readonly string[] => [...[...calls].flatMap(([port, operations]) => [...operations].map((operation) => `${port}.${operation}`)), ...[...openPorts].map((port) => `${port}.*`), ...(isOpen ? ['*'] : [])].toSorted();

describe('calls over ports are seen', () => {
  it.each<[string, readonly string[]]>([
    ['await self.use.a.one(input)', ['a.one']],
    ['self.use.a.one(input); self.use.b.two()', ['a.one', 'b.two']],
    ['self.use.a?.one?.(input)', ['a.one']],
    ["self.use['a']['one'](input)", ['a.one']],
    ['self.use.a[`one`](input)', ['a.one']],
    ['const a = self.use.a; await a.one(); a.two()', ['a.one', 'a.two']],
    ['const { a, b: c } = self.use; a.one(); c.two()', ['a.one', 'b.two']],
    ['const { use } = self; use.a.one()', ['a.one']],
    ['const { use: { a: { one } } } = self; one()', ['a.one']],
    ['const { one, two: other } = self.use.a; one()', ['a.one', 'a.two']],
    ['const use = self.use; const a = use.a; a.one()', ['a.one']],
    ['const me = self; me.use.a.one()', ['a.one']],
    ['const call = self.use.a.one; call()', ['a.one']],
    ['self.state.list[input.at] = 1; self.use.a.one()', ['a.one']],
    ['help(self); self.use.a.one()', ['a.one']],
    ['try { self.use.a.one() } catch ({ code }) { self.log.warn(code) }', ['a.one']],
    ['return { ...(await self.use.a.one()), use: 1 }', ['a.one']],
    // A word that is no port of anybody's.
    ['const use = (x) => x; use(1); self.use.a.one()', ['a.one']],
  ])('%s', (body, calls) => expect(told(read(body))).toEqual(calls));

  it('of helpers, whatever they call it', () => {
    expect(told(read('export const help = (me) => me.use.a.one(); function more({ use }) { return use.b.two() } class C { constructor(self) { this.self = self } run() { return this.self.use.c.three() } }', false))).toEqual(['a.one', 'b.two', 'c.three']);
  });

  it('and none is made up of words in texts and comments', () => {
    expect(told(read('/* self.use.a.one() */ self.log.info("use.a.one")'))).toEqual([]);
  });
});

describe('anything may be called', () => {
  it.each<[string, readonly string[]]>([
    ['self.use.a[input.name]()', ['a.*']],
    ['self.use[input.port].one()', ['*']],
    ['each(self.use.a)', ['a.*']],
    ['const all = [self.use.a]', ['a.*']],
    ['let a; a = self.use.a; a.one()', ['a.*']],
    ['const a = input.x ? self.use.a : self.use.b; a.one()', ['a.*', 'b.*']],
    ['const { a, ...others } = self.use; a.one()', ['*', 'a.one']],
    ['const { one, ...others } = self.use.a', ['*', 'a.one']],
    ['const a = self.use.a; return a', ['a.*']],
    ['const a = self.use.a; const f = (name) => a[name]()', ['a.*']],
    ['for (const port of Object.values(self.use)) port.one()', ['*']],
    ['each(self.use)', ['*']],
    ['const { use = {} } = self; use.a.one()', ['*']],
    ['self.use.a.one(); Object.entries(self)', ['*', 'a.one']],
    ['self.use.a.one(); self[input.word]', ['*', 'a.one']],
    ['self.use.a.one(); return { self }', ['*', 'a.one']],
    ['self.use.a.one(); const copy = { ...self }', ['*', 'a.one']],
    ['Reflect.get(self, "u" + "se")', ['*']],
    ['self.\\u0075se.a.one(); each(self.use)', ['*', 'a.one']],
  ])('%s', (body, calls) => expect(told(read(body))).toEqual(calls));

  it('where a file is too deep to be looked at', () => {
    expect(told(read(`self.use.a.one(); ${'['.repeat(600)}${']'.repeat(600)}`))).toEqual(['*']);
  });
});

describe('what a node sends itself', () => {
  it.each<[string, readonly string[] | undefined]>([
    ["self.after(10, 'tick', {})", ['tick']],
    ["const id = self.after(10, 'tick', {}); self.after(20, `tock`, null)", ['tick', 'tock']],
    ['self.after(10, input.name, {})', undefined],
    ['const { after } = self; after(1, "tick")', undefined],
    ['const later = self.after; later(1, "tick")', undefined],
    ['self.log.info("after")', []],
  ])('%s', (body, operations) => {
    const { toItself } = read(body);
    expect(toItself && [...toItself]).toEqual(operations);
  });
});

it('what goes over a port is told by it', () => {
  const calls = read('self.use.a.one(); each(self.use.b)');
  expect(['a', 'b', 'c'].map((port) => callsOver(calls, port))).toEqual([new Set(['one']), undefined, new Set()]);
});
