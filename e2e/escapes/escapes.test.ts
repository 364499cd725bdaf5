/**
 * Every known attempt to get out, as the body of an operation of a real project: through the compiler, the engine under its flags,
 * a host and the sandbox. What it must not do is judged from its answer and from outside the engine.
 */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { compileProject } from '../../main/compiler/compile';
import { engineFlags } from '../../main/core/fork-child';
import { SandboxPool } from '../../main/runtime/sandbox/sandbox-pool';
import { simulate } from '../../main/simulator/simulate';
import type { FromEngine } from '../../shared/run/engine-protocol';
import type { Program } from '../../shared/program/program';
import { noStrace, Watched } from './watched';

type Attempt = { readonly name: string; readonly code: string; readonly mustNot: 'escape' | 'leak' | 'pollute' | 'unwired' | 'vary' | 'hang' | 'memory' | 'crash' | 'flood'; readonly why: string };
const attempts = JSON.parse(readFileSync(new URL('attempts.json', import.meta.url), 'utf8')) as readonly Attempt[];
const engineEntry = fileURLToPath(new URL('../../dist/engine/engine.js', import.meta.url));

/** `ctx` and `msg`, as the attempts were written for, made of `self`. */
const handlerOf = (code: string, end = "'end'"): string => `export const Probe = { async attack(msg, self) {
self.use.marks.mark('start');
const ctx = Object.freeze({ send: (p, v) => { self.use[p].put(v); }, persist: (k, v) => self.use.store.persist({ k, v }), load: (k) => self.use.store.load({ k }), log: (v) => self.log.info(v), now: () => self.now(), random: () => self.random() });
const result = await (async (ctx, msg) => {
${code}
})(ctx, msg);
self.use.marks.mark(${end});
return result; } };
`;
const cast = (operation: string) => ({ operations: { [operation]: { kind: 'cast', input: {} } } });
const FILES: Readonly<Record<string, unknown>> = {
  'protocols/Probe.json': { operations: { attack: { kind: 'call', input: {}, output: {} } } },
  'protocols/Marks.json': cast('mark'),
  'protocols/Out.json': cast('put'),
  'protocols/Store.json': { operations: { persist: { kind: 'call', input: {}, output: {} }, load: { kind: 'call', input: {}, output: {} } } },
  'design.json': {
    format: 'prismatic/1',
    name: 'probe',
    root: 'root',
    nodes: {
      root: { kind: 'supervisor', maxRestarts: 20, children: ['marks', 'out', 'store', 'secret', 'probe'] },
      marks: { kind: 'sink', behaviour: { type: 'console' }, provides: ['Marks'] },
      out: { kind: 'sink', behaviour: { type: 'console' }, provides: ['Out'] },
      secret: { kind: 'sink', behaviour: { type: 'console' }, provides: ['Out'] },
      store: { kind: 'agent', behaviour: { type: 'scripted', rules: [{ operation: 'load', reply: { a: [1] } }, { reply: null }] }, provides: ['Store'] },
      probe: { kind: 'agent', behaviour: { type: 'code', file: 'handlers/probe.js' }, provides: ['Probe'], requires: { out: 'Out', marks: 'Marks', store: 'Store' }, isolated: true },
    },
    wires: [{ from: 'probe.out', to: 'out' }, { from: 'probe.marks', to: 'marks' }, { from: 'probe.store', to: 'store' }],
  },
};

async function compileAttempt(code: string, end?: string): Promise<Program | undefined> {
  const dir = mkdtempSync(join(tmpdir(), 'prismatic-escape-'));
  try {
    for (const folder of ['protocols', 'handlers']) mkdirSync(join(dir, folder));
    for (const [path, value] of Object.entries(FILES)) writeFileSync(join(dir, path), JSON.stringify(value));
    writeFileSync(join(dir, 'handlers/probe.js'), handlerOf(code, end));
    return (await compileProject(dir)).program;
  } finally {
    rmSync(dir, { recursive: true });
  }
}

class Probe {
  readonly watched: Watched;
  readonly messages: FromEngine[] = [];
  #wake: (() => void) | undefined;
  hasExited = false;

  constructor(program: Program) {
    this.watched = new Watched(engineEntry, engineFlags(engineEntry));
    const { child } = this.watched;
    child.on('message', (message: FromEngine) => {
      this.messages.push(message);
      if (message.type === 'effect') child.send({ type: 'effectAnswer', answer: { key: message.effect.key, mode: 'live', ok: true, value: null } });
      this.#wake?.();
    });
    child.on('exit', () => {
      this.hasExited = true;
      this.#wake?.();
    });
    child.send({ type: 'start', program, seed: 42, engineLife: 1, epochMs: 946684800000, elapsedMs: 0, trace: false, nativeHandlers: false });
  }

  async until(isThere: () => boolean): Promise<void> {
    while (!isThere() && !this.hasExited) await new Promise<void>((resolve) => (this.#wake = resolve));
  }

  async attack(): Promise<Extract<FromEngine, { type: 'settled' }>['settlement'] | undefined> {
    await this.until(() => this.messages.some(({ type }) => type === 'rootStarted'));
    this.watched.begin();
    this.watched.child.send({ type: 'input', input: { id: 1, node: 'probe', protocol: 'Probe', operation: 'attack', value: { hello: 'world' } } });
    await this.until(() => this.messages.some(({ type }) => type === 'settled'));
    // The engine's own loop goes on: it answers until nothing is left to do, so that all marks are in.
    for (let token = 1, isIdle = false; !isIdle && !this.hasExited; token += 1) {
      this.watched.child.send({ type: 'probe', token });
      await this.until(() => this.messages.some((message) => message.type === 'probed' && message.token === token));
      isIdle = this.messages.some((message) => message.type === 'probed' && message.token === token && message.idle);
    }
    return this.messages.find((message) => message.type === 'settled')?.settlement;
  }

  values(node: string): readonly unknown[] {
    return this.messages.flatMap((message) => (message.type === 'effect' && message.effect.node === node ? [(message.effect.request as { readonly value: unknown }).value] : []));
  }
}

let probe: Probe | undefined;
afterEach(() => probe?.watched.end());
afterAll(() => console.log(`escapes: watched by /proc${noStrace === undefined ? ' and strace' : `, without strace (${noStrace})`}`));

/** These are not even compiled: the import stands in the text. */
const REFUSED_AT_CHECK = new Set(['import-static-name', 'import-spaced']);
/** These end with a throw, or with the instance, on purpose. */
const MEANT_TO_DIE = new Set(['hang', 'memory', 'crash', 'flood']);

describe('the honest handler, as a control', () => {
  it('passes every door', async () => {
    const program = await compileAttempt("ctx.send('out', { a: 1 }); await ctx.persist('k', 2); const v = await ctx.load('k'); ctx.log('hi'); return ['fine', v.a[0], ctx.now() > 0, ctx.random() < 1];");
    probe = new Probe(program!);
    expect(await probe.attack()).toMatchObject({ ok: true, output: ['fine', 1, true, true] });
    expect(probe.values('out')).toEqual([{ a: 1 }]);
    expect(probe.values('marks')).toEqual(['start', 'end']);
  });
});

/** An engine of this project uses about 250 MB; an attempt that gets past its memory maximum adds more than 200 (controls.test.ts). */
const MOST_MB = 400;

describe('an attempt to get out', () => {
  it.each(attempts.map((attempt) => [`${attempt.mustNot}: ${attempt.name}`, attempt] as const))('%s', async (_, attempt) => {
    const program = await compileAttempt(attempt.code);
    if (REFUSED_AT_CHECK.has(attempt.name)) return expect(program).toBeUndefined();
    expect(program, 'the attempt compiles, or it proves nothing').toBeDefined();
    probe = new Probe(program!);
    const settlement = await probe.attack();
    expect(probe.hasExited).toBe(false);
    expect(settlement).toBeDefined();
    const marks = probe.values('marks');
    if (settlement!.ok) expect(marks).toEqual(['start', 'end']);
    else expect(settlement!.error.code === 'callee_exit' || (MEANT_TO_DIE.has(attempt.mustNot) && settlement!.error.code === 'noconnection')).toBe(true);
    const said = JSON.stringify(probe.messages);
    expect(said).not.toMatch(/ESCAPED|LEAKED/);
    expect(probe.values('secret')).toEqual([]);
    expect(probe.values('out').length).toBeLessThanOrEqual(1000);
    expect(said).not.toContain(probe.watched.canary);
    expect(probe.watched.look()).toEqual([]);
    expect(probe.watched.peakMb()).toBeLessThan(MOST_MB);
  }, 60_000);
});

describe('the watch from outside, as a control', () => {
  // Who only read a file is seen by strace alone.
  const deeds = ['process', 'connection', 'write', 'canary', 'memory', ...(noStrace === undefined ? ['read'] : [])];
  it.each(deeds)('notices this deed: %s', async (deed) => {
    const watched = new Watched(fileURLToPath(new URL('deeds.mjs', import.meta.url)), []);
    try {
      await once(watched.child, 'message');
      watched.begin();
      expect(watched.look()).toEqual([]);
      const done = once(watched.child, 'message');
      watched.child.send({ deed });
      const said: unknown = await done;
      if (deed === 'memory') expect(watched.peakMb()).toBeGreaterThan(MOST_MB);
      else if (deed === 'canary') expect(JSON.stringify(said)).toContain(watched.canary);
      else expect(watched.look().map(({ kind }) => kind)).toContain(deed);
    } finally {
      watched.end();
    }
  }, 60_000);
});

describe('what could vary', () => {
  it.each(attempts.filter(({ mustNot }) => mustNot === 'vary').map(({ name, code }) => [name, code] as const))('%s is the same in every simulated run of a seed', async (_, code) => {
    const program = (await compileAttempt(code, '{ result }'))!;
    const load = [{ to: 'probe', protocol: 'Probe', operation: 'attack', input: {}, atMs: 50 }];
    const run = async (): Promise<readonly string[]> => {
      const lines: string[] = [];
      await simulate({ program, scenario: { name: null, load, faults: [], expectations: [] }, seed: 42, files: new Map(), guests: await SandboxPool.prepare(['sandbox-probe']), onLine: (line) => lines.push(line), journalHash: () => '', onProgress: () => undefined });
      return lines;
    };
    const first = await run();
    expect(first.join()).toContain('"result"');
    expect(await run()).toEqual(first);
  });
});

describe('node:vm, as the control that must fail', () => {
  it('lets these out by name', () => {
    const said = execFileSync(process.execPath, [fileURLToPath(new URL('vm-control.mjs', import.meta.url))], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    expect(JSON.parse(said)).toEqual(['ctor-ctx', 'ctor-host-value', 'powerful-globals', 'prepare-stack-trace', 'wasm', 'capture-stack-trace', 'clock-real']);
  });
});
