import type { JsonPath } from '../../../shared/design/edits/edit';
import type { Json, JsonObject } from '../../../shared/json/json';
import { valueAt, withValueAt } from '../../../shared/json/value-at';

/** The adapter with another value at one place. An operation that is written about says where it goes: to the one of its name, at first. */
export function changeAdapter(adapter: JsonObject, path: JsonPath, value: Json | undefined): JsonObject {
  const next = withValueAt(adapter, path, value) as JsonObject;
  const [head, name] = path;
  if (head !== 'operations' || typeof name !== 'string') return next;
  const entry = valueAt(next, [head, name]);
  if (entry === null || typeof entry !== 'object' || Array.isArray(entry)) return next;
  const { to, ...rest } = entry as JsonObject;
  const says = Object.keys(rest).length > 0;
  // One that goes where it would go anyway, as it is, need not be written down.
  if (!says && (to === undefined || to === name)) return withValueAt(next, [head, name], undefined) as JsonObject;
  return to === undefined ? (withValueAt(next, [head, name], { to: name, ...rest }) as JsonObject) : next;
}
