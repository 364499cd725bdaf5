/** Small programs to measure with: one protocol, and nodes that provide it in each way there is. */
import type { Program, ProgramAgent, ProgramNode, ProgramSupervisor, ProgramWire, Strategy } from '../shared/program/program';
import type { Json } from '../shared/json/json';

/** How a provider runs: a scripted one is our own code, the other two run the same handler. */
export type Runs = 'built-in' | 'sandboxed' | 'native';

/** Provides `Echo`: it counts, answers what it was asked, and passes a note on to whoever is wired to `out`. Asked to, it hangs as no fuel can stop. */
export const ECHO_HANDLER = `{
  async say(input, self) { if (input.text === 'hang') [].indexOf.call({ length: 2 ** 53 - 1 }, 1); self.state.n = (self.state.n ?? 0) + 1; return { topic: input.text.trim(), n: self.state.n }; },
  note(input, self) { self.state.n = (self.state.n ?? 0) + 1; if (input.left > 0) self.use.out.note({ text: input.text, left: input.left - 1 }); },
}`;
const MODULE = 'handlers/echo.ts';

const input = { type: 'object', properties: { text: { type: 'string' }, left: { type: 'integer' } }, required: ['text'], additionalProperties: false } as const;
const operation = (kind: 'call' | 'cast') => ({ kind, input, output: {}, errors: [], idempotent: false });

/** Different texts, since a message that is always the same is optimised away (performance study, trap 16). */
export const INPUTS: readonly { readonly text: string }[] = Array.from({ length: 1024 }, (_, index) => ({ text: ` message ${index} ` }));
export const inputOf = (index: number): Json => INPUTS[index & 1023]!;

export type Place = { readonly host?: string; readonly parent?: string; readonly mailbox?: number; /** Sandbox instance of a handler. */ readonly instance?: string };

export function agentOf(id: string, runs: Runs, { host = 'main', parent, mailbox = 1000, instance = 'one' }: Place = {}): ProgramAgent {
  const behaviour = runs === 'built-in' ? ({ type: 'scripted', rules: [{ reply: 'ok' }] } as const) : ({ type: 'code', file: MODULE, module: MODULE, instance, hasInit: false, hasTerminate: false } as const);
  return { kind: 'agent', id, host, restart: 'permanent', shutdown: 5000, significant: false, provides: ['Echo'], requires: { out: 'Echo' }, mailbox, behaviour, ...(parent === undefined ? {} : { parent }) };
}

export function supervisorOf(id: string, children: readonly string[], options: { readonly strategy?: Strategy; readonly host?: string; readonly parent?: string } = {}): ProgramSupervisor {
  const { strategy = 'one_for_one', host = 'main', parent } = options;
  return { kind: 'supervisor', id, host, restart: 'permanent', shutdown: 'infinity', significant: false, strategy, autoShutdown: 'never', maxRestarts: 1_000_000, maxSeconds: 1, children, ...(parent === undefined ? {} : { parent }) };
}

export const wireOf = (from: string, to: string): ProgramWire => ({ from: { node: from, port: 'out' }, to, protocol: 'Echo', guards: [] });

/** The first node is the root. */
export function programOf(nodes: readonly ProgramNode[], { hosts = ['main'], wires = [] }: { readonly hosts?: readonly string[]; readonly wires?: readonly ProgramWire[] } = {}): Program {
  const instances = (host: string): readonly string[] => [...new Set(nodes.flatMap((node) => (node.host === host && node.kind === 'agent' && node.behaviour.type === 'code' ? [node.behaviour.instance] : [])))];
  return {
    format: 'prismatic-program/1',
    hash: 'sha256:bench',
    name: 'bench',
    root: nodes[0]!.id,
    nodes: Object.fromEntries(nodes.map((node) => [node.id, node])),
    protocols: { Echo: { operations: { say: operation('call'), note: operation('cast') } } },
    wires,
    modules: { [MODULE]: { file: MODULE, code: `({ Echo: ${ECHO_HANDLER} })` } },
    hosts: hosts.map((id) => ({ id, instances: instances(id) })),
    files: [],
  };
}
