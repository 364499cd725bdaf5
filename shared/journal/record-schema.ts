/** The journal's lines as schemas, for whoever reads a journal from a file; `record.ts` holds the types of whoever writes one. */
import { z } from 'zod';
import type { Json } from '../json/json';
import type { JournalEvent } from './record';

const json: z.ZodType<Json> = z.json();
const node = z.string().describe('Id of the node.');
const pid = z.string().describe('`host#life.serial`.');
const life = z.int().describe('How often this host has come up, from 1.');
const reason = z.string().describe('Why, in words; an exit reason begins with its kind.');
const callError = z.object({ code: z.string(), message: z.string(), node: z.string().optional(), data: json.optional() });
const from = z.string().describe('Where it came from.');
const to = z.string().describe('Where it was to go.');
const operation = z.string().describe('Name of the operation.');
const value = json.describe('The value; of more than 64 KiB: `{"$blob": "sha256:...", "bytes"}`.');

export const journalHeader = z.strictObject({
  format: z.literal('prismatic-journal/1').describe('The format and its version.'),
  program: z.string().describe('Hash of the program.'),
  world: z.enum(['real', 'simulated']).describe('Where it ran.'),
  seed: z.int().describe('What all randomness of the run comes from.'),
  scenario: z.string().nullable().describe('Name of the scenario, if there was one.'),
  startedAt: z.string().optional().describe('ISO 8601; only in the real world.'),
});

/** What every record has. */
export const journalPlace = z.object({
  seq: z.int().min(1).describe('Number of the record, one order for the whole run.'),
  host: z.string().describe('Host that wrote it; `core` for the studio core.'),
  step: z.int().min(0).describe('Turns of processes that the host had made.'),
  atMs: z.int().min(0).describe('Milliseconds since the run began.'),
  cause: z.int().nullable().describe('`seq` of the record that it follows from.'),
});

const on = <T extends string, S extends z.ZodRawShape>(type: T, meaning: string, shape: S) => z.object({ type: z.literal(type).describe(meaning), ...shape });

export const journalEvent = z.discriminatedUnion('type', [
  on('host.started', 'A host came up.', { life }),
  on('host.lost', 'A host, or the whole engine, was lost with all that lived on it.', { life, reason }),
  on('process.started', 'A process is ready: its `init` is done.', { node, pid, incarnation: z.int().describe('How often this node has started, from 1.') }),
  on('process.startFailed', 'A process did not get ready.', { node, reason }),
  on('process.exited', 'A process ended.', { node, pid, reason }),
  on('supervisor.restarting', 'A supervisor starts children again.', {
    node,
    child: z.string().describe('The child that ended.'),
    scope: z.array(z.string()).readonly().describe('All that are started again, by the strategy.'),
    count: z.int().describe('Restarts within the window, with this one.'),
    max: z.int().describe('`maxRestarts`.'),
  }),
  on('supervisor.gaveUp', 'One restart too many: the supervisor ends.', { node }),
  on('input.received', 'A message from outside, or an item of a source, came in.', { id: z.int().describe('Line n of the input has id n.'), node, protocol: z.string().optional().describe('Where it was named.'), operation, value }),
  on('batch.received', 'Messages of another host came in. Their contents follow from that host’s own records.', { from, batch: z.int().describe('Number of the batch on this link.') }),
  on('timer.due', 'A timer of a process ran out.', { pid, timer: z.int().describe('Its id.') }),
  on('effect.requested', 'A node asks for something to be done outside.', { key: z.string().describe('`<input>/<node>/<n>`: the same when the input is delivered again.'), node, kind: z.string().describe('`console`, `file.append`, `model`, `mcp`, `human`.'), request: value }),
  on('effect.item', 'A piece of its answer came, while the rest was still on its way.', { key: z.string().describe('The key of the request.'), value }),
  on('effect.abandoned', 'Nobody waited for its answer any more, so it was given up.', { key: z.string().describe('The key of the request.') }),
  on('effect.settled', 'It was done, or could not be.', {
    key: z.string().describe('The key of the request.'),
    ok: z.boolean().describe('Whether it was done.'),
    value: value.optional(),
    error: callError.optional().describe('Why not: `{code, message, node?, data?}`.'),
    mode: z.enum(['live', 'recorded', 'mocked', 'simulated']).describe('How it was done.'),
  }),
  on('call.failed', 'A call ended without an answer of the callee.', { from, to, code: z.string().describe('`timeout`, `noproc`, `callee_exit`, `noconnection`, `overloaded`, `invalid`.') }),
  on('call.abandoned', 'A handler returned while a call of its was open.', { from, to }),
  on('message.dropped', 'A message reached nobody.', {
    node,
    reason: z.enum(['mailbox_full', 'noproc', 'invalid', 'process_exited', 'late_reply', 'expired', 'noconnection', 'stale', 'window_full']).describe('Why.'),
    count: z.int().describe('How many of this kind, with this one.'),
  }),
  on('message.sent', 'A message left its sender (with `--trace`).', { from, to, operation }),
  on('message.handled', 'A message was handled to its end (with `--trace`).', { node, operation }),
  on('guard.changed', 'A guard came into another state.', { wire: z.string().describe('The wire it is on.'), guard: z.string().describe('Its kind.'), from, to }),
  on('output.emitted', 'A sink put a value out.', { node, port: z.string().describe('The operation that brought it.'), value }),
  on('log', 'A handler wrote to its log.', { node, level: z.enum(['debug', 'info', 'warn', 'error']).describe('How serious it is.'), text: z.string().describe('Its words.') }),
  on('operator', 'A person did something to the run.', { action: z.string().describe('What: `crash`, `killHost`, `unsafe-native-handlers` (handlers run without their sandbox), `mock <kind>` (a mock stands in for the node).'), target: z.string().describe('To what.') }),
  on('fault.injected', 'A fault of the scenario happened.', { kind: z.string().describe('`crash`, `killHost`.'), target: z.string().describe('Node or host.'), reason: reason.optional() }),
  on('expectation.failed', 'An expectation of the scenario does not hold.', { name: z.string().describe('Its name in the scenario.') }),
  on('run.ended', 'The last record.', { reason: z.enum(['drained', 'time', 'signal', 'root_exit']).describe('Why the run ended.') }),
]) satisfies z.ZodType<JournalEvent>;

export const journalRecord = journalPlace.and(journalEvent);
