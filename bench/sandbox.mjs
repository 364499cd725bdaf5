// node scripts/node24.mjs bench/sandbox.mjs    (after `npm run build`)
// What the sandbox costs: handler calls beside bare QuickJS with the same async handler and the same JSON, the making of an
// instance, the restart of a healthy guest. Both sides in turns within one process; medians of five rounds, JSON on stdout.
import variant from '@jitl/quickjs-singlefile-mjs-release-sync';
import { newQuickJSWASMModuleFromVariant, newVariant } from 'quickjs-emscripten-core';
import { createServer } from 'vite';
import { fileURLToPath } from 'node:url';

const server = await createServer({ root: fileURLToPath(new URL('..', import.meta.url)), configFile: false, server: { middlewareMode: true, ws: false, watch: null }, appType: 'custom', logLevel: 'error', optimizeDeps: { noDiscovery: true } });
const { SandboxPool } = await server.ssrLoadModule('/main/runtime/sandbox/sandbox-pool.ts');
const { QuickInstance } = await server.ssrLoadModule('/main/runtime/sandbox/quick-instance.ts');
const { LIMITS } = await server.ssrLoadModule('/main/runtime/sandbox/limits.ts');

const HANDLER = 'async run(input, self) { self.state.n = (self.state.n ?? 0) + 1; return { topic: input.text.trim(), n: self.state.n }; }';
const INPUT = { text: ' the printer is on fire ', from: 'a@example.org', tags: ['hardware', 'urgent'] };
const CALLS = 20_000;
const ROUNDS = 5;
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const timed = (work) => {
  const start = performance.now();
  work();
  return performance.now() - start;
};

const agent = { kind: 'agent', id: 'desk', host: 'main', restart: 'permanent', shutdown: 5000, significant: false, provides: ['Desk'], requires: {}, mailbox: 1000, behaviour: { type: 'code', file: 'handlers/desk.ts', module: 'desk', instance: 'one', hasInit: false, hasTerminate: false } };
const program = { format: 'prismatic-program/1', hash: '', name: '', root: 'root', nodes: { desk: agent }, protocols: {}, wires: [], modules: { desk: { file: 'handlers/desk.ts', code: `({ Desk: { ${HANDLER} } })` } }, hosts: [], files: [] };
const options = (incarnation) => ({ program, agent, seed: 1, name: 'desk', incarnation, onLost: () => undefined });

async function bareQuickJs() {
  const module = await newQuickJSWASMModuleFromVariant(newVariant(variant, { wasmMemory: new WebAssembly.Memory({ initial: 256, maximum: 512 }) }));
  const runtime = module.newRuntime();
  const context = runtime.newContext();
  let answer;
  const done = context.newFunction('done', (json) => {
    answer = context.getString(json);
  });
  context.setProp(context.global, 'done', done);
  const run = context.unwrapResult(context.evalCode(`const self = { state: {} }; const desk = { ${HANDLER} }; (json) => { desk.run(JSON.parse(json), self).then((value) => done(JSON.stringify(value))); }`));
  return () => {
    const json = context.newString(JSON.stringify(INPUT));
    context.unwrapResult(context.callFunction(run, context.undefined, json)).dispose();
    json.dispose();
    runtime.executePendingJobs();
    return JSON.parse(answer);
  };
}

const pool = await SandboxPool.prepare(['one']);
const guest = pool.create(options(1));
const bare = await bareQuickJs();
const sandboxed = () => guest.handle(1, { protocol: 'Desk', operation: 'run', input: INPUT });
if (sandboxed().outcome.value.topic !== bare().topic) throw new Error('the two sides do not do the same');

const bareRounds = [];
const sandboxedRounds = [];
for (let round = 0; round < ROUNDS + 1; round += 1) {
  bareRounds.push(timed(() => { for (let i = 0; i < CALLS; i += 1) bare(); }));
  sandboxedRounds.push(timed(() => { for (let i = 0; i < CALLS; i += 1) sandboxed(); }));
}
const restarts = Array.from({ length: 100 }, (_, index) => timed(() => {
  const next = pool.create(options(index + 2));
  next.handle(1, { protocol: 'Desk', operation: 'run', input: INPUT });
  next.dispose();
}));
const instances = [];
for (let i = 0; i < 20; i += 1) {
  const start = performance.now();
  await QuickInstance.create(LIMITS);
  instances.push(performance.now() - start);
}
const [bareMs, sandboxedMs] = [median(bareRounds.slice(1)), median(sandboxedRounds.slice(1))];
console.log(JSON.stringify({
  sandboxedCallsPerSecond: Math.round(CALLS / (sandboxedMs / 1000)),
  bareCallsPerSecond: Math.round(CALLS / (bareMs / 1000)),
  timesBare: Number((sandboxedMs / bareMs).toFixed(2)),
  restartOfHealthyGuestMs: Number(median(restarts).toFixed(3)),
  newInstanceMs: Number(median(instances).toFixed(2)),
}));
await server.close();
