import { describe, expect, it } from 'vitest';
import type { HostStatus } from '../kernel/ports';
import { IdleRounds } from './idle-rounds';

type Told = { readonly token: number; readonly idle: boolean };
const QUIET: HostStatus = { idle: true, timers: 0, effects: 0, sent: 3, received: 3 };

/** Hosts that answer by hand, and what was told. */
function begin(names: readonly string[] = ['control', 'main']) {
  const asked: string[] = [];
  const told: (Told | 'only one')[] = [];
  let number = 0;
  let isOnlyOne = false;
  const hosts = new Map<string, { readonly host: string; isReady: boolean; send(message: { readonly type: string }): void }>();
  const add = (host: string): void => {
    hosts.set(host, { host, isReady: true, send: (message) => {
      if (message.type !== 'ask') return;
      asked.push(host);
      number = (message as unknown as { readonly round: number }).round;
    } });
  };
  for (const name of names) add(name);
  const rounds = new IdleRounds({ hosts: () => [...hosts.values()], isOnlyOne: () => isOnlyOne, onOnlyOne: () => told.push('only one'), onAnswer: (token, idle) => told.push({ token, idle }) });
  const answer = (host: string, status: Partial<HostStatus> = {}, round = number): void => rounds.receive(host, round, { ...QUIET, ...status });
  return { rounds, hosts, add, asked, told, answer, onlyOne: () => (isOnlyOne = true), numberNow: () => number };
}

describe('rounds that ask whether anything is left to do', () => {
  it('say no after two equal ones in which nothing was under way', () => {
    const { rounds, answer, told } = begin();
    rounds.ask(7);
    for (const host of ['control', 'main', 'main', 'control']) answer(host);
    expect(told).toEqual([{ token: 7, idle: true }]);
  });

  it.each<[string, Partial<HostStatus>, Partial<HostStatus>]>([
    ['a host is at work', { idle: false }, {}],
    ['a host was at work in the second', {}, { idle: false }],
    ['a timer runs', { timers: 1 }, { timers: 1 }],
    ['an effect is out', { effects: 1 }, { effects: 1 }],
    ['a message is under way', { sent: 4 }, { sent: 4 }],
    ['one came and another left between the two', {}, { sent: 4, received: 4 }],
  ])('say yes when %s', (_, first, second) => {
    const { rounds, answer, told } = begin(['main']);
    rounds.ask(1);
    answer('main', first);
    answer('main', second);
    expect(told).toEqual([{ token: 1, idle: false }]);
  });

  it('begin anew when a host comes, and wait for it', () => {
    const { rounds, answer, add, told, asked } = begin(['main']);
    rounds.ask(1);
    add('late');
    rounds.again();
    expect(asked).toEqual(['main', 'main', 'late']);
    answer('main');
    answer('late');
    answer('main');
    expect(told).toEqual([]);
    answer('late');
    expect(told).toEqual([{ token: 1, idle: true }]);
  });

  it('hear no answer to a round that is over', () => {
    const { rounds, answer, told, numberNow } = begin(['main']);
    rounds.ask(1);
    const old = numberNow();
    rounds.again();
    answer('main', {}, old);
    answer('main');
    expect(told).toEqual([]);
  });

  it('do not say no while a host is not up', () => {
    const { rounds, answer, told, hosts } = begin();
    rounds.ask(1);
    answer('control');
    answer('main');
    hosts.get('main')!.isReady = false;
    answer('control');
    expect(told).toEqual([{ token: 1, idle: false }]);
  });

  it('are one, where only what hosts still held was waited for', () => {
    const { rounds, answer, told, onlyOne } = begin();
    onlyOne();
    rounds.ask(0);
    answer('control', { idle: false });
    answer('main');
    expect(told).toEqual(['only one']);
  });
});
