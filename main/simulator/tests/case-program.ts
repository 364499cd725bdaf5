/** The design with a test case beside it: a new root over the old one, the agent that runs the test, and the one that draws its values. */
import { CONTROL_HOST, MAIN_HOST, type NodeId } from '../../../shared/ids';
import type { Program, ProgramAgent, ProgramNode, ProgramOperation, ProgramSupervisor } from '../../../shared/program/program';
import type { TestFile } from '../../../shared/tests/test-plan';
import { CASE, caseScript, MOST_WAIT_MS } from './case-runner';
import { processNameOf } from './process-name';


export function caseProgram(program: Program, { node, protocol, file }: { readonly node: NodeId; readonly protocol: string; readonly file: TestFile }): Program {
  const root = program.nodes[program.root]!;
  const subject = processNameOf(program, node).name;
  const nodes: readonly ProgramNode[] = [rootOf(program), { ...root, parent: CASE.root, restart: 'temporary', significant: false }, drawer(), runner(file, protocol)];
  // A copy of a template has a name of its own, and calls find its host by that.
  const alias = subject === node ? {} : { [subject]: program.nodes[node]! };
  return {
    ...program,
    root: CASE.root,
    nodes: { ...program.nodes, ...alias, ...Object.fromEntries(nodes.map((one) => [one.id, one])) },
    protocols: { ...program.protocols, [CASE.protocol]: { operations: { run: operationOf('cast', ['Skipped']) } }, [CASE.drawing]: { operations: { any: operationOf('call', ['NoValue']), skip: operationOf('call', []), wait: operationOf('call', []) } } },
    wires: [...program.wires, { from: { node: CASE.node, port: 'subject' }, to: subject, protocol, guards: [] }, { from: { node: CASE.node, port: 'draw' }, to: CASE.draw, protocol: CASE.drawing, guards: [{ kind: 'timeout', ms: MOST_WAIT_MS }] }],
    modules: { ...program.modules, [CASE.node]: { file: file.file, code: caseScript(file) } },
    hosts: program.hosts.map((host) => (host.id === MAIN_HOST ? { ...host, instances: [...host.instances, CASE.instance] } : host)),
  };
}

const operationOf = (kind: 'call' | 'cast', errors: readonly string[]): ProgramOperation => ({ kind, input: {}, output: {}, errors, idempotent: false });

const rootOf = ({ root }: Program): ProgramSupervisor => ({
  kind: 'supervisor', id: CASE.root, host: CONTROL_HOST, restart: 'temporary', shutdown: 'infinity', significant: false,
  strategy: 'one_for_one', maxRestarts: 0, maxSeconds: 1, autoShutdown: 'never', children: [root, CASE.draw, CASE.node],
});

const agent = { kind: 'agent', host: MAIN_HOST, parent: CASE.root, restart: 'temporary', shutdown: 'brutal_kill', significant: false, mailbox: 1000 } as const;

/** Its behaviour is the one that the world is given for it. */
const drawer = (): ProgramAgent => ({ ...agent, id: CASE.draw, provides: [CASE.drawing], requires: {}, behaviour: { type: 'scripted', rules: [] } });

const runner = ({ file }: TestFile, protocol: string): ProgramAgent => ({
  ...agent, id: CASE.node, provides: [CASE.protocol], requires: { subject: protocol, draw: CASE.drawing },
  behaviour: { type: 'code', file, module: CASE.node, instance: CASE.instance, hasInit: false, hasTerminate: false },
});
