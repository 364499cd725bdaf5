/**
 * A few hosts of the kernel with processes made of functions, for tests: no runtime, no simulator. Batches wait in a list until
 * `deliver`, time stands still until `tick`, and every input is kept so that a host can be replayed.
 */
import { assert } from '../../../shared/assert';
import type { Guard } from '../../../shared/design/guard';
import type { HostRecord } from '../../../shared/journal/record';
import type { Json } from '../../../shared/json/json';
import type { Program, ProgramAgent, ProgramNode, ProgramWire } from '../../../shared/program/program';
import type { EffectRequest, Settlement } from '../../../shared/run/engine-protocol';
import type { Behaviour, Self } from '../behaviour';
import type { GuardsFactory } from '../guarding';
import { HostKernel } from '../host-kernel';
import type { Batch, HostInput } from '../ports';
import type { Signal } from '../signal';

export type TestProcess = {
  readonly onStart?: (self: Self) => void;
  readonly onSignal?: (self: Self, signal: Signal) => void;
  readonly trapsExits?: boolean;
};

/** Provides `Echo.say` (call), `Echo.note` (cast); everything else is the test's. */
export const agentNode = (id: string, options: { readonly host?: string; readonly mailbox?: number; readonly parent?: string } = {}): ProgramAgent => ({
  kind: 'agent',
  id,
  host: options.host ?? 'main',
  restart: 'permanent',
  shutdown: 5000,
  significant: false,
  provides: ['Echo'],
  requires: { out: 'Echo' },
  mailbox: options.mailbox ?? 1000,
  behaviour: { type: 'scripted', rules: [] },
  ...(options.parent === undefined ? {} : { parent: options.parent }),
});

const text = { type: 'object', properties: { text: { type: 'string' } }, required: ['text'], additionalProperties: false } as const;
const operation = (kind: 'call' | 'cast') => ({ kind, input: text, output: {}, errors: ['NotFound'], idempotent: false });

export const testProgram = (nodes: readonly ProgramNode[], hosts: readonly string[], wires: readonly ProgramWire[] = []): Program => ({
  format: 'prismatic-program/1',
  hash: 'sha256:test',
  name: 'test',
  root: nodes[0]!.id,
  nodes: Object.fromEntries(nodes.map((node) => [node.id, node])),
  protocols: { Echo: { operations: { say: operation('call'), note: operation('cast') } } },
  wires,
  modules: {},
  hosts: hosts.map((id) => ({ id, instances: [] })),
  files: [],
});

/** A wire from anyone's port `out`. */
export const wireTo = (to: string, guards: readonly Guard[] = []): ProgramWire => ({ from: { node: 'anyone', port: 'out' }, to, protocol: 'Echo', guards });

/** Starts as the tree's root on its host, so that tests need no supervisor. */
class FunctionProcess implements Behaviour {
  readonly receives = 'queued';
  readonly trapsExits: boolean;
  readonly #functions: TestProcess;

  constructor(functions: TestProcess) {
    this.#functions = functions;
    this.trapsExits = functions.trapsExits ?? false;
  }

  start(self: Self): void {
    if (this.#functions.onStart) this.#functions.onStart(self);
    else self.started();
  }

  receive(self: Self, signal: Signal): void {
    this.#functions.onSignal?.(self, signal);
  }

  dispose(): void {}
}

export type KeptInput = { readonly step: number; readonly atMs: number; readonly input: HostInput };

export class TestHosts {
  readonly program: Program;
  readonly kernels = new Map<string, HostKernel>();
  readonly records = new Map<string, HostRecord[]>();
  readonly inputs = new Map<string, KeptInput[]>();
  readonly settled: Settlement[] = [];
  readonly effects: EffectRequest[] = [];
  readonly #processes: { readonly [node: string]: TestProcess };
  readonly #lives = new Map<string, number>();
  #underWay: { readonly to: string; readonly batch: Batch }[] = [];
  nowMs = 0;

  readonly #guards: GuardsFactory | undefined;

  constructor(program: Program, processes: { readonly [node: string]: TestProcess }, guards?: GuardsFactory) {
    this.program = program;
    this.#guards = guards;
    this.#processes = processes;
    for (const { id } of program.hosts) this.begin(id);
    for (const one of this.kernels.keys()) for (const other of this.kernels.keys()) if (one !== other) this.give(one, { type: 'hostUp', host: other, life: 1 });
  }

  begin(host: string): void {
    const life = (this.#lives.get(host) ?? 0) + 1;
    this.#lives.set(host, life);
    this.records.set(host, []);
    this.inputs.set(host, []);
    this.kernels.set(host, this.kernelOf(host, life, (record) => this.records.get(host)!.push(record), (to, batch) => this.#underWay.push({ to, batch })));
  }

  kernelOf(host: string, life: number, onRecord: (record: HostRecord) => void, onBatch: (to: string, batch: Batch) => void): HostKernel {
    return new HostKernel({
      program: this.program,
      host,
      life,
      seed: 7,
      epochMs: 0,
      trace: true,
      incarnations: {},
      ...(this.#guards ? { guards: this.#guards } : {}),
      behaviours: ({ name }) => new FunctionProcess(this.#processes[name] ?? {}),
      ports: {
        // Through JSON, as between threads: what is no plain data would be seen here.
        send: (to, batch) => onBatch(to, JSON.parse(JSON.stringify(batch)) as Batch),
        record: onRecord,
        effect: (effect) => this.effects.push(effect),
        abandonEffect: () => undefined,
        settle: (settlement) => this.settled.push(settlement),
        pull: () => undefined,
        respond: () => undefined,
        rootStarted: () => undefined,
        rootExited: () => undefined,
      },
    });
  }

  give(host: string, input: HostInput): void {
    const kernel = this.kernels.get(host);
    assert(kernel, `no host ${host}`);
    this.inputs.get(host)!.push({ step: kernel.steps, atMs: this.nowMs, input });
    kernel.input(input, this.nowMs);
  }

  /** Starts processes by hand, as children of nobody. */
  spawn(host: string, ...nodes: readonly string[]): void {
    for (const node of nodes) {
      const spawn = { kind: 'spawn', ref: 0, from: 'nobody#1.1', spawn: { node, name: node } } as const;
      this.give(host, { type: 'batch', batch: { from: this.#other(host), life: 1, number: 0, acknowledged: 0, depends: {}, messages: [{ to: `${host}#0.0`, signal: spawn }] } });
    }
    this.settle();
  }

  #other(host: string): string {
    return this.program.hosts.find(({ id }) => id !== host)!.id;
  }

  /** All turns and all batches, until nothing is left to do; time stands still. */
  settle(): void {
    do {
      this.run();
    } while (this.deliver());
  }

  run(): void {
    for (const kernel of this.kernels.values()) {
      while (kernel.step()) continue;
      kernel.flush();
    }
  }

  /** Gives what is under way to its receivers. Answers whether there was anything. */
  deliver(): boolean {
    const batches = this.#underWay;
    this.#underWay = [];
    for (const { to, batch } of batches) if (this.kernels.has(to)) this.give(to, { type: 'batch', batch });
    return batches.length > 0;
  }

  tick(ms: number): void {
    this.nowMs += ms;
    for (const host of this.kernels.keys()) this.give(host, { type: 'clock' });
    this.settle();
  }

  /** The host dies; what it had sent is taken first, then the others hear. */
  kill(host: string): void {
    this.kernels.get(host)!.flush();
    this.kernels.delete(host);
    this.deliver();
    for (const other of this.kernels.keys()) this.give(other, { type: 'hostDown', host, life: this.#lives.get(host)!, reason: 'killed' });
    this.settle();
  }

  revive(host: string): void {
    this.begin(host);
    for (const other of this.kernels.keys()) {
      if (other === host) continue;
      this.give(other, { type: 'hostUp', host, life: this.#lives.get(host)! });
      this.give(host, { type: 'hostUp', host: other, life: this.#lives.get(other)! });
    }
    this.settle();
  }

  outside(host: string, node: string, operationName: string, value: Json, id = 1): void {
    this.give(host, { type: 'outside', input: { id, node, protocol: 'Echo', operation: operationName, value } });
    this.settle();
  }

  drops(host: string): readonly { readonly node: string; readonly reason: string; readonly count: number }[] {
    return this.records.get(host)!.flatMap((record) => (record.type === 'message.dropped' ? [{ node: record.node, reason: record.reason, count: record.count }] : []));
  }
}
