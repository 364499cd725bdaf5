/** Calls of the built-in protocol `Supervisor`, from an agent that is wired to a dynamic supervisor. */
import { SUPERVISOR_ERRORS } from '../../shared/protocols/supervisor';
import type { Json, JsonObject } from '../../shared/json/json';
import { callError } from '../kernel/behaviour';
import type { CallResult, CallSignal } from '../kernel/signal';
import type { Wait } from './stop-children';
import { answerRequest } from './supervisor-calls';
import type { Supervised } from './supervised';

/** Children that one dynamic supervisor starts for others; one more is refused as `overloaded`. */
export const MOST_INSTANCES = 10_000;
/** Ids become parts of process names, beside which a slash and a number sign mean something. */
const INSTANCE_ID = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;

export function* answerCall(supervisor: Supervised, { operation, input }: CallSignal): Wait<CallResult> {
  const refusal = refuse(supervisor, operation, input as JsonObject);
  if (refusal) return refusal;
  const body = yield* answerRequest(supervisor, { ...(input as JsonObject), call: operation });
  if (typeof body['error'] === 'string') return failure(supervisor, body['error']);
  if (body['ok'] !== undefined) return { ok: true, output: operation === 'startChild' ? { outcome: body['ok'] } : {} };
  return { ok: true, output: 'children' in body ? { children: (body['children'] as readonly JsonObject[]).map(withoutPid) } : body['counts']! };
}

function refuse({ children, self }: Supervised, operation: string, { id }: JsonObject): CallResult | undefined {
  if (operation !== 'startChild') return undefined;
  if (typeof id !== 'string' || !INSTANCE_ID.test(id)) return { ok: false, error: callError('BadId', `${JSON.stringify(id ?? null).slice(0, 100)} is no id of a child: letters, digits, "-", "_" and ".", at most 64`, self.name) };
  return children.length < MOST_INSTANCES ? undefined : { ok: false, error: callError('overloaded', `${self.name} has ${MOST_INSTANCES} children`, self.name) };
}

/** A pid means something on the run's hosts only. */
const withoutPid = ({ id, child, type }: JsonObject): Json => ({ id: id!, child: child!, type: type! });

function failure({ self }: Supervised, error: string): CallResult {
  const code = error === 'bad_request' ? 'invalid' : (SUPERVISOR_ERRORS[error] ?? 'StartFailed');
  return { ok: false, error: { ...callError(code, `${self.name}: ${error}`, self.name), data: { reason: error } } };
}
