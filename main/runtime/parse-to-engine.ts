import { z } from 'zod';
import type { Json } from '../../shared/json/json';
import type { Program } from '../../shared/program/program';
import type { ToEngine } from '../../shared/run/engine-protocol';

const json: z.ZodType<Json> = z.json();
const callError = z.strictObject({ code: z.string(), message: z.string(), node: z.string().optional(), data: json.optional() });
const mode = z.enum(['live', 'recorded', 'mocked', 'simulated']);
const answer = z.discriminatedUnion('ok', [
  z.strictObject({ key: z.string(), mode, ok: z.literal(true), value: json }),
  z.strictObject({ key: z.string(), mode, ok: z.literal(false), error: callError }),
]);
const input = z.strictObject({ id: z.int(), node: z.string(), protocol: z.string().optional(), operation: z.string(), value: json, timeoutMs: z.number().min(0).optional() });
const command = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('crash'), node: z.string(), reason: z.string() }),
  z.strictObject({ action: z.literal('killHost'), host: z.string() }),
  z.strictObject({ action: z.literal('guard'), wire: z.string(), guard: z.int().min(0), force: z.enum(['open', 'closed', 'auto']) }),
]);
/** The program was checked by the compiler and hashed; here only that it is one, so that a mistake of ours is told as such. */
const program = z.custom<Program>((value) => value !== null && typeof value === 'object' && (value as { format?: unknown }).format === 'prismatic-program/1');

const toEngine: z.ZodType<ToEngine> = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('start'),
    program,
    seed: z.int(),
    engineLife: z.int().min(1),
    epochMs: z.number(),
    elapsedMs: z.number(),
    trace: z.boolean(),
    nativeHandlers: z.boolean(),
  }),
  z.strictObject({ type: z.literal('input'), input, incarnation: z.int().optional() }),
  z.strictObject({ type: z.literal('sourceEnd'), node: z.string(), incarnation: z.int(), items: z.int() }),
  z.strictObject({ type: z.literal('effectItem'), key: z.string(), value: json }),
  z.strictObject({ type: z.literal('effectAnswer'), answer }),
  z.strictObject({ type: z.literal('operator'), command }),
  z.strictObject({ type: z.literal('probe'), token: z.int() }),
  z.strictObject({ type: z.literal('measure'), token: z.int() }),
  z.strictObject({ type: z.literal('apply'), token: z.int(), program, replace: z.array(z.strictObject({ supervisor: z.string(), child: z.string() })) }),
  z.strictObject({ type: z.literal('request'), ref: z.int(), node: z.string(), body: json }),
  z.strictObject({ type: z.literal('stop') }),
]);

/** Throws on anything else: the core is ours, so that is a bug. */
export const parseToEngine = (raw: unknown): ToEngine => toEngine.parse(raw);
