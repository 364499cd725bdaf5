/** A scenario file as the simulator's plan: names resolved, load lines fit their protocol. */
import { expectations } from '../../shared/design/expectation';
import type { ScenarioPlan } from '../../shared/design/scenario-plan';
import { scenarioFile, SCENARIO_FORMAT } from '../../shared/design/scenario';
import type { Json } from '../../shared/json/json';
import type { Diagnostic } from '../../shared/errors/diagnostic';
import { findProvided } from '../../shared/program/provided-as';
import type { Program } from '../../shared/program/program';
import { findMockFault } from '../../shared/run/check-mock';
import { findMismatch, formatMismatch } from '../../shared/schema/validate-value';
import { namesOfJson, readJson } from './load-project';
import { Problems, sortDiagnostics, suggest } from './problems';
import { findInProject, realFolder } from './project-path';
import { parseField } from './read-design';

const DEFAULT_NAME = 'default';

export type ReadScenario = { readonly ok: true; readonly value: ScenarioPlan | undefined } | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** `undefined`: none was asked for and there is no default. */
export function readScenario(folder: string, program: Program, name: string | undefined): ReadScenario {
  const projectDir = realFolder(folder);
  const file = `scenarios/${name ?? DEFAULT_NAME}.json`;
  if (name === undefined && !findInProject(projectDir, file).ok) return { ok: true, value: undefined };
  const problems = new Problems();
  const raw = readJson(projectDir, file, problems, 'SCN001', suggest(name ?? DEFAULT_NAME, namesOfJson(projectDir, 'scenarios'), 'Put the file there, or name another scenario.'));
  const plan = raw === undefined ? undefined : planOf(raw, name ?? DEFAULT_NAME, file, program, problems);
  return plan && problems.list.length === 0 ? { ok: true, value: plan } : { ok: false, diagnostics: sortDiagnostics(problems.list) };
}

function planOf(raw: Json, name: string, file: string, program: Program, problems: Problems): ScenarioPlan | undefined {
  const parsed = parseField(scenarioFile, raw, { file }, problems);
  if (!parsed) return undefined;
  if (parsed.format !== SCENARIO_FORMAT) problems.add({ code: 'SCN003', at: { file, field: 'format' }, got: parsed.format, message: `the format is ${parsed.format}; this version reads ${SCENARIO_FORMAT}`, fix: `Write "format": "${SCENARIO_FORMAT}".` });
  const hosts = program.hosts.map(({ id }) => id).filter((id) => id !== 'control');
  for (const [index, fault] of parsed.faults.entries()) {
    const [target, known] = fault.kind === 'crash' ? [fault.node, Object.keys(program.nodes)] : [fault.host, hosts];
    if (!known.includes(target)) problems.add({ code: 'SCN004', at: { file, field: `faults.${index}` }, got: target, message: `there is no ${fault.kind === 'crash' ? 'node' : 'host'} ${target}`, fix: suggest(target, known, `There are ${known.join(', ')}.`) });
  }
  const load = parsed.load.flatMap((line, index) => readLoad(line, `load.${index}`, file, program, problems));
  const wanted = parseField(expectations, parsed.expectations as Json, { file, field: 'expectations' }, problems);
  const { faults, untilMs, mocks } = parsed;
  for (const [node, one] of Object.entries(mocks ?? {})) {
    const fault = findMockFault(program, node, one);
    if (fault) problems.add({ code: 'SCN009', at: { file, field: `mocks.${node}` }, got: node, message: fault.message, fix: fault.fix });
  }
  const plain = faults.map((fault) => (fault.kind === 'crash' && fault.reason === undefined ? { atMs: fault.atMs, kind: fault.kind, node: fault.node } : fault)) as ScenarioPlan['faults'];
  return { name, load, faults: plain, expectations: wanted ?? [], ...(mocks === undefined ? {} : { mocks }), ...(untilMs === undefined ? {} : { untilMs }) };
}

type Line = { readonly to: string; readonly protocol?: string | undefined; readonly operation: string; readonly input: Json; readonly atMs: number };

function readLoad(line: Line, field: string, file: string, program: Program, problems: Problems): ScenarioPlan['load'] {
  const node = Object.hasOwn(program.nodes, line.to) ? program.nodes[line.to] : undefined;
  const provides = node && node.kind !== 'supervisor' ? node.provides : [];
  const named = line.protocol === undefined ? provides : node && findProvided(program, node, line.protocol) !== undefined ? [line.protocol] : [];
  const fitting = named.filter((name) => Object.hasOwn(program.protocols[name]?.operations ?? {}, line.operation));
  const [protocol] = fitting;
  if (protocol === undefined || fitting.length > 1) {
    problems.add({ code: 'SCN006', at: { file, field }, got: line.to, message: `${line.to} ${node ? `has ${fitting.length === 0 ? 'no' : 'more than one'} operation ${line.operation}` : 'is no agent'}`, fix: node ? 'Name protocol and operation that it provides.' : suggest(line.to, Object.keys(program.nodes), 'Name an agent.') });
    return [];
  }
  const mismatch = findMismatch(program.protocols[protocol]!.operations[line.operation]!.input, line.input);
  if (mismatch) problems.add({ code: 'SCN008', at: { file, field: `${field}.input` }, got: line.input, message: formatMismatch(mismatch), fix: `Give it the input of ${protocol}.${line.operation}.` });
  return [{ to: line.to, protocol, operation: line.operation, input: line.input, atMs: line.atMs }];
}
