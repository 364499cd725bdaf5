import { Plus, Timer, X } from 'lucide-react';
import { useMemo } from 'react';
import { refuseValue } from '../../shared/design/check-field';
import type { WireView } from '../../shared/design/design-view';
import { setGuards } from '../../shared/design/edits/wire-edits';
import { guardSchemas, isGuardKind } from '../../shared/design/guard';
import type { JsonObject } from '../../shared/json/json';
import { withValueAt } from '../../shared/json/value-at';
import { documentNow, edit } from '../stores/document';
import { useProblemsOfWire } from '../stores/problems';
import { FieldTargetContext, type FieldTarget } from './field-target';
import { NumberField } from './text-fields';

/** OTP's own time for a call, and where a new guard begins. */
const STANDARD_TIMEOUT_MS = 5000;

/** The guards of a wire in the order in which a call meets them. */
export function GuardList({ wire }: { readonly wire: WireView }) {
  const hasTimeout = wire.guards.some(({ kind }) => kind === 'timeout');
  return (
    <div className="guards">
      {wire.guards.map((guard, index) => <GuardFields key={`${index} ${kindOf(guard)}`} wire={wire} guard={guard} index={index} />)}
      {!hasTimeout && (
        <button type="button" className="b small" onClick={() => edit(setGuards(documentNow(), wire.index, [{ kind: 'timeout', ms: STANDARD_TIMEOUT_MS }, ...wire.guards]))}>
          <Plus size={12} aria-hidden="true" />Add timeout<span className="dim">5 000 ms without</span>
        </button>
      )}
    </div>
  );
}

const kindOf = ({ kind }: JsonObject): string => (typeof kind === 'string' ? kind : 'unknown');

function GuardFields({ wire, guard, index }: { readonly wire: WireView; readonly guard: JsonObject; readonly index: number }) {
  const problems = useProblemsOfWire(wire.key);
  const kind = kindOf(guard);
  const place = `wires.${wire.index}.guards.${index}`;
  const target = useMemo<FieldTarget>(
    () => ({
      key: `${wire.key} ${index}`,
      raw: guard,
      refuse: (path, value) => (isGuardKind(kind) ? refuseValue(guardSchemas[kind], guard, path, value) : undefined),
      set: (path, value, group) => void edit(setGuards(documentNow(), wire.index, wire.guards.with(index, withValueAt(guard, path, value) as JsonObject), group)),
      problemsOf: (field) => problems.filter(({ at }) => at.field === `${place}.${field}` || (field === 'kind' && at.field === place)),
    }),
    [guard, index, kind, place, problems, wire],
  );
  const remove = (): void => void edit(setGuards(documentNow(), wire.index, wire.guards.toSpliced(index, 1)));
  return (
    <FieldTargetContext value={target}>
      <div className="guard" role="group" aria-label={`guard ${kind}`}>
        <Timer size={13} aria-hidden="true" />
        <div className="guard-fields">
          {kind === 'timeout' ? <NumberField label="timeout" path={['ms']} unit="ms" isRequired /> : <output className="in m" title="kept as it is">{JSON.stringify(guard)}</output>}
        </div>
        <button type="button" className="b ic small" aria-label={`Take ${kind} off`} onClick={remove}><X size={12} /></button>
      </div>
    </FieldTargetContext>
  );
}
