/** What a field of the Inspector shows and changes: a node, several nodes, a guard. Fields know only this. */
import { createContext, use } from 'react';
import type { JsonPath } from '../../shared/design/edits/edit';
import type { Diagnostic } from '../../shared/errors/diagnostic';
import type { Json, JsonObject } from '../../shared/json/json';
import { assert } from '../../shared/assert';

export type FieldTarget = {
  /** Names what is shown: another target is another set of fields. */
  readonly key: string;
  /** What diagnostics write before the names of these fields: `operations.classify.`. */
  readonly prefix?: string;
  /** As it stands in the file; of several nodes, what they have in common. */
  readonly raw: JsonObject;
  /** Fields in which several nodes differ. */
  readonly mixed?: ReadonlySet<string>;
  /** Why the field can't have the value, or nothing. */
  readonly refuse: (path: JsonPath, value: Json | undefined) => string | undefined;
  /** One edit; those with the same group in a row are undone together. */
  readonly set: (path: JsonPath, value: Json | undefined, group?: string) => void;
  readonly problemsOf: (field: string) => readonly Diagnostic[];
};

export const FieldTargetContext = createContext<FieldTarget | undefined>(undefined);

export function useFieldTarget(): FieldTarget {
  const target = use(FieldTargetContext);
  assert(target, 'a field stands outside of a target');
  return target;
}

/** `behaviour.path`, as diagnostics name fields. */
export const fieldName = (path: JsonPath): string => path.join('.');

/** Where typing into this field is kept as long as it is no edit. */
export function useFieldPlace(path: JsonPath): string {
  const { key, prefix = '' } = useFieldTarget();
  return `field ${key}.${prefix}${fieldName(path)}`;
}
