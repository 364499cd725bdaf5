import type { JsonObject } from '../../../shared/json/json';
import { FieldRow } from '../field-row';
import { useFieldTarget } from '../field-target';

const HALF = 0.5;

/** A breaker opens at so many failures or at so large a share of them: never both. */
export function BreakerOpensBy({ replace }: { readonly replace: (guard: JsonObject) => void }) {
  const { raw } = useFieldTarget();
  const isShare = raw['failureRate'] !== undefined;
  const choose = (next: string): void => {
    const { failures: _failures, failureRate: _rate, windowCalls, ...rest } = raw;
    replace(next === 'share' ? { ...rest, failureRate: HALF, ...(windowCalls === undefined ? {} : { windowCalls }) } : rest);
  };
  return (
    <FieldRow label="Opens at" field="kind">
      <select className="in" aria-label="Opens at" value={isShare ? 'share' : 'count'} onChange={({ target }) => choose(target.value)}>
        <option value="count">a number of failures</option>
        <option value="share">a share of failures</option>
      </select>
    </FieldRow>
  );
}
