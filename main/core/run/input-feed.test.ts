import { describe, expect, it } from 'vitest';
import type { Json } from '../../../shared/json/json';
import type { Program } from '../../../shared/program/program';
import type { OutsideInput } from '../../../shared/run/engine-protocol';
import type { RunStore } from '../../store/run-store';
import { InputFeed } from './input-feed';

const PROGRAM = {
  nodes: { desk: { id: 'desk', kind: 'agent', provides: ['Triage'], requires: { llm: 'Model' } } },
  protocols: { Triage: { operations: { classify: { kind: 'call', input: {}, output: {}, errors: [], idempotent: false } } } },
  wires: [{ from: { node: 'desk', port: 'llm' }, to: 'brain', protocol: 'Model', guards: [{ kind: 'timeout', ms: 60_000 }] }],
} as unknown as Program;

/** Feeds lines at a clock that goes on when it is waited for. */
async function feed(lines: readonly Json[]): Promise<{ readonly sent: readonly { readonly input: OutsideInput; readonly atMs: number }[]; readonly refused: readonly OutsideInput[] }> {
  let nowMs = 0;
  const left = [...lines];
  const sent: { readonly input: OutsideInput; readonly atMs: number }[] = [];
  const refused: OutsideInput[] = [];
  await new Promise<void>((resolve, reject) => {
    const feeding = new InputFeed({
      program: () => PROGRAM,
      reader: { next: (most) => Promise.resolve(left.splice(0, most).map((value) => ({ ok: true, value, bytes: 1 }) as never)), close: () => Promise.resolve() },
      store: { acknowledgeInputs: () => Promise.resolve() } as unknown as RunStore,
      world: { nowMs: () => nowMs, unixMs: () => nowMs, setTimer: (ms, fire) => ((nowMs += ms), queueMicrotask(fire), { cancel: () => undefined }) },
      elapsedMs: () => nowMs,
      send: (message) => message.type === 'input' && sent.push({ input: message.input, atMs: nowMs }),
      onRefused: (input) => Promise.resolve(void refused.push(input)),
      onError: reject,
      onChange: resolve,
    });
    feeding.start();
  });
  return { sent, refused };
}
const line = (more: object = {}): Json => ({ to: 'desk', protocol: 'Triage', operation: 'classify', input: 1, ...more });

describe('lines of the input', () => {
  it('have the time that the drawing gives their node', async () => {
    expect((await feed([line()])).sent).toMatchObject([{ input: { id: 1, node: 'desk', timeoutMs: 60_000 } }]);
  });

  it('come when they say, and in their order', async () => {
    const { sent, refused } = await feed([line({ atMs: 100 }), line(), line({ atMs: 2500 }), line({ to: 'dusk' })]);
    expect(sent.map(({ input, atMs }) => [input.id, atMs])).toEqual([[1, 100], [2, 100], [3, 2500]]);
    expect(refused).toMatchObject([{ id: 4 }]);
  });
});
