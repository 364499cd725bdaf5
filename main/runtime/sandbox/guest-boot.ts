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

  // ---- requests: calls and casts over ports ----
  let waiting = new MapType();
  // A frozen thenable and no promise: whether anyone waits for a cast can then be seen.
  const thenable = (request, isCast) => {
    let isWatched = false, settleNow;
    const promise = new RealPromise((resolve, reject) => {
      settleNow = resolve;
      apply(mapSet, waiting, [request, { resolve, reject, isWatched: () => isWatched }]);
    });
    const chain = (onValue, onError) => {
      if (isCast && !isWatched && host('await', toText(request), '') === 0) settleNow(null);
      isWatched = true;
      return apply(then, promise, [onValue, onError]);
    };
    return freeze({
      then: freeze(chain),
      catch: freeze((onError) => chain(undefined, onError)),
      finally: freeze((always) => chain((value) => { always(); return value; }, (error) => { always(); throw error; })),
    });
  };
  const use = create(null);
  for (const port of keys(config.ports)) {
    const operations = create(null);
    for (const operation of keys(config.ports[port])) {
      const kind = config.ports[port][operation], name = port + '.' + operation;
      operations[operation] = freeze((input) => thenable(host(kind, name, toJson(input)), kind === 'cast'));
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
  let handlers = create(null), current = '';
  const own = (object, key) => (object !== null && (typeof object === 'object' || typeof object === 'function') && apply(hasOwn, object, [key]) ? object[key] : undefined);
  const failed = (message, error) => {
    try {
      if (typeof error === 'object' && error !== null && apply(weakHas, declared, [error])) {
        const { name, data } = apply(weakGet, declared, [error]);
        host('error', message, oneLine(name) + '\\n' + oneLine(error.message) + '\\n' + (data === undefined ? '' : toJson(data)));
      } else host('fail', message, describe(error));
    } catch (refused) { host('fail', message, describe(refused)); }
  };
  const settle = (message, value) => { try { host('done', message, toJson(value)); } catch (refused) { failed(message, refused); } };
  const begin = (message, atMs, run) => {
    nowMs = atMs;
    current = message;
    waiting = new MapType(); // Whoever still waits from an earlier message has been left behind.
    let value;
    try { value = run(); } catch (error) { return failed(message, error); }
    if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return settle(message, value);
    try { apply(then, apply(resolved, RealPromise, [value]), [(given) => settle(message, given), (error) => failed(message, error)]); } catch (error) { failed(message, error); }
  };
  return freeze({
    load(exported) { handlers = exported; },
    init(message, atMs, argsJson) { begin(message, atMs, () => own(handlers, 'init')(self, argsJson === '' ? undefined : parse(argsJson))); },
    handle(message, atMs, protocol, operation, inputJson) {
      begin(message, atMs, () => {
        const provided = own(handlers, protocol), handler = own(provided, operation);
        if (typeof handler !== 'function') throw new TypeError('the handler file has no ' + protocol + '.' + operation);
        return apply(handler, provided, [parse(inputJson), self]);
      });
    },
    terminate(message, atMs, reason) { begin(message, atMs, () => own(handlers, 'terminate')(reason, self)); },
    resume(atMs, request, answerJson) {
      nowMs = atMs;
      const waiter = apply(mapGet, waiting, [request]);
      apply(mapDelete, waiting, [request]);
      if (!waiter) return;
      const answer = parse(answerJson);
      if (answer.ok) waiter.resolve(answer.output);
      else if (waiter.isWatched()) waiter.reject(toError(answer.error));
      else failed(current, toError(answer.error)); // Nobody waits for it.
    },
    describe,
  });
})`;
