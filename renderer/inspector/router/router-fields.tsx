/** A router's strategy, and those of its settings that the strategy reads. */
import { useMemo } from 'react';
import type { NodeView } from '../../../shared/design/design-view';
import { COLLECTS, ROUTER_STRATEGIES, STRATEGY_SETTINGS, type RouterSetting, type RouterStrategy } from '../../../shared/design/nodes/router';
import { selectDesign, useDocument } from '../../stores/document';
import { STRATEGY_SAYS } from '../../words/router-words';
import { ChoiceField } from '../choice-fields';
import { FieldRow } from '../field-row';
import { useFieldTarget } from '../field-target';
import { Section } from '../section';
import { NumberField, TextField } from '../text-fields';
import { wordCount } from '../words';
import { ConditionRoutes } from './condition-routes';
import { useInputPaths } from './use-input-paths';
import { WeightTable } from './weight-table';

const COLLECT_SAYS: Readonly<Record<string, string>> = { first: 'the first node’s answer', majority: 'what most answer', merge: 'all in one' };

export function RouterFields({ node }: { readonly node: NodeView }) {
  const strategy = ROUTER_STRATEGIES.find((one) => one === (node.raw['strategy'] ?? 'first'));
  const wired = useWired(node.id);
  return (
    <Section title="Route" note={wordCount(wired.length, 'node')}>
      <ChoiceField label="Strategy" path={['strategy']} options={ROUTER_STRATEGIES} standard="first" />
      {strategy && <p className="note dim">{STRATEGY_SAYS[strategy]}</p>}
      {strategy && <StrategySettings node={node} strategy={strategy} wired={wired} />}
      {strategy && <OtherSettings node={node} strategy={strategy} />}
    </Section>
  );
}

/** Nodes at the port `out`, in the order of the wires. */
function useWired(id: string): readonly string[] {
  const { wires } = useDocument(selectDesign);
  return useMemo(() => wires.filter(({ from }) => from.node === id && from.port === 'out').map(({ to }) => to), [wires, id]);
}

type SettingsProps = { readonly node: NodeView; readonly strategy: RouterStrategy; readonly wired: readonly string[] };

function StrategySettings({ node, strategy, wired }: SettingsProps) {
  switch (strategy) {
    case 'first':
    case 'round_robin':
    case 'least_loaded':
    case 'race':
      return null;
    case 'hash':
      return <KeyField node={node} />;
    case 'broadcast':
      return (
        <>
          <NumberField label="Quorum" path={['quorum']} {...(node.raw['collect'] === 'majority' ? { standard: Math.floor(wired.length / 2) + 1 } : { standard: wired.length })} unit={`of ${wired.length}`} />
          <NumberField label="Deadline" path={['gatherMs']} unit={node.raw['gatherMs'] === undefined ? 'ms; the caller’s' : 'ms'} />
          <ChoiceField label="Answer" path={['collect']} options={COLLECTS} standard="first" absent="first" words={COLLECT_SAYS} />
        </>
      );
    case 'by_content':
      return <ConditionRoutes node={node} wired={wired} />;
    case 'canary':
      return <WeightTable node={node} wired={wired} />;
  }
}

function KeyField({ node }: { readonly node: NodeView }) {
  return <TextField label="Key" path={['key']} isMono list={useInputPaths(node)} placeholder="customer.id" />;
}

const SETTING_WORDS: Readonly<Record<RouterSetting, string>> = { key: 'Key', quorum: 'Quorum', gatherMs: 'Deadline', collect: 'Answer', routes: 'Routes', otherwise: 'Otherwise' };

/** Settings of another strategy: kept, without effect, and here to be taken away. */
function OtherSettings({ node, strategy }: { readonly node: NodeView; readonly strategy: RouterStrategy }) {
  const { set } = useFieldTarget();
  const others = (Object.keys(SETTING_WORDS) as readonly RouterSetting[]).filter((name) => node.raw[name] !== undefined && !STRATEGY_SETTINGS[strategy].includes(name));
  return others.map((name) => (
    <FieldRow key={name} label={SETTING_WORDS[name]} field={name}>
      <span className="with-button"><span className="dim">has no effect here</span><button type="button" className="b small" aria-label={`Take ${SETTING_WORDS[name]} away`} onClick={() => set([name], undefined)}>Take away</button></span>
    </FieldRow>
  ));
}
