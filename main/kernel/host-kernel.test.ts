import { describe, expect, it } from 'vitest';
import type { CallError } from '../../shared/run/call-failure';
import type { Self } from './behaviour';
import type { CallResult, CallSignal, Signal } from './signal';
import { agentNode, TestHosts, testProgram, wireTo, type TestProcess } from './testing/test-hosts';

const echo: TestProcess = {
  onSignal: (self, signal) => {
    if (signal.kind === 'call') self.reply(signal, { ok: true, output: signal.input });
  },
};
/** Takes messages and never answers. */
const silent: TestProcess = { onSignal: (self) => self.hold() };

/** Calls `to` once for each item of the start's list and keeps the results. */
function caller(to: string, results: CallResult[], input: { readonly text: unknown } = { text: 'hi' }, times = 1): TestProcess {
  return {
    onStart: (self) => {
      self.started();
      for (let count = 0; count < times; count += 1) {
        self.call({ wire: wireTo(to), operation: 'say', input: input as { text: string } });
      }
    },
    onSignal: (_, signal) => {
      if (signal.kind === 'reply') results.push(signal.result);
    },
  };
}

const hostsOf = (processes: { readonly [node: string]: TestProcess }, where: { readonly [node: string]: string } = {}, mailbox = 1000): TestHosts => {
  const names = Object.keys(processes);
  const nodes = names.map((id) => agentNode(id, { host: where[id] ?? 'main', mailbox }));
  return new TestHosts(testProgram(nodes, ['main', 'other']), processes);
};

describe('a start on a host that is not up', () => {
  it('fails when the life that it went to is lost, whichever life that was', () => {
    const outcomes: Signal[] = [];
    const parent: TestProcess = {
      onStart: (self) => {
        self.started();
        self.setTimer(10, null);
      },
      onSignal: (self, signal) => {
        if (signal.kind === 'timer') self.spawn({ node: 'child', name: 'child' });
        else outcomes.push(signal);
      },
    };
    const hosts = hostsOf({ parent, child: {} }, { child: 'other' });
    hosts.spawn('main', 'parent');
    hosts.kill('other');
    hosts.tick(10);
    // Lives 2 to 4 never got ready.
    hosts.give('main', { type: 'hostUp', host: 'other', life: 5 });
    hosts.run();
    hosts.give('main', { type: 'hostDown', host: 'other', life: 5, reason: 'killed' });
    hosts.run();
    expect(outcomes).toEqual([expect.objectContaining({ kind: 'spawned', outcome: 'failed', reason: 'noconnection', loss: 'other#5' })]);
  });
});

const codes = (results: readonly CallResult[]): readonly string[] => results.map((result) => (result.ok ? 'ok' : result.error.code));

describe.each([
  ['on one host', 'main'],
  ['between two hosts', 'other'],
])('a call %s', (_, calleeHost) => {
  const start = (callee: TestProcess, results: CallResult[], options: { readonly mailbox?: number; readonly times?: number; readonly input?: { readonly text: unknown } } = {}): TestHosts => {
    const hosts = hostsOf({ caller: caller('callee', results, options.input, options.times), callee }, { callee: calleeHost }, options.mailbox);
    hosts.spawn(calleeHost, 'callee');
    hosts.spawn('main', 'caller');
    return hosts;
  };

  it('is answered', () => {
    const results: CallResult[] = [];
    start(echo, results);
    expect(results).toEqual([{ ok: true, output: { text: 'hi' } }]);
  });

  it('fails with timeout at its deadline and not before', () => {
    const results: CallResult[] = [];
    const hosts = start(silent, results);
    hosts.tick(4999);
    expect(results).toEqual([]);
    hosts.tick(1);
    expect(codes(results)).toEqual(['timeout']);
  });

  it('fails with noproc where nobody runs under the name', () => {
    const results: CallResult[] = [];
    const hosts = hostsOf({ caller: caller('callee', results), callee: echo }, { callee: calleeHost });
    hosts.spawn('main', 'caller');
    expect(codes(results)).toEqual(['noproc']);
  });

  it('fails with callee_exit when the callee ends before it answers, in its hands or in its mailbox', () => {
    const results: CallResult[] = [];
    const hosts = start(silent, results, { times: 3 });
    hosts.give(calleeHost, { type: 'operator', command: { action: 'crash', node: 'callee', reason: 'boom' } });
    hosts.settle();
    expect(codes(results)).toEqual(['callee_exit', 'callee_exit', 'callee_exit']);
  });

  it('fails with overloaded where the mailbox is full', () => {
    const results: CallResult[] = [];
    start(silent, results, { mailbox: 2, times: 4 });
    // One is in hand, two wait; the fourth came while three were there before the first turn, or is the one too many.
    expect(codes(results).every((code) => code === 'overloaded')).toBe(true);
    expect(results.length).toBeGreaterThanOrEqual(1);
    expect(results.length).toBeLessThanOrEqual(2);
  });

  it('fails with invalid where the input does not fit, and the callee never sees it', () => {
    const results: CallResult[] = [];
    const seen: Signal[] = [];
    start({ onSignal: (__, signal) => seen.push(signal) }, results, { input: { text: 7 } });
    expect(codes(results)).toEqual(['invalid']);
    expect((results[0] as { readonly error: CallError }).error.message).toContain('/text: expected string, got 7');
    expect(seen).toEqual([]);
  });

  it('drops and counts a reply that comes after the failure', () => {
    const results: CallResult[] = [];
    let held: { self: Self; call: CallSignal } | undefined;
    const late: TestProcess = {
      onSignal: (self, signal) => {
        if (signal.kind === 'call') {
          held = { self, call: signal };
          self.setTimer(6000, null);
        } else if (held) held.self.reply(held.call, { ok: true, output: null });
      },
    };
    const hosts = start(late, results);
    hosts.tick(5000);
    hosts.tick(1000);
    hosts.run();
    expect(codes(results)).toEqual(['timeout']);
    expect(hosts.drops('main')).toContainEqual(expect.objectContaining({ reason: 'late_reply', count: 1 }));
  });

  it('is not begun by the callee once its deadline is over', () => {
    const results: CallResult[] = [];
    let handled = 0;
    const slow: TestProcess = {
      onSignal: (self, signal) => {
        if (signal.kind === 'call') {
          handled += 1;
          self.hold();
          self.setTimer(5500, null);
        } else self.release();
      },
    };
    const hosts = start(slow, results, { times: 2 });
    hosts.tick(5000);
    hosts.tick(500);
    expect(handled).toBe(1);
    hosts.run();
    expect(hosts.drops(calleeHost)).toContainEqual(expect.objectContaining({ reason: 'expired', count: 1 }));
  });
});

describe('a lost host', () => {
  it('fails open calls to it with noconnection, and later ones at once', () => {
    const results: CallResult[] = [];
    const again: TestProcess = {
      onSignal: (self, signal) => {
        if (signal.kind === 'call') self.call({ wire: wireTo('callee'), operation: 'say', input: signal.input });
        if (signal.kind === 'reply') results.push(signal.result);
      },
    };
    const hosts = hostsOf({ caller: caller('callee', results), again, callee: silent }, { callee: 'other' });
    hosts.spawn('other', 'callee');
    hosts.spawn('main', 'caller', 'again');
    hosts.kill('other');
    expect(codes(results)).toEqual(['noconnection']);
    hosts.outside('main', 'again', 'say', { text: 'go' });
    expect(codes(results)).toEqual(['noconnection', 'noconnection']);
  });

  it('is heard of only after what it had sent', () => {
    const order: string[] = [];
    const sender: TestProcess = {
      onSignal: (self) => self.cast({ wire: wireTo('watcher'), operation: 'note', input: { text: 'last words' }, awaited: false }),
    };
    const watcher: TestProcess = {
      trapsExits: true,
      onSignal: (self, signal) => {
        order.push(signal.kind);
        if (signal.kind === 'call') self.link('other#1.1');
      },
    };
    const hosts = hostsOf({ watcher, sender }, { sender: 'other' });
    hosts.spawn('other', 'sender');
    hosts.spawn('main', 'watcher');
    hosts.outside('main', 'watcher', 'say', { text: 'link' });
    hosts.give('other', { type: 'outside', input: { id: 2, node: 'sender', protocol: 'Echo', operation: 'say', value: { text: 'go' } } });
    // The turn is made, its message is still in the host's hands when the host dies.
    while (hosts.kernels.get('other')!.step()) continue;
    hosts.kill('other');
    expect(order).toContain('cast');
    expect(order.indexOf('cast')).toBeLessThan(order.indexOf('exit'));
  });

  it('has no say after the notice: what comes from the old life is dropped and counted', () => {
    const seen: Signal[] = [];
    const hosts = hostsOf({ one: { onSignal: (_, signal) => seen.push(signal) }, two: echo }, { two: 'other' });
    hosts.spawn('main', 'one');
    hosts.kill('other');
    hosts.revive('other');
    const cast = { kind: 'cast', from: 'other#1.1', fromNode: 'two', protocol: 'Echo', operation: 'note', input: { text: 'ghost' } } as const;
    hosts.give('main', { type: 'batch', batch: { from: 'other', life: 1, number: 5, acknowledged: 0, depends: {}, messages: [{ to: 'one', signal: cast }] } });
    hosts.settle();
    expect(seen).toEqual([]);
    expect(hosts.drops('main')).toContainEqual(expect.objectContaining({ reason: 'stale', count: 1 }));
  });

  it.each([
    ['a start that waits for it fails with noconnection after 5 s', 5000, ['noconnection']],
    ['a start that waits for it goes on waiting before that', 4999, []],
  ])('%s', (_, waitMs, expected) => {
    const reasons: string[] = [];
    const parent: TestProcess = {
      onSignal: (self, signal) => {
        if (signal.kind === 'call') self.spawn({ node: 'child', name: 'child' });
        if (signal.kind === 'spawned' && signal.outcome === 'failed') reasons.push(signal.reason);
      },
    };
    const hosts = hostsOf({ parent, child: echo }, { child: 'other' });
    hosts.spawn('main', 'parent');
    hosts.kill('other');
    hosts.outside('main', 'parent', 'say', { text: 'go' });
    hosts.tick(waitMs);
    expect(reasons).toEqual(expected);
  });

  it('gets the starts that waited, once it is ready', () => {
    const pids: string[] = [];
    const parent: TestProcess = {
      onSignal: (self, signal) => {
        if (signal.kind === 'call') self.spawn({ node: 'child', name: 'child' });
        if (signal.kind === 'spawned' && signal.outcome === 'started') pids.push(signal.pid);
      },
    };
    const hosts = hostsOf({ parent, child: echo }, { child: 'other' });
    hosts.spawn('main', 'parent');
    hosts.kill('other');
    hosts.outside('main', 'parent', 'say', { text: 'go' });
    hosts.revive('other');
    expect(pids).toEqual(['other#2.1']);
  });
});

describe('casts', () => {
  const casting = (count: number, awaited: boolean, accepted: Signal[]): TestProcess => ({
    onStart: (self) => {
      self.started();
      for (let index = 0; index < count; index += 1) self.cast({ wire: wireTo('callee'), operation: 'note', input: { text: String(index) }, awaited });
    },
    onSignal: (_, signal) => accepted.push(signal),
  });

  it('that nobody awaits are dropped and counted where the mailbox is full', () => {
    const hosts = hostsOf({ callee: silent, caller: casting(10, false, []) }, {}, 4);
    hosts.spawn('main', 'callee', 'caller');
    expect(hosts.drops('main')).toEqual([{ node: 'callee', reason: 'mailbox_full', count: 6 }]);
  });

  it('that are awaited wait for room, lose nothing and keep their order', () => {
    const accepted: Signal[] = [];
    const heard: string[] = [];
    const callee: TestProcess = { onSignal: (_, signal) => signal.kind === 'cast' && heard.push((signal.input as { readonly text: string }).text) };
    const hosts = hostsOf({ callee, caller: casting(10, true, accepted) }, {}, 4);
    hosts.spawn('main', 'callee', 'caller');
    expect(accepted).toHaveLength(10);
    expect(heard).toEqual(Array.from({ length: 10 }, (_, index) => String(index)));
    expect(hosts.drops('main')).toEqual([]);
  });

  it('beyond the window of 1,024 to another host are dropped and counted', () => {
    const hosts = hostsOf({ callee: echo, caller: casting(1500, false, []) }, { callee: 'other' }, 10_000);
    hosts.spawn('other', 'callee');
    hosts.spawn('main', 'caller');
    expect(hosts.drops('main')).toEqual([{ node: 'callee', reason: 'window_full', count: 476 }]);
  });

  it('beyond the window that are awaited are held and all arrive', () => {
    const accepted: Signal[] = [];
    const hosts = hostsOf({ callee: { onSignal: () => undefined }, caller: casting(1500, true, accepted) }, { callee: 'other' }, 10_000);
    hosts.spawn('other', 'callee');
    hosts.spawn('main', 'caller');
    expect(accepted.filter((signal) => signal.kind === 'accepted' && signal.error === undefined)).toHaveLength(1500);
  });
});

describe.each([
  ['on one host', 'main', 'main#1.1'],
  ['between two hosts', 'other', 'other#1.1'],
])('links and monitors %s', (_, targetHost, targetPid) => {
  const watch = (act: (self: Self) => void, trapsExits: boolean, heard: Signal[]): TestHosts => {
    const watcher: TestProcess = { trapsExits, onSignal: (self, signal) => (signal.kind === 'call' ? act(self) : heard.push(signal)) };
    const hosts = hostsOf({ target: echo, watcher }, { target: targetHost });
    hosts.spawn(targetHost, 'target');
    hosts.spawn('main', 'watcher');
    hosts.outside('main', 'watcher', 'say', { text: 'go' });
    return hosts;
  };
  const crash = (hosts: TestHosts): void => {
    hosts.give(targetHost, { type: 'operator', command: { action: 'crash', node: 'target', reason: 'boom' } });
    hosts.settle();
  };

  it('a monitor hears of the end once', () => {
    const heard: Signal[] = [];
    const hosts = watch((self) => self.monitor(targetPid), false, heard);
    crash(hosts);
    expect(heard).toEqual([expect.objectContaining({ kind: 'down', from: targetPid, reason: 'boom' })]);
  });

  it('a monitor taken back hears nothing', () => {
    const heard: Signal[] = [];
    const hosts = watch((self) => self.demonitor(self.monitor(targetPid)), false, heard);
    crash(hosts);
    expect(heard).toEqual([]);
  });

  it('a linked process that traps exits gets the exit as a message', () => {
    const heard: Signal[] = [];
    const hosts = watch((self) => self.link(targetPid), true, heard);
    crash(hosts);
    expect(heard).toEqual([expect.objectContaining({ kind: 'exit', reason: 'boom' })]);
  });

  it('a linked process that does not trap exits ends with the same reason', () => {
    const hosts = watch((self) => self.link(targetPid), false, []);
    crash(hosts);
    expect(hosts.kernels.get('main')!.isAlive('watcher')).toBe(false);
  });

  it('an unlinked process lives on', () => {
    const hosts = watch(
      (self) => {
        self.link(targetPid);
        self.unlink(targetPid);
      },
      false,
      [],
    );
    crash(hosts);
    expect(hosts.kernels.get('main')!.isAlive('watcher')).toBe(true);
  });

  it('linking to a process that is gone is an exit with noproc', () => {
    const heard: Signal[] = [];
    watch((self) => self.link(`${targetPid.slice(0, -1)}99`), true, heard);
    expect(heard).toEqual([expect.objectContaining({ kind: 'exit', reason: 'noproc' })]);
  });
});

describe('a host', () => {
  it('is a function of its inputs: replayed at the same steps, it writes the same records', () => {
    const results: CallResult[] = [];
    const hosts = hostsOf({ caller: caller('callee', results, { text: 'x' }, 50), callee: echo, late: silent }, { callee: 'other' }, 20);
    hosts.spawn('other', 'callee');
    hosts.spawn('main', 'caller', 'late');
    hosts.outside('main', 'late', 'say', { text: 'never' }, 2);
    hosts.tick(5000);
    for (const host of ['main', 'other']) {
      const replayed: unknown[] = [];
      const kernel = hosts.kernelOf(host, 1, (record) => replayed.push(record), () => undefined);
      for (const { step, atMs, input } of hosts.inputs.get(host)!) {
        while (kernel.steps < step && kernel.step()) continue;
        kernel.flush();
        kernel.input(input, atMs);
      }
      while (kernel.step()) continue;
      kernel.flush();
      expect(replayed).toEqual(hosts.records.get(host));
    }
    expect(hosts.records.get('main')!.length).toBeGreaterThan(50);
  });

  it('gives the outside exactly one answer for each message', () => {
    const hosts = hostsOf({ callee: echo });
    hosts.spawn('main', 'callee');
    for (let id = 1; id <= 20; id += 1) hosts.outside('main', id % 2 === 0 ? 'callee' : 'nobody', 'say', { text: 'q' }, id);
    expect(hosts.settled.map(({ id, ok }) => [id, ok])).toEqual(Array.from({ length: 20 }, (_, index) => [index + 1, (index + 1) % 2 === 0]));
  });

  const passer: TestProcess = { onSignal: (self, signal) => void (signal.kind === 'call' && self.forward(signal, 'callee')) };
  const passing = (callee: TestProcess): TestHosts => {
    const hosts = hostsOf({ passer, callee }, { callee: 'other' });
    hosts.spawn('other', 'callee');
    hosts.spawn('main', 'passer');
    return hosts;
  };

  it('answers the outside also where the message was passed on to another host', () => {
    const hosts = passing(echo);
    for (let id = 1; id <= 20; id += 1) hosts.outside('main', 'passer', 'say', { text: `${id}` }, id);
    expect(hosts.settled.map(({ id, ok }) => [id, ok])).toEqual(Array.from({ length: 20 }, (_, index) => [index + 1, true]));
    expect(hosts.settled.map((one) => one.ok && one.output)).toEqual(Array.from({ length: 20 }, (_, index) => ({ text: `${index + 1}` })));
  });

  it('tells the outside once when the host it was passed on to is lost', () => {
    const hosts = passing(silent);
    hosts.outside('main', 'passer', 'say', { text: 'q' }, 7);
    hosts.kill('other');
    expect(hosts.settled.map((one) => [one.id, one.ok || one.error.code])).toEqual([[7, 'noconnection']]);
    hosts.tick(10_000);
    expect(hosts.settled).toHaveLength(1);
  });
});

describe('an item that a source has pulled', () => {
  it('and the end of the items go to the incarnation that they are for, and to no other', () => {
    const got: Signal[] = [];
    const hosts = hostsOf({ items: { onSignal: (_, signal) => got.push(signal) } });
    hosts.spawn('main', 'items');
    const input = { id: 7, node: 'items', operation: 'take', value: 'text' };
    for (const incarnation of [0, 1, 2]) {
      hosts.give('main', { type: 'outside', input, incarnation });
      hosts.give('main', { type: 'sourceEnd', node: 'items', incarnation, items: 10 + incarnation });
    }
    hosts.run();
    expect(got).toEqual([{ kind: 'item', id: 7, value: 'text' }, { kind: 'itemsEnd', items: 11 }]);
  });
});
