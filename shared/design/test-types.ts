/**
 * What a test file may reach, as TypeScript declarations made of the drawing: `t` with the operations of the protocol that each of its
 * exports is named after. Pure; the editor's language service reads it, beside what `handler-types.ts` makes for handlers.
 */
import { typeDoc, typeOfSchema } from '../schema/type-of-schema';
import { viewDesign } from './design-view';
import { designOf, type ProjectDocument } from './document';
import type { HandlerTypes } from './handler-types';
import { findProtocol, listOperations, type OperationView } from './protocol-view';

/** What nothing is known of, in the text that a test's author sees. In our own code there is none. */
const ANY = 'any';

const COMMON = `
/** How a call failed: \`timeout\`, \`callee_exit\`, \`invalid\`, ... or a declared error. */
interface Failure { code: string; message: string; data?: ${ANY} }
/** What a test is given, whatever the protocol. */
interface Common {
  /** Id of the provider that is tested. */
  readonly node: string;
  /** A value of a schema; without one, any value. */
  any(schema?: object): Promise<${ANY}>;
  pick<T>(list: readonly T[]): Promise<T>;
  /** Fails the test where it does not hold. */
  expect(holds: unknown, text?: string): void;
  /** Fails the test where they are not the same JSON. */
  equal(actual: unknown, expected: unknown, text?: string): void;
  /** Leaves this case out where it does not hold. */
  assume(holds: unknown): Promise<void>;
  /** Lets virtual time go by, less than a day of it. */
  wait(ms: number): Promise<void>;
  log(text: string): void;
}`;

/** Protocols that some node of the design provides, each with the type of the export that holds its tests. */
export function testTypes(document: ProjectDocument): HandlerTypes {
  const nodes = [...viewDesign(designOf(document)).nodes.values()];
  const provides = [...new Set(nodes.flatMap((node) => node.provides))].filter((name) => findProtocol(document, name)).toSorted();
  const groups = provides.map((name) => groupType(name, listOperations(document, name)));
  return { text: `declare namespace Prismatic {${COMMON}\n${groups.join('\n')}\n}\n`, provides };
}

function groupType(protocol: string, operations: readonly OperationView[]): string {
  const members = operations.flatMap((one) => {
    const name = JSON.stringify(one.name);
    const [input, output] = [typeOfSchema(one.input), one.kind === 'cast' ? 'null' : one.kind === 'stream' ? `readonly (${typeOfSchema(one.output)})[]` : typeOfSchema(one.output)];
    return [
      `  ${typeDoc(`A valid input of ${one.name}.`)}any(operation: ${name}): Promise<${input}>;`,
      `  ${typeDoc([`${one.kind}.`, one.doc].filter(Boolean).join(' '))}call(operation: ${name}, input: ${ANY} | Promise<${ANY}>): Promise<${output}>;`,
      `  ${typeDoc(`Fails the test where ${one.name} is answered.`)}fails(operation: ${name}, input: ${ANY} | Promise<${ANY}>): Promise<Failure>;`,
    ];
  });
  return `interface TestOf_${protocol} extends Common {\n${members.join('\n')}\n  any(schema?: object): Promise<${ANY}>;\n}\ninterface Provides_${protocol} { [test: string]: (t: TestOf_${protocol}) => unknown }`;
}
