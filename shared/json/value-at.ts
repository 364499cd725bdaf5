/** Values inside values, by their path. */
import type { Json, JsonObject } from './json';

type Path = readonly (string | number)[];

export function valueAt(value: Json | undefined, path: Path): Json | undefined {
  let at = value;
  for (const step of path) {
    if (at === null || typeof at !== 'object') return undefined;
    if (Array.isArray(at)) at = typeof step === 'number' ? (at as readonly Json[])[step] : undefined;
    else at = Object.hasOwn(at, step) ? (at as JsonObject)[step] : undefined;
  }
  return at;
}

/** A copy in which another value stands at the path; `undefined` takes the key away. What is missing on the way becomes an object. */
export function withValueAt(value: Json | undefined, path: Path, next: Json | undefined): Json | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return next;
  if (Array.isArray(value) && typeof step === 'number') {
    const list = value as readonly Json[];
    const inner = withValueAt(list[step], rest, next);
    return inner === undefined ? list.filter((_, index) => index !== step) : list.map((item, index) => (index === step ? inner : item));
  }
  const object = value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as JsonObject) : {};
  const inner = withValueAt(Object.hasOwn(object, step) ? object[step] : undefined, rest, next);
  if (inner !== undefined) return { ...object, [step]: inner };
  const { [String(step)]: _, ...others } = object;
  return others;
}
