/** All tests of one provider and one of its protocols, one result at a time. */
import * as fc from 'fast-check';
import { isLeftOut } from '../../../shared/program/left-out';
import type { ProgramOperation } from '../../../shared/program/program';
import type { TestResult } from '../../../shared/tests/test-report';
import { checkCases, type Checked, type Subject } from './check-cases';
import { checkProperty } from './check-property';
import { invalidValuesOf } from './invalid-arbitrary';
import { judgeExample, judgeInvalid, judgeValid, type Judged } from './judge-call';
import { seedOf } from './seed-of';
import type { Provider, TestEffort } from './test-effort';
import { TestWorld, type CallReport } from './test-world';
import { valuesOf } from './value-arbitrary';

type Name = Pick<TestResult, 'name' | 'kind'> & { readonly operation: string };

export async function* testProvider(provider: Provider, effort: TestEffort): AsyncGenerator<TestResult, void, void> {
  const { program, protocol, plan } = provider;
  const { [provider.node]: node } = program.nodes;
  const operations = Object.entries(program.protocols[protocol]?.operations ?? {}).filter(([operation]) => node === undefined || !isLeftOut(program, node, { protocol, operation }));
  const whyNot = await whyNotUp(provider, effort);
  for (const [name, operation] of operations) {
    if (effort.isStopped()) return;
    yield* testOperation({ ...provider, name, operation, whyNot }, effort);
  }
  // Who provides a protocol provides all that it extends.
  const all = [protocol, ...(program.protocols[protocol]?.extends ?? [])];
  for (const file of plan.files) for (const group of file.groups) if (all.includes(group.protocol)) for (const name of group.tests) {
    if (effort.isStopped()) return;
    const named = { name, kind: 'property' as const, file: file.file };
    yield { ...named, ...(whyNot ?? (await checkProperty({ ...provider, file, group: group.protocol, name }, effort))) };
  }
}

/** Where the provider does not even start, each of its tests fails for that. */
async function whyNotUp({ program, node }: Provider, { seed, onAlive, guests, cassettes }: TestEffort): Promise<Checked | undefined> {
  const world = await TestWorld.open({ program, seed, onAlive, guests, cassettes });
  const message = await world.whyNotUp(node);
  world.dispose();
  return message === undefined ? undefined : { verdict: 'fail', runs: 0, message };
}

type Operation = Provider & { readonly name: string; readonly operation: ProgramOperation; readonly whyNot: Checked | undefined };

async function* testOperation(tested: Operation, effort: TestEffort): AsyncGenerator<TestResult, void, void> {
  const { name, operation, protocol, plan, whyNot } = tested;
  const contract: Name = { name: `${name}: valid input is answered as the protocol says`, kind: 'contract', operation: name };
  const values = valuesOf(operation.input);
  const noValue: Checked = { verdict: 'unknown', runs: 0, message: 'no value was found that fits its input: its schema contradicts itself, or takes only what is rare or very large' };
  yield { ...contract, ...(whyNot ?? (values ? await checkCases(values, subjectOf(tested, effort, judgeValid), effortOf(contract, tested, effort)) : noValue)) };
  const invalid: Name = { name: `${name}: invalid input is refused before the handler`, kind: 'invalid', operation: name };
  const wrong = invalidValuesOf(operation.input);
  if (wrong) yield { ...invalid, ...(whyNot ?? (await checkCases(wrong, subjectOf(tested, effort, judgeInvalid), effortOf(invalid, tested, effort)))) };
  for (const { input, output } of plan.examples.filter((one) => one.protocol === protocol && one.operation === name)) {
    const example: Name = { name: output === undefined ? `${name}: its example is answered` : `${name}: its example is answered as written`, kind: 'example', operation: name };
    const judge: Judge = (report, of) => judgeExample(report, of, output);
    yield { ...example, ...(whyNot ?? (await checkCases(fc.constant(input), subjectOf(tested, effort, judge), { ...effortOf(example, tested, effort), cases: 1 }))) };
  }
}

const effortOf = ({ kind }: Name, { node, protocol, name }: Operation, effort: TestEffort): TestEffort => ({ ...effort, seed: seedOf(effort.seed, `${node} ${protocol} ${name} ${kind}`) });

type Judge = (report: CallReport, tested: { readonly process: string; readonly operation: ProgramOperation }) => Judged;

function subjectOf({ program, node, protocol, name, operation }: Operation, { seed, onAlive, guests, cassettes }: TestEffort, judge: Judge): Subject {
  return {
    openWorld: async () => {
      const world = await TestWorld.open({ program, seed, onAlive, guests, cassettes });
      await world.whyNotUp(node);
      return world;
    },
    isGood: (world) => world.isUp(node),
    judge: async (world, input, answers) => {
      const report = await world.call({ node, protocol, operation: name, input, answers });
      return { ...judge(report, { process: world.processOf(node), operation }), heard: report.heard };
    },
  };
}
