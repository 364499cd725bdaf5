import { useMemo } from 'react';
import { adapter as adapterSchema } from '../../../shared/design/adapter';
import { refuseValue } from '../../../shared/design/check-field';
import type { WireView } from '../../../shared/design/design-view';
import { setAdapter } from '../../../shared/design/edits/adapter-edits';
import type { JsonObject } from '../../../shared/json/json';
import { valueAt } from '../../../shared/json/value-at';
import { documentNow, edit } from '../../stores/document';
import { useProblemsOfWire } from '../../stores/problems';
import type { FieldTarget } from '../field-target';
import { changeAdapter } from './change-adapter';

/** The fields of the adapter of a wire. */
export function useAdapterTarget(wire: WireView, adapter: JsonObject): FieldTarget {
  const problems = useProblemsOfWire(wire.key);
  return useMemo(() => {
    const prefix = `wires.${wire.index}.adapter.`;
    return {
      key: wire.key,
      prefix,
      raw: adapter,
      refuse: (path, value) => refuseValue(adapterSchema, changeAdapter(adapter, path, value), path, valueAt(changeAdapter(adapter, path, value), path)),
      set: (path, value, group) => void edit(setAdapter(documentNow(), wire.index, changeAdapter(adapter, path, value), group)),
      problemsOf: (field) => problems.filter(({ at }) => at.field === `${prefix}${field}` || at.field?.startsWith(`${prefix}${field}.`) === true),
    };
  }, [wire, adapter, problems]);
}
