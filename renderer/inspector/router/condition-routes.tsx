import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react';
import type { NodeView } from '../../../shared/design/design-view';
import type { JsonObject } from '../../../shared/json/json';
import { FieldRow } from '../field-row';
import { useFieldTarget } from '../field-target';
import { ConditionField } from './condition-field';
import { moveRoute, newRoute, readRoutes } from './route-list';
import { useInputPaths } from './use-input-paths';

/** Of a router by content: conditions in their order, each with the node it leads to, and where all else goes. */
export function ConditionRoutes({ node, wired }: { readonly node: NodeView; readonly wired: readonly string[] }) {
  const { set } = useFieldTarget();
  const paths = useInputPaths(node);
  const routes = readRoutes(node.raw['routes']);
  const change = (next: readonly JsonObject[]): void => set(['routes'], next.length === 0 ? undefined : next);
  return (
    <>
      <FieldRow field="routes">
        <ol className="rules" aria-label="Routes">
          {routes.map((route, index) => (
            <li key={index} className="rule-card" aria-label={`Route ${index + 1}`}>
              <RouteHead index={index} count={routes.length} move={(to) => change(moveRoute(routes, index, to))} remove={() => change(routes.toSpliced(index, 1))} />
              <ConditionField index={index} paths={paths} />
              <NodeChoice label="Goes to" name={`Route ${index + 1} goes to`} value={route['to']} wired={wired} choose={(to) => change(routes.with(index, { ...route, to }))} />
            </li>
          ))}
        </ol>
        <button type="button" className="b" disabled={wired.length === 0} onClick={() => change([...routes, newRoute(routes, wired, paths[0] ?? 'topic')])}><Plus size={13} aria-hidden="true" />Add route</button>
      </FieldRow>
      <FieldRow field="otherwise">
        <NodeChoice label="Otherwise" name="Otherwise" value={node.raw['otherwise']} wired={wired} none="fails with invalid" choose={(to) => set(['otherwise'], to === '' ? undefined : to)} />
      </FieldRow>
    </>
  );
}

function RouteHead({ index, count, move, remove }: { readonly index: number; readonly count: number; readonly move: (to: number) => void; readonly remove: () => void }) {
  const name = `route ${index + 1}`;
  return (
    <div className="rule-head">
      <b>{index + 1}</b>
      <span className="r">
        <button type="button" className="b ic small" aria-label={`Move ${name} up`} disabled={index === 0} onClick={() => move(index - 1)}><ArrowUp size={12} /></button>
        <button type="button" className="b ic small" aria-label={`Move ${name} down`} disabled={index === count - 1} onClick={() => move(index + 1)}><ArrowDown size={12} /></button>
        <button type="button" className="b ic small" aria-label={`Delete ${name}`} onClick={remove}><X size={12} /></button>
      </span>
    </div>
  );
}

type NodeChoiceProps = { readonly label: string; readonly name: string; readonly value: unknown; readonly wired: readonly string[]; /** What stands for no node. */ readonly none?: string; readonly choose: (id: string) => void };

function NodeChoice({ label, name, value, wired, none, choose }: NodeChoiceProps) {
  const now = typeof value === 'string' ? value : '';
  const all = [...new Set([...(none === undefined ? [] : ['']), ...wired, ...(now === '' && none !== undefined ? [] : [now])])];
  return (
    <div className="f"><span aria-hidden="true">{label}</span>
      <select className="in" aria-label={name} value={now} onChange={({ target }) => choose(target.value)}>
        {all.map((id) => <option key={id} value={id}>{id === '' ? (none ?? 'choose one') : wired.includes(id) ? id : `${id}, not wired`}</option>)}
      </select>
    </div>
  );
}
