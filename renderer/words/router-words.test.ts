import { describe, expect, it } from 'vitest';
import { ROUTER_STRATEGIES } from '../../shared/design/nodes/router';
import { sharesOf, STRATEGY_SAYS, wordRouter, wordShare } from './router-words';

const when = (path: string) => ({ path, equals: 1 });

describe('a router in words', () => {
  it('every strategy of the format has a sentence', () => expect(Object.keys(STRATEGY_SAYS)).toEqual([...ROUTER_STRATEGIES]));

  it.each([
    [{}, 'first that is up'],
    [{ strategy: 'hash', key: 'customer.id' }, 'hash of customer.id'],
    [{ strategy: 'hash' }, 'hash'],
    [{ strategy: 'broadcast' }, 'all must answer'],
    [{ strategy: 'broadcast', quorum: 2 }, 'all, 2 must answer'],
    [{ strategy: 'broadcast', collect: 'majority' }, 'all, the majority'],
    [{ strategy: 'by_content', routes: [{ to: 'a', when: when('ticket.topic') }, { to: 'b', when: { not: when('ticket.topic') } }] }, 'by topic'],
    [{ strategy: 'by_content', routes: [{ to: 'a', when: when('topic') }, { to: 'b', when: when('total') }] }, 'by content'],
    [{ strategy: 'by_content', routes: [{ to: 'a', when: 7 }] }, 'by content'],
    [{ strategy: 'canary', routes: [{ to: 'a', weight: 95 }, { to: 'b', weight: 5 }] }, 'canary, 5 %'],
    [{ strategy: 'canary', routes: [{ to: 'a', weight: 1 }, { to: 'b', weight: 1 }, { to: 'c', weight: 1 }] }, 'by weight'],
    [{ strategy: 'canary' }, 'by weight'],
    [{ strategy: 'by_moon' }, 'router, by moon'],
  ])('%j: %s', (raw, words) => expect(wordRouter(raw as never)).toBe(words));

  it('weights are shares, and what is none has none', () => {
    expect(sharesOf([3, undefined, 1, 'x', -4])).toEqual([0.75, 0, 0.25, 0, 0]);
    expect(sharesOf([0, 0])).toEqual([0, 0]);
    expect([0.05, 1 / 3, 0.001, 0.0004, 1, 0].map(wordShare)).toEqual(['5 %', '33 %', '0.1 %', '< 0.1 %', '100 %', '0 %']);
  });
});
