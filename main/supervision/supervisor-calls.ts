/** The calls that a supervisor answers, as data: `{call, id?, args?}` in, `{ok}`, `{error}`, `{children}` or `{counts}` out. */
import { z } from 'zod';
import type { Json, JsonObject } from '../../shared/json/json';
import { findBadSpec } from './check-specs';
import { isExit, stopChild, type Wait } from './stop-children';
import type { ChildRecord } from './child-record';
import type { Supervised } from './supervised';

const json: z.ZodType<Json> = z.json();
const request = z.discriminatedUnion('call', [
  z.strictObject({ call: z.literal('startChild'), id: z.string().min(1), node: z.string().min(1).optional(), args: json.optional() }),
  z.strictObject({ call: z.enum(['terminateChild', 'restartChild', 'deleteChild', 'replaceChild']), id: z.string().min(1) }),
  z.strictObject({ call: z.enum(['whichChildren', 'countChildren']) }),
]);
type StartChild = { readonly id: string; readonly node?: string | undefined; readonly args?: Json | undefined };
type ChildCall = 'terminateChild' | 'restartChild' | 'deleteChild';

export function* answerRequest(supervisor: Supervised, body: Json): Wait<JsonObject> {
  const parsed = request.safeParse(body);
  if (!parsed.success) return { error: 'bad_request' };
  const { data } = parsed;
  switch (data.call) {
    case 'startChild':
      return yield* startChild(supervisor, data);
    case 'whichChildren':
      return { children: supervisor.children.map(describeChild) };
    case 'countChildren':
      return { counts: countChildren(supervisor) };
    case 'replaceChild':
      return yield* replaceChild(supervisor, data.id);
    case 'terminateChild':
    case 'restartChild':
    case 'deleteChild':
      return yield* callChild(supervisor, data.call, data.id);
  }
}

/**
 * A dynamic supervisor starts another instance of its template; any other one, a node below it that its list does not hold: `node`, where
 * that is not called `id`. The specification is looked at first.
 */
function* startChild(supervisor: Supervised, { id, node: given, args }: StartChild): Wait<JsonObject> {
  const node = supervisor.isDynamic ? supervisor.spec.children[0]! : (given ?? id);
  const drawn = supervisor.self.program.nodes[node];
  const bad = drawn && !supervisor.isDynamic ? findBadSpec(drawn, supervisor.spec) : undefined;
  if (bad !== undefined) return { error: bad };
  const known = supervisor.children.find((child) => child.id === id);
  if (known) return { error: known.state.kind === 'running' ? 'already_started' : 'already_present' };
  if (drawn?.parent !== supervisor.spec.id) return { error: 'not_found' };
  const child: ChildRecord = { ...supervisor.recordOf(node, id), ...(args === undefined ? {} : { args }) };
  supervisor.children.push(child);
  const outcome = yield* supervisor.start(child);
  if (outcome.kind !== 'failed') return { ok: outcome.kind };
  supervisor.drop(child);
  return { error: outcome.reason };
}

/**
 * Ours, not OTP's: the child is stopped, and started as the program has it now, which may be another than when it was started last. No
 * restart is counted. One that had ended is started too: its new self may have something to do.
 */
function* replaceChild(supervisor: Supervised, id: string): Wait<JsonObject> {
  const known = supervisor.children.find((one) => one.id === id);
  if (!known) return { error: 'not_found' };
  yield* stopChild(supervisor.self, known);
  const child: ChildRecord = { ...known, ...supervisor.recordOf(known.node, id) };
  supervisor.children.splice(supervisor.children.indexOf(known), 1, child);
  return (yield* supervisor.startAgain(child)) ? { ok: 'replaced' } : { error: 'start_failed' };
}

function* callChild(supervisor: Supervised, call: ChildCall, id: string): Wait<JsonObject> {
  if (supervisor.isDynamic && call !== 'terminateChild') return { error: 'simple_one_for_one' };
  const child = supervisor.children.find((one) => one.id === id);
  if (!child) return { error: 'not_found' };
  if (call === 'terminateChild') {
    yield* stopChild(supervisor.self, child);
    if (child.spec.restart === 'temporary' || supervisor.isDynamic) supervisor.drop(child);
    return { ok: 'ok' };
  }
  if (child.state.kind !== 'stopped') return { error: child.state.kind };
  if (call === 'deleteChild') {
    supervisor.drop(child);
    return { ok: 'ok' };
  }
  const outcome = yield* supervisor.start(child);
  return outcome.kind === 'failed' ? { error: outcome.reason } : { ok: outcome.kind };
}

const describeChild = (child: ChildRecord): JsonObject => ({
  id: child.id,
  child: child.state.kind === 'stopped' ? 'undefined' : child.state.kind,
  ...(child.state.kind === 'running' ? { pid: child.state.pid } : {}),
  type: child.type,
});

/** Of a child that runs by its record, OTP looks whether its process still lives; a dynamic supervisor does not look. */
function countChildren(supervisor: Supervised): JsonObject {
  const { children, self } = supervisor;
  const isLive = ({ state }: ChildRecord): boolean => state.kind === 'running' && (supervisor.isDynamic || !self.waits((signal) => isExit(signal) && signal.from === state.pid));
  const supervisors = children.filter(({ type }) => type === 'supervisor').length;
  return {
    specs: supervisor.isDynamic ? 1 : children.length,
    active: children.filter(isLive).length,
    supervisors,
    workers: children.length - supervisors,
  };
}
