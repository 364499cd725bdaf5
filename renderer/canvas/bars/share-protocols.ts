import type { WireView } from '../../../shared/design/design-view';
import type { WireTelemetry } from '../../../shared/api/run';

export type ProtocolShare = { readonly protocol: string; /** Messages a second; absent while nothing runs. */ readonly rate?: number; /** For the strip: part of the traffic, or of the wires while nothing flows. */ readonly share: number };

/** The least part that is still seen, of all. */
const LEAST_SHARE = 0.02;

/**
 * Telemetry tells of pairs of nodes. Where several wires lead from one node to another, their protocols share the pair's rate.
 */
export function shareProtocols(wires: readonly WireView[], protocols: readonly string[], telemetry: ReadonlyMap<string, WireTelemetry>): readonly ProtocolShare[] {
  const pairs = new Map<string, number>();
  for (const { from, to } of wires) pairs.set(`${from.node} ${to}`, (pairs.get(`${from.node} ${to}`) ?? 0) + 1);
  const rates = new Map<string, number>();
  const counts = new Map<string, number>();
  for (const { from, to, protocol } of wires) {
    if (protocol === undefined) continue;
    const pair = `${from.node} ${to}`;
    rates.set(protocol, (rates.get(protocol) ?? 0) + (telemetry.get(pair)?.rate ?? 0) / pairs.get(pair)!);
    counts.set(protocol, (counts.get(protocol) ?? 0) + 1);
  }
  const flows = [...rates.values()].some((rate) => rate > 0);
  const of = flows ? rates : counts;
  const all = [...of.values()].reduce((sum, part) => sum + part, 0) || 1;
  return protocols.map((protocol) => ({ protocol, ...(telemetry.size > 0 ? { rate: rates.get(protocol) ?? 0 } : {}), share: Math.max(LEAST_SHARE, (of.get(protocol) ?? 0) / all) }));
}
