import { Coins } from 'lucide-react';
import { useRun } from '../stores/run';
import { wordSpend, wordUsd } from '../words/spend-words';

/** What the models of the run were asked, and what it cost; nothing where none was asked. Of each node it stands in its row. */
export function SpendLine() {
  const spend = useRun(({ telemetry }) => telemetry?.spend);
  if (!spend) return null;
  return <p className="spend-line" role="group" aria-label="Spend"><Coins size={13} aria-hidden="true" /><b>{wordUsd(spend.usd)}</b><span className="dim">{wordSpend(spend)}</span></p>;
}
