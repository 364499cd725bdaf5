import { describe, expect, it } from 'vitest';
import { EMPTY_STATE } from '../../../shared/journal/state-at';
import type { Program } from '../../../shared/program/program';
import { NO_TELEMETRY, takeSample, telemetryOf, type Sample, type TelemetryState } from './telemetry';

const child = { restart: 'permanent', shutdown: 5000, significant: false, host: 'main' } as const;
const agent = (id: string) => ({ kind: 'agent', id, parent: 'root', ...child, provides: [], requires: {}, mailbox: 100, behaviour: { type: 'scripted', rules: [] } }) as const;
const PROGRAM: Program = {
  format: 'prismatic-program/1',
  hash: 'h',
  name: 'x',
  root: 'root',
  nodes: { root: { kind: 'supervisor', id: 'root', ...child, host: 'control', strategy: 'simple_one_for_one', maxRestarts: 3, maxSeconds: 10, autoShutdown: 'never', children: ['a'] }, a: agent('a'), b: agent('b') },
  protocols: {},
  wires: ['p', 'q'].map((port) => ({ from: { node: 'a', port }, to: 'b', protocol: 'P', guards: [] })),
  modules: {},
  hosts: [{ id: 'control', instances: [] }, { id: 'main', instances: [] }],
  files: [],
};
type Main = { readonly atMs: number; readonly life?: number; readonly incarnation?: number; readonly handled?: number; readonly sent?: number; readonly failed?: number; readonly isUp?: boolean };
const sample = ({ atMs, life = 1, incarnation = 1, handled = 0, sent = 0, failed = 0, isUp = true }: Main): Sample => ({
  atMs,
  hosts: [
    { host: 'control', life: 1, isUp: true, processes: [{ name: 'root', node: 'root', status: 'idle', mailbox: 0, handled: 0, incarnation: 1, restarts: 2 }], wires: [], guards: [] },
    { host: 'main', life, isUp, processes: isUp ? [{ name: 'a', node: 'a', status: 'idle', mailbox: 3, handled, incarnation }, { name: 'k1', node: 'a', status: 'waiting', mailbox: 0, handled: 7, incarnation: 1 }] : [], wires: isUp ? [{ from: 'a', to: 'b', sent, failed }] : [], guards: [] },
  ],
});
const after = (...samples: readonly Main[]): TelemetryState => samples.map(sample).reduce(takeSample, NO_TELEMETRY);
const shown = (state: TelemetryState) => {
  const { agents, wires, hosts } = telemetryOf('run', PROGRAM, EMPTY_STATE, state);
  return { a: agents.find(({ node }) => node === 'a')!, agents, wire: wires[0]!, wires, hosts };
};

describe('telemetry', () => {
  it('counts on over lives of hosts and incarnations, and never goes back', () => {
    const { a, wire } = shown(after({ atMs: 0, handled: 10, sent: 5, failed: 1 }, { atMs: 250, incarnation: 2, handled: 1, sent: 6, failed: 1 }, { atMs: 500, life: 2, isUp: false }, { atMs: 750, life: 2, incarnation: 3, handled: 2, sent: 1 }));
    expect([a.handled, wire.sent, wire.failed]).toEqual([13, 7, 1]);
  });

  it.each<[string, readonly Main[], number]>([
    ['no sample but one', [{ atMs: 0, handled: 100 }], 0],
    ['two', [{ atMs: 0, handled: 100 }, { atMs: 250, handled: 110 }], 40],
    ['a whole second', [{ atMs: 0 }, { atMs: 500, handled: 300 }, { atMs: 1000, handled: 300 }, { atMs: 1500, handled: 310 }, { atMs: 2000, handled: 320 }], 20],
    ['a new incarnation', [{ atMs: 0, handled: 100 }, { atMs: 1000, incarnation: 2, handled: 5 }], 5],
    ['two digits', [{ atMs: 0 }, { atMs: 1000, handled: 12_345 }], 12_000],
    ['equal times', [{ atMs: 5 }, { atMs: 5, handled: 9 }], 0],
  ])('has a rate from %s', (_, samples, rate) => {
    expect(shown(after(...samples)).a.rate).toBe(rate);
  });

  it('shows every node of the design, dynamic children, and wires between two nodes as one', () => {
    const { agents, wires, hosts } = shown(after({ atMs: 0, sent: 3 }));
    expect(agents.map(({ node, kind, mailbox, bound }) => `${node} ${kind} ${mailbox}/${bound}`)).toEqual(['root supervisor 0/0', 'a agent 3/100', 'b agent 0/100', 'k1 agent 0/100']);
    expect(agents[0]!.window).toEqual({ used: 2, max: 3, seconds: 10 });
    expect(wires).toEqual([{ from: 'a', to: 'b', sent: 3, rate: 0, failed: 0 }]);
    expect(hosts).toEqual([{ host: 'control', life: 1, isUp: true }, { host: 'main', life: 1, isUp: true }]);
  });
});
