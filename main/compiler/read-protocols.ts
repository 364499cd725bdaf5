import { operation as operationSchema, protocolFile } from '../../shared/design/protocol';
import { checkExtends } from './check-extends';
import { stepValue } from '../../shared/design/field-rule';
import { PORT_NAME, PROTOCOL_NAME, RESERVED_OPERATIONS } from '../../shared/ids';
import type { Json } from '../../shared/json/json';
import type { ProgramOperation, ProgramProtocol } from '../../shared/program/program';
import { BUILT_IN_PROTOCOLS } from '../../shared/protocols/built-in';
import { Allowance } from '../../shared/schema/compatible';
import { findMismatch, formatMismatch } from '../../shared/schema/validate-value';
import type { LoadedProject } from './load-project';
import type { Problems } from './problems';
import { suggest } from './problems';
import { parseField } from './read-design';
import { MOST_PARTS, readSchema, type SchemaProblem } from './read-schema';

const SCHEMA_FIXES: Readonly<Record<SchemaProblem['code'], string>> = {
  PRO004: 'Mend the schema at this place.',
  PRO005: 'Write the definition, or name one that is there.',
  PRO006: 'Write out the levels that you need, or let any value stand there.',
  PRO007: 'Take the word away, or say it with words of the subset.',
};

/** With its words for people and models, which are no part of a program. */
export type ReadOperation = ProgramOperation & { readonly doc?: string };
export type ReadProtocol = ProgramProtocol & { readonly operations: { readonly [operation: string]: ReadOperation } };

/** All protocols of a project and the built-in ones, with what they extend folded in. One whose file is at fault is there, and empty. */
export function readProtocols({ protocols, unread }: Pick<LoadedProject, 'protocols' | 'unread'>, problems: Problems, allowance = new Allowance()): ReadonlyMap<string, ReadProtocol> {
  const raw = new Map<string, Json>([...Object.entries(BUILT_IN_PROTOCOLS), ...[...unread].map((name) => [name, {}] as const), ...protocols]);
  const read = new Map<string, ReadProtocol>();
  const bases = new Map<string, ReadProtocol>();
  for (const name of [...raw.keys()].toSorted()) {
    if (!PROTOCOL_NAME.test(name)) problems.add({ code: 'PRO001', at: { file: `protocols/${name}.json` }, got: name, message: `${name} is no name of a protocol`, fix: 'Use letters and digits, beginning with a capital.' });
    read.set(name, readProtocol(name, { raw, problems, bases, allowance }, []));
  }
  return read;
}

/** `bases`: what has been read for others that extend it. Without it, protocols that extend in diamonds would be read 2^n times. */
type Reading = { readonly raw: ReadonlyMap<string, Json>; readonly problems: Problems; readonly bases: Map<string, ReadProtocol>; readonly allowance: Allowance };

function readBase(name: string, reading: Reading, below: readonly string[]): ReadProtocol {
  const known = reading.bases.get(name);
  if (known) return known;
  const base = readProtocol(name, reading, below);
  reading.bases.set(name, base);
  return base;
}

function readProtocol(name: string, reading: Reading, below: readonly string[]): ReadProtocol {
  const { raw, problems } = reading;
  const file = `protocols/${name}.json`;
  // Faults of a protocol that others extend are told once, at itself.
  const quiet = below.length > 0;
  const report: Problems['add'] = (problem) => {
    if (!quiet) problems.add(problem);
  };
  if (below.includes(name)) {
    problems.add({ code: 'PRO009', at: { file, field: 'extends' }, got: name, message: `${[...below, name].join(' extends ')}: a protocol cannot extend itself`, fix: 'Take one of them out of extends.' });
    return { operations: {} };
  }
  const parsed = parseField(protocolFile, raw.get(name)!, { file }, { add: report } as Problems);
  if (!parsed) return { operations: {} };
  const operations: { [operation: string]: ReadOperation } = {};
  const bases = new Map<string, ReadProtocol>();
  for (const base of parsed.extends) {
    if (raw.has(base)) bases.set(base, readBase(base, reading, [...below, name]));
    else report({ code: 'PRO008', at: { file, field: 'extends' }, got: base, message: `there is no protocol ${base} to extend`, fix: suggest(base, [...raw.keys()], 'Define it, or take it out of extends.') });
  }
  for (const base of bases.values()) Object.assign(operations, base.operations);
  for (const [id, value] of Object.entries(parsed.operations)) {
    const operation = readOperation({ id, file, value, raw }, report);
    if (operation) operations[id] = operation;
  }
  // One whose faults have been told may not do for another for those alone.
  if (!quiet && !problems.has(file)) checkExtends(name, operations, bases, problems, reading.allowance);
  const extended = [...new Set([...bases].flatMap(([base, { extends: more = [] }]) => [base, ...more]))].filter((base) => base !== name);
  return { operations, ...(extended.length === 0 ? {} : { extends: extended }) };
}

type Given = { readonly id: string; readonly file: string; readonly value: Json; readonly raw: ReadonlyMap<string, Json> };

function readOperation({ id, file, value, raw }: Given, report: Problems['add']): ReadOperation | undefined {
  const field = `operations.${id}`;
  if (!PORT_NAME.test(id) || RESERVED_OPERATIONS.has(id)) report({ code: 'PRO002', at: { file, field }, got: id, message: `${id} cannot be the name of an operation`, fix: 'Use letters and digits, beginning with a small letter, and not init, terminate or default.' });
  const parsed = parseField(operationSchema, value, { file, field }, { add: report } as Problems);
  if (!parsed) return undefined;
  const definition = (ref: string): Json | undefined => findDefinition(ref, file, raw);
  const schemaOf = (which: 'input' | 'output') =>
    readSchema(parsed[which], { definition, partsLeft: MOST_PARTS, report: ({ code, path, ...said }) => report({ code, at: { file, field: `${field}.${which}${path.replaceAll('/', '.')}` }, ...said, fix: SCHEMA_FIXES[code] }) });
  const [input, output] = [schemaOf('input'), schemaOf('output')];
  const { kind, errors, idempotent, optional, example, doc } = parsed;
  const sample = example !== undefined && stepValue(example, 'input') !== undefined && stepValue(example, 'output') !== undefined ? stepValue(example, 'input')! : example;
  const mismatch = sample === undefined ? undefined : findMismatch(input, sample);
  if (mismatch) report({ code: 'PRO011', at: { file, field: `${field}.example` }, message: `the example does not fit its own schema: ${formatMismatch(mismatch)}`, fix: 'Mend the example or the schema.' });
  return { kind, input, output, errors, idempotent, ...(optional ? { optional } : {}), ...(doc === undefined || doc.trim() === '' ? {} : { doc }) };
}

function findDefinition(ref: string, file: string, raw: ReadonlyMap<string, Json>): Json | undefined {
  const found = /^(?:([A-Za-z0-9]+)\.json)?#\/definitions\/([^/]+)$/.exec(ref);
  if (!found) return undefined;
  const protocol = found[1] ?? file.slice('protocols/'.length, -'.json'.length);
  return stepValue(stepValue(raw.get(protocol), 'definitions'), found[2]!);
}
