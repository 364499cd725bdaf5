/**
 * The code around a person's test file, inside the sandbox: it is an agent of the system under test, with one port to the provider and one
 * to whoever draws values. Text on purpose, like the sandbox's own boot code: it never runs outside of it. Line and column of the file
 * stay as written, since this stands behind it.
 */
import type { TestFile } from '../../../shared/tests/test-plan';

/** No names of a design: those hold no colon. */
export const CASE = { root: 'test:root', node: 'test:case', draw: 'test:draw', protocol: 'test:Case', drawing: 'test:Draw', instance: 'sandbox-test:case' } as const;

/** A day: how long a test may wait in virtual time. */
export const MOST_WAIT_MS = 86_400_000;

/** Of a stream a test is given so many items at most. */
const MOST_ITEMS = 100;

const RUNNER = `(function (groups, lines) {
  'use strict';
  const stringify = JSON.stringify, keys = Object.keys, RealError = Error;
  const hasOwn = Object.prototype.hasOwnProperty, apply = Reflect.apply, isList = Array.isArray, asyncIteratorKey = Symbol.asyncIterator;
  const own = (object, key) => (object !== null && typeof object === 'object' && apply(hasOwn, object, [key]) ? object[key] : undefined);
  const isThenable = (value) => value !== null && typeof value === 'object' && typeof value.then === 'function';
  const gather = async (stream) => { const items = []; for await (const item of stream) { items[items.length] = item; if (items.length === ${MOST_ITEMS}) break; } return items; };
  // Told where the person's own file says it, not where this does.
  const notHeld = (text) => {
    const error = new RealError(text);
    error.name = 'Not held';
    error.stack = String(error.stack).split('\\n').filter((line) => { const found = /:(\\d+):\\d+\\)?$/.exec(line); return found !== null && Number(found[1]) <= lines; }).join('\\n');
    return error;
  };
  const equal = (left, right) => {
    if (left === right) return true;
    if (left === null || right === null || typeof left !== 'object' || typeof right !== 'object' || isList(left) !== isList(right)) return false;
    const names = keys(left);
    return names.length === keys(right).length && names.every((name) => apply(hasOwn, right, [name]) && equal(left[name], right[name]));
  };
  const show = (value) => { const text = stringify(value); return text === undefined ? 'nothing' : text.length > 300 ? text.slice(0, 297) + '...' : text; };
  return {
    '${CASE.protocol}': {
      async run({ protocol, name, node }, self) {
        const { subject, draw } = self.use;
        const operationOf = (operation) => { const found = subject[operation]; if (typeof found !== 'function') throw new TypeError(protocol + ' has no operation ' + operation); return found; };
        const ask = async (operation, input) => { const answer = operationOf(operation)(input); return typeof answer[asyncIteratorKey] === 'function' ? gather(answer) : answer; };
        const any = (what) => draw.any({ what: what === undefined ? {} : what });
        const t = {
          node,
          any,
          pick: (list) => any({ enum: list }),
          call: async (operation, input) => ask(operation, await input),
          fails: async (operation, input) => {
            let answer;
            const given = await input;
            try { answer = await ask(operation, given); } catch (error) { if (error && error.name === 'CallError') return { code: error.code, message: error.message, data: error.data }; throw error; }
            throw notHeld(operation + ' answered ' + show(answer) + ', and was to fail');
          },
          expect: (holds, text) => {
            if (isThenable(holds)) throw new TypeError('expect was given a promise: await it first');
            if (!holds) throw notHeld(text === undefined ? 'what was expected' : String(text));
          },
          equal: (actual, expected, text) => {
            if (isThenable(actual) || isThenable(expected)) throw new TypeError('equal was given a promise: await it first');
            if (!equal(actual, expected)) throw notHeld((text === undefined ? '' : String(text) + ': ') + 'it is ' + show(actual) + ', and was to be ' + show(expected));
          },
          assume: async (holds) => { if (isThenable(holds)) throw new TypeError('assume was given a promise: await it first'); if (!holds) { await draw.skip({}); throw self.error('Skipped'); } },
          wait: (ms) => draw.wait({ ms }),
          log: (text) => { self.log.info(text); },
        };
        const test = own(own(groups, protocol), name);
        if (typeof test !== 'function') throw new TypeError(protocol + ' has no test ' + name + ' that could be called');
        await test(t);
        return null;
      },
    },
  };
})`;

/** The script of the agent that runs the tests of the file. */
export const caseScript = ({ body, exported }: Pick<TestFile, 'body' | 'exported'>): string => `${body}\n;(${RUNNER})({ ${exported} }, ${body.split('\n').length})\n`;
