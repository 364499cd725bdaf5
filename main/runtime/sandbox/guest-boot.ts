/**
 * The code that runs first inside every guest. It takes the engine's intrinsics while they are still whole, takes away what
 * could tell time, memory or threads, and builds `self` (contract section 2). It is a script that evaluates to
 * `boot(host, configJson)`, which answers the hooks that the outside calls. It is text on purpose: V8 never runs it.
 */
export const GUEST_BOOT = `(function boot(host, configJson) {
  'use strict';
  const parse = JSON.parse, stringify = JSON.stringify, apply = Reflect.apply, construct = Reflect.construct;
  const freeze = Object.freeze, create = Object.create, define = Object.defineProperty, keys = Object.keys, ownKeys = Reflect.ownKeys;
  const RealPromise = Promise, then = Promise.prototype.then, RealDate = Date, RealError = Error, toText = String;
  const MapType = Map, mapGet = Map.prototype.get, mapSet = Map.prototype.set, mapDelete = Map.prototype.delete;
  const WeakMapType = WeakMap, weakGet = WeakMap.prototype.get, weakSet = WeakMap.prototype.set, weakHas = WeakMap.prototype.has;
  const imul = Math.imul, hasOwn = Object.prototype.hasOwnProperty;
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
  const describe = (error) => {
    try {
      if (typeof error !== 'object' || error === null) return 'thrown: ' + toText(error);
      return toText(error.name) + ': ' + toText(error.message) + '\\n' + toText(error.stack);
    } catch { return 'unprintable error'; }
  };
  const toError = (answer) => {
    const error = new RealError(answer.message);
    error.name = 'CallError';
    error.code = answer.code;
    if (answer.node !== undefined) error.node = answer.node;
    if (answer.data !== undefined) error.data = answer.data;
    return error;
  };

  // ---- requests: calls and casts over ports ----
  const waiting = new MapType();
  // A frozen thenable and no promise: whether anyone waits for it can then be seen, and is.
  const thenable = (request, isCast) => {
    let watched = false;
    const promise = new RealPromise((resolve, reject) => {
      apply(mapSet, waiting, [request, { resolve, reject, isWatched: () => watched }]);
    });
    apply(then, promise, [undefined, () => undefined]);
    const watch = () => { if (!watched) { watched = true; if (isCast) host('await', toText(request), ''); } };
    const chain = (onValue, onError) => { watch(); return apply(then, promise, [onValue, onError]); };
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
      const kind = config.ports[port][operation];
      operations[operation] = freeze((input) => thenable(host(kind, port + '.' + operation, toJson(input)), kind === 'cast'));
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
      error.name = name;
      apply(weakSet, declared, [error, { name, data }]);
      return error;
    }),
    stop: freeze((reason = 'normal') => { host('stop', asText(reason, 'a reason'), ''); }),
    after: freeze((ms, operation, input) => {
      if (typeof ms !== 'number' || !(ms >= 0)) throw new TypeError('after takes a number of milliseconds from 0');
      return host('after', asText(operation, 'an operation'), toJson({ ms, input: input === undefined ? null : input }));
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
  const failed = (error) => {
    if (typeof error === 'object' && error !== null && apply(weakHas, declared, [error])) {
      const { name, data } = apply(weakGet, declared, [error]);
      let json; try { json = toJson({ message: describe(error).slice(0, 500), data }); } catch (inner) { host('fail', '', describe(inner)); return; }
      host('error', name, json);
    } else host('fail', '', describe(error));
  };
  const settle = (value) => { let json; try { json = toJson(value); } catch (error) { failed(error); return; } host('done', '', json); };
  const begin = (atMs, run) => {
    nowMs = atMs;
    const turn = (async () => run())();
    apply(then, turn, [settle, failed]);
  };
  return freeze({
    load(exported) { handlers = exported; },
    init(atMs, argsJson) { begin(atMs, () => own(handlers, 'init')(self, argsJson === '' ? undefined : parse(argsJson))); },
    handle(atMs, protocol, operation, inputJson) {
      begin(atMs, () => {
        const provided = own(handlers, protocol), handler = own(provided, operation);
        if (typeof handler !== 'function') throw new TypeError('the handler file has no ' + protocol + '.' + operation);
        return apply(handler, provided, [parse(inputJson), self]);
      });
    },
    terminate(atMs, reason) { begin(atMs, () => own(handlers, 'terminate')(reason, self)); },
    resume(atMs, request, answerJson) {
      nowMs = atMs;
      const waiter = apply(mapGet, waiting, [request]);
      apply(mapDelete, waiting, [request]);
      if (!waiter) return;
      const answer = parse(answerJson);
      if (answer.ok) waiter.resolve(answer.output);
      else if (waiter.isWatched()) waiter.reject(toError(answer.error));
      else host('fail', '', describe(toError(answer.error)));
    },
  });
})`;
