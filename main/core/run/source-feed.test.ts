import { describe, expect, it } from 'vitest';
import type { ProgramSource } from '../../../shared/program/program';
import type { OutsideInput, ToEngine } from '../../../shared/run/engine-protocol';
import type { TextItem } from '../../../shared/sources/text-items';
import type { RunStore } from '../../store/run-store';
import { SourceFeed } from './source-feed';

const source: ProgramSource = {
  kind: 'source',
  id: 'items',
  host: 'main',
  restart: 'permanent',
  shutdown: 5000,
  significant: false,
  provides: [],
  requires: { out: 'Desk' },
  mailbox: 1000,
  behaviour: { type: 'file', path: 'items.txt', follow: false },
  operation: 'take',
  inFlight: 16,
  retries: 0,
} as unknown as ProgramSource;

/** A feed over these items, whose acknowledgements wait until they are let through. */
function feedOf(items: readonly TextItem[]) {
  const sent: ToEngine[] = [];
  const waiting: (() => void)[] = [];
  let isRead = false;
  let id = 0;
  const store = { acknowledgeInputs: () => new Promise<void>((resolve) => waiting.push(resolve)) } as unknown as RunStore;
  const refused: OutsideInput[] = [];
  const feed = new SourceFeed({
    source,
    store,
    reader: { next: () => Promise.resolve(isRead ? [] : ((isRead = true), items)), close: () => Promise.resolve() },
    nextId: () => (id += 1),
    nowMs: () => 0,
    send: (message) => sent.push(message),
    onBadItem: async (input) => {
      await new Promise<void>((resolve) => waiting.push(resolve));
      refused.push(input);
    },
    onError: (error) => {
      throw error;
    },
    onChange: () => undefined,
  });
  const settled = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };
  const letThrough = async (): Promise<void> => {
    await settled();
    waiting.shift()?.();
    await settled();
  };
  /** Which items each incarnation got. */
  const given = (incarnation: number): readonly unknown[] =>
    sent.flatMap((message) => (message.type === 'input' && message.incarnation === incarnation ? [message.input.value] : []));
  return { feed, sent, given, letThrough, refused };
}

const good = (value: string): TextItem => ({ ok: true, value });

describe('the items of a source', () => {
  it('are given once they are acknowledged, and not before', async () => {
    const { feed, given, letThrough } = feedOf([good('a'), good('b')]);
    feed.pull({ engineLife: 1, incarnation: 1, credit: 16 });
    expect(given(1)).toEqual([]);
    await letThrough();
    expect(given(1)).toEqual(['a', 'b']);
  });

  it('go once to an incarnation that begins while they are being acknowledged', async () => {
    const { feed, given, letThrough } = feedOf([good('a'), good('b')]);
    feed.pull({ engineLife: 1, incarnation: 1, credit: 16 });
    feed.pull({ engineLife: 1, incarnation: 2, credit: 16 });
    await letThrough();
    expect(given(1)).toEqual([]);
    expect(given(2)).toEqual(['a', 'b']);
  });

  it('go once to an incarnation that begins while an unreadable one before them is being refused', async () => {
    const { feed, given, letThrough, refused } = feedOf([good('a'), { ok: false, value: null, message: 'no JSON' }, good('b')]);
    feed.pull({ engineLife: 1, incarnation: 1, credit: 16 });
    await letThrough();
    feed.pull({ engineLife: 1, incarnation: 2, credit: 16 });
    await letThrough();
    expect(refused).toHaveLength(1);
    expect(given(1)).toEqual(['a']);
    expect(given(2)).toEqual(['a', 'b']);
  });

  it('are given again to a new engine, whose incarnations count from one again, without those that are settled', async () => {
    const { feed, given, letThrough, sent } = feedOf([good('a'), good('b')]);
    feed.pull({ engineLife: 1, incarnation: 1, credit: 16 });
    await letThrough();
    feed.settle(1);
    feed.pull({ engineLife: 2, incarnation: 1, credit: 16 });
    expect(given(1)).toEqual(['a', 'b', 'b']);
    expect(sent.at(-1)).toEqual({ type: 'sourceEnd', node: 'items', incarnation: 1, items: 2 });
  });
});
