// node scripts/node24.mjs bench/kernel.mjs [checkout]
// Casts and calls per second between processes of one host, in one thread, beside a plain array queue in the same run. The
// sender is a loop, the receiver the built-in scripted agent. The kernel is bundled from its source as it is in dist/. Both
// sides in turns within one process; medians of the rounds, JSON on stdout. `checkout` measures the kernel of another tree.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';

const root = resolve(process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url)));
const MESSAGES = 200_000;
const WINDOW = 500;
const ROUNDS = 9;
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

async function bundle(out) {
  const input = { 'host-kernel': join(root, 'main/kernel/host-kernel.ts'), 'scripted-agent': join(root, 'main/behaviours/scripted-agent.ts') };
  await build({ root, configFile: false, logLevel: 'error', build: { ssr: true, outDir: out, target: 'node18', minify: false, rolldownOptions: { input, output: { format: 'es', entryFileNames: '[name].mjs' } } } });
  const load = (name) => import(pathToFileURL(join(out, `${name}.mjs`)));
  return { ...(await load('host-kernel')), ...(await load('scripted-agent')) };
}

const text = { type: 'object', properties: { text: { type: 'string' } }, required: ['text'], additionalProperties: false };
const operation = (kind) => ({ kind, input: text, output: {}, errors: [], idempotent: false });
const node = (id, mailbox) => ({ kind: 'agent', id, host: 'main', restart: 'permanent', shutdown: 5000, significant: false, provides: ['Echo'], requires: {}, mailbox, behaviour: { type: 'scripted', rules: [] } });
const program = { format: 'prismatic-program/1', hash: '', name: '', root: 'sender', nodes: { sender: node('sender', 1000), receiver: node('receiver', WINDOW) }, protocols: { Echo: { operations: { say: operation('call'), note: operation('cast') } } }, wires: [], modules: {}, hosts: [{ id: 'main', instances: [] }], files: [] };
const INPUT = { text: 'hello' };

/** Starts the receiver, then sends `WINDOW` casts a turn, or keeps one call open. */
class Sender {
  receives = 'queued';
  trapsExits = false;
  left = MESSAGES;
  answered = 0;
  constructor(kind) { this.kind = kind; }
  start(self) {
    self.started();
    self.spawn({ node: 'receiver', name: 'receiver' });
  }
  receive(self, signal) {
    if (signal.kind === 'spawned') return;
    if (this.kind === 'call') {
      if (signal.kind === 'reply') this.answered += 1;
      if (this.left-- > 0) self.call({ to: 'receiver', protocol: 'Echo', operation: 'say', input: INPUT, timeoutMs: 5000 });
      return;
    }
    for (let count = 0; count < WINDOW; count += 1) self.cast({ to: 'receiver', protocol: 'Echo', operation: 'note', input: INPUT, awaited: false });
    this.left -= WINDOW;
  }
  dispose() {}
}

const out = mkdtempSync(join(tmpdir(), 'bench-kernel-'));
const { HostKernel, ScriptedAgent } = await bundle(out);
rmSync(out, { recursive: true });

function timeKernel(kind) {
  const sender = new Sender(kind);
  let drops = 0;
  const ignore = () => undefined;
  const ports = { send: ignore, record: (record) => { if (record.type === 'message.dropped') drops += record.count; }, effect: ignore, settle: ignore, pull: ignore, respond: ignore, rootStarted: ignore, rootExited: ignore };
  const behaviours = ({ name }) => (name === 'sender' ? sender : new ScriptedAgent([{ reply: 'ok' }]));
  const kernel = new HostKernel({ program, host: 'main', life: 1, seed: 1, epochMs: 0, trace: false, behaviours, ports, incarnations: {} });
  kernel.input({ type: 'startRoot' }, 0);
  while (kernel.step()) continue;
  const begin = performance.now();
  if (kind === 'call') {
    kernel.input({ type: 'request', ref: 1, node: 'sender', body: null }, 1);
    while (kernel.step()) continue;
  } else while (sender.left > 0) {
    kernel.input({ type: 'request', ref: 1, node: 'sender', body: null }, 1);
    while (kernel.step()) continue;
  }
  kernel.flush();
  const ms = performance.now() - begin;
  const handled = kernel.agents().find((agent) => agent.node === 'receiver').handled;
  if (handled !== MESSAGES || drops > 0 || (kind === 'call' && sender.answered !== MESSAGES)) throw new Error(`${handled} of ${MESSAGES} handled, ${drops} dropped`);
  return ms;
}

function timePlain() {
  const begin = performance.now();
  let handled = 0;
  for (let sent = 0; sent < MESSAGES; sent += WINDOW) {
    const queue = [];
    for (let count = 0; count < WINDOW; count += 1) queue.push({ kind: 'cast', input: INPUT });
    for (const message of queue) if (message.input.text.length > 0) handled += 1;
  }
  if (handled !== MESSAGES) throw new Error('the queue lost messages');
  return performance.now() - begin;
}

const rounds = { plain: [], cast: [], call: [] };
for (let round = 0; round < ROUNDS + 2; round += 1) {
  for (const [name, measure] of [['plain', timePlain], ['cast', () => timeKernel('cast')], ['call', () => timeKernel('call')]]) rounds[name].push(measure());
}
const perSecond = (name) => Math.round(MESSAGES / (median(rounds[name].slice(2)) / 1000));
console.log(JSON.stringify({ queue: perSecond('plain'), casts: perSecond('cast'), calls: perSecond('call'), queueTimesCast: Number((perSecond('plain') / perSecond('cast')).toFixed(1)), queueTimesCall: Number((perSecond('plain') / perSecond('call')).toFixed(1)) }));
