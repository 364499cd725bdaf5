/**
 * Adapters of wires: every operation of the port's protocol has its counterpart, templates are such, and what they build fits. That it
 * fits is proved from the schemas; that it does not is shown by an input that really goes wrong; between the two it is said that it is open.
 */
import type { AdaptedOperation, ProgramAdapter } from '../../shared/adapters/adapt';
import { listTemplateFaults, type Root } from '../../shared/adapters/template';
import type { Adapter } from '../../shared/design/adapter';
import { DESIGN_FILE } from '../../shared/design/project-files';
import type { ProgramOperation, ProgramProtocol, ProgramWire } from '../../shared/program/program';
import { CALL_FAILURES } from '../../shared/run/call-failure';
import type { Allowance } from '../../shared/schema/compatible';
import { judgeInput, judgeOutput, type Judged } from './judge-adapter';
import { suggest, type Problems } from './problems';

type Protocols = ReadonlyMap<string, ProgramProtocol>;
type Known = { readonly protocols: Protocols; readonly unread: ReadonlySet<string>; readonly allowance: Allowance };
type Where = { readonly index: number; readonly wire: ProgramWire; readonly isRouter: boolean; readonly provides: readonly string[] };
type Found = { readonly name: string; readonly asked: ProgramOperation; readonly adapted: Adapter['operations'][string]; readonly answering: ProgramOperation; readonly at: { readonly file: string; readonly field: string }; readonly ends: string };

/** Nothing where something is wrong with it, which has been said. */
export function checkAdapter(adapter: Adapter, where: Where, known: Known, problems: Problems): ProgramAdapter | undefined {
  const { index, wire, provides } = where;
  const { protocols } = known;
  const at = { file: DESIGN_FILE, field: `wires.${index}.adapter` };
  const isProvided = provides.some((name) => name === adapter.protocol || protocols.get(name)?.extends?.includes(adapter.protocol));
  const before = problems.list.length;
  if (where.isRouter) problems.add({ code: 'WIR014', at, got: wire.from.node, message: `${wire.from.node} is a router: it hands each message on as it is, and nothing is adapted on its wires`, fix: 'Put the adapter on the wire that ends at the router, or an agent in between.' });
  else if (!isProvided) problems.add({ code: 'WIR014', at: { ...at, field: `${at.field}.protocol` }, got: adapter.protocol, message: `the adapter leads to ${adapter.protocol}, and ${wire.to} provides ${provides.join(', ') || 'nothing'}`, fix: suggest(adapter.protocol, provides, 'Name a protocol that it provides.') });
  else if (!known.unread.has(wire.protocol) && !known.unread.has(adapter.protocol) && protocols.has(wire.protocol)) checkOperations(adapter, where, known, problems);
  return problems.list.slice(before).some(({ severity }) => severity === 'error') ? undefined : programOf(adapter, where, { ...known, problems });
}

function checkOperations(adapter: Adapter, { index, wire }: Where, { protocols }: Known, problems: Problems): void {
  const [asked, answering] = [protocols.get(wire.protocol)!.operations, protocols.get(adapter.protocol)?.operations ?? {}];
  const at = { file: DESIGN_FILE, field: `wires.${index}.adapter.operations` };
  for (const name of Object.keys(adapter.operations)) if (!Object.hasOwn(asked, name)) problems.add({ code: 'WIR014', at: { ...at, field: `${at.field}.${name}` }, got: name, message: `the port speaks ${wire.protocol}, which has no operation ${name}`, fix: suggest(name, Object.keys(asked), 'Take it away.') });
  for (const [name, operation] of Object.entries(asked)) {
    const adapted = adaptedOf(adapter, name);
    const field = `${at.field}.${name}`;
    const to = Object.hasOwn(answering, adapted.to) ? answering[adapted.to] : undefined;
    if (!to) problems.add({ code: 'WIR014', at: { ...at, field }, got: adapted.to, message: `${wire.protocol}.${name} goes to ${adapter.protocol}.${adapted.to}, and there is no such operation`, fix: suggest(adapted.to, Object.keys(answering), `Say to which operation of ${adapter.protocol} it goes.`) });
    else if (to.kind !== operation.kind) problems.add({ code: 'WIR014', at: { ...at, field }, got: to.kind, message: `${wire.protocol}.${name} is a ${operation.kind}, and ${adapter.protocol}.${adapted.to} is a ${to.kind}`, fix: `Let it go to an operation that is a ${operation.kind}.` });
    else {
      const found: Found = { name, asked: operation, adapted, answering: to, at: { ...at, field }, ends: `${wire.protocol}.${name} as ${adapter.protocol}.${adapted.to}` };
      checkTemplates(found, problems);
      checkErrors(found, problems);
    }
  }
}

const adaptedOf = (adapter: Adapter, name: string): Adapter['operations'][string] => (Object.hasOwn(adapter.operations, name) ? adapter.operations[name]! : { to: name, errors: {} });

function checkTemplates({ adapted, at }: Found, problems: Problems): void {
  const sides: readonly (readonly ['input' | 'output', readonly Root[]])[] = [['input', ['input']], ['output', ['output', 'input']]];
  for (const [side, roots] of sides) {
    const template = adapted[side];
    for (const { path, got, message } of template === undefined ? [] : listTemplateFaults(template, roots)) {
      problems.add({ code: 'WIR015', at: { ...at, field: [at.field, side, path].filter((part) => part !== '').join('.') }, got, message: `in the template of ${side}: ${message}`, fix: 'Write it as the language of templates has it.' });
    }
  }
}

function checkErrors({ asked, adapted, answering, at, ends }: Found, problems: Problems): void {
  const field = `${at.field}.errors`;
  const mayBecome: readonly string[] = [...asked.errors, ...CALL_FAILURES];
  for (const [error, becomes] of Object.entries(adapted.errors)) {
    if (!answering.errors.includes(error)) problems.add({ code: 'WIR018', at: { ...at, field }, got: error, message: `${ends} never answers with ${error}`, fix: suggest(error, answering.errors, 'Take it away.') });
    if (!mayBecome.includes(becomes)) problems.add({ code: 'WIR018', at: { ...at, field: `${field}.${error}` }, got: becomes, message: `${ends}: ${error} becomes ${becomes}, which callers do not expect`, fix: suggest(becomes, mayBecome, `Use one of ${mayBecome.join(', ')}.`) });
  }
  const open = answering.errors.filter((error) => !Object.hasOwn(adapted.errors, error) && !asked.errors.includes(error));
  if (open.length > 0) problems.add({ code: 'WIR018', at: { ...at, field }, got: open, message: `${ends} may answer with ${open.join(', ')}, which callers do not expect`, fix: `Say what it becomes, like { "${open[0]!}": "${mayBecome[0]!}" }.` });
}

function programOf(adapter: Adapter, { index, wire }: Where, { protocols, allowance, problems }: Known & { readonly problems: Problems }): ProgramAdapter | undefined {
  const [asked, answering] = [protocols.get(wire.protocol)?.operations ?? {}, protocols.get(adapter.protocol)?.operations ?? {}];
  const operations: { [operation: string]: AdaptedOperation } = {};
  for (const [name, operation] of Object.entries(asked)) {
    const adapted = adaptedOf(adapter, name);
    const pair = { adapted, asked: operation, answering: answering[adapted.to]! };
    const at = { file: DESIGN_FILE, field: `wires.${index}.adapter.operations.${name}` };
    const words = `${wire.protocol}.${name} as ${adapter.protocol}.${adapted.to}`;
    tell(judgeInput(pair, allowance), { at: { ...at, field: `${at.field}.input` }, said: `${words} is refused by ${wire.to}` }, problems);
    const output = operation.kind === 'cast' ? undefined : judgeOutput(pair, allowance);
    if (output) tell(output, { at: { ...at, field: `${at.field}.output` }, said: `the answer of ${words} is none that callers expect` }, problems);
    operations[name] = { to: adapted.to, errors: adapted.errors, ...(adapted.input === undefined ? {} : { input: adapted.input }), ...(adapted.output === undefined ? {} : { output: adapted.output }), ...(output && output.kind !== 'fits' ? { answer: operation.output } : {}) };
  }
  return { protocol: adapter.protocol, operations };
}

function tell(judged: Judged, { at, said }: { readonly at: { readonly file: string; readonly field: string }; readonly said: string }, problems: Problems): void {
  if (judged.kind === 'wrong') problems.add({ code: 'WIR016', at, got: judged.from, message: `${said}: of ${JSON.stringify(judged.from)} becomes ${JSON.stringify(judged.built)} (${judged.why})`, fix: 'Give it the field that is missing, a "default", or another template.' });
  if (judged.kind === 'open') problems.add({ code: 'WIR017', at, message: `whether what the adapter builds always fits could not be decided (${at.field.split('.').at(-1)!} of ${said.replace(/^the answer of /, '').split(' is ')[0]!})`, fix: 'It is checked when it runs; a "default" where a value may be missing often settles it.' });
}
