/** A reader, a writer and a clock between them, as handlers: what a test of streams runs, on one host or on a host each. */
import { CONTROL_HOST } from '../../../shared/ids';
import type { Json } from '../../../shared/json/json';
import type { Fault, SimulationResult } from '../../../shared/design/scenario-plan';
import type { JournalRecord } from '../../../shared/journal/record';
import type { Program, ProgramAgent, ProgramNode, ProgramOperation, ProgramWire, RouterPolicy } from '../../../shared/program/program';
import { SandboxPool } from '../../runtime/sandbox/sandbox-pool';
import { simulate } from '../simulate';

/** One tick of the clock. */
export const TICK_MS = 100;
/** By then all have started; what a case says of times is counted from here. */
const BEGIN_MS = 100;

export type StreamCase = {
  /** Body of `async read(input, self)`; `self.use.log.tail(input)` is the stream. */
  readonly reader: string;
  /** Body of `async *tail(input, self)`; `await self.use.clock.wait(0)` takes a tick. */
  readonly writer: string;
  readonly isApart?: boolean;
  readonly wire?: Partial<ProgramWire>;
  readonly router?: RouterPolicy;
  readonly faults?: readonly Fault[];
  /** Times at which the reader is asked to read. */
  readonly atMs?: readonly number[];
  readonly protocols?: Program['protocols'];
  readonly mailbox?: number;
};
export type StreamRun = {
  readonly result: SimulationResult;
  readonly records: readonly JournalRecord[];
  /** Lines of the log of one of the two. */
  readonly said: (node: 'reader' | 'writer') => readonly string[];
};

const operation = (kind: ProgramOperation['kind'], output: ProgramOperation['output'] = {}): ProgramOperation => ({ kind, input: {}, output, errors: ['NoLog'], idempotent: true });
const agent = (id: string, { requires = {}, host, provides, mailbox = 1000 }: { readonly requires?: ProgramAgent['requires']; readonly host: string; readonly provides: string; readonly mailbox?: number }): ProgramAgent => ({
  kind: 'agent', id, host, parent: 'root', restart: 'permanent', shutdown: 1000, significant: false, provides: [provides], requires, mailbox,
  behaviour: { type: 'code', file: `handlers/${id}.ts`, module: id, instance: `sandbox-${id}`, hasInit: false, hasTerminate: false },
});

export function streamProgram({ reader, writer, isApart = false, wire = {}, router, protocols = {}, mailbox }: StreamCase): Program {
  const hostOf = (id: string): string => (isApart ? id : 'main');
  const between: readonly ProgramNode[] = router ? [{ ...router, kind: 'router', id: 'pool', host: 'main', parent: 'root', restart: 'permanent', shutdown: 1000, significant: false, provides: ['Log'], requires: { out: 'Log' }, mailbox: 1000 }] : [];
  const nodes: readonly ProgramNode[] = [
    { kind: 'supervisor', id: 'root', host: CONTROL_HOST, restart: 'permanent', shutdown: 'infinity', significant: false, strategy: 'one_for_one', maxRestarts: 100, maxSeconds: 5, autoShutdown: 'never', children: ['clock', 'writer', ...between.map(({ id }) => id), 'reader'] },
    { kind: 'agent', id: 'clock', host: 'main', parent: 'root', restart: 'permanent', shutdown: 1000, significant: false, provides: ['Clock'], requires: {}, mailbox: 1000, behaviour: { type: 'scripted', rules: [{ reply: null, delayMs: TICK_MS }] } },
    agent('writer', { host: hostOf('writer'), provides: 'Log', requires: { clock: 'Clock' }, ...(mailbox === undefined ? {} : { mailbox }) }),
    ...between,
    agent('reader', { host: hostOf('reader'), provides: 'Read', requires: { log: 'Log', clock: 'Clock' } }),
  ];
  const plain = (node: string, port: string, to: string, protocol: string): ProgramWire => ({ from: { node, port }, to, protocol, guards: [] });
  return {
    format: 'prismatic-program/1', hash: 'sha256:streams', name: 'streams', root: 'root', nodes: Object.fromEntries(nodes.map((node) => [node.id, node])),
    protocols: { Read: { operations: { read: operation('call') } }, Clock: { operations: { wait: operation('call') } }, Log: { operations: { tail: operation('stream', { type: 'integer' }), count: operation('call') } }, ...protocols },
    wires: [plain('writer', 'clock', 'clock', 'Clock'), plain('reader', 'clock', 'clock', 'Clock'), ...(router ? [{ ...plain('pool', 'out', 'writer', 'Log'), ...wire }, plain('reader', 'log', 'pool', 'Log')] : [{ ...plain('reader', 'log', 'writer', 'Log'), ...wire }])],
    modules: {
      reader: { file: 'handlers/reader.ts', code: `({ Read: { async read(input, self) { ${reader} } } })` },
      writer: { file: 'handlers/writer.ts', code: `({ Log: { async *tail(input, self) { ${writer} }, async count() { return 7; } } })` },
    },
    hosts: [CONTROL_HOST, 'main', ...(isApart ? ['writer', 'reader'] : [])].map((id) => ({ id, instances: isApart ? (id === 'writer' || id === 'reader' ? [`sandbox-${id}`] : []) : id === 'main' ? ['sandbox-writer', 'sandbox-reader'] : [] })),
    files: [],
  };
}

export async function runStreams(one: StreamCase, input: Json = 0): Promise<StreamRun> {
  const program = streamProgram(one);
  const records: JournalRecord[] = [];
  const result = await simulate({
    program,
    scenario: { name: null, load: (one.atMs ?? [0]).map((atMs) => ({ to: 'reader', protocol: 'Read', operation: 'read', input, atMs: BEGIN_MS + atMs })), faults: (one.faults ?? []).map((fault) => ({ ...fault, atMs: BEGIN_MS + fault.atMs })), expectations: [] },
    seed: 1, files: new Map(), guests: await SandboxPool.prepare(['sandbox-writer', 'sandbox-reader']),
    onLine: (line) => records.push(JSON.parse(line) as JournalRecord), journalHash: () => 'none', onProgress: () => undefined,
  });
  return { result, records, said: (node) => records.flatMap((record) => (record.type === 'log' && record.node === node ? [record.text] : [])) };
}
