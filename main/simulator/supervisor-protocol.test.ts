/** The built-in protocol `Supervisor`: an agent calls a dynamic supervisor of another host, and always has an answer. */
import { describe, expect, it } from 'vitest';
import { CONTROL_HOST } from '../../shared/ids';
import type { Json } from '../../shared/json/json';
import type { Program, ProgramAgent, ProgramNode, ProgramWire } from '../../shared/program/program';
import { supervisorProtocol } from '../../shared/protocols/supervisor';
import type { Behaviour, Self } from '../kernel/behaviour';
import type { CallResult, Signal } from '../kernel/signal';
import { answerCall, MOST_INSTANCES } from '../supervision/answer-call';
import type { Supervised } from '../supervision/supervised';
import { SupervisorBehaviour } from '../supervision/supervisor-behaviour';
import { Cluster } from './cluster';

const base = { restart: 'permanent', shutdown: 5000, significant: false } as const;
const agent = (id: string, parent: string, host: string): ProgramAgent => ({ ...base, id, parent, host, kind: 'agent', provides: [], requires: { team: 'Supervisor' }, mailbox: 1000, behaviour: { type: 'scripted', rules: [] } });
const supervisor = { ...base, kind: 'supervisor', host: CONTROL_HOST, shutdown: 'infinity', maxRestarts: 5, maxSeconds: 5, autoShutdown: 'never' } as const;

/** `team`, whose template is an agent, or a supervisor of one, beside an agent that asks. */
function programOf(template: 'agent' | 'supervisor'): Program {
  const nodes: readonly ProgramNode[] = [
    { ...supervisor, id: 'root', strategy: 'one_for_one', children: ['team', 'asker'] },
    { ...supervisor, id: 'team', parent: 'root', strategy: 'simple_one_for_one', children: ['copy'], provides: ['Supervisor'] },
    ...(template === 'agent' ? [agent('copy', 'team', 'copies')] : [{ ...supervisor, id: 'copy', parent: 'team', strategy: 'one_for_one', children: ['part'] } as const, agent('part', 'copy', 'copies')]),
    agent('asker', 'root', 'main'),
  ];
  const operations = (supervisorProtocol as { readonly operations: Program['protocols'][string]['operations'] }).operations;
  return { format: 'prismatic-program/1', hash: 'sha256:test', name: 'test', root: 'root', nodes: Object.fromEntries(nodes.map((node) => [node.id, node])), protocols: { Supervisor: { operations } }, wires: [], modules: {}, files: [], hosts: [CONTROL_HOST, 'main', 'copies'].map((id) => ({ id, instances: [] })) };
}

const TEAM: ProgramWire = { from: { node: 'asker', port: 'team' }, to: 'team', protocol: 'Supervisor', guards: [] };

class Plain implements Behaviour {
  readonly receives = 'queued';
  readonly trapsExits: boolean;
  readonly #onStart: (self: Self) => void;
  readonly #onSignal: (self: Self, signal: Signal) => void;

  constructor(onStart: (self: Self) => void, onSignal: (self: Self, signal: Signal) => void = () => undefined, trapsExits = false) {
    this.#onStart = onStart;
    this.#onSignal = onSignal;
    this.trapsExits = trapsExits;
  }

  start(self: Self): void {
    this.#onStart(self);
  }

  receive(self: Self, signal: Signal): void {
    this.#onSignal(self, signal);
  }

  dispose(): void {}
}

class Team {
  readonly names: string[] = [];
  readonly given: (Json | undefined)[] = [];
  readonly #answers = new Map<number, CallResult>();
  readonly #cluster: Cluster;
  #asker: Self | undefined;

  constructor(template: 'agent' | 'supervisor' = 'agent') {
    this.#cluster = new Cluster({
      program: programOf(template), seed: 1, epochMs: 0,
      behaviours: ({ node, args }) => {
        if (node.kind === 'supervisor') return new SupervisorBehaviour(node);
        return node.id === 'asker' ? this.#makeAsker() : this.#makeCopy(args);
      },
      onRecord: () => undefined, onEffect: () => undefined, onSettled: () => undefined, onPull: () => undefined, onRootExited: () => undefined,
    });
    this.pass(100);
  }

  #makeAsker(): Behaviour {
    const start = (self: Self): void => {
      this.#asker = self;
      self.started();
    };
    return new Plain(start, (_, signal) => void (signal.kind === 'reply' && this.#answers.set(signal.ref, signal.result)));
  }

  /** Takes 100 ms to stop. */
  #makeCopy(args: Json | undefined): Behaviour {
    this.given.push(args);
    const start = (self: Self): void => {
      if (args === 'broken') return self.failStart('no good');
      this.names.push(self.name);
      self.started();
    };
    const receive = (self: Self, signal: Signal): void => {
      if (signal.kind === 'exit') self.setTimer(100, null);
      else if (signal.kind === 'timer') self.exit('shutdown');
    };
    return new Plain(start, receive, true);
  }

  pass(ms: number): void {
    const untilMs = this.#cluster.nowMs + ms;
    this.#cluster.schedule(untilMs, () => undefined);
    do while (this.#cluster.step()) continue;
    while (this.#cluster.advance(untilMs));
  }

  begin(operation: string, input: Json): number {
    return this.#asker!.call({ wire: TEAM, operation, input });
  }

  answer(ref: number): CallResult | undefined {
    return this.#answers.get(ref);
  }

  ask(operation: string, input: Json = {}): CallResult {
    const ref = this.begin(operation, input);
    this.pass(500);
    return this.#answers.get(ref)!;
  }

  crash(node: string): void {
    this.#cluster.give(CONTROL_HOST, { type: 'operator', command: { action: 'crash', node, reason: 'boom' } });
  }
}

const done = (output: Json): CallResult => ({ ok: true, output });
const refused = (code: string, reason?: string): unknown => ({ ok: false, error: expect.objectContaining({ code, node: 'team', ...(reason === undefined ? {} : { data: { reason } }) }) as unknown });

describe('a dynamic supervisor that is called over a wire', () => {
  it('starts copies with their arguments, says which there are, and stops them', () => {
    const team = new Team();
    expect(team.ask('startChild', { id: 'a', args: { speed: 2 } })).toEqual(done({ outcome: 'started' }));
    expect(team.ask('startChild', { id: 'b' })).toEqual(done({ outcome: 'started' }));
    expect(team.given).toEqual([{ speed: 2 }, undefined]);
    expect(team.ask('whichChildren')).toEqual(done({ children: [{ id: 'a', child: 'running', type: 'worker' }, { id: 'b', child: 'running', type: 'worker' }] }));
    expect(team.ask('terminateChild', { id: 'a' })).toEqual(done({}));
    expect(team.ask('countChildren')).toEqual(done({ specs: 1, active: 1, supervisors: 0, workers: 1 }));
  });

  const REFUSALS: readonly { readonly what: string; readonly operation: string; readonly input: Json; readonly code: string; readonly reason?: string }[] = [
    { what: 'an id that lives', operation: 'startChild', input: { id: 'a' }, code: 'AlreadyStarted', reason: 'already_started' },
    { what: 'a start that fails', operation: 'startChild', input: { id: 'x', args: 'broken' }, code: 'StartFailed', reason: 'no good' },
    { what: 'an id that is not there', operation: 'terminateChild', input: { id: 'x' }, code: 'NotFound', reason: 'not_found' },
    { what: 'what only other strategies can', operation: 'restartChild', input: { id: 'a' }, code: 'SimpleOneForOne', reason: 'simple_one_for_one' },
    { what: 'an id with a slash', operation: 'startChild', input: { id: 'a/b' }, code: 'BadId' },
    { what: 'an id like a pid', operation: 'startChild', input: { id: 'main#1.1' }, code: 'BadId' },
    { what: 'an input that does not fit', operation: 'terminateChild', input: { name: 'a' }, code: 'invalid' },
    { what: 'an operation that is not in the protocol', operation: 'replaceChild', input: { id: 'a' }, code: 'invalid' },
  ];
  it.each(REFUSALS)('refuses $what', ({ operation, input, code, reason }) => {
    const team = new Team();
    team.ask('startChild', { id: 'a' });
    expect(team.ask(operation, input)).toEqual(refused(code, reason));
    expect(team.ask('countChildren')).toEqual(done({ specs: 1, active: 1, supervisors: 0, workers: 1 }));
  });

  it('gives copies names that no node can have', () => {
    const team = new Team();
    team.ask('startChild', { id: 'asker' });
    expect(team.names).toEqual(['team/asker']);
    // The node of that name still answers to it.
    expect(team.ask('countChildren')).toMatchObject({ ok: true });
    const parts = new Team('supervisor');
    parts.ask('startChild', { id: 'copy' });
    parts.ask('startChild', { id: 'part' });
    expect(parts.names).toEqual(['team/copy/part', 'team/part/part']);
  });

  it('answers callee_exit to who waits when it ends in the middle of a call, and noproc afterwards only until it is back', () => {
    const team = new Team();
    team.ask('startChild', { id: 'a' });
    const refs = [team.begin('terminateChild', { id: 'a' }), team.begin('countChildren', {})];
    team.pass(20);
    expect(refs.map((ref) => team.answer(ref))).toEqual([undefined, undefined]);
    team.crash('team');
    team.pass(20);
    expect(refs.map((ref) => team.answer(ref))).toEqual([refused('callee_exit'), refused('callee_exit')]);
    expect(team.ask('countChildren')).toEqual(done({ specs: 1, active: 0, supervisors: 0, workers: 0 }));
  });

  it('does not begin what its caller has given up, and goes on with what comes next', () => {
    const team = new Team();
    for (const id of ['a', 'b']) team.ask('startChild', { id });
    const refs = Array.from({ length: 2 }, () => team.begin('terminateChild', { id: 'a' }));
    team.pass(6000);
    expect(refs.map((ref) => team.answer(ref))).toEqual([done({}), refused('NotFound')]);
  });

  it(`refuses the copy beyond ${MOST_INSTANCES} as overloaded, before it looks at anything`, () => {
    const full = { children: Array.from({ length: MOST_INSTANCES }), self: { name: 'team' } } as unknown as Supervised;
    const call = { kind: 'call', ref: 1, from: 'main#1.1', fromNode: 'asker', protocol: 'Supervisor', operation: 'startChild', input: { id: 'one-more' }, deadlineMs: 5000 } as const;
    expect(answerCall(full, call).next()).toEqual({ done: true, value: refused('overloaded') });
  });
});
