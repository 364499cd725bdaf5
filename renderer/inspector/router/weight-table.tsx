import { useId } from 'react';
import type { NodeView } from '../../../shared/design/design-view';
import type { Json } from '../../../shared/json/json';
import { sharesOf, wordShare } from '../../words/router-words';
import { FieldRow } from '../field-row';
import { useFieldPlace, useFieldTarget } from '../field-target';
import { DraftInput } from '../text-fields';
import { useDraft } from '../use-draft';
import { listWeights, readRoutes, withWeight, type Weight } from './route-list';

/** Of a canary: the weight of each node, and the share of the messages that follows from it. */
export function WeightTable({ node, wired }: { readonly node: NodeView; readonly wired: readonly string[] }) {
  const routes = readRoutes(node.raw['routes']);
  const weights = listWeights(routes, wired);
  const shares = sharesOf(weights.map(({ weight }) => weight));
  if (weights.length === 0) return <p className="note dim">No node is wired to out yet.</p>;
  return (
    <FieldRow field="routes">
      <table className="weights" aria-label="Weights">
        <thead><tr><th>To</th><th>Weight</th><th className="num">Share</th></tr></thead>
        <tbody>
          {weights.map((row, place) => (
            <tr key={`${row.to} ${row.index ?? ''}`}>
              <td title={row.isWired ? undefined : 'not wired to out'} className={row.isWired ? '' : 'dim'}>{row.to}</td>
              <td><WeightInput row={row} routes={routes} /></td>
              <td className="num">{wordShare(shares[place]!)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </FieldRow>
  );
}

function WeightInput({ row, routes }: { readonly row: Weight; readonly routes: ReturnType<typeof readRoutes> }) {
  const { refuse, set } = useFieldTarget();
  const id = useId();
  const place = useFieldPlace(['routes', row.index ?? row.to, 'weight']);
  const draft = useDraft(row.weight === undefined ? '' : JSON.stringify(row.weight), (typed, group) => {
    const number = Number(typed);
    const weight: Json | undefined = typed.trim() === '' ? undefined : Number.isFinite(number) ? number : typed;
    const next = withWeight(routes, row, weight);
    const refusal = refuse(['routes'], next);
    if (refusal === undefined) set(['routes'], next, group);
    return refusal;
  }, place);
  return (
    <>
      <DraftInput label={`Weight of ${row.to}`} draft={draft} refusalId={`${id}-refusal`} inputMode="decimal" placeholder="0" />
      {draft.refusal !== undefined && <p className="refusal" role="alert" id={`${id}-refusal`}>{draft.refusal}</p>}
    </>
  );
}
