/**
 * The code that runs first inside every guest. It takes the engine's intrinsics while they are still whole, takes away what
 * could tell time, memory or threads, and builds `self` (contract section 2). It is a script that evaluates to
 * `boot(host, configJson)`, which answers the hooks that the outside calls. It is text on purpose: on V8 it runs only where a
 * person chose native handlers. Even total control of it yields the door, `host`, and no more.
 */
export const BOOT_FILE = 'boot.js';

export const GUEST_BOOT = `(function boot(host, configJson) {
  'use strict';
  const parse = JSON.parse, stringify = JSON.stringify, apply = Reflect.apply, construct = Reflect.construct;
  const freeze = Object.freeze, create = Object.create, define = Object.defineProperty, keys = Object.keys, ownKeys = Reflect.ownKeys;
  const RealPromise = Promise, then = Promise.prototype.then, resolved = Promise.resolve, RealDate = Date, RealError = Error, toText = String;
  const MapType = Map, mapGet = Map.prototype.get, mapSet = Map.prototype.set, mapDelete = Map.prototype.delete;
  const WeakMapType = WeakMap, weakGet = WeakMap.prototype.get, weakSet = WeakMap.prototype.set, weakHas = WeakMap.prototype.has;
  const imul = Math.imul, hasOwn = Object.prototype.hasOwnProperty, slice = String.prototype.slice, split = String.prototype.split;
  const asyncIteratorKey = Symbol.asyncIterator, iteratorKey = Symbol.iterator;
  const config = parse(configJson);
  let nowMs = config.nowMs, seed = config.seed >>> 0;

  // mulberry32: small, seeded, the same on every machine.
  const random = () => { seed = (seed + 0x6D2B79F5) | 0; let t = imul(seed ^ (seed >>> 15), 1 | seed); t = (t + imul(t ^ (t >>> 7), 61 | t)) ^ t; return ((t ^ (t >>> 14)) >>> 0) / 4294967296; };
  Math.random = random;
  function VirtualDate(...given) { return new.target ? construct(RealDate, given.length > 0 ? given : [nowMs], RealDate) : new RealDate(nowMs).toUTCString(); }
  VirtualDate.now = () => nowMs; VirtualDate.UTC = RealDate.UTC; VirtualDate.parse = RealDate.parse;
  VirtualDate.prototype = RealDate.prototype; RealDate.prototype.constructor = VirtualDate;
  RealDate.prototype.getTimezoneOffset = function () { return 0; };
  globalThis.Date = VirtualDate;
  for (const name of ['WeakRef', 'FinalizationRegistry', 'SharedArrayBuffer', 'Atomics', 'performance']) delete globalThis[name];

  const asText = (value, what) => { if (typeof value !== 'string') throw new TypeError(what + ' must be a text'); return value; };
  const toJson = (value) => { const json = stringify(value === undefined ? null : value); if (typeof json !== 'string') throw new TypeError('the value is not data'); return json; };

  // ---- errors ----
  const declared = new WeakMapType();
  const cut = (text, length) => apply(slice, text, [0, length]);
  const oneLine = (value) => apply(split, cut(toText(value), 500), ['\\n', 1])[0];
  const describe = (error) => {
    try {
      if (typeof error !== 'object' || error === null) return 'thrown: ' + oneLine(error);
      return oneLine(error.name) + ': ' + oneLine(error.message) + '\\n' + cut(toText(error.stack), 4000);
    } catch { return 'unprintable error'; }
  };
  const toError = (answer) => {
    const error = new RealError(answer.message);
    define(error, 'name', { value: 'CallError', configurable: true, writable: true });
    for (const key of ['code', 'node', 'data']) if (answer[key] !== undefined) define(error, key, { value: answer[key], enumerable: true, configurable: true, writable: true });
    return error;
  };

  // ---- requests: calls, casts and streams over ports ----
  let waiting = new MapType(), current = '';
  const awaitAnswer = (request, waiter) => { apply(mapSet, waiting, [request, waiter]); };
  // A frozen thenable and no promise: whether anyone waits can then be seen. onFirst is told when somebody begins to.
  const expected = (onFirst) => {
    let isWatched = false, settle, refuse;
    const promise = new RealPromise((resolve, reject) => { settle = resolve; refuse = reject; });
    const chain = (onValue, onError) => {
      if (!isWatched && onFirst) onFirst(settle);
      isWatched = true;
      return apply(then, promise, [onValue, onError]);
    };
    const thenable = freeze({
      then: freeze(chain),
      catch: freeze((onError) => chain(undefined, onError)),
      finally: freeze((always) => chain((value) => { always(); return value; }, (error) => { always(); throw error; })),
    });
    // Where nobody waits for it, a failure is a crash.
    return { thenable, settle, fail: (error) => { if (isWatched) refuse(error); else failed(current, error); }, following: undefined };
  };
  const send = (kind, name, json) => {
    const request = host(kind, name, json);
    const answer = expected(kind === 'cast' ? (settle) => { if (host('await', toText(request), '') === 0) settle(null); } : undefined);
    awaitAnswer(request, { take: (given) => answer.settle(given.output), fail: answer.fail });
    return answer.thenable;
  };
  // A stream is begun when its first item is asked for, and asked for one item at a time. Who asks sooner waits in a chain of
  // records, and in no array: the methods of arrays are the handler's to replace.
  const streamOf = (name, json) => {
    let stream = 0, asked = 0, isEnded = false, isTaken = false, first, last;
    const ended = (value) => ({ value, done: true });
    const end = () => {
      isEnded = true;
      for (let one = first; one !== undefined; one = one.following) one.settle(ended());
      first = last = undefined;
    };
    const takeFirst = () => { const one = first; first = one.following; if (first === undefined) last = undefined; return one; };
    const ask = () => {
      asked = host('next', toText(stream), '');
      awaitAnswer(asked, {
        take(answer) {
          if (apply(hasOwn, answer, ['done'])) return end();
          takeFirst().settle({ value: answer.output, done: false });
          if (first !== undefined) ask();
        },
        fail(error) { const one = takeFirst(); end(); one.fail(error); },
      });
    };
    const iterator = {
      next: freeze(() => {
        const answer = expected();
        if (isEnded) { answer.settle(ended()); return answer.thenable; }
        if (stream === 0) stream = host('stream', name, json);
        if (first === undefined) { ask(); first = last = answer; }
        else { last.following = answer; last = answer; }
        return answer.thenable;
      }),
      return: freeze((value) => {
        if (!isEnded) {
          apply(mapDelete, waiting, [asked]);
          if (stream > 0) host('close', toText(stream), '');
          end();
        }
        return apply(resolved, RealPromise, [ended(value)]);
      }),
      [asyncIteratorKey]: freeze(() => iterator),
    };
    freeze(iterator);
    return freeze({
      [asyncIteratorKey]: freeze(() => {
        if (isTaken) throw new TypeError('the stream of ' + name + ' can be read once: ask for another');
        isTaken = true;
        return iterator;
      }),
    });
  };
  const use = create(null);
  for (const port of keys(config.ports)) {
    const operations = create(null);
    for (const operation of keys(config.ports[port])) {
      const kind = config.ports[port][operation], name = port + '.' + operation;
      operations[operation] = freeze(kind === 'stream' ? (input) => streamOf(name, toJson(input)) : (input) => send(kind, name, toJson(input)));
    }
    use[port] = freeze(operations);
  }

  // ---- self ----
  const log = create(null);
  for (const level of ['debug', 'info', 'warn', 'error']) log[level] = freeze((text) => { host('log', level, typeof text === 'string' ? text : toJson(text)); });
  const fixed = {
    use: freeze(use),
    log: freeze(log),
    id: config.id,
    name: config.name,
    incarnation: config.incarnation,
    now: freeze(() => nowMs),
    random: freeze(random),
    error: freeze((name, data) => {
      const error = new RealError(asText(name, 'the name of an error'));
      define(error, 'name', { value: name, configurable: true, writable: true });
      apply(weakSet, declared, [error, { name, data }]);
      return error;
    }),
    stop: freeze((reason = 'normal') => { host('stop', asText(reason, 'a reason'), ''); }),
    after: freeze((ms, operation, input) => {
      if (typeof ms !== 'number') throw new TypeError('after takes a number of milliseconds');
      return host('after', asText(operation, 'an operation'), ms + ' ' + toJson(input));
    }),
    cancel: freeze((timer) => { host('cancel', toText(timer), ''); }),
  };
  const self = create(null);
  for (const key of ownKeys(fixed)) define(self, key, { value: fixed[key], enumerable: true });
  define(self, 'state', { value: {}, writable: true, enumerable: true });
  Object.preventExtensions(self);

  // ---- turns ----
  let handlers = create(null);
  const own = (object, key) => (object !== null && (typeof object === 'object' || typeof object === 'function') && apply(hasOwn, object, [key]) ? object[key] : undefined);
  const failed = (message, error) => {
    try {
      if (typeof error === 'object' && error !== null && apply(weakHas, declared, [error])) {
        const { name, data } = apply(weakGet, declared, [error]);
        host('error', message, oneLine(name) + '\\n' + oneLine(error.message) + '\\n' + (data === undefined ? '' : toJson(data)));
      } else host('fail', message, describe(error));
    } catch (refused) { host('fail', message, describe(refused)); }
  };
  const hasMethod = (value, key) => value !== null && typeof value === 'object' && typeof value[key] === 'function';
  const settle = (message, value, what) => {
    try {
      // What a generator is to do is done by who reads it, and nobody would.
      if (hasMethod(value, asyncIteratorKey) || hasMethod(value, 'next')) throw new TypeError(what + ' gave an iterator, and is no stream: it may not be a generator');
      host('done', message, toJson(value));
    } catch (refused) { failed(message, refused); }
  };
  // Answers whether somebody reads on. The promise has a constructor of its own, so that waiting for it asks nothing that can be replaced.
  const giveItem = (value) => define(new RealPromise((resolve, reject) => {
    awaitAnswer(host('item', '', toJson(value)), { take: (answer) => resolve(!apply(hasOwn, answer, ['done'])), fail: reject });
  }), 'constructor', { value: RealPromise });
  // By hand, as a for await of QuickJS does not wait for what a generator does when its loop is left.
  const drive = async (given, what) => {
    const isAsync = hasMethod(given, asyncIteratorKey);
    if (!isAsync && !hasMethod(given, iteratorKey)) throw new TypeError(what + ' is a stream, and its handler gave nothing to iterate: write it as async *, or give a list');
    const iterator = apply(given[isAsync ? asyncIteratorKey : iteratorKey], given, []), next = iterator.next;
    const close = async () => { if (hasMethod(iterator, 'return')) await apply(iterator.return, iterator, []); };
    for (;;) {
      const step = await apply(next, iterator, []);
      if (step.done) return;
      let isRead;
      try { isRead = await giveItem(isAsync ? step.value : await step.value); } catch (error) {
        try { await close(); } catch { /* The first failure is the one to tell of. */ }
        throw error;
      }
      if (!isRead) { await close(); return; }
    }
  };
  // A plain async function may give a list, too. Nothing here returns a promise: to pass one on asks its then, which can be replaced.
  const driveWhatCame = async (given, what) => { await drive(hasMethod(given, asyncIteratorKey) ? given : await given, what); };
  const begin = (message, atMs, what, run) => {
    nowMs = atMs;
    current = message;
    waiting = new MapType(); // Whoever still waits from an earlier message has been left behind.
    let value;
    try { value = run(); } catch (error) { return failed(message, error); }
    if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return settle(message, value, what);
    try { apply(then, apply(resolved, RealPromise, [value]), [(given) => settle(message, given, what), (error) => failed(message, error)]); } catch (error) { failed(message, error); }
  };
  return freeze({
    load(exported) { handlers = exported; },
    init(message, atMs, argsJson) { begin(message, atMs, 'init', () => own(handlers, 'init')(self, argsJson === '' ? undefined : parse(argsJson))); },
    handle(message, atMs, protocol, operation, inputJson) {
      const what = protocol + '.' + operation, isStream = own(own(config.streams, protocol), operation) === true;
      begin(message, atMs, what, () => {
        const provided = own(handlers, protocol), handler = own(provided, operation);
        if (typeof handler !== 'function') throw new TypeError('the handler file has no ' + what);
        const given = apply(handler, provided, [parse(inputJson), self]);
        return isStream ? driveWhatCame(given, what) : given;
      });
    },
    terminate(message, atMs, reason) { begin(message, atMs, 'terminate', () => own(handlers, 'terminate')(reason, self)); },
    resume(atMs, request, answerJson) {
      nowMs = atMs;
      const waiter = apply(mapGet, waiting, [request]);
      apply(mapDelete, waiting, [request]);
      if (!waiter) return;
      const answer = parse(answerJson);
      if (answer.ok) waiter.take(answer);
      else waiter.fail(toError(answer.error));
    },
    describe,
  });
})`;
