import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import type { NodeSpend } from '../../shared/run/run-spend';
import { StateGlyph } from '../glyphs/state-glyph';
import { useRun } from '../stores/run';
import { select, useSelection } from '../stores/selection';
import { useSimulation } from '../stores/simulation';
import { wordSpend, wordUsd } from '../words/spend-words';
import { wordRate } from '../words/word-rate';

const ROW = 24;

/** Every process: id, status, mailbox, rate, restarts. A click selects its node. */
export function AgentsTable({ query }: { readonly query: string }) {
  const telemetry = useRun((run) => run.telemetry);
  const isSimulated = useSimulation(({ status }) => status === 'open');
  const spend = telemetry?.spend;
  const selected = useSelection(({ nodes }) => nodes);
  const agents = (telemetry?.agents ?? []).filter(({ node, status }) => `${node} ${status}`.includes(query.toLowerCase()));
  const frame = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({ count: agents.length, getScrollElement: () => frame.current, estimateSize: () => ROW, overscan: 12 });
  const items = rows.getVirtualItems();
  if (isSimulated && agents.length === 0) return <p className="empty">In a simulation the canvas shows each node as it stood at the playhead.</p>;
  return (
    <div ref={frame} className="table-frame" tabIndex={0}>
      <table aria-label="Agents" aria-rowcount={agents.length + 1}>
        <thead><tr><th>Id</th><th>Status</th><th className="num">Mailbox</th><th className="num">Rate</th><th className="num">Restarts</th><th className="num">Handled</th>{spend && <th className="num">Spend</th>}<th>Host</th></tr></thead>
        <tbody>
          <Spacer height={items[0]?.start ?? 0} />
          {items.map(({ index }) => {
            const agent = agents[index]!;
            return (
              <tr key={agent.node} className={selected.includes(agent.node) ? 'hi' : ''} onClick={() => select([agent.node])} aria-rowindex={index + 2}>
                <td><button type="button" className="link plain" onClick={() => select([agent.node])}>{agent.node}</button></td>
                <td><span className="with-glyph"><StateGlyph status={agent.status} />{agent.status}</span></td>
                <td className="num">{agent.kind === 'supervisor' ? '' : agent.mailbox >= agent.bound ? `${agent.mailbox} of ${agent.bound}` : agent.mailbox}</td>
                <td className="num">{agent.kind === 'supervisor' ? '' : wordRate(agent.rate)}</td>
                <td className="num">{agent.restarts}</td><td className="num">{agent.handled}</td>{spend && <SpendCell spend={spend.nodes.find(({ node }) => node === (agent.template ?? agent.node))} isCopy={agent.template !== undefined} />}<td className="dim">{agent.host}</td>
              </tr>
            );
          })}
          <Spacer height={rows.getTotalSize() - (items.at(-1)?.end ?? 0)} />
        </tbody>
      </table>
    </div>
  );
}

/** What a node's questions to models have cost; copies of a template are counted together, in their template's row. */
function SpendCell({ spend, isCopy }: { readonly spend: NodeSpend | undefined; readonly isCopy: boolean }) {
  return <td className="num" title={spend && wordSpend(spend)}>{spend && !isCopy ? wordUsd(spend.usd) : ''}</td>;
}

/** Room of the rows that are not drawn. */
function Spacer({ height }: { readonly height: number }) {
  return height > 0 ? <tr aria-hidden="true" className="spacer"><td style={{ height }} colSpan={8} /></tr> : null;
}
