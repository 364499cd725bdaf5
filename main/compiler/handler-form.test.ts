import { parse } from 'acorn';
import { describe, expect, it } from 'vitest';
import { statementsOf } from './handler-statements';

const formOf = (member: string): string | undefined => {
  const [statement] = statementsOf(parse(`export const Log = { ${member} };`, { ecmaVersion: 2024, sourceType: 'module' }));
  return statement?.kind === 'export' ? statement.exports[0]?.[1].members?.get('tail') : undefined;
};

describe('what can be told of a handler by looking at it', () => {
  it.each([
    ['async *tail() { yield 1; }', 'generator'],
    ['*tail() {}', 'generator'],
    ['tail: async function* () {}', 'generator'],
    ['async tail() {}', 'single'],
    ['tail(input, self) { self.state.n = 1; return; }', 'single'],
    ["async tail() { return 'a'; }", 'single'],
    ['tail: () => `a`', 'single'],
    ['tail: () => 7', 'single'],
    ['tail: async () => ({ a: 1 })', 'single'],
    ['async tail() { if (1) return null; for (;;) { return { a: [] }; } }', 'single'],
    ['async tail() { const all = () => { return [1]; }; class A { b() { return [1]; } } return 1; }', 'single'],
  ])('%s is %s', (member, form) => expect(formOf(member)).toBe(form));

  it.each([
    ['tail: () => [1, 2]'],
    ['async tail() { return [1, 2]; }'],
    ['async tail(input, self) { return await other(input, self); }'],
    ['async tail() { if (1) return 1; return all; }'],
    ['async tail() { throw new Error("not written yet"); }'],
    ['tail: () => ({ [Symbol.asyncIterator]: make })'],
    ['tail: () => ({ ...other })'],
    ['tail: shared'],
    ['tail'],
    ['tail: all(1)'],
    [`tail() { ${'{'.repeat(300)} ${'}'.repeat(300)} }`],
  ])('of %s nothing is told', (member) => expect(formOf(member)).toBeUndefined());
});
