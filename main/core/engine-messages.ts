/** What an engine may say, checked: the process on the other side runs strangers' handlers and may have been taken over. */
import { z } from 'zod';
import { GUARD_KINDS } from '../../shared/design/guard';
import type { Json } from '../../shared/json/json';
import { modelRequest } from '../../shared/run/model-request';
import { humanRequest } from '../../shared/run/human-request';
import { toolRequest } from '../../shared/run/tool-request';
import type { FromEngine } from '../../shared/run/engine-protocol';

const json: z.ZodType<Json> = z.json();
const whole = z.int().min(0);
const name = z.string().max(200);
const depends = z.record(name, whole);
const callError = z.strictObject({ code: name, message: z.string().max(4000), node: name.optional(), data: json.optional() });
const settlement = z.discriminatedUnion('ok', [
  z.strictObject({ id: whole, attempts: whole, ok: z.literal(true), output: json }),
  z.strictObject({ id: whole, attempts: whole, ok: z.literal(false), error: callError }),
]);
const consoleEffect = z.strictObject({ port: name, value: json });
const appendEffect = z.strictObject({ path: z.string().min(1).max(1024), text: z.string() });
const effect = z.discriminatedUnion('kind', [
  z.strictObject({ key: name, node: name, template: name.optional(), kind: z.literal('console'), request: consoleEffect }),
  z.strictObject({ key: name, node: name, template: name.optional(), kind: z.literal('file.append'), request: appendEffect }),
  z.strictObject({ key: name, node: name, template: name.optional(), kind: z.literal('model'), request: modelRequest }),
  z.strictObject({ key: name, node: name, template: name.optional(), kind: z.literal('human'), request: humanRequest }),
  z.strictObject({ key: name, node: name, template: name.optional(), kind: z.literal('mcp'), request: toolRequest }),
]);
const chunk = z.strictObject({ host: name, life: whole, first: whole.min(1), last: whole.min(1), text: z.string() });

const processSample = z.strictObject({ name, node: name, status: z.enum(['starting', 'idle', 'ready', 'waiting']), mailbox: whole, handled: whole, incarnation: whole, restarts: whole.optional() });
const wireSample = z.strictObject({ from: name, to: name, sent: whole, failed: whole });
const guardSample = z.strictObject({
  wire: name,
  guard: whole,
  kind: z.enum(GUARD_KINDS),
  passed: whole,
  refused: whole,
  acted: whole,
  state: z.enum(['closed', 'open', 'halfOpen', 'forcedOpen', 'forcedClosed']).optional(),
  running: whole.optional(),
  waiting: whole.optional(),
});
/** Bounds of what one engine may make the core hold: far more than a program has. */
const hostSample = z.strictObject({ host: name, life: whole, isUp: z.boolean(), processes: z.array(processSample).max(100_000), wires: z.array(wireSample).max(100_000), guards: z.array(guardSample).max(100_000) });

const fromEngine: z.ZodType<FromEngine> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }),
  z.strictObject({ type: z.literal('hostStarted'), host: name, life: whole }),
  z.strictObject({ type: z.literal('hostLost'), host: name, life: whole, reason: z.string().max(1000) }),
  z.strictObject({ type: z.literal('rootStarted') }),
  z.strictObject({ type: z.literal('rootExited'), reason: z.string().max(10_000) }),
  z.strictObject({ type: z.literal('chunk'), chunk }),
  z.strictObject({ type: z.literal('effect'), effect, depends }),
  z.strictObject({ type: z.literal('effectAbandoned'), key: name }),
  z.strictObject({ type: z.literal('settled'), settlement, depends }),
  z.strictObject({ type: z.literal('pull'), node: name, incarnation: whole, credit: whole.max(100_000) }),
  z.strictObject({ type: z.literal('probed'), token: whole, idle: z.boolean() }),
  z.strictObject({ type: z.literal('measured'), token: whole, atMs: whole, hosts: z.array(hostSample).max(1000) }),
  z.strictObject({ type: z.literal('applied'), token: whole, failed: z.array(name).max(100_000) }),
  z.strictObject({ type: z.literal('response'), ref: whole, body: json }),
  z.strictObject({ type: z.literal('heartbeat'), rssBytes: z.number(), hasSpare: z.boolean() }),
  z.strictObject({ type: z.literal('fatal'), message: z.string().max(4000) }),
]);

export function parseFromEngine(raw: unknown): { readonly ok: true; readonly message: FromEngine } | { readonly ok: false; readonly problem: string } {
  const parsed = fromEngine.safeParse(raw);
  if (parsed.success) return { ok: true, message: parsed.data };
  const [issue] = parsed.error.issues;
  return { ok: false, problem: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'no message of an engine'}`.slice(0, 300) };
}
